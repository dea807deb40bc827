"""What a language model's reading of an article cost, and what became of its answers: requests, tokens, what was dropped and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

#: Why something that a model answered is not in the graph.
REASONS: dict[str, str] = {
    "no-quote": "no quote was given",
    "not-in-article": "a quote does not stand in the article",
    "thin-quote": "a quote of one word or of names only, or of more than a few sentences",
    "torn-out": "a quote that begins right behind the word that denies it or leaves it open",
    "read-otherwise": "the opposite of what the rules read off the same words, or what they read as not having happened",
    "orders": "a quote from a sentence that gives orders to its reader",
    "other-speaker": "words that the article says are somebody else's",
    "unknown-actor": "somebody whom the article does not name, or of a class that does not fit",
    "unknown-concept": "a concept that the ontology does not have",
    "unknown-fact": "an id that no fact has",
    "bad-date": "no date, or an end before its beginning",
    "undated": "a date that no words of the article give",
    "other-date": "a date that is not the one of the article's words",
    "not-its-words": "words that are not the article's",
    "unfounded-number": "a number that does not stand in the quotes",
    "shape": "not of the shape that was asked for",
    "duplicate": "told before",
    "circle": "part, cause or alternative of itself",
}

Gone = Literal["fact", "value", "actor"]


@dataclass(frozen=True, slots=True)
class Drop:
    """Something that was answered and dropped: a whole fact, one of its values, or an actor nobody needs; ``cls`` is the fact's class."""

    gone: Gone
    cls: str
    id: str
    reason: str
    detail: str = ""

    def line(self) -> str:
        slot = f": {self.detail}" if self.detail else ""
        return f"{self.gone} of {self.cls} {self.id}: {REASONS[self.reason]}{slot}"


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests and tokens. ``cached`` answers came from disk; tokens are those the server told for new answers and for cached ones."""

    requests: int = 0
    cached: int = 0
    repairs: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_prompt_tokens: int = 0
    cached_completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def as_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Account:
    """The account of one article: how it was read, what was kept and dropped, and which portions (offsets) have no answer and why."""

    article: str
    model: str
    usage: Usage
    portions: int
    kept: tuple[tuple[str, int], ...] = ()
    dropped: tuple[Drop, ...] = ()
    failures: tuple[tuple[int, int, str], ...] = ()
    found_by: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            **self.usage.as_json(),
            "portions": self.portions,
            "unanswered": [{"begin": begin, "end": end, "why": why} for begin, end, why in self.failures],
            "kept": dict(self.kept),
            "found_by": dict(self.found_by),
            "dropped": [
                {"what": d.gone, "class": d.cls, "id": d.id, "reason": d.reason, "detail": d.detail} for d in self.dropped
            ],
        }


def report(accounts: Iterable[Account], extractor: str, model: str) -> bytes:
    """The accounts of a run as JSON: totals first, then every article by itself, in the order of the run."""
    known = list(accounts)
    usage = sum((a.usage for a in known), Usage())
    kept: Counter[str] = Counter()
    found_by: Counter[str] = Counter()
    for account in known:
        kept.update(dict(account.kept))
        found_by.update(dict(account.found_by))
    gone = {what: Counter(d.reason for a in known for d in a.dropped if d.gone == what) for what in ("fact", "value", "actor")}
    rows = {
        "extractor": extractor,
        "model": model,
        **usage.as_json(),
        "portions": sum(a.portions for a in known),
        "unanswered": sum(len(a.failures) for a in known),
        "kept": dict(sorted(kept.items())),
        "found_by": dict(sorted(found_by.items())),
        "dropped_facts": dict(sorted(gone["fact"].items())),
        "dropped_values": dict(sorted(gone["value"].items())),
        "dropped_actors": dict(sorted(gone["actor"].items())),
        "reasons": {name: REASONS[name] for name in sorted({d.reason for a in known for d in a.dropped})},
        "articles": [account.as_json() for account in known],
    }
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
