"""What a stance is about where no words of its own say so: "lo niega", "se opuso", "los respalda".

A pronoun means what was told last and agrees with it in gender and number: what a general noun right before names ("la propuesta … no la
habría descartado"), a proposal of another side, an event, a claim, or the words before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.offered import Offered, same_side
from kg.extract.syntax import Tree
from kg.extract.words import word_list
from kg.model import Event, Indicator
from kg.vocabulary import plover_type

#: Stances on whether something is so, and not on what should be done.
_CLAIMS: Final = frozenset(word_list("denies confirming doubts"))
#: Acts of their own that nobody judges: a refusal, a protest, an act of support.
_ANSWERING: Final = frozenset({"reject", "accuse", "support", "request"})
_CONDITIONS: Final = ("proposal-condition", "proposal-in-threat")
_NEAR: Final = 1  # sentences back to what "lo niega" denies
_REACH: Final = 2  # sentences back to what a pronoun means
_REACH_OF_PHRASES: Final = 12  # "no está sobre la mesa" answers what the whole passage is about
_ASIDE: Final = 8  # tokens before a dash that an aside takes up
_CLAUSE: Final = 5  # tokens that make a clause before "…, lo que X niega"
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Target:
    """One of three: the id of a ``fact``, a ``matter`` in words, the id of an ``actor``."""

    fact: str | None = None
    matter: str | None = None
    actor: str | None = None


def left_out(known: Known, f: Frame) -> Target | None:
    """What "lo niega", "se opuso", "no está sobre la mesa" are about: what was told last, and agrees with the pronoun."""
    f = replace(f, patient=tuple(x for x in f.patient if x not in f.agent))  # "a Lima no le gusta": Lima judges
    near = _agreeing(known, f, list(_answered(known, f)))
    if f.patient and f.pronoun is None and f.form != "phrase":
        theirs = [o for o in near if any(same_side(known.a, x, y) for x in o.fact.proposer for y in f.patient)]
        if f.concept in ("refusal", "acceptance") and theirs:  # "ya le dijimos que no"
            return Target(fact=theirs[-1].fact.id)
        return Target(actor=f.patient[0]) if f.concept in ("supports", "opposes") else None
    if f.concept == "supports" and f.pronoun in ("los", "las") and not near:  # "los respalda"
        people = _people_before(known, f)
        if people is not None:
            return Target(actor=people)
    meant = _noun_meant(known, f) if f.concept not in _CLAIMS and not near else None
    if meant is not None:
        return Target(fact=meant)
    if f.concept in _CLAIMS or f.concept in ("judging", "affirms") or not near:
        told = _told_last(known, f)
        if told is not None:
            return Target(fact=told)
    if near:
        return Target(fact=_list_of(known, f, near[-1]))
    claimed = claimed_last(known, f) if f.concept in _CLAIMS and (f.pronoun is not None or f.form == "phrase") else None
    if claimed is not None:
        return claimed
    if f.concept in ("denies", "confirming") and f.pronoun is not None:
        return words_before(known, f)
    return Target(actor=f.patient[0]) if f.patient and f.concept in ("supports", "opposes") else None


def _answered(known: Known, f: Frame) -> Iterator[Offered]:
    """The proposals of others shortly before a frame, in order."""
    reach = _REACH_OF_PHRASES if f.form == "phrase" else _REACH + 1
    for o in known.before(f):
        whole = f.form != "phrase" or o.fact.part_of is None
        if f.sentence - o.sentence <= reach and whole and not known.own(f, o) and not is_condition(o):
            yield o


def is_condition(o: Offered) -> bool:
    """Whether a proposal is what another, or a threat, hangs on: it is not what "la propuesta", "lo rechazó" mean."""
    return o.fact.rule.startswith(_CONDITIONS)


def _list_of(known: Known, f: Frame, o: Offered) -> str:
    """The proposal that a bare yes or no behind it is about: not the last item of a list above, but the list."""
    whole = o.fact.part_of
    items = [x for x in known.offered if x.fact.part_of == whole]
    return whole if whole is not None and o.sentence < f.sentence and len(items) > 1 else o.fact.id


def _agreeing(known: Known, f: Frame, near: list[Offered]) -> list[Offered]:
    """Those of ``near`` that the pronoun's gender fits; all of them where it fits none."""
    if f.pronoun not in ("la", "las"):
        return near
    return [o for o in near if _gender(known, o) == "Fem"] or near


def _gender(known: Known, o: Offered) -> str:
    """The gender of the noun that names a proposal; empty for one told in a clause."""
    tokens = known.a.trees[o.sentence].tokens[o.first : o.end]
    noun = next((x for x in tokens if x.pos in ("NOUN", "VERB", "AUX")), None)
    return "" if noun is None or noun.pos != "NOUN" else noun.morph.partition("Gender=")[2].partition("|")[0]


def claimed_last(known: Known, f: Frame) -> Target | None:
    """What somebody else said last before a frame, shortly: "asegura que cayó preso; el general no lo da por cierto"."""
    limit = known.tree(f).tokens[f.trigger].start
    floor = known.a.trees[max(0, f.sentence - _REACH)].tokens[0].start
    near = [s for s in known.said if floor <= s.quote.start and s.quote.end <= limit and not set(s.speaker) & set(f.agent)]
    if not near:
        return None
    words = known.a.text[near[-1].quote.start : near[-1].quote.end].strip(" .")
    return Target(matter=words if len(words) <= _LONGEST else words[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


def words_before(known: Known, f: Frame) -> Target | None:
    """The clause or sentence right before a frame, for "lo desmiente" where no fact was made of it."""
    t = known.tree(f)
    start = f.trigger if f.subject is None or f.subject > f.trigger else t.left[f.subject]
    stop = next((k for k in range(start - 1, 0, -1) if t.tokens[k].text in (";", ",", ":")), 0)
    if stop >= _CLAUSE:
        words = known.a.text[t.tokens[0].start : t.tokens[stop - 1].end]
    elif (above := _sentence_above(known, f)) is not None:
        words = known.a.text[above.tokens[0].start : above.tokens[-1].end]
    else:
        return None
    words = words.strip(' .—–-«»“”"')
    return Target(matter=words if len(words) <= _LONGEST else words[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


def _sentence_above(known: Known, f: Frame) -> Tree | None:
    """The sentence before a frame's, in its own part of the article."""
    blocks = known.a.document.article.blocks
    above = known.a.trees[f.sentence - 1] if f.sentence > 0 else None
    return above if above is not None and blocks[above.sentence.block].kind != "heading" else None


def before_dash(known: Known, f: Frame) -> Target | None:
    """What a pronoun in an aside between dashes means: "sobre la conveniencia de que medie Brasil —ella la defiende; él, no—"."""
    t = known.tree(f)
    dash = next((k for k in range(f.trigger - 1, 0, -1) if t.tokens[k].text in ("—", "–")), None)
    if dash is None or f.pronoun not in ("lo", "la", "los", "las"):
        return None
    gender = "Gender=Fem" if f.pronoun.startswith("la") else "Gender=Masc"
    for k in range(max(1, dash - _ASIDE), dash):
        x = t.tokens[k]
        if x.pos == "NOUN" and gender in x.morph and t.tokens[k - 1].lower in ("el", "la", "los", "las"):
            return Target(matter=known.a.text[t.tokens[k - 1].start : t.tokens[dash - 1].end])
    return None


def _people_before(known: Known, f: Frame) -> str | None:
    """The people named last before a frame, in its sentence or the two before."""
    a = known.a
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        before = f.sentence - _REACH <= m.sentence < f.sentence or (m.sentence == f.sentence and m.last <= f.trigger)
        if before and found and a.resolution.actors[found[0]].kind == "Group" and found[0] not in f.agent:
            return found[0]
    return None


def _told_last(known: Known, f: Frame) -> str | None:
    """The fact told last before a frame, in its sentence or the two before."""
    t = known.tree(f)
    limit = t.tokens[f.trigger].start
    reach = _NEAR if f.concept in ("denies", "confirming") and f.pronoun == "lo" else _REACH
    floor = known.a.trees[max(0, f.sentence - reach)].tokens[0].start
    figures = known.indicators if f.concept in _CLAIMS or f.concept == "affirms" else ()
    facts = [
        *(o.fact for o in known.before(f) if not is_condition(o)),
        *(e for e in known.events if of_another(f, t, e)),
        *figures,
    ]
    # of several told by the same last words it is the deed, and not its figure, and the one that begins last
    starts = [tree.tokens[0].start for tree in known.a.trees]
    near = [
        (_sentence(starts, e.start), not isinstance(x, Indicator), e.end, e.start, x.id)
        for x in facts
        if _fits(known, f, x)
        for e in x.evidence
        if floor <= e.start and e.end <= limit
    ]
    return max(near)[-1] if near else None


def _sentence(starts: list[int], offset: int) -> int:
    """The number of the sentence that a character stands in."""
    return bisect_right(starts, offset)


def of_another(f: Frame, t: Tree, e: Event) -> bool:
    """Whether an event may be what a pronoun means: no answer of the holder's own, and nothing told of the subject in an aside.

    "la Cámara, que no fue consultada, lo deplora"; "la República rechaza la decisión, a la que juzga desproporcionada".
    """
    own = bool(set(e.agent) & set(f.agent)) and plover_type(e.event_type) in _ANSWERING
    if own:
        return False
    if f.subject is None or t.left[f.subject] >= f.trigger:
        return True
    begin = t.tokens[t.left[f.subject]].start
    return not any(begin <= x.start < t.tokens[f.trigger].start for x in e.evidence)


def _fits(known: Known, f: Frame, fact: object) -> bool:
    """Whether a pronoun may mean a fact: "la" no event that a masculine or plural noun tells."""
    if f.pronoun not in ("la", "los", "las") or not isinstance(fact, Event) or not fact.triggers:
        return True
    spans = [(x.start, x.end) for x in fact.evidence]
    t = next((t for t in known.a.trees if t.tokens[0].start <= spans[0][0] <= t.tokens[-1].end), None)
    noun = next((x for x in t.tokens if x.text == fact.triggers[0] and x.pos == "NOUN"), None) if t is not None else None
    if noun is None:
        return False  # what a verb tells is "lo"
    number = "Number=Plur" if f.pronoun.endswith("s") else "Number=Sing"
    gender = "Gender=Fem" if f.pronoun.startswith("la") else "Gender=Masc"
    return all(
        x not in noun.morph for x in ({"Number=Plur", "Number=Sing"} - {number} | {"Gender=Fem", "Gender=Masc"} - {gender})
    )


def _noun_meant(known: Known, f: Frame) -> str | None:
    """The proposal that a general noun named shortly before, where the pronoun fits it: "la propuesta existe … no la descarta"."""
    if f.pronoun not in ("la", "las", "los") or f.form != "verb":
        return None
    gender, number = ("Fem" if f.pronoun.startswith("la") else "Masc"), ("Plur" if f.pronoun.endswith("s") else "Sing")
    for s in range(f.sentence, max(-1, f.sentence - _REACH - 1), -1):
        tokens = known.a.trees[s].tokens[: f.trigger] if s == f.sentence else known.a.trees[s].tokens
        for k in range(len(tokens) - 1, 0, -1):
            x = tokens[k]
            named = x.pos == "NOUN" and tokens[k - 1].lower in ("el", "la", "los", "las", "esa", "ese", "esta", "este")
            if named and known.takes_up(x.lemma) and f"Gender={gender}" in x.morph and f"Number={number}" in x.morph:
                before = [o for o in known.offered if (o.sentence, o.first) < (s, k) and not known.own(f, o)]
                return _list_of(known, f, before[-1]) if before else None
    return None
