"""The same event told again: tellings → events, each once.

Two tellings are one event when they are of one kind, contradict each other in no actor and no date, and something says that they
are the same. Wrong merges are worse than missed ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.syntax import first_conjunct
from kg.model import Event, Passage

JOINT = {"consult", "agree", "cooperate"}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one frame tells it, with what merging needs: its theme words and the order of its words in the text."""

    fact: Event
    sentence: int
    plover: str
    theme: frozenset[str]
    form: str
    frame: Frame


def merge(a: Analysis, told: list[Told]) -> list[Event]:
    """One event for all tellings of it: same kind of action, no actor or date that contradicts, and a sign that it is the same."""
    groups: list[list[Told]] = []
    for x in told:
        for group in groups:
            if _same(a, group, x):
                group.append(x)
                break
        else:
            groups.append([x])
    return [_union(group) for group in groups]


def _same(a: Analysis, group: list[Told], x: Told) -> bool:
    first = group[0]
    if first.plover != x.plover or (first.fact.factuality == "negated") != (x.fact.factuality == "negated"):
        return False
    fixed = x.fact.start_date is not None and any(g.fact.start_date == x.fact.start_date for g in group)
    if first.plover == "consult" and {first.fact.factuality, x.fact.factuality} == {"actual", "planned"} and not fixed:
        return False  # "discuten la veda", "la próxima reunión está prevista para el 2"
    if first.plover == "other" and first.fact.event_type != x.fact.event_type:
        return False
    if (
        x.plover == "consult"
        and _taken_up(a, x)
        and 0 <= x.sentence - group[-1].sentence <= 6
        and not (x.fact.start_date and any(g.fact.start_date and g.fact.start_date != x.fact.start_date for g in group))
    ):
        return True  # "la conversación" after "una llamada"
    if any(_coordinated(a, g, x) for g in group):
        return True
    if _names_again(a, x) and any(g.fact.event_type == x.fact.event_type and g.fact.factuality == "actual" for g in group):
        return True
    if not _compatible(a, first.fact.agent, x.fact.agent) or not _compatible(a, first.fact.patient, x.fact.patient):
        return False
    dates = [g.fact for g in group if g.fact.start_date or g.fact.end_date]
    if dates and (x.fact.start_date or x.fact.end_date) and not _same_days(dates[0], x.fact):
        return False
    same_type = first.fact.event_type == x.fact.event_type
    shared = bool(first.theme & x.theme)
    dated_alike = bool(dates) and bool(x.fact.start_date or x.fact.end_date)
    if first.plover in ("request", "reject", "agree", "threaten", "accuse", "sanction", "other"):
        return shared and (same_type or dated_alike)
    if first.plover in JOINT and not dated_alike and not shared and min(abs(x.sentence - g.sentence) for g in group) > 4:
        return False  # two talks far apart are two
    if first.plover == "consult" and first.form == x.form == "verb" and _going_on(first, x):
        return False
    if (
        x.sentence == first.sentence
        and x.fact.agent == first.fact.agent
        and same_type
        and x.frame.trigger != first.frame.trigger
        and first.theme
        and x.theme
    ):
        return shared
    overlap = _meet(a, first.fact.agent, x.fact.agent) or bool(set(first.fact.patient) & set(x.fact.patient))
    return (same_type and (overlap or shared)) or (dated_alike and overlap)


def _taken_up(a: Analysis, x: Told) -> bool:
    """Whether a talk is spoken of as known: a definite noun without participants of its own."""
    t = a.trees[x.sentence]
    definite = any(t.tokens[k].lower in ("el", "la", "esa", "ese", "esta", "este") for k in t.kids[x.frame.trigger])
    return x.form == "noun" and definite and not x.frame.patient and (not x.frame.agent or x.fact.agent == a.resolution.pair)


def _coordinated(a: Analysis, g: Told, x: Told) -> bool:
    """Verbs of one subject, kind and addressee in one sentence: "detuvo y encarceló al patrón"."""
    if g.sentence != x.sentence or g.form != "verb" or x.form != "verb" or g.fact.factuality != x.fact.factuality:
        return False
    if (
        not g.fact.agent
        or set(g.fact.agent) != set(x.fact.agent)
        or not x.fact.patient
        or set(g.fact.patient) != set(x.fact.patient)
    ):
        return False
    t = a.trees[x.sentence]
    return first_conjunct(t, g.frame.trigger) == first_conjunct(t, x.frame.trigger)


def _going_on(one: Told, other: Told) -> bool:
    """Whether one tells a talk of a day and the other that talks go on: "habló el domingo", "mantienen canales de diálogo"."""
    undated = [x.frame.tense for x in (one, other) if not x.fact.start_date]
    return undated == ["present"]


def _names_again(a: Analysis, x: Told) -> bool:
    """Whether a noun with its article names a deed that was told before, without any party or day of its own: "el cierre"."""
    fact = x.fact
    if x.form != "noun" or fact.agent or fact.patient or fact.start_date or fact.end_date or fact.factuality != "actual":
        return False
    t = a.trees[x.sentence]
    return any(
        t.tokens[k].lower in ("el", "la", "del", "al", "ese", "esa", "este", "esta", "dicho", "dicha")
        for k in t.kids[x.frame.trigger]
    )


def _compatible(a: Analysis, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other or set(one) & set(other):
        return True
    return bool({country_of(a, x) for x in one} & {country_of(a, x) for x in other} - {None}) and not (
        {a.resolution.actors[x].kind for x in (*one, *other)} <= {"Person"}
    )


def _meet(a: Analysis, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sets of agents share one, or one is the other's country or government."""
    if set(one) & set(other):
        return True
    official = {"Country", "Government"}
    return any(
        country_of(a, x) is not None
        and country_of(a, x) == country_of(a, y)
        and {a.resolution.actors[x].kind, a.resolution.actors[y].kind} & official
        for x in one
        for y in other
    )


def _same_days(one: Event, other: Event) -> bool:
    begin = (
        max(x for x in (one.start_date, other.start_date, one.end_date) if x) if (one.start_date and other.start_date) else None
    )
    if begin is None:
        return True
    ends = [e.end_date or e.start_date for e in (one, other)]
    return all(e is None or begin <= e for e in ends)


def _union(group: list[Told]) -> Event:
    """One event with all passages; actors and date from the telling that says most."""
    if len(group) == len(group[0].fact.evidence) == 1 and not set(group[0].fact.patient) & set(group[0].fact.agent):
        return group[0].fact
    best = max(group, key=lambda g: (g.form == "verb", bool(g.fact.agent) + bool(g.fact.patient) + bool(g.fact.start_date)))
    fact = best.fact
    seen: dict[tuple[int, int], Passage] = {}
    for g in group:
        for p in g.fact.evidence:
            seen.setdefault((p.start, p.end), p)
    dated = next((g.fact for g in (best, *group) if g.fact.start_date or g.fact.end_date), fact)
    agent = fact.agent or next((g.fact.agent for g in group if g.fact.agent), ())
    patient = fact.patient or next((g.fact.patient for g in group if g.fact.patient), ())
    return replace(
        fact,
        id=group[0].fact.id,
        evidence=tuple(seen[k] for k in sorted(seen)),
        start_date=dated.start_date,
        end_date=dated.end_date,
        date_text=dated.date_text,
        agent=agent,
        patient=tuple(p for p in patient if p not in agent),
        place=fact.place or next((g.fact.place for g in group if g.fact.place), None),
        place_name=fact.place_name or next((g.fact.place_name for g in group if g.fact.place_name), None),
    )
