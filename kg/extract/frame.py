"""A frame: one use of one word of the lexicon, with who does what to whom, and the words of the text that tell it.

The noun that the steps after this one read, whatever the word was (verb, participle, noun, set phrase), and the rules for its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.extract.lexicon import Valency
from kg.extract.syntax import Tense, Tree, case, clause_span, trim

Form = Literal["verb", "participle", "noun", "phrase"]

#: Prepositions whose phrase, before the verb, says whose word the clause is; it is no part of what the clause tells.
_ACCORDING: Final = frozenset({"según", "de acuerdo con", "conforme a", "a juicio de"})
#: A subject further away than this (in tokens) is another clause's that goes on; its words are not this clause's evidence.
_FAR: Final = 30
#: The antecedent of a relative clause is in its evidence if it is nearer than this.
_FAR_ANTECEDENT: Final = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of one lexicon entry. Token indices count in sentence ``sentence``; ``first``/``end`` is the evidence (exclusive end).

    ``trigger`` is the token of the entry, ``words`` how many tokens its wording takes. ``agent`` and ``patient`` are actor ids.
    ``theme`` is the head of the noun phrase, ``content`` the head of the clause or infinitive that the predicate is about; ``pronoun``
    is a clitic theme ("lo niega"). ``subject`` is the token of the subject, ``cause`` and ``place`` are the heads of such phrases.
    ``inferred`` says that the agent is not in the clause but was carried over.
    """

    concept: str
    valency: Valency
    sentence: int
    trigger: int
    form: Form
    first: int
    end: int
    agent: tuple[str, ...] = ()
    patient: tuple[str, ...] = ()
    theme: int | None = None
    content: int | None = None
    cause: int | None = None
    place: int | None = None
    subject: int | None = None
    pronoun: str | None = None
    negated: bool = False
    tense: Tense = "present"
    passive: bool = False
    inferred: bool = False
    words: int = 1


def verb_span(t: Tree, i: int, subject: int | None, content: int | None) -> tuple[int, int]:
    """The tokens (first, exclusive end) of the clause of verb ``i``: from its ``subject`` to its end.

    Coordinated clauses, attributions in front and what follows a comma as an aside stay out; the ``content`` clause stays in.
    """
    tokens = t.tokens
    if subject is not None and (i - subject > _FAR or _clause_between(t, subject, i)):
        subject = None
    first, end = clause_span(t, i, with_subject=subject)
    for k in t.kids[i]:
        if k < i and t.right[k] <= i and case(t, k) in _ACCORDING:
            first = max(first, t.right[k])
    end = _without_aside(t, i, end, content)
    for k in t.kids[i]:
        if (
            tokens[k].dep in ("advcl", "acl:relcl", "parataxis")
            and k != content
            and t.left[k] > i
            and tokens[t.left[k]].text == ","
        ):
            end = min(end, t.left[k])  # behind a comma, these are other facts
        if tokens[k].dep == "advcl" and k < i and t.right[k] <= i and tokens[i].dep in ("ROOT", "conj"):
            first = max(first, t.right[k])
    if tokens[i].dep == "acl:relcl" and subject is not None and subject < t.left[i] and i - subject > _FAR_ANTECEDENT:
        first = t.left[i]
    return trim(t, first, end)


def _without_aside(t: Tree, i: int, end: int, content: int | None) -> int:
    """Where the clause of verb ``i`` ends if the relative clause or participle behind a comma at its end is cut off."""
    inner = i if content is None else content
    for k in range(i + 1, end):
        aside = t.tokens[k].dep in ("acl", "acl:relcl") and t.tokens[t.left[k]].text == "," and t.left[k] > inner
        if aside and t.right[k] >= end - 1:
            return min(end, t.left[k])
    return end


def _clause_between(t: Tree, subject: int, i: int) -> bool:
    """Whether another finite clause lies between a subject before the verb and the verb."""
    if subject > i:
        return False
    inside = ("aux", "cop", "aux:pass", "acl:relcl")
    return any("VerbForm=Fin" in x.morph and x.dep not in inside for x in t.tokens[t.right[subject] : i])
