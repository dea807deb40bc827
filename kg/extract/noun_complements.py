"""Which complements a noun has, with their prepositions: its dependents, and those that an insertion or a wrong arc keeps from it.

News put the day between a noun and its complement ("el abordaje, el 9 de enero, del pesquero por una patrullera"), and parsers hang
it on the verb. What stands between two commas is passed over; "a manos de", "por parte de" name who acts wherever they stand in
the noun phrase; a participle of carrying out ("ordenado anoche por el Gobierno") tells who did it and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.lexicon import Valency
from kg.extract.syntax import Tree, case, is_finite, is_verb
from kg.extract.words import word_list

_DEPENDENTS: Final = frozenset({"nmod", "obl", "obl:agent", "acl", "appos", "obl:arg", "advcl"})
#: Prepositions of whoever does what a noun says.
BY: Final = frozenset({"por parte de", "a manos de", "de manos de", "por obra de", "a cargo de", "de parte de"})
#: Participles behind a noun of action that only say that it was done: their agent and day are the noun's.
_CARRYING_OUT: Final = frozenset(
    word_list(
        "ordenar decretar disponer decidir aprobar ejecutar realizar cometer perpetrar protagonizar imponer adoptar efectuar celebrar"
        " sostener mantener ocurrir producir registrar lanzar dictar emitir convocar encabezar practicar consumar acontecer anunciar"
    )
)
_REACH: Final = 24  # tokens of a noun phrase
_INSERTION: Final = 10  # tokens between two commas that may stand before a complement
_LINKING: Final = frozenset({"de", "del", "por", "a", "al", "contra", "entre", "con"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A complement's head, its preposition, and the end (exclusive) of the words it takes."""

    token: int
    preposition: str
    end: int


def complements(t: Tree, i: int, v: Valency, words: int) -> list[Complement]:
    """The complements of the noun at ``i``, whose entry takes ``words`` tokens, in order."""
    wording = range(i, i + words)
    own = {k for w in wording for k in t.children(w, *_DEPENDENTS) if k not in wording}
    own |= {k for w in wording for k in t.children(w, "conj") if case(t, k) in BY}
    found = {k: Complement(k, case(t, k), t.right[k]) for k in sorted(own)}
    inner = _counted_behind_place(t, i + words, v) if not any(c.preposition == "de" for c in found.values()) else None
    for k in [*_further(t, i + words, v), *([] if inner is None else [inner])]:
        found.setdefault(k, Complement(k, case(t, k), min(t.right[k], _phrase_end(t, k))))
    return [found[k] for k in sorted(found)]


def carried_out(t: Tree, i: int) -> int | None:
    """The participle that says that what the noun ``i`` tells was done: "el cierre, ordenado anoche por el Gobierno"."""
    for k in t.children(i, "acl", "amod"):
        if k > i and carries_out(t, k):
            return k
    return None


def carries_out(t: Tree, k: int) -> bool:
    """Whether the participle at ``k`` only says that what its noun tells was done."""
    return "VerbForm=Part" in t.tokens[k].morph and t.tokens[k].lemma in _CARRYING_OUT


def _further(t: Tree, first: int, v: Valency) -> list[int]:
    """Complements that hang elsewhere, read from the surface behind the noun: after an insertion, or with a preposition of agents."""
    out: list[int] = []
    inserted = _insertion_end(t, first)
    for p in range(first, min(len(t.tokens), first + _REACH)):
        token = t.tokens[p]
        if token.text in ".;:" or (is_verb(token) and is_finite(token)):
            break
        if token.text == "," and t.tokens[min(p + 1, len(t.tokens) - 1)].lower in ("y", "e", "ni"):
            break  # another member of the list: "el veto al arroz, y la expulsión, a manos de la policía, de …"
        head = token.head
        if token.dep != "case" or head <= p or is_verb(t.tokens[head]):
            continue
        preposition = case(t, head)
        if preposition in BY or p == inserted or (preposition == "por" and v.role("por") == "AGENT"):
            out.append(head)
    return out


def _counted_behind_place(t: Tree, first: int, v: Valency) -> int | None:
    """The counted people or things of a noun behind its place: "la devolución a Tacna de 214 migrantes"."""
    tokens = t.tokens
    if (
        v.role("de") not in ("PATIENT", "THEME")
        or first >= len(tokens)
        or tokens[first].lower not in ("a", "al", "en", "desde", "hacia")
    ):
        return None
    for p in range(first + 1, min(len(tokens) - 1, first + _INSERTION)):
        if tokens[p].text in ".,;:" or is_verb(tokens[p]):
            return None
        if tokens[p].lower == "de" and tokens[p].head > p and any(tokens[k].pos == "NUM" for k in t.kids[tokens[p].head]):
            return tokens[p].head
    return None


def _insertion_end(t: Tree, first: int) -> int | None:
    """The preposition behind what stands between two commas right after a noun (and its adjectives); ``None`` without an insertion."""
    tokens = t.tokens
    start = first
    while start < len(tokens) and tokens[start].pos == "ADJ":
        start += 1
    if start >= len(tokens) or tokens[start].text != ",":
        return None
    for k in range(start + 1, min(len(tokens) - 1, start + _INSERTION + 2)):
        if tokens[k].text == ",":
            return k + 1 if tokens[k + 1].lower in _LINKING else None
        if is_verb(tokens[k]) and is_finite(tokens[k]):
            return None
    return None


def _phrase_end(t: Tree, k: int) -> int:
    """Where the phrase of ``k`` ends at the latest: before the first comma or finite verb behind it."""
    for j in range(k + 1, t.right[k]):
        if t.tokens[j].text in ",;:" or (is_verb(t.tokens[j]) and is_finite(t.tokens[j])):
            return j
    return t.right[k]
