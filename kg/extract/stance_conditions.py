"""Stances that hang on something: a no that would end, a yes with a condition, willingness with a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.matters import deed
from kg.extract.named_subjects import interposed
from kg.extract.relative_subjects import CLITICS
from kg.extract.stance_pronouns import Target
from kg.extract.stance_targets import target_of
from kg.extract.stances import condition_of, finite_of, stance_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, negated, tense, trim
from kg.extract.taking import taken
from kg.model import Position

#: The matter of a yes to what was asked, until it is found.
TO_DO_SO: Final = "hacerlo"
_UNTIL: Final = frozenset({"mientras", "hasta", "si", "antes", "salvo", "sin", "menos"})
#: Words that make a yes hang on what follows: "solo firmará si …".
_ONLY: Final = frozenset({"solo", "sólo", "únicamente", "solamente"})
_ONLY_AFTER: Final = frozenset({"si", "cuando", "tras", "después"})
_GATE: Final = _UNTIL | {"cuando"}
_MODAL: Final = frozenset({"pensar", "querer", "poder", "ir"})
_LONGEST: Final = 160
_WILLING: Final = frozenset({"dispuesto", "abierto", "listo", "preparado", "disposición", "voluntad"})
#: Verbs whose condition is a part of an offer, of a threat, or of what is said.
_READ_ELSEWHERE: Final = frozenset({"offering", "threaten", "saying"})


def from_conditions(known: Known) -> Iterator[Position]:
    """ "no rebajará el arancel mientras no se pague", "participaría si se lo piden": a no that would end, a yes that hangs on something."""
    verbs = {(f.sentence, f.trigger): f for f in known.frames if f.form == "verb"}
    for t in known.a.trees:
        if known.a.document.article.blocks[t.sentence.block].kind == "heading" or all(x.lower not in _GATE for x in t.tokens):
            continue
        for i, token in enumerate(t.tokens):
            if token.pos != "VERB":
                continue
            when = tense(t, i)
            no = negated(t, i)
            agreeing = _agrees(t, i) and not no and when == "future"
            condition = condition_of(t, i, frozenset({"si", "cuando"})) if agreeing else _condition(t, i, no, when)
            if condition is None and when == "future" and not no and _only(t, i):
                condition = condition_of(t, i, _ONLY_AFTER)
            if condition is None and not no and token.lemma == "mantener" and when in ("future", "present"):
                until = condition_of(t, i, frozenset({"hasta", "mientras"}))  # "mantendrá el cierre hasta que se vayan"
                condition = until if until is not None and "Mood=Sub" in finite_of(t, until) else None
            if condition is None:
                continue
            f = verbs.get((t.sentence.index, i))
            done = f is not None and f.concept == "saying" and no and _does(t, f)  # "no la repondrá mientras …"
            if f is not None and not done and (f.concept in _READ_ELSEWHERE or stance_of(known, f) is not None):
                continue
            subject = subject_of(known.a, t, i)
            holders = f.agent if f is not None and not subject.actors else subject.actors
            if not holders and "Person=1" in finite_of(t, i):  # "no firmaremos nada mientras …", in somebody's words
                speech = known.speech(token.start)
                holders = speech.speaker if speech is not None else ()
            if holders and (no or known.a.resolution.actors[holders[0]].kind not in ("Group", "MediaOutlet")):
                yield from _hanging(known, t, i, condition, subject.token, holders)
    yield from _willing_but(known)


def _agrees(t: Tree, i: int) -> bool:
    """ "lo hará si …": what was asked for."""
    return t.tokens[i].lemma == "hacer" and any(t.tokens[k].lower == "lo" and k < i for k in t.kids[i])


def _only(t: Tree, i: int) -> bool:
    """Whether a yes in the future hangs on what follows: "solo firmará si …", "contesta que lo hará cuando le paguen"."""
    if any(t.tokens[k].lower in _ONLY for k in range(t.left[i], t.right[i])):
        return True
    above = t.tokens[t.tokens[i].head]
    return t.tokens[i].dep == "ccomp" and above.lemma in ("contestar", "responder", "replicar", "reponer") and above.i < i


def _does(t: Tree, f: Frame) -> bool:
    """Whether a verb that may tell of saying tells of doing here: it has a thing as object, or an infinitive, and no clause."""
    if f.content is not None:
        return "VerbForm=Inf" in t.tokens[f.content].morph
    return f.theme is not None or f.pronoun is not None


def _condition(t: Tree, i: int, no: bool, when: str) -> int | None:
    """The clause on which verb ``i`` hangs: "no girará nada, dijo, mientras …", "no piensa renovarla mientras …", "iría si …"."""
    if when == "conditional" and not no:
        return condition_of(t, i, frozenset({"si"}))
    if not no or when not in ("future", "present"):
        return None
    above = t.tokens[i].head
    aside = [above] if t.tokens[i].dep in ("ccomp", "parataxis") and above > i and interposed(t, above) else []
    places = (i, *t.children(i, "xcomp"), *(k for k in t.children(i, "parataxis") if interposed(t, k)), *aside)
    found = next((k for x in places if (k := condition_of(t, x, _UNTIL)) is not None), None)
    if found is None or when == "future":
        return found
    meant = any(t.tokens[k].lower in ("mientras", "hasta") for k in range(t.left[found], min(t.left[found] + 2, found)))
    return found if meant and "Mood=Sub" in finite_of(t, found) else None


def _hanging(known: Known, t: Tree, i: int, condition: int, subject: int | None, holders: tuple[str, ...]) -> Iterator[Position]:
    """The conditional position of ``holders`` that verb ``i`` and its ``condition`` tell."""
    no = [k for k in t.kids[i] if k < i and t.tokens[k].lower in ("no", "nunca", "jamás")]
    low = min(t.left[subject] if subject is not None else i, t.left[condition], i, *no)
    first, end = trim(t, low, max(t.right[i], t.right[condition]))
    meant = next((k for k in t.children(i, "xcomp") if t.tokens[i].lemma in _MODAL and "VerbForm=Inf" in t.tokens[k].morph), i)
    obj = next((k for k in t.kids[meant] if t.tokens[k].dep == "obj"), None)
    done = next((k for k in t.kids[i] if k not in (obj, condition) and k > i and "VerbForm=Inf" in t.tokens[k].morph), None)
    told = None if obj is None else _told(known, t, i, obj, holders)
    if _agrees(t, i) and not negated(t, i):
        matter = TO_DO_SO
    elif told is None and obj is not None and t.tokens[obj].lower in CLITICS and not negated(t, i):
        return  # "lo estudiaría si …", and nothing told that it could mean
    elif obj is not None:
        matter = deed(known, t, meant, condition)
    elif done is not None:  # "estaría dispuesta a reabrir Nogales si …"
        stop = t.left[condition] if t.left[condition] > done else t.right[done]
        low, high = trim(t, done, min(t.right[done], stop))
        matter = known.a.text[t.tokens[low].start : t.tokens[high - 1].end]
    else:
        matter = deed(known, t, meant, condition)
    begin, stop = trim(t, t.left[condition], t.right[condition])
    yield from taken(
        known,
        holders,
        "conditional",
        told or Target(matter=matter[:_LONGEST]),
        passage(known.a, t.span(first, end), known.attributions, own=holders),
        "position-condition",
        (t.tokens[i].text,),
        condition=known.a.text[t.tokens[begin].start : t.tokens[stop - 1].end],
    )


def _told(known: Known, t: Tree, i: int, obj: int, holders: tuple[str, ...]) -> Target | None:
    """The fact that the object of verb ``i`` points back to: "lo estudiaría si …", "acompañaría esa idea si …"."""
    pronoun = t.tokens[obj].lower if t.tokens[obj].lower in CLITICS else None
    if pronoun is not None and negated(t, i):
        return None
    if pronoun is None and not known.takes_up(t.tokens[obj].lemma):
        return None
    words = Valency("acceptance", "verb", (t.tokens[i].lemma,))
    theme = None if pronoun else obj
    f = Frame("acceptance", words, t.sentence.index, i, "verb", i, i + 1, agent=holders, theme=theme, pronoun=pronoun)
    target = target_of(known, f, theme)
    return target if target is not None and target.fact is not None else None


def _willing_but(known: Known) -> Iterator[Position]:
    """ "está dispuesto a cooperar, pero sin tropas": an offer with a limit."""
    for f in known.frames:
        t = known.tree(f)
        if f.concept == "offering" and f.form == "verb" and f.agent and _WILLING & set(f.valency.words) and not f.negated:
            limits = [x for x in t.tokens if x.lower in ("pero", "sin") and x.i > f.trigger]
            mine = next((o for o in known.offered if o.frame is f), None)
            if not limits or mine is None:
                continue
            words = passage(known.a, t.span(f.first, f.end), known.attributions, own=f.agent[:1])
            triggers = (t.tokens[f.trigger].text, limits[0].text)
            target = Target(fact=mine.fact.id)
            about = mine.fact.label[:80]
            yield from taken(known, f.agent[:1], "conditional", target, words, "position-willing-but", triggers, about=about)
