"""The network of actors: who has to do with whom in the facts of a graph, and who stands between others.

Two actors are tied by every fact in which they meet: they take part in one event (one that did not happen ties nobody), one speaks
to, asks or offers something to the other, one takes a position on the other or on what the other proposed, did, said or claimed.
Membership, countries and sources are no ties. A tie weighs as many facts as there are.

The same graph gives the same numbers: nodes and neighbours are visited in the order of their IRIs, figures are rounded.
"""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError
from kg.identity import fold
from kg.vocabulary import BR, RDF, RDFS, SKOS, actor_kinds

if TYPE_CHECKING:
    import networkx as nx

DIGITS = 6
SAMPLE = 500  # above four times as many actors, betweenness is estimated from as many of them

_PARTIES = ("agent", "patient", "participant")
# What a position's target says about who stands behind it.
_BEHIND = ("proposer", "agent", "speaker", "claimant")


@dataclass(frozen=True, slots=True)
class Measure:
    """An actor's place in the network: with how many others it is tied (``degree``), by how many facts (``facts``), the share of
    shortest paths between others that lead through it (``betweenness``), and the number of its community, the largest first."""

    iri: str
    label: str
    kind: str
    degree: int
    facts: int
    betweenness: float
    community: int


@dataclass(frozen=True, slots=True)
class Step:
    """A tie on the way from one actor to another, with the labels of the facts that make it."""

    source: str
    target: str
    facts: tuple[str, ...]


def actor_network(triples: Iterable[ox.Triple]) -> nx.Graph:
    """An undirected graph: a node for each actor with a tie (``label``, ``kind``, ``names``), an edge for each tied pair with its
    facts (``facts``: sorted pairs of IRI and label) and their number (``weight``)."""
    import networkx as nx

    data = _Data(triples)
    facts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact, one, other in data.ties():
        if one != other:
            facts[min(one, other), max(one, other)].add(fact)
    graph = nx.Graph()
    for actor in sorted({actor for pair in facts for actor in pair}):
        graph.add_node(actor, label=data.label(actor), kind=data.actors[actor], names=data.names(actor))
    for (one, other), shared in sorted(facts.items()):
        graph.add_edge(one, other, weight=len(shared), facts=sorted((fact, data.label(fact)) for fact in shared))
    return graph


def measures(graph: nx.Graph) -> list[Measure]:
    """Every actor's measures, those in the middle first, then by degree and IRI."""
    import networkx as nx

    sample = SAMPLE if len(graph) > 4 * SAMPLE else None
    between: Mapping[str, float] = nx.betweenness_centrality(graph, k=sample, seed=0)
    community = {actor: number for number, members in enumerate(communities(graph), start=1) for actor in members}
    found = [
        Measure(
            iri=actor,
            label=attributes["label"],
            kind=attributes["kind"],
            degree=graph.degree(actor),
            facts=graph.degree(actor, weight="weight"),
            betweenness=round(between[actor], DIGITS),
            community=community[actor],
        )
        for actor, attributes in graph.nodes(data=True)
    ]
    return sorted(found, key=lambda m: (-m.betweenness, -m.degree, m.iri))


def communities(graph: nx.Graph) -> list[tuple[str, ...]]:
    """Groups with more ties inside than between them (greedy modularity: Clauset, Newman & Moore 2004), the largest first."""
    import networkx as nx

    if not graph:
        return []
    groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    return sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group))


def shortest_path(graph: nx.Graph, source: str, target: str) -> list[Step]:
    """The shortest chain of ties from one actor to another, both named by IRI, id, or any of their names; of several equally short
    chains the first by IRI. Raises :class:`InputError` for a name that is nobody's or several actors', and where there is no chain."""
    start, end = find_actor(graph, source), find_actor(graph, target)
    came_from: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue and end not in came_from:
        node = queue.popleft()
        for neighbour in sorted(graph[node]):
            if neighbour not in came_from:
                came_from[neighbour] = node
                queue.append(neighbour)
    if end not in came_from:
        raise InputError(
            f"{source} and {target}: no chain of facts leads from one to the other; expected actors of one component"
        )
    chain, at = [], end
    while (previous := came_from[at]) is not None:
        chain.append(Step(previous, at, tuple(label for _, label in graph[previous][at]["facts"])))
        at = previous
    return chain[::-1]


def find_actor(graph: nx.Graph, name: str) -> str:
    """The IRI of the actor that an IRI, an id or a name means; case, accents and punctuation don't count."""
    if name in graph:
        return name
    wanted = fold(name)
    by_label: list[str] = [
        actor for actor, a in graph.nodes(data=True) if wanted in {fold(actor.rpartition("/")[2]), fold(a["label"])}
    ]
    found = by_label or [actor for actor, a in graph.nodes(data=True) if wanted in {fold(n) for n in a["names"]}]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{name}: {len(found)} actors have this name; expected one of {', '.join(found)}")
    import difflib

    labels = {fold(a["label"]): a["label"] for _, a in graph.nodes(data=True)}
    near = difflib.get_close_matches(wanted, sorted(labels), n=1)
    hint = f"did you mean '{labels[near[0]]}'?" if near else "expected the name or IRI of an actor"
    raise InputError(f"{name}: no actor with ties has this name; {hint}")


class _Data:
    """The triples by subject, as ties are read from them."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.literals: dict[str, dict[str, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                self.links[subject.value][predicate.value].append(value.value)
            elif isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
                self.literals[subject.value][predicate.value].append(value)
        kinds = {BR + kind: kind for kind in actor_kinds()}
        types = {node: sorted(p[RDF + "type"]) for node, p in self.links.items() if RDF + "type" in p}
        self.actors = {node: kinds[t[0]] for node, own in sorted(types.items()) if (t := [iri for iri in own if iri in kinds])}
        self.classes: dict[str, list[str]] = defaultdict(list)
        for node, own in sorted(types.items()):
            for iri in own:
                self.classes[iri].append(node)

    def actors_of(self, node: str, *roles: str) -> list[str]:
        found = {value for role in roles for value in self.links.get(node, {}).get(BR + role, ()) if value in self.actors}
        return sorted(found)

    def ties(self) -> Iterator[tuple[str, str, str]]:
        """Facts with two actors that each ties."""
        for event in self.classes[BR + "Event"]:
            if BR + "negated" not in self.links[event].get(BR + "factuality", ()):
                for one, other in itertools.combinations(self.actors_of(event, *_PARTIES), 2):
                    yield event, one, other
        for fact in self.classes[BR + "Statement"]:
            yield from self.pairs(fact, self.actors_of(fact, "speaker"), self.actors_of(fact, "addressee"))
        for fact in self.classes[BR + "Proposal"]:
            yield from self.pairs(fact, self.actors_of(fact, "proposer"), self.actors_of(fact, "addressee"))
        for fact in self.classes[BR + "Position"]:
            behind = [actor for target in self.links[fact].get(BR + "target", ()) for actor in self.actors_of(target, *_BEHIND)]
            yield from self.pairs(fact, self.actors_of(fact, "holder"), [*self.actors_of(fact, "target"), *behind])

    @staticmethod
    def pairs(fact: str, ones: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        for one, other in itertools.product(ones, sorted(set(others))):
            yield fact, one, other

    def label(self, node: str) -> str:
        """The Spanish label, else the first of any language, else the end of the IRI."""
        labels = self.literals.get(node, {}).get(RDFS + "label", [])
        spanish = [label for label in labels if label.language in {"es", None}]
        return min((label.value for label in spanish or labels), default=node.rpartition("/")[2])

    def names(self, node: str) -> tuple[str, ...]:
        own = self.literals.get(node, {})
        return tuple(sorted({v.value for p in (RDFS + "label", SKOS + "altLabel") for v in own.get(p, ())}))
