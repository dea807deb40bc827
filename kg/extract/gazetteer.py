"""The actors of the ontology as a gazetteer: names to actors, demonyms to countries.

A name may belong to several actors; whoever asks gets all of them, those of the article's countries first. Hidden labels ("EU") count
only where the actor's country is one of the article's. Cities and regions stand apart: they tell a country, and are nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import pyoxigraph as ox

from kg.identity import fold
from kg.model import Actor
from kg.vocabulary import BR, ID, OWL, RDF, RDFS, SKOS, ontology_store

NameKind = Literal["label", "hidden", "metonym", "capital"]
_FIRST = re.compile(r"\w+|\S")
_PREDICATES: Mapping[str, NameKind] = {
    RDFS + "label": "label",
    SKOS + "altLabel": "label",
    SKOS + "hiddenLabel": "hidden",
    BR + "metonym": "metonym",
    BR + "capital": "capital",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor."""

    text: str
    actor: str
    kind: NameKind


@dataclass(frozen=True)
class Gazetteer:
    """Known actors by id, their names by first word (longest first), and the country of each demonym."""

    actors: Mapping[str, Actor]
    names: Mapping[str, tuple[Name, ...]]
    demonyms: Mapping[str, str]
    governments: Mapping[str, str]  # country → its government
    places: Mapping[str, tuple[tuple[str, str], ...]]  # first word → (name of a place, its country), longest first
    local_demonyms: Mapping[str, tuple[str, ...]]  # demonym of a city or region → the countries it may be of

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Folded full name → the person who bears it; of several the first by id."""
        found: dict[str, str] = {}
        for actor in self.actors.values():
            if actor.kind == "Person":
                found.setdefault(fold(actor.label), actor.id)
        return found

    @cached_property
    def surnames(self) -> Mapping[str, tuple[str, ...]]:
        """Folded last name → the people who bear it."""
        found: dict[str, list[str]] = defaultdict(list)
        for actor in self.actors.values():
            if actor.kind == "Person":
                found[fold(actor.label).split()[-1]].append(actor.id)
        return {name: tuple(ids) for name, ids in found.items()}

    def at(self, text: str, start: int, countries: tuple[str, ...]) -> tuple[str, tuple[Name, ...]] | None:
        """The longest name that begins at ``start`` and ends at a word's end, and all actors it may be; None where there is none."""
        match = _FIRST.match(text, start)
        if match is None:
            return None
        for name in self.names.get(match.group(), ()):
            end = start + len(name.text)
            if text.startswith(name.text, start) and not (end < len(text) and (text[end].isalnum() and name.text[-1].isalnum())):
                same = [
                    n
                    for n in self.names[match.group()]
                    if n.text == name.text and (n.kind != "hidden" or self._near(n, countries))
                ]
                if same:
                    return name.text, tuple(
                        sorted(same, key=lambda n: (not self._near(n, countries), n.kind != "label", n.actor))
                    )
        return None

    def place_at(self, text: str, start: int, countries: tuple[str, ...]) -> tuple[str, str | None] | None:
        """The longest name of a city or region that begins at ``start``, and its country: of several the article's, else none."""
        match = _FIRST.match(text, start)
        if match is None:
            return None
        for name, _ in self.places.get(match.group(), ()):
            end = start + len(name)
            if text.startswith(name, start) and not (end < len(text) and text[end].isalnum()):
                return name, _one_of(tuple(c for n, c in self.places[match.group()] if n == name), countries)
        return None

    def local_demonym(self, word: str, countries: tuple[str, ...]) -> str | None:
        """The country of a city's or region's demonym ("tacneños"): of several the article's."""
        return _one_of(self.local_demonyms.get(word, ()), countries)

    def _near(self, name: Name, countries: tuple[str, ...]) -> bool:
        actor = self.actors[name.actor]
        return (actor.iso or "").lower() in countries or (actor.country or "") in countries


def _one_of(found: tuple[str, ...], countries: tuple[str, ...]) -> str | None:
    """The one of ``found`` that is among ``countries``, or that stands alone."""
    near = [c for c in found if c in countries] or list(found)
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=2)
def gazetteer(language: str = "es") -> Gazetteer:
    """The gazetteer of ``language``, read once per process from ``ontology/actors.ttl``, ``places.ttl`` and their neighbours."""
    triples, places = _described(ID + "actor/", ID + "place/")
    actors: dict[str, Actor] = {}
    names: dict[str, list[Name]] = defaultdict(list)
    demonyms: dict[str, str] = {}
    governments: dict[str, str] = {}
    for actor_id in sorted(triples):
        values = triples[actor_id]
        actors[actor_id] = _actor(actor_id, values, language)
        for predicate, kind in _PREDICATES.items():
            for text in _texts(values[predicate], language):
                first = _FIRST.match(text)
                if first is not None:
                    names[first.group()].append(Name(text, actor_id, kind))
        for form in _texts(values[BR + "demonym"], language):
            demonyms.setdefault(form, actor_id)
        if actors[actor_id].kind == "Government" and actor_id == f"{actors[actor_id].country}-government":
            governments[actors[actor_id].country or ""] = actor_id
    ordered = {
        first: tuple(sorted(set(found), key=lambda n: (-len(n.text), n.text, n.actor, n.kind)))
        for first, found in sorted(names.items())
    }
    return Gazetteer(actors, ordered, demonyms, governments, _place_names(places, language), _local_demonyms(places, language))


def _described(*prefixes: str) -> list[dict[str, dict[str, list[object]]]]:
    """What the ontology says of the nodes whose IRI begins with each prefix: local name → predicate → objects."""
    found: list[dict[str, dict[str, list[object]]]] = [{} for _ in prefixes]
    for quad in ontology_store().quads_for_pattern(None, None, None, None):
        subject = quad.subject
        if not isinstance(subject, ox.NamedNode):
            continue
        iri = subject.value
        for prefix, triples in zip(prefixes, found, strict=True):
            if iri.startswith(prefix):
                described = triples.setdefault(iri.removeprefix(prefix), defaultdict(list))
                described[quad.predicate.value].append(quad.object)
                break
    return found


def _country_of_place(values: Mapping[str, list[object]]) -> str:
    return next(o.value.removeprefix(ID + "actor/") for o in values[BR + "locatedIn"] if isinstance(o, ox.NamedNode))


def _place_names(places: Mapping[str, Mapping[str, list[object]]], language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, values in sorted(places.items()):
        for text in _texts(values[RDFS + "label"], language):
            first = _FIRST.match(text)
            if first is not None:
                names[first.group()].append((text, _country_of_place(values)))
    return {first: tuple(sorted(found, key=lambda n: (-len(n[0]), n))) for first, found in sorted(names.items())}


def _local_demonyms(places: Mapping[str, Mapping[str, list[object]]], language: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for values in places.values():
        for form in _texts(values.get(BR + "demonym", []), language):
            forms[form].add(_country_of_place(values))
    return {form: tuple(sorted(countries)) for form, countries in sorted(forms.items())}


def _texts(objects: list[object], language: str) -> list[str]:
    return sorted(o.value for o in objects if isinstance(o, ox.Literal) and o.language in (language, None))


def _actor(actor_id: str, values: Mapping[str, list[object]], language: str) -> Actor:
    def local(predicate: str, prefix: str) -> list[str]:
        return sorted(o.value.removeprefix(prefix) for o in values.get(predicate, []) if isinstance(o, ox.NamedNode))

    labels = [o for o in values.get(RDFS + "label", []) if isinstance(o, ox.Literal)]
    own = sorted((o.value for o in labels if o.language in (language, None)), key=len)
    return Actor(
        id=actor_id,
        kind=next(iter(local(RDF + "type", BR)), "Actor"),
        label=own[-1] if own else actor_id,
        alt_labels=tuple(_texts(values.get(SKOS + "altLabel", []), language)),
        country=next(iter(local(BR + "country", ID + "actor/")), None),
        iso=next(iter(_texts(values.get(BR + "iso", []), language)), None),
        title=next(iter(_texts(values.get(BR + "title", []), language)), None),
        member_of=next(iter(local(BR + "memberOf", ID + "actor/")), None),
        same_as=tuple(local(OWL + "sameAs", "")),
        labels=tuple(sorted({(o.language or language, o.value) for o in labels})),
    )
