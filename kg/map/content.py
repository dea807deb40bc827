"""What is shown: the graph read once into nodes, links, citations and sources, in an order that does not depend on the store.

Everything after this module works on :class:`Content` and knows no RDF. A *node* is a resource of one of the classes that carry
the graph (actors, the five kinds of facts, matters and places); a *link* is a triple between two nodes, or between a fact and an
actor over one of the fact's passages (``attributedTo``, ``via``). Concepts, dates and literals are attributes of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.vocabulary import BR, DCTERMS, ID, NIF, OWL, PROV, RDF, RDFS, SKOS, ontology_store, vocabulary

KINDS = ("actor", "proposal", "position", "event", "statement", "indicator", "topic", "place")
FACTS = ("proposal", "position", "event", "statement", "indicator")

#: The relations between two nodes; ``dcterms:isPartOf`` is the one that is not of our own namespace.
RELATIONS = (
    "proposer", "addressee", "isPartOf", "alternativeTo", "holder", "target", "expressedIn", "agent", "patient", "participant",
    "place", "cause", "speaker", "via", "claimant", "memberOf", "country",
)  # fmt: skip
#: The relations of a passage to actors; they are shown as relations of the fact that rests on the passage.
PASSAGE_RELATIONS = ("attributedTo", "via")


@dataclass(frozen=True, slots=True)
class Source:
    """An article. ``text`` is its body or ``None`` where the graph does not carry it; ``url`` only where it is http(s)."""

    iri: str
    key: str
    title: str
    date: str | None
    language: str
    publisher: str | None
    url: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """The words a fact rests on: code points ``begin`` to ``end`` of the source's text; whose word it is; who carried it.

    ``verbatim`` says that the source's text holds exactly these words at these offsets.
    """

    iri: str
    source: int | None
    begin: int
    end: int
    quote: str
    attributed: tuple[int, ...]
    via: tuple[int, ...]
    verbatim: bool

    def sources(self) -> tuple[tuple[str, int], ...]:
        """Whose word it is and who carried it, as relations to actors."""
        return (*(("attributedTo", actor) for actor in self.attributed), *(("via", actor) for actor in self.via))


@dataclass(frozen=True, slots=True)
class Node:
    """A resource and its attributes. ``side`` is the key of the country it belongs to (``"mx"``), ``None`` for third parties.

    ``values`` holds the literals and concepts by local name (``status``, ``stance``, ``eventType``, ``quote``, ``value`` …), each a
    tuple in order; ``citations`` are indices into :attr:`Content.citations`.
    """

    index: int
    iri: str
    key: str
    kind: str
    cls: str
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    side: str | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    citations: tuple[int, ...] = ()
    activity: str | None = None

    def value(self, name: str) -> str | None:
        """The first value of an attribute, ``None`` where it has none."""
        found = self.values.get(name, ())
        return found[0] if found else None

    def name(self, language: str) -> str:
        """The label in a language where the graph has one, else the label."""
        return dict(self.labels).get(language, self.label)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two nodes. ``told`` says that it is not the fact's own but that of a passage it rests on."""

    index: int
    source: int
    relation: str
    target: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """All that is shown. ``countries`` maps a side's key to its labels by language; ``activities`` the IRI of a way of extraction
    to its label; ``targets`` a node and a relation to the nodes it leads to, ``origins`` to those it comes from; ``base`` is what all
    IRIs of the data begin with. Where some nodes are ``chosen``, :meth:`of_kind` gives only these.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    countries: Mapping[str, Mapping[str, str]]
    activities: Mapping[str, str]
    base: str
    targets: Mapping[tuple[int, str], tuple[int, ...]]
    origins: Mapping[tuple[int, str], tuple[int, ...]]
    chosen: frozenset[int] | None = None

    def out(self, node: int, relation: str) -> tuple[int, ...]:
        """The nodes a node's relation leads to, in order."""
        return self.targets.get((node, relation), ())

    def into(self, node: int, relation: str) -> tuple[int, ...]:
        """The nodes whose relation leads to a node, in order."""
        return self.origins.get((node, relation), ())

    def of_kind(self, *kinds: str) -> tuple[Node, ...]:
        return tuple(n for n in self.nodes if n.kind in kinds and (self.chosen is None or n.index in self.chosen))

    def place(self, node: Node) -> tuple[int, int, str]:
        """Where a node is first spoken of: source, offset, key. Nodes without words come last."""
        cited = [self.citations[index] for index in node.citations]
        first = min(((c.source, c.begin) for c in cited if c.source is not None), default=(len(self.sources), 0))
        return (*first, node.key)


def read(store: ox.Store) -> Content:
    """Everything a store says, in all its graphs, as :class:`Content`. The order depends on the triples alone."""
    return _Reader(store).content()


# ------------------------------------------------------------------------------------------------------------------- reading

_ATTRIBUTES = (
    "status", "stance", "eventType", "factuality", "comparator", "change", "topic", "startDate", "endDate", "dateText",
    "condition", "reason", "quote", "direct", "measure", "value", "unit", "baseline", "title", "iso",
)  # fmt: skip
_Terms = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class _Reader:
    """The triples by subject and predicate; a class only so that the tables need not travel through every signature."""

    def __init__(self, store: ox.Store) -> None:
        self.table: dict[str, dict[str, list[_Terms]]] = {}
        for quad in {(q.subject, q.predicate.value, q.object) for q in store.quads_for_pattern(None, None, None, None)}:
            subject, predicate, value = quad
            if isinstance(subject, ox.NamedNode):
                self.table.setdefault(subject.value, {}).setdefault(predicate, []).append(value)
        for row in self.table.values():
            for values in row.values():
                values.sort(key=str)
        self.actor_classes = vocabulary().subclasses("Actor")
        articles = self.instances("Article")
        self.base = _base(articles)
        self.sources = tuple(sorted((self.source(iri) for iri in articles), key=lambda s: (s.date or "9999", s.iri)))
        self.source_index = {source.iri: index for index, source in enumerate(self.sources)}

    # ---- the table

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [term.value for term in self.table.get(subject, {}).get(predicate, ()) if isinstance(term, ox.NamedNode)]

    def literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        return [term for term in self.table.get(subject, {}).get(predicate, ()) if isinstance(term, ox.Literal)]

    def text(self, subject: str, predicate: str) -> str | None:
        found = self.literals(subject, predicate)
        return found[0].value if found else None

    def classes(self, iri: str) -> list[str]:
        return [name[len(BR) :] for name in self.iris(iri, RDF + "type") if name.startswith(BR)]

    def instances(self, cls: str) -> list[str]:
        return sorted(iri for iri in self.table if cls in self.classes(iri))

    def key(self, iri: str) -> str:
        return iri.removeprefix(self.base)

    # ---- the parts

    def source(self, iri: str) -> Source:
        key = iri.removeprefix(self.base)
        url = self.text(iri, DCTERMS + "source") or next(iter(self.iris(iri, DCTERMS + "source")), None)
        return Source(
            iri=iri,
            key=key,
            title=self.text(iri, DCTERMS + "title") or key.rpartition("/")[2],
            date=self.text(iri, DCTERMS + "issued"),
            language=self.text(iri, DCTERMS + "language") or "es",
            publisher=self.text(iri, DCTERMS + "publisher"),
            url=url if url and url.startswith(("https://", "http://")) else None,
            text=self.text(iri, NIF + "isString"),
        )

    def kind(self, iri: str) -> tuple[str, str] | None:
        """Kind and most specific class of a node; ``None`` for what is no node (articles, passages, activities)."""
        classes = self.classes(iri)
        for name in ("Proposal", "Position", "Statement", "Event", "Indicator", "Topic", "Place"):
            if name in classes:
                return name.lower(), name
        actors = sorted(self.actor_classes.intersection(classes), key=lambda name: (name == "Actor", name))
        return ("actor", actors[0]) if actors else None

    def citation(self, iri: str, index: Mapping[str, int]) -> Citation:
        begin, end = (int(self.text(iri, NIF + name) or 0) for name in ("beginIndex", "endIndex"))
        quote = self.text(iri, NIF + "anchorOf") or ""
        source = next((self.source_index[a] for a in self.iris(iri, NIF + "referenceContext") if a in self.source_index), None)
        text = None if source is None else self.sources[source].text
        attributed, via = (
            tuple(index[actor] for actor in self.iris(iri, BR + name) if actor in index) for name in PASSAGE_RELATIONS
        )
        return Citation(iri, source, begin, end, quote, attributed, via, text is not None and text[begin:end] == quote)

    def labels(self, iri: str) -> dict[str, str]:
        """Labels by language, as the graph has them; of several in one language the one that the ontology knows, else the longest."""
        known = {(q.object.language, q.object.value) for q in _ontology_labels(iri) if isinstance(q.object, ox.Literal)}
        found: dict[str, str] = {}
        for predicate in (SKOS + "prefLabel", RDFS + "label"):
            labels = [(label.language or "", label.value) for label in self.literals(iri, predicate) if label.value.strip()]
            for label in sorted(labels, key=lambda label: (label in known, len(label[1]), label)):
                found[label[0]] = label[1]
        return dict(sorted(found.items()))

    def side(self, iri: str, seen: tuple[str, ...] = ()) -> str | None:
        """The country an actor belongs to, by its own word or by what it is a member of."""
        if iri in seen:
            return None
        if "Country" in self.classes(iri):
            return self.key(iri).rpartition("/")[2]
        for country in self.iris(iri, BR + "country"):
            return self.key(country).rpartition("/")[2]
        return next(filter(None, (self.side(body, (*seen, iri)) for body in self.iris(iri, BR + "memberOf"))), None)

    def content(self) -> Content:
        found = {iri: kind for iri in self.table if (kind := self.kind(iri)) is not None}
        passages = sorted({p for iri in found for p in self.iris(iri, BR + "evidence")}, key=self.passage_place)
        rank = {iri: number for number, iri in enumerate(passages)}

        def place(iri: str) -> tuple[int, int, str]:
            cited = [rank[p] for p in self.iris(iri, BR + "evidence")]
            return KINDS.index(found[iri][0]), min(cited, default=len(rank)), iri

        order = sorted(found, key=place)
        index = {iri: number for number, iri in enumerate(order)}
        nodes = tuple(self.node(iri, number, *found[iri], rank) for iri, number in index.items())
        citations = tuple(self.citation(iri, index) for iri in passages)
        own = set(self.relations(order, index))
        told = {
            (n.index, relation, actor) for n in nodes for c in n.citations for relation, actor in citations[c].sources()
        } - own
        links = tuple(Link(i, *parts, parts in told) for i, parts in enumerate(sorted(own | told, key=_link_order)))
        targets: dict[tuple[int, str], list[int]] = {}
        origins: dict[tuple[int, str], list[int]] = {}
        for link in links:
            targets.setdefault((link.source, link.relation), []).append(link.target)
            origins.setdefault((link.target, link.relation), []).append(link.source)
        sides = sorted({node.side for node in nodes if node.side})
        activities = sorted({node.activity for node in nodes if node.activity})
        return Content(
            nodes=nodes,
            links=links,
            citations=citations,
            sources=self.sources,
            countries={side: self.country_labels(side) for side in sides},
            activities={iri: self.text(iri, RDFS + "label") or self.key(iri) for iri in activities},
            base=self.base,
            targets={key: tuple(values) for key, values in targets.items()},
            origins={key: tuple(values) for key, values in origins.items()},
        )

    def passage_place(self, iri: str) -> tuple[int, int, int, str]:
        source = next((self.source_index[a] for a in self.iris(iri, NIF + "referenceContext") if a in self.source_index), 1 << 30)
        return source, int(self.text(iri, NIF + "beginIndex") or 0), int(self.text(iri, NIF + "endIndex") or 0), iri

    def node(self, iri: str, number: int, kind: str, cls: str, rank: Mapping[str, int]) -> Node:
        labels = self.labels(iri)
        quote = self.text(iri, BR + "quote") or self.text(iri, BR + "measure") or ""
        label = labels.get("es") or labels.get("") or next(iter(labels.values()), "") or quote or self.key(iri).rpartition("/")[2]
        values: dict[str, tuple[str, ...]] = {}
        for name in _ATTRIBUTES:
            terms = self.table[iri].get(BR + name, [])
            if terms:
                values[name] = tuple(
                    t.value.removeprefix(BR) if isinstance(t, ox.NamedNode) else getattr(t, "value", "") for t in terms
                )
        if aliases := [literal.value for literal in self.literals(iri, SKOS + "altLabel") if literal.value != label]:
            values["alias"] = tuple(dict.fromkeys(aliases))
        if same := self.iris(iri, OWL + "sameAs"):
            values["sameAs"] = tuple(same)
        return Node(
            index=number,
            iri=iri,
            key=self.key(iri),
            kind=kind,
            cls=cls,
            label=label,
            labels=tuple((language, text) for language, text in labels.items() if language),
            side=self.side(iri) if kind == "actor" else None,
            values=values,
            citations=tuple(sorted(rank[p] for p in self.iris(iri, BR + "evidence"))),
            activity=next(iter(self.iris(iri, PROV + "wasGeneratedBy")), None),
        )

    def relations(self, order: list[str], index: Mapping[str, int]) -> Iterator[tuple[int, str, int]]:
        for iri in order:
            for relation in RELATIONS:
                for target in self.iris(iri, (DCTERMS if relation == "isPartOf" else BR) + relation):
                    if target in index:
                        yield index[iri], relation, index[target]

    def country_labels(self, side: str) -> dict[str, str]:
        """A country's names; the ontology knows those that the graph lacks."""
        labels = self.labels(f"{self.base}actor/{side}")
        for quad in _ontology_labels(f"{ID}actor/{side}"):
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                labels.setdefault(quad.object.language, quad.object.value)
        default = labels.get("es") or next(iter(labels.values()), side.upper())
        return {"es": default, "en": labels.get("en", default)}


def _ontology_labels(iri: str) -> Iterator[ox.Quad]:
    return ontology_store().quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(RDFS + "label"), None, None)


def _base(articles: list[str]) -> str:
    """What the IRIs of the data begin with: an article's IRI up to ``article/``."""
    return next((iri[: iri.rindex("article/")] for iri in articles if "article/" in iri), ID)


def _link_order(parts: tuple[int, str, int]) -> tuple[int, int, int]:
    source, relation, target = parts
    return source, (*RELATIONS, *PASSAGE_RELATIONS).index(relation), target
