"""Document → Extraction by a language model: portions asked one after the other, every answer through the gate.

Same model, same article, same answers: same extraction. What the model is told of earlier portions is what passed the gate.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.errors import ModelError
from kg.extract.analysis import analyse
from kg.llm import prompt
from kg.llm.account import Account, Usage
from kg.llm.answers import Rows, UnreadableAnswer, read_answer
from kg.llm.gate import Gate
from kg.llm.portions import halves, portions
from kg.llm.server import Server, Settings, server
from kg.model import Document, Extraction, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model's answers came to, and what they cost."""

    extraction: Extraction
    account: Account


def extract(document: Document, settings: Settings) -> Reading:
    """Everything that the model answers and the gate lets pass.

    A portion whose answer is cut off is asked for in two halves. Portions without a usable answer are told in the account and in a
    notice; raises :class:`ModelError` where none has one, or where the server cannot be used.
    """
    gate = Gate(analyse(document), settings.model)
    asked = _Asked(server(settings), gate)
    whole = portions(document, settings.portion)
    for portion in whole:
        asked.read(portion)
    if whole and asked.answered == 0:
        why = ", ".join(sorted({why for _, _, why in asked.failures}))
        where = document.article.path or document.article.id
        raise ModelError(f"{where}: model '{settings.model}' gave no usable answer ({why}); expected one JSON object")
    article, actors = document.article, gate.actors()
    asked_for = asked.answered + len(asked.failures)
    unanswered = f"the model gave no usable answer to {len(asked.failures)} of {asked_for} portions"
    notices = (*article.notices, *([unanswered] if asked.failures else []))
    dropped = tuple(d.line() for d in gate.drops if d.gone == "fact")
    facts = tuple(sorted(gate.facts, key=lambda f: (f.id[1], int(f.id[2:]))))
    extraction = Extraction(article, actors, facts, notices, "llm", dropped)
    kept = Counter(type(fact).__name__ for fact in facts)
    account = Account(
        article.id,
        settings.model,
        asked.usage,
        asked_for,
        tuple(sorted(kept.items())),
        tuple(gate.drops),
        tuple(asked.failures),
    )
    return Reading(extraction, account)


class _Asked:
    """The portions of one article that were asked for: usage, how many have an answer, which have none and why."""

    def __init__(self, server: Server, gate: Gate) -> None:
        self.server, self.gate = server, gate
        self.usage, self.answered = Usage(), 0
        self.failures: list[tuple[int, int, str]] = []

    def read(self, portion: Span) -> None:
        """Ask for a portion, or for its halves, and let the answer through the gate."""
        gate = self.gate
        messages = prompt.question(gate.article, portion, gate.actors(), gate.facts)
        answer = self._ask(messages)
        if isinstance(answer, str):
            parts = halves(gate.analysis.document, portion) if answer == "cut off" else None
            if parts is None:
                self.failures.append((portion.start, portion.end, answer))
                return
            for part in parts:
                self.read(part)
            return
        self.answered += 1
        gate.admit(answer, portion)

    def _ask(self, messages: list[prompt.Message], again: bool = True) -> Rows | str:
        """The rows of the answer, repaired at most once; or why there are none: ``refused``, ``cut off``, ``unreadable``."""
        asked = self.server.ask(messages)
        self.usage += asked.usage
        reply = asked.reply
        if reply.ended == "refused":
            return "refused"
        try:
            return read_answer(reply.text)
        except UnreadableAnswer as error:
            if reply.ended == "length":
                return "cut off"
            if not again:
                return "unreadable"
            self.usage += Usage(repairs=1)
            return self._ask(prompt.repair(messages, reply.text, str(error)), again=False)
