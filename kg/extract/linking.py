"""The facts of one document put together: status of proposals, alternatives, topics, and the actors that take part in them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.extract.alternatives import taken_up, with_alternatives
from kg.extract.analysis import Analysis
from kg.extract.homes import settled
from kg.extract.lexicon import Lexicon
from kg.extract.offered import Offered
from kg.extract.proposal_answers import answered, to_proposer
from kg.extract.said import Said
from kg.extract.same_claim import with_one_matter
from kg.model import Actor, Event, Extraction, Fact, Indicator, Position, Proposal, Statement


def link(
    a: Analysis,
    said: tuple[Said, ...],
    offered: tuple[Offered, ...],
    indicators: tuple[Indicator, ...],
    events: tuple[Event, ...],
    positions: tuple[Position, ...],
    statements: tuple[Statement, ...],
    told: dict[str, str],
    singly: dict[str, str],
) -> Extraction:
    """The extraction of the document: facts in the order of their kinds and places, actors in the order of their ids.

    ``told`` are the statuses of proposals that the text gives in so many words, ``singly`` those of items answered one by one.
    """
    proposals = _countered(with_alternatives(a, tuple(answered(a, o.fact, positions, told, singly) for o in offered)))
    proposals = _inherit(proposals, taken_up(a, offered, proposals), frozenset(singly))
    positions = with_one_matter(a, positions)
    events = tuple(to_proposer(a, e, positions, proposals) for e in events)
    led = _led(a, events)
    caused = tuple(replace(e, cause=causes) if (causes := _causes(e, led)) else e for e in events)
    facts: tuple[Fact, ...] = (*proposals, *positions, *caused, *statements, *indicators)
    facts = tuple(replace(f, topics=topics) if (topics := _topics(a, f)) else f for f in facts)
    return Extraction(a.document.article, _actors(a, facts), facts, a.document.article.notices)


def _countered(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """What a counter-offer meets has been answered, differently: it is pending where no other answer is told."""
    met = {p.alternative_to for p in proposals}
    return tuple(replace(p, status="pending") if p.id in met and p.status == "proposed" else p for p in proposals)


def _inherit(proposals: tuple[Proposal, ...], apart: frozenset[str], singly: frozenset[str]) -> tuple[Proposal, ...]:
    """Parts share the answer to their whole unless they were answered ``singly``; a whole of parts answered differently is pending.

    ``apart`` are the ids of parts that the answer to the whole does not mean.
    """
    by_id = {p.id: p for p in proposals}
    out = []
    for p in proposals:
        whole = by_id.get(p.part_of or "")
        parts = {x.status for x in proposals if x.part_of == p.id}
        mixed = len(parts) > 1 and bool(parts & {"accepted", "rejected", "pending"})
        if whole is not None and p.status == "proposed" and whole.status != "proposed" and p.id not in apart:
            p = replace(p, status=whole.status)
        elif mixed and (p.status == "proposed" or any(x.part_of == p.id and x.id in singly for x in proposals)):
            p = replace(p, status="pending")
        out.append(p)
    return tuple(out)


_BECAUSE = re.compile(
    r"(?:tras|ante|a raíz de|a raíz del|debido a|a causa de|a consecuencia de|en respuesta a|después de que|en represalia por)\b",
    re.I,
)


def _led(a: Analysis, events: tuple[Event, ...]) -> dict[str, list[int]]:
    """Where events are told right behind "tras", "a raíz de", "ante" …, by their ids."""
    found: dict[str, list[int]] = {}
    for event in events:
        for p in event.evidence:
            if _BECAUSE.match(p.quote) or _BECAUSE.search(a.text[max(0, p.start - 18) : p.start].rsplit(",", 1)[-1]):
                found.setdefault(event.id, []).append(p.start)
    return found


def _causes(event: Event, led: dict[str, list[int]]) -> tuple[str, ...]:
    """The events that the words give as the reason of another: those of ``led`` that are told in its clause."""
    return tuple(
        other
        for other, starts in led.items()
        if other != event.id and any(e.start + 3 < start <= e.end + 3 for start in starts for e in event.evidence)
    )


def _country(a: Analysis, actor: str) -> str | None:
    known = a.resolution.actors.get(actor)
    return (known.id if known.kind == "Country" else known.country) if known else None


def _topics(a: Analysis, fact: Fact) -> tuple[str, ...]:
    """The topics whose words stand in the fact's label or passages, at most two, the most frequent first."""
    counts: dict[str, int] = {}
    words = " ".join([fact.label, *(p.quote for p in fact.evidence)]).lower()
    for entry, topics in a.lexicon.topic_phrases:
        if entry in words:
            for topic in topics:
                counts[topic] = counts.get(topic, 0) + 1
    for token in {w.strip("“”«»\"'.,;:()¿?¡!") for w in words.split()}:
        for topic in _topics_of(a.lexicon, token):
            counts[topic] = counts.get(topic, 0) + 1
    return tuple(sorted(counts, key=lambda t: (-counts[t], t))[:2])


@lru_cache(maxsize=4096)
def _topics_of(lex: Lexicon, word: str) -> tuple[str, ...]:
    """The topics of a word, in the plural and the feminine too."""
    singular = word.removesuffix("s")
    masculine = singular[:-1] + "o" if singular.endswith("a") else singular
    forms = (word, singular, word.removesuffix("es"), masculine)
    return next((lex.topics[form] for form in forms if form in lex.topics), ())


def _actors(a: Analysis, facts: tuple[Fact, ...]) -> tuple[Actor, ...]:
    """Everybody a fact names, with the countries and organisations they belong to."""
    wanted: dict[str, None] = {}
    for f in facts:
        for p in f.evidence:
            for x in (*p.attributed_to, *p.via):
                wanted[x] = None
        for name in ("proposer", "addressee", "agent", "patient", "participant", "speaker", "claimant", "via"):
            for x in getattr(f, name, ()):
                wanted[x] = None
        for name in ("holder", "target_actor", "place"):
            value = getattr(f, name, None)
            if value:
                wanted[value] = None
    known = dict(a.resolution.actors)
    named = {x for ids in a.resolution.ids for x in ids}
    queue = list(wanted)
    while queue:
        wanted_one = queue.pop()
        if wanted_one not in known and wanted_one in a.gazetteer.actors:
            known[wanted_one] = a.gazetteer.actors[wanted_one]  # a side that no word names: its country is wanted with it
        actor = known.get(wanted_one)
        if actor is None:
            continue
        if actor.country is None and (country := settled(a, actor)) is not None:
            actor = known[wanted_one] = replace(actor, country=country)
        wanted[wanted_one] = None
        linked = (actor.country, actor.member_of if actor.member_of in named else None)
        queue.extend(x for x in linked if x and x not in wanted)
    return tuple(known[x] for x in sorted(wanted) if x in known)
