"""The rules' and a model's extraction of one article as one: a fact found by both is one fact with both origins.

Two facts are the same where their classes are, their words overlap and nothing that says who, what, when or how much differs; or where
they would get the same IRI. A wrong merge is worse than a missed one. The one fact is the rules', so that its IRI and values are those
of a build without a model; ``also`` names the model beside them. A fact found by one keeps its origin, and contradicting facts of the
two stand side by side like those of two newspapers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kg.identity import Parties, fact_paths, fold, topic_path
from kg.llm.anchoring import shared
from kg.llm.naming import actors_of
from kg.model import Actor, Event, Extraction, Fact, Indicator, Position, Proposal, Statement
from kg.vocabulary import plover_type

_COVERED = 0.5  # of the shorter passage


def merge(rules: Extraction, model: Extraction) -> Extraction:
    """Both extractions of the same article as one, the rules' facts first. Pure and deterministic."""
    article = rules.article
    parties = Parties.of(Extraction(article, _united(rules.actors, model.actors), ()))
    paths = {path: id for id, path in fact_paths(rules).items()}
    reached = fact_paths(model)
    twins: dict[str, str] = {}  # the model's fact → the rules' one
    free = list(rules.facts)
    order = sorted(model.facts, key=lambda f: isinstance(f, Position))  # what positions are taken on comes first
    for fact in order:
        candidates = [(_overlap(fact, r), r) for r in free if type(r) is type(fact)]
        same = [r for _, r in candidates if paths.get(reached[fact.id]) == r.id]
        same += [
            r
            for share, r in sorted(candidates, key=lambda c: (-c[0], c[1].id))
            if _same(r, fact, share, parties, twins, article.id)
        ]
        if same:
            twins[fact.id] = same[0].id
            free.remove(same[0])
    origins: dict[str, tuple[str, str]] = {twins[f.id]: (f.extractor, f.rule) for f in model.facts if f.id in twins}
    found = [replace(f, also=(*f.also, origins[f.id])) if f.id in origins else f for f in rules.facts]
    found += [_pointed(f, twins) for f in model.facts if f.id not in twins]
    facts = tuple(_without_repeats(found, article.id))
    actors = _united(rules.actors, model.actors)
    return Extraction(
        article,
        _needed(actors, facts),
        facts,
        tuple(dict.fromkeys((*rules.notices, *model.notices))),
        "both",
        (*rules.dropped, *model.dropped),
    )


def _united(first: Iterable[Actor], second: Iterable[Actor]) -> tuple[Actor, ...]:
    known = {actor.id: actor for actor in second}
    known.update({actor.id: actor for actor in first})
    return tuple(known[id] for id in sorted(known))


def _needed(actors: tuple[Actor, ...], facts: Iterable[Fact]) -> tuple[Actor, ...]:
    """The actors whom the facts name, with their countries and those they belong to."""
    known = {actor.id: actor for actor in actors}
    queue, wanted = [id for fact in facts for id in actors_of(fact)], {}
    while queue:
        actor = known.get(queue.pop())
        if actor is not None and actor.id not in wanted:
            wanted[actor.id] = actor
            queue += [x for x in (actor.country, actor.member_of) if x]
    return tuple(wanted[id] for id in sorted(wanted))


def _pointed(fact: Fact, twins: Mapping[str, str]) -> Fact:
    """A fact of the model whose links lead to the rules' facts where those are the same."""
    changes: dict[str, Any] = {}
    for slot in ("part_of", "alternative_to", "expressed_in", "target"):
        id = getattr(fact, slot, None)
        if id is not None:
            changes[slot] = twins.get(id, id)
    if isinstance(fact, Event):
        changes["cause"] = tuple(dict.fromkeys(twins.get(id, id) for id in fact.cause))
    return replace(fact, **changes) if changes else fact


def _without_repeats(facts: Iterable[Fact], article_id: str) -> list[Fact]:
    """Facts whose links were led to others' may now say what another position says, or lead in a circle: those links and repeats go."""
    out: list[Fact] = []
    taken: set[object] = set()
    by_id = {f.id: f for f in facts}
    for fact in by_id.values():
        for slot in ("part_of", "alternative_to"):
            if fact.extractor == "llm" and _returns(by_id, slot, fact.id):
                nothing: dict[str, Any] = {slot: None}
                fact = replace(fact, **nothing)
                by_id[fact.id] = fact
        if isinstance(fact, Event) and fact.extractor == "llm" and _returns(by_id, "cause", fact.id):
            fact = by_id[fact.id] = replace(fact, cause=())
        if isinstance(fact, Position):
            aim = (*_aim(fact, {}, article_id), fact.holder, fact.stance, fact.start_date, fact.end_date)
            if aim in taken and fact.extractor == "llm":
                continue
            taken.add(aim)
        out.append(fact)
    return out


def _returns(by_id: Mapping[str, Fact], slot: str, start: str) -> bool:
    seen: set[str] = set()
    queue = list(_links(by_id[start], slot))
    while queue:
        id = queue.pop()
        if id == start:
            return True
        if id not in seen and id in by_id:
            seen.add(id)
            queue += _links(by_id[id], slot)
    return False


def _links(fact: Fact, slot: str) -> tuple[str, ...]:
    value = getattr(fact, slot, None)
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


# --------------------------------------------------------------------------------------------------- what makes two facts one


def _overlap(a: Fact, b: Fact) -> float:
    """The largest share of the shorter one of two passages that both facts rest on."""
    return max((shared(p, q) for p in a.evidence for q in b.evidence), default=0.0)


def _same(rule: Fact, fact: Fact, share: float, parties: Parties, twins: Mapping[str, str], article_id: str) -> bool:
    if isinstance(rule, Position) and isinstance(fact, Position):
        aims = _aim(rule, {}, article_id), _aim(fact, twins, article_id)
        same_aim = aims[0] == aims[1] or (share >= _COVERED and {kind for kind, _ in aims} == {"matter"})
        return rule.holder == fact.holder and rule.stance == fact.stance and same_aim and _same_days(rule, fact)
    if share < _COVERED or not _same_days(rule, fact):
        return False
    if isinstance(rule, Statement) and isinstance(fact, Statement):
        one, other = fold(rule.quote), fold(fact.quote)
        return (one in other or other in one) and rule.direct == fact.direct and _meet(parties, rule.speaker, fact.speaker)
    if isinstance(rule, Proposal) and isinstance(fact, Proposal):
        return (
            _meet(parties, rule.proposer, fact.proposer)
            and _meet(parties, rule.addressee, fact.addressee, other_side=True)
            and _labels_meet(rule.label, fact.label)
        )
    if isinstance(rule, Event) and isinstance(fact, Event):
        alike = rule.event_type == fact.event_type or plover_type(rule.event_type) == plover_type(fact.event_type)
        ours, theirs = ((*f.agent, *f.patient, *f.participant) for f in (rule, fact))
        who = _meet(parties, rule.agent, fact.agent) and _meet(parties, rule.patient, fact.patient, other_side=True)
        joint = plover_type(rule.event_type) == "consult" and _meet(parties, ours, theirs)
        return alike and rule.factuality == fact.factuality and (who or joint)
    if isinstance(rule, Indicator) and isinstance(fact, Indicator):
        figure = (rule.value, rule.change) == (fact.value, fact.change) and fold(rule.unit or "") == fold(fact.unit or "")
        claimed = _meet(parties, rule.claimant, fact.claimant, other_side=True)
        return figure and claimed and (rule.value is not None or _labels_meet(rule.measure, fact.measure))
    return False


def _aim(p: Position, twins: Mapping[str, str], article_id: str) -> tuple[str, str]:
    if p.target is not None:
        return "fact", twins.get(p.target, p.target)
    if p.target_actor is not None:
        return "actor", p.target_actor
    return "matter", topic_path(p.matter or "", article_id)


def _meet(parties: Parties, a: Iterable[str], b: Iterable[str], other_side: bool = False) -> bool:
    """Whether two lists of actors have a party in common, or are both empty.

    On the ``other_side`` of a fact whose first side is settled one list may be empty, and a minister stands for the country.
    """
    one, other = {parties.party(x) for x in a}, {parties.party(x) for x in b}
    if not one or not other:
        return one == other or other_side
    if other_side:
        one, other = ({parties.actors[x].country or x for x in side} for side in (one, other))
    return bool(one & other)


def _same_days(a: Fact, b: Fact) -> bool:
    """Whether two facts have the same days, or only one of them has any."""
    days = (a.start_date, a.end_date), (b.start_date, b.end_date)
    return days[0] == days[1] or (None, None) in days


def _labels_meet(a: str, b: str) -> bool:
    """Whether half of the shorter label's words of four letters or more begin like one of the other's."""
    one, other = ({word[:5] for word in fold(text).split() if len(word) > 3} for text in (a, b))
    return bool(one and other) and 2 * len(one & other) >= min(len(one), len(other))
