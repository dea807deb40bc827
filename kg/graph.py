"""An extraction as RDF. The only module that mints IRIs; what makes two facts the same one stands in :mod:`kg.identity`.

The vocabulary is that of ``ontology/``. No blank nodes, no time stamps: the same extraction gives the same triples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg import __version__, identity
from kg.errors import InputError
from kg.headline import shortened
from kg.model import Actor, Event, Extraction, Fact, Indicator, Passage, Position, Proposal, Statement
from kg.rdf import LABEL, TYPE, br, day, dcterms, decimal, nif, offset, order
from kg.vocabulary import ID, OWL, PROV, SKOS, ontology_store, vocabulary

_GENERATED_BY = ox.NamedNode(PROV + "wasGeneratedBy")

_SOFTWARE = "bilateral-kg"
_LABEL_LENGTH = 140  # letters


# ----------------------------------------------------------------------------------------------------- extraction → triples


def triples(extraction: Extraction, base: str = ID) -> list[ox.Triple]:
    """All triples of one article, each once, sorted by :func:`order`.

    Args: an extraction whose facts refer only to its own actors and facts; ``base``, an IRI that ends in ``/`` or ``#``.
    Raises :class:`InputError` where a fact refers to an actor or fact that the extraction lacks, or two facts have one id.
    """
    return sorted(_Writer(extraction, base).triples(), key=order)


def quads(extraction: Extraction, base: str = ID) -> list[ox.Quad]:
    """The same, in the named graph of the article."""
    name = article_iri(extraction.article.id, base)
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples(extraction, base)]


def article_iri(article_id: str, base: str = ID) -> ox.NamedNode:
    """The IRI of an article, which is also the name of its graph."""
    return ox.NamedNode(f"{base}article/{article_id}")


def passage_iri(article_id: str, passage: Passage, base: str = ID) -> ox.NamedNode:
    """The IRI of the words from ``start`` to ``end``, by RFC 5147: ``…/article/NAME#char=10,20``."""
    return ox.NamedNode(f"{base}article/{article_id}#char={passage.start},{passage.end}")


class _Writer:
    """The triples of one extraction; a class only so that base, article and IRIs need not travel through every signature."""

    def __init__(self, extraction: Extraction, base: str) -> None:
        self.extraction, self.base, self.article = extraction, base, extraction.article
        self.actors = {actor.id: actor for actor in extraction.actors}
        self.facts = {fact.id: fact for fact in extraction.facts}
        for name, times in Counter(fact.id for fact in extraction.facts).items():
            if times > 1:
                raise InputError(f"{self.article.id}: {times} facts are called {name!r}; expected ids unique in the extraction")
        self.check_references()
        self.paths = identity.fact_paths(extraction)
        self.used: dict[str, ox.NamedNode] = {}  # the actors that were written of, with their IRIs
        self.passages: dict[Passage, ox.NamedNode] = {}  # those that are written out
        self.activities: dict[tuple[str, str], ox.NamedNode] = {}  # likewise
        self.sources = _sources_by_span(extraction)

    # ---- references

    def check_references(self) -> None:
        """Every reference leads somewhere; what is asked of an extractor is said in one line."""
        ids = {fact.id for fact in self.extraction.facts}
        for fact in self.extraction.facts:
            where = f"{self.article.id}: {type(fact).__name__} {fact.id}"
            for name in _actor_references(fact):
                if name not in self.actors:
                    raise InputError(f"{where}: refers to actor {name!r}; expected one of the extraction's actors")
            for name in _fact_references(fact):
                if name not in ids:
                    raise InputError(f"{where}: refers to fact {name!r}; expected one of the extraction's facts")

    def iri(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + path)

    def actor(self, name: str) -> ox.NamedNode:
        if name not in self.used:
            self.used[name] = self.iri(f"actor/{name}")
        return self.used[name]

    def fact(self, name: str) -> ox.NamedNode:
        return self.iri(self.paths[name])

    def text(self, value: str) -> ox.Literal:
        return ox.Literal(value, language=self.article.language)

    # ---- nodes

    def triples(self) -> set[ox.Triple]:
        found = set(self.article_triples())
        for fact in self.extraction.facts:
            found.update(self.fact_triples(fact))
        done: set[str] = set()
        while self.used.keys() - done:  # an actor's country and what it is a member of are written out too
            for name in sorted(self.used.keys() - done):
                done.add(name)
                found.update(self.actor_triples(name))
        return found

    def article_triples(self) -> Iterator[ox.Triple]:
        article, node = self.article, article_iri(self.article.id, self.base)
        yield ox.Triple(node, TYPE, br("Article"))
        yield ox.Triple(node, TYPE, nif("Context"))
        yield ox.Triple(node, nif("isString"), ox.Literal(article.text))
        yield ox.Triple(node, dcterms("language"), ox.Literal(article.language))
        if article.title:
            yield ox.Triple(node, dcterms("title"), self.text(article.title))
        if article.date:
            yield ox.Triple(node, dcterms("issued"), day(article.date))
        if article.publisher:
            yield ox.Triple(node, dcterms("publisher"), ox.Literal(article.publisher))
        if article.source:
            yield ox.Triple(node, dcterms("source"), ox.Literal(article.source))

    def actor_triples(self, name: str) -> Iterator[ox.Triple]:
        node, actor = self.actor(name), self.actors.get(name)
        if actor is None:
            actor = self.country(name)
        yield ox.Triple(node, TYPE, br(actor.kind))
        labels = set(actor.labels) or {(self.article.language, actor.label)}
        others = {*actor.alt_labels, actor.label} - {label for _, label in labels}
        for language, label in labels:
            yield ox.Triple(node, LABEL, ox.Literal(label, language=language))
        for label in others:
            yield ox.Triple(node, ox.NamedNode(SKOS + "altLabel"), self.text(label))
        if actor.country and actor.country != name:
            yield ox.Triple(node, br("country"), self.actor(actor.country))
        if actor.iso:
            yield ox.Triple(node, br("iso"), ox.Literal(actor.iso))
        if actor.title:
            yield ox.Triple(node, br("title"), self.text(actor.title))
        if actor.member_of and actor.member_of != name:
            yield ox.Triple(node, br("memberOf"), self.actor(actor.member_of))
        for same in actor.same_as:
            yield ox.Triple(node, ox.NamedNode(OWL + "sameAs"), ox.NamedNode(same))

    def country(self, name: str) -> Actor:
        """The country of an actor, where the extraction names it by its code only."""
        actor = _countries().get(name)
        if actor is None:
            raise InputError(f"{self.article.id}: an actor refers to actor {name!r}; expected one of the extraction's actors")
        return actor

    def passage(self, passage: Passage) -> ox.NamedNode:
        """The passage's IRI. Where the same words are given to several sources (a quote is the newspaper's report of a statement
        and the speaker's word for a fact), each source has a passage of its own, told apart in the fragment."""
        plain = passage_iri(self.article.id, passage, self.base)
        source = (tuple(sorted(passage.attributed_to)), tuple(sorted(passage.via)))
        if len(self.sources[passage.start, passage.end]) == 1 or source == ((), ()):
            return plain
        by, via = ("+".join(names) for names in source)
        return ox.NamedNode(plain.value + (f"&by={by}" if by else "") + (f"&via={via}" if via else ""))

    def passage_triples(self, passage: Passage) -> Iterator[ox.Triple]:
        node = self.passages[passage] = self.passage(passage)
        yield ox.Triple(node, TYPE, br("Passage"))
        yield ox.Triple(node, nif("anchorOf"), ox.Literal(passage.quote))
        yield ox.Triple(node, nif("beginIndex"), offset(passage.start))
        yield ox.Triple(node, nif("endIndex"), offset(passage.end))
        yield ox.Triple(node, nif("referenceContext"), article_iri(self.article.id, self.base))
        for name in passage.attributed_to:
            yield ox.Triple(node, br("attributedTo"), self.actor(name))
        for name in passage.via:
            yield ox.Triple(node, br("via"), self.actor(name))

    def activity_triples(self, extractor: str, rule: str) -> Iterator[ox.Triple]:
        """What made a fact: software, version, extractor, rule. One activity for all facts of one rule, whatever the article."""
        node = self.iri(_activity_path(extractor, rule))
        self.activities[extractor, rule] = node
        software = self.iri(f"activity/{_SOFTWARE}-{__version__}")
        yield ox.Triple(node, TYPE, ox.NamedNode(PROV + "Activity"))
        name = f"{extractor}: {rule}" if rule else extractor
        yield ox.Triple(node, LABEL, ox.Literal(f"{_SOFTWARE} {__version__}, {name}"))
        yield ox.Triple(node, ox.NamedNode(PROV + "wasAssociatedWith"), software)
        yield ox.Triple(software, TYPE, ox.NamedNode(PROV + "SoftwareAgent"))
        yield ox.Triple(software, LABEL, ox.Literal(f"{_SOFTWARE} {__version__}"))

    # ---- facts

    def fact_triples(self, fact: Fact) -> Iterator[ox.Triple]:
        node = self.fact(fact.id)
        yield ox.Triple(node, TYPE, br(type(fact).__name__))
        yield ox.Triple(node, LABEL, self.text(self.label(fact)))
        for passage in fact.evidence:
            if passage not in self.passages:
                yield from self.passage_triples(passage)
            yield ox.Triple(node, br("evidence"), self.passages[passage])
        if fact.start_date:
            yield ox.Triple(node, br("startDate"), day(fact.start_date))
        if fact.end_date:
            yield ox.Triple(node, br("endDate"), day(fact.end_date))
        if fact.date_text:
            yield ox.Triple(node, br("dateText"), self.text(fact.date_text))
        for topic in fact.topics:
            yield ox.Triple(node, br("topic"), br(topic))
        for origin in ((fact.extractor, fact.rule), *fact.also):
            if origin not in self.activities:
                yield from self.activity_triples(*origin)
            yield ox.Triple(node, _GENERATED_BY, self.activities[origin])
        match fact:
            case Proposal():
                yield from self.proposal(node, fact)
            case Position():
                yield from self.position(node, fact)
            case Event():
                yield from self.event(node, fact)
            case Statement():
                yield from self.statement(node, fact)
            case Indicator():
                yield from self.indicator(node, fact)

    def label(self, fact: Fact) -> str:
        """The name that a fact is listed under: its words without what says nothing; a position by who takes it, how, and on what."""
        if isinstance(fact, Position) and (about := self._matter(fact)):
            holder = self.actors[fact.holder].label if fact.holder in self.actors else self.country(fact.holder).label
            return f"{holder} {vocabulary().label(fact.stance)}: {shortened(about, _LABEL_LENGTH)}"
        if isinstance(fact, Statement | Indicator):
            return fact.label
        return shortened(fact.label, _LABEL_LENGTH, event=isinstance(fact, Event))

    def _matter(self, fact: Position) -> str:
        """What a position is about, in words."""
        target = self.facts.get(fact.target or "")
        return target.label if target is not None else fact.matter or ""

    def actors_of(self, node: ox.NamedNode, name: str, actors: Iterable[str]) -> Iterator[ox.Triple]:
        for actor in actors:
            yield ox.Triple(node, br(name), self.actor(actor))

    def place(self, node: ox.NamedNode, country: str | None, name: str | None) -> Iterator[ox.Triple]:
        if country:
            yield ox.Triple(node, br("place"), self.actor(country))
        if name:
            place = self.iri(identity.place_path(name))
            yield ox.Triple(node, br("place"), place)
            yield ox.Triple(place, TYPE, br("Place"))
            yield ox.Triple(place, LABEL, self.text(name))

    def proposal(self, node: ox.NamedNode, fact: Proposal) -> Iterator[ox.Triple]:
        yield from self.actors_of(node, "proposer", fact.proposer)
        yield from self.actors_of(node, "addressee", fact.addressee)
        yield ox.Triple(node, br("status"), br(fact.status))
        if fact.part_of:
            yield ox.Triple(node, dcterms("isPartOf"), self.fact(fact.part_of))
        if fact.alternative_to:
            yield ox.Triple(node, br("alternativeTo"), self.fact(fact.alternative_to))

    def position(self, node: ox.NamedNode, fact: Position) -> Iterator[ox.Triple]:
        yield from self.actors_of(node, "holder", (fact.holder,))
        yield ox.Triple(node, br("stance"), br(fact.stance))
        if fact.target:
            yield ox.Triple(node, br("target"), self.fact(fact.target))
        if fact.target_actor:
            yield from self.actors_of(node, "target", (fact.target_actor,))
        if fact.matter:
            topic = self.iri(identity.topic_path(fact.matter, self.article.id))
            yield ox.Triple(node, br("target"), topic)
            yield ox.Triple(topic, TYPE, br("Topic"))
            yield ox.Triple(topic, ox.NamedNode(SKOS + "prefLabel"), self.text(fact.matter))
        if fact.expressed_in:
            yield ox.Triple(node, br("expressedIn"), self.fact(fact.expressed_in))
        if fact.condition:
            yield ox.Triple(node, br("condition"), self.text(fact.condition))
        if fact.reason:
            yield ox.Triple(node, br("reason"), self.text(fact.reason))

    def event(self, node: ox.NamedNode, fact: Event) -> Iterator[ox.Triple]:
        yield ox.Triple(node, br("eventType"), br(fact.event_type))
        yield from self.actors_of(node, "agent", fact.agent)
        yield from self.actors_of(node, "patient", fact.patient)
        yield from self.actors_of(node, "participant", fact.participant)
        yield from self.place(node, fact.place, fact.place_name)
        for cause in fact.cause:
            yield ox.Triple(node, br("cause"), self.fact(cause))
        yield ox.Triple(node, br("factuality"), br(fact.factuality))

    def statement(self, node: ox.NamedNode, fact: Statement) -> Iterator[ox.Triple]:
        yield from self.actors_of(node, "speaker", fact.speaker)
        yield from self.actors_of(node, "addressee", fact.addressee)
        yield from self.actors_of(node, "via", fact.via)
        yield ox.Triple(node, br("quote"), self.text(fact.quote))
        yield ox.Triple(node, br("direct"), ox.Literal(fact.direct))

    def indicator(self, node: ox.NamedNode, fact: Indicator) -> Iterator[ox.Triple]:
        yield ox.Triple(node, br("measure"), self.text(fact.measure))
        if fact.value is not None:
            yield ox.Triple(node, br("value"), decimal(fact.value))
        if fact.unit:
            yield ox.Triple(node, br("unit"), ox.Literal(fact.unit))
        yield ox.Triple(node, br("comparator"), br(fact.comparator))
        yield ox.Triple(node, br("change"), br(fact.change))
        if fact.baseline:
            yield ox.Triple(node, br("baseline"), self.text(fact.baseline))
        yield from self.place(node, fact.place, fact.place_name)
        yield from self.actors_of(node, "claimant", fact.claimant)


@lru_cache(maxsize=1024)
def _activity_path(extractor: str, rule: str) -> str:
    return f"activity/{_SOFTWARE}-{__version__}-{identity.slug(f'{extractor} {rule}')}"


@lru_cache(maxsize=1)
def _countries() -> dict[str, Actor]:
    """The countries that the ontology names, by their ids (``"mx"``)."""
    store, found = ontology_store(), {}
    for quad in store.quads_for_pattern(None, TYPE, br("Country"), None):
        codes = [q.object for q in store.quads_for_pattern(quad.subject, br("iso"), None, None)]
        names = [q.object for q in store.quads_for_pattern(quad.subject, LABEL, None, None)]
        iso = next(code.value for code in codes if isinstance(code, ox.Literal))
        labels = sorted((name.language or "es", name.value) for name in names if isinstance(name, ox.Literal))
        label = next((label for language, label in labels if language == "es"), iso)
        found[iso.lower()] = Actor(id=iso.lower(), kind="Country", label=label, iso=iso, labels=tuple(labels))
    return found


def _actor_references(fact: Fact) -> Iterator[str]:
    for passage in fact.evidence:
        yield from passage.attributed_to
        yield from passage.via
    for slot in ("proposer", "addressee", "agent", "patient", "participant", "speaker", "via", "claimant"):
        yield from getattr(fact, slot, ())
    for slot in ("holder", "target_actor", "place"):
        if (name := getattr(fact, slot, None)) is not None:
            yield name


def _fact_references(fact: Fact) -> Iterator[str]:
    for slot in ("part_of", "alternative_to", "target", "expressed_in"):
        if (name := getattr(fact, slot, None)) is not None:
            yield name
    yield from getattr(fact, "cause", ())


def _sources_by_span(extraction: Extraction) -> dict[tuple[int, int], set[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Which sources the same words are given to, by the words' offsets."""
    found: dict[tuple[int, int], set[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for fact in extraction.facts:
        for passage in fact.evidence:
            source = (tuple(sorted(passage.attributed_to)), tuple(sorted(passage.via)))
            found.setdefault((passage.start, passage.end), set()).add(source)
    return found
