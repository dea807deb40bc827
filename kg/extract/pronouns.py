"""Whom a pronoun means: "le", "les" beside a verb or at its end, "ella", "él", "ellos" as subjects.

Asked of the sentence first, from the verb upwards: in "X sostiene que Caracas les adeuda …" the one spoken to is whoever speaks, in
"citó al embajador, le entregó una nota" whoever was cited. Then of the text before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, is_verb
from kg.extract.topics import Topics

#: The datives by themselves and at the end of an infinitive or gerund, and whether they mean several.
DATIVES: Final = {"le": False, "les": True}
#: As many sentences back "lo" may look for its person.
_NEAR: Final = 1
#: Objects of a verb above that may be meant stand behind one of these.
_TO: Final = frozenset({"a", "al"})


#: An infinitive with a pronoun is longer than this many letters ("darle", but "sale").
_SHORTEST: Final = 4
_STEMS: Final = ("ar", "er", "ir", "ár", "ér", "ír", "ndo", "ándo", "éndo")


def dative(
    a: Analysis, t: Tree, i: int, agent: tuple[str, ...], plural: bool, topic: Topics, *, bodily: bool = False
) -> tuple[str, ...]:
    """Whom "le" (or, ``plural``, "les") at verb ``i`` means, who is not its ``agent``.

    What is done to bodies and ships is seldom done to who tells of it: "el portavoz cuenta que la patrullera le cerró el paso".
    """
    teller = _teller(t, i) if bodily else None
    for verb, found in _above(a, t, i, topic):
        if found and verb != teller and not set(found) & set(agent) and topic.many(found) == plural:
            return found
    return topic.other(agent, plural)


def accusative(
    a: Analysis, t: Tree, i: int, pronoun: str, agent: tuple[str, ...], topic: Topics, *, bodily: bool = False
) -> tuple[str, ...]:
    """Whom "lo", "la", "los", "las" at verb ``i`` means, of an act that is done to people: "la acusa de …", "un juez los soltó".

    Whoever takes part in the clauses above, else the last one named in the sentence or the one before, that agrees.
    """
    plural, gender = pronoun.endswith("s"), "Fem" if pronoun.startswith("la") else "Masc"

    def agrees(found: tuple[str, ...]) -> bool:
        told = not found or plural or all(a.resolution.fits(x, gender) for x in found)
        kinds = {a.resolution.actors[x].kind for x in found}
        return bool(found) and told and topic.many(found) == plural and not set(found) & set(agent) and "Country" not in kinds

    teller = _teller(t, i) if bodily else None
    tells = set(subject_of(a, t, teller, topic).actors) if teller is not None else set()
    above = next((found for _, found in _above(a, t, i, topic) if agrees(found) and not set(found) & tells), ())
    if above:
        return above
    number = t.sentence.index
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if m.sentence < number - _NEAR:
            break
        if (m.sentence < number or (m.sentence == number and m.last <= i)) and agrees(found) and not set(found) & tells:
            return found
    return ()


def enclitic(t: Tree, i: int) -> bool | None:
    """Whether verb ``i``, or its auxiliary, ends in "les" (True) or "le" (False); None where it ends in neither."""
    if i and t.tokens[i - 1].lower in ("haberle", "haberles"):  # which taggers take for nouns
        return t.tokens[i - 1].lower.endswith("s")
    for k in (i, *t.children(i, "aux")):
        word = t.tokens[k].lower
        ending = next((x for x in ("les", "le") if word.endswith(x)), None)
        if ending and len(word) > _SHORTEST and word.removesuffix(ending).endswith(_STEMS) and t.tokens[k].pos in ("VERB", "AUX"):
            return DATIVES[ending]
    return None


def _teller(t: Tree, i: int) -> int | None:
    """The verb that tells what verb ``i``, or the one it goes on from, says."""
    while t.tokens[i].dep == "conj" and t.tokens[i].head != i:
        i = t.tokens[i].head
    return t.tokens[i].head if t.tokens[i].dep == "ccomp" else None


def _above(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Who takes part in what the verbs above verb ``i`` say, with those verbs: their subjects, and whom they are done to."""
    for k in t.ancestors(i):
        if not is_verb(t.tokens[k]) or k > i:
            continue
        yield k, subject_of(a, t, k, topic).actors
        for m in t.children(k, "obj", "obl", "obl:arg", "iobj"):
            if m < i and case(t, m) in _TO:
                yield -1, a.actors(t, m)
