"""The people and bodies of one document while it is read: a table that grows as mentions are resolved, and how to look things up in it.

An entity is what is known so far of one actor; in the end it becomes an :class:`~kg.model.Actor`. Actors of the ontology keep their
ids; others get one from their name (:func:`kg.identity.actor_id`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.extract.gazetteer import Gazetteer
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Mention
from kg.identity import actor_id
from kg.identity import fold as plain_fold
from kg.model import Actor, Document, Token

_BUSINESS = frozenset(
    {"director", "directora", "gerente", "gerenta", "dueño", "dueña", "accionista", "propietario", "propietaria"}
)
_STEM = 6  # letters that "presidenta" and "presidente" share
fold = lru_cache(maxsize=65536)(plain_fold)  # the same names are compared again and again


@dataclass(slots=True)
class Entity:
    """One actor so far. ``names`` are all its names in the order of the text; ``role`` its office noun, ``title`` the office in full;
    ``order`` the index of the mention that introduced it."""

    id: str
    kind: str
    label: str
    names: dict[str, None] = field(default_factory=dict)  # an ordered set
    country: str | None = None
    title: str | None = None
    role: str | None = None
    feminine: bool | None = None
    member_of: str | None = None
    order: int = 0

    def take_office(self, m: Mention) -> None:
        """The office that a mention gives this person."""
        self.role, self.title = m.role, m.title
        self.feminine = m.feminine
        if m.plural:  # "los cancilleres" may be women: their first names tell
            self.feminine = {"a": True, "o": False}.get(m.name.split()[0][-1])


@dataclass(slots=True)
class Cast:
    """The entities of ``document`` by id, organisations and groups by folded name too, and the ids each mention stands for so far."""

    document: Document
    mentions: tuple[Mention, ...]
    gazetteer: Gazetteer
    lexicon: Lexicon
    entities: dict[str, Entity] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    ids: list[tuple[str, ...]] = field(init=False)  # parallel to mentions
    companies: frozenset[str] = field(init=False)  # folded names of what somebody is the director of
    spoken_of: frozenset[str] = field(init=False)  # the countries that the text names, by themselves or as somebody's
    countries: tuple[str, ...] = field(init=False)  # the article's, as actor ids; those the ontology does not know are left out

    def __post_init__(self) -> None:
        self.companies = frozenset(fold(name) for m in self.mentions for name in _businesses(m.title or ""))
        self.ids = [()] * len(self.mentions)
        known = (self.gazetteer.actors[n.actor] for m in self.mentions for n in m.known)
        named = {a.id if a.kind == "Country" else a.country for a in known if a.kind in ("Country", "Government")}
        self.spoken_of = frozenset(c for c in named | {m.country for m in self.mentions} if c)
        self.countries = tuple(c.lower() for c in self.document.article.countries if c.lower() in self.gazetteer.actors)

    def tokens(self, m: Mention) -> tuple[Token, ...]:
        """The tokens of the sentence a mention stands in."""
        return self.document.sentences[m.sentence].tokens

    def before(self, m: Mention) -> str:
        """The word before a mention in lower case; empty at the sentence's beginning."""
        return self.tokens(m)[m.first - 1].lower if m.first else ""

    # ------------------------------------------------------------------------------------------------------------------ growing

    def ensure(self, known_id: str, order: int = 0) -> str:
        """Take an actor of the ontology in, if it is not here yet; its id."""
        known = self.gazetteer.actors.get(known_id)
        if known is not None and known_id not in self.entities:
            entity = Entity(known.id, known.kind, known.label, country=known.country, member_of=known.member_of, order=order)
            self.entities[known_id] = entity
        return known_id

    def introduce(self, i: int, label: str, kind: str, country: str | None) -> Entity:
        """The entity that mention ``i`` introduces under ``label``; the one that already has its id, where there is one."""
        new_id = actor_id(label, kind, country, self.document.article.id)
        if kind == "Person" and new_id in self.gazetteer.actors:  # a namesake of somebody the ontology knows
            new_id = f"{new_id}-{country or self.document.article.id}"
        return self.entities.setdefault(new_id, Entity(new_id, kind, label, country=country, order=i))

    def known(self, i: int, m: Mention, known_id: str) -> str:
        """Take in an actor of the ontology under the name of mention ``i``."""
        self.ensure(known_id, i)
        self.entities[known_id].names[m.name] = None
        return known_id

    # --------------------------------------------------------------------------------------------------------------- looking up

    def choose(self, m: Mention) -> str | None:
        """Which of the gazetteer's candidates is meant: a government for its capital, the article's countries first."""
        actors = self.gazetteer.actors
        if m.kind == "person" and m.cls == "Person":
            return next((n.actor for n in m.known if actors[n.actor].kind == "Person" and self.may_be(actors[n.actor], m)), None)
        labels = [n.actor for n in m.known if n.kind in ("label", "hidden") and _is_of(actors[n.actor], m.country)]
        if labels:
            foreign = actors[labels[0]].kind == "Country" and labels[0] not in self.countries
            if foreign and self.is_surname(m.name):
                return None  # Montenegro the minister, not the country
            return None if self._of_elsewhere(labels[0]) else labels[0]
        metonyms = [n.actor for n in m.known if n.kind == "metonym"]
        if metonyms:
            return metonyms[0]
        capital = next((n.actor for n in m.known if n.kind == "capital"), None)
        if capital not in self.countries and self.is_surname(m.name):
            return None  # Lima the senator
        return self.gazetteer.governments.get(capital or "")

    def may_be(self, person: Actor, m: Mention) -> bool:
        """Whether somebody the ontology knows is the one of that name here, and not a namesake of another country."""
        if m.country not in (None, person.country):
            return False
        if person.country in self.countries or person.country in self.spoken_of:
            return True
        if m.role is not None:
            return shares_office(m.role, person.title)
        return any(word in self.lexicon.classes["government-role"] for word in (person.title or "").split())

    def rivals(self, m: Mention) -> tuple[str, ...]:
        """The actors of the article's countries that all bear the name of ``m`` ("Cancillería"), where there are several."""
        actors = self.gazetteer.actors
        near = {n.actor for n in m.known if n.kind in ("label", "hidden") and actors[n.actor].country in self.countries}
        return tuple(sorted(near)) if len(near) > 1 and m.cls != "Person" else ()

    def _of_elsewhere(self, known_id: str) -> bool:
        """Whether an actor is a party or a body of a country that the article never names: its own has one of the same name."""
        known = self.gazetteer.actors[known_id]
        if known.kind not in ("Party", "PublicBody") or known.country is None or len(self.countries) < 2:
            return False
        return known.country not in self.countries and known.country not in self.spoken_of

    def is_surname(self, name: str) -> bool:
        """Whether somebody in the document bears the name as a surname."""
        folded = fold(name)
        return any(m.kind == "person" and folded in fold(m.name).split()[1:] for m in self.mentions)

    def person_named(self, name: str) -> Entity | None:
        """The person whose full name contains ``name``; the last one mentioned where several do."""
        wanted = fold(name).split()
        best: Entity | None = None
        for entity in self.entities.values():
            if entity.kind != "Person":
                continue
            for full in (entity.label, *entity.names):
                words = fold(full).split()
                if inside(wanted, words):
                    if best is None or entity.order >= best.order or words == wanted:
                        best = entity
                    break
        return best

    def organisation_named(self, name: str) -> str | None:
        """The organisation of the document, or else of the ontology, that bears exactly this name."""
        here = self.by_name.get(fold(name))
        if here:
            return here
        actors = self.gazetteer.actors
        same = {
            k.actor
            for k in self.gazetteer.names.get(name.split()[0], ())
            if k.text == name and (k.kind != "hidden" or actors[k.actor].country in self.countries)
        }
        bodies = [a for a in sorted(same) if actors[a].kind not in ("Country", "Person")]
        near = [a for a in bodies if actors[a].country in self.countries]
        found = near or [a for a in bodies if actors[a].country is None or len(bodies) == 1]
        return self.ensure(found[0]) if len(found) == 1 else None  # every country has a "Cancillería"

    def country_of_organisation(self, name: str | None) -> str | None:
        """The country of the organisation of this name; None for no name and for no country."""
        found = self.organisation_named(name) if name else None
        return self.entities[found].country if found and found in self.entities else None

    def country_of_person(self, name: str) -> str | None:
        """The country of somebody by full name or surname: as the document tells it, else as the ontology knows it."""
        folded = fold(name)
        for m in self.mentions:
            if m.kind in ("person", "name") and m.country and folded in (fold(m.name), *fold(m.name).split()):
                return m.country
        people = (k for k in self.gazetteer.actors.values() if k.kind == "Person" and k.country)
        found = {k.country for k in people if folded.split()[-1:] == fold(k.label).split()[-1:]}
        near = found & set(self.countries) or found
        return next(iter(near)) if len(near) == 1 else None

    def country_in_words(self, words: str) -> str | None:
        """The country of what the gazetteer knows at the beginning of ``words``."""
        hit = self.gazetteer.at(words, 0, self.countries)
        if hit is None:
            return None
        actor = self.gazetteer.actors[hit[1][0].actor]
        return actor.id if actor.kind == "Country" else actor.country

    def government_of(self, country: str | None) -> str | None:
        """The government of a country, taken in; None where the ontology knows none."""
        government = self.gazetteer.governments.get(country or "")
        return self.ensure(government) if government else None

    # ---------------------------------------------------------------------------------------------------------------------- out

    def actors(self) -> dict[str, Actor]:
        """The document's actors by id, in the order in which they came in."""
        named = {actor for found in self.ids for actor in found}
        return {entity.id: self._actor(entity, named) for entity in self.entities.values()}

    def _actor(self, entity: Entity, named: set[str]) -> Actor:
        known = self.gazetteer.actors.get(entity.id)
        if known is not None:
            extra = tuple(n for n in entity.names if n != known.label and n not in known.alt_labels)
            member_of = self._nearest_named(known.member_of, named)
            return replace(known, alt_labels=(*known.alt_labels, *extra), title=known.title or entity.title, member_of=member_of)
        label = entity.label
        if entity.kind == "Person" and entity.names:
            capitalised = [n for n in entity.names if n[:1].isupper()]
            label = max(capitalised or list(entity.names), key=lambda n: (len(n.split()), len(n)))
        return Actor(
            id=entity.id,
            kind=entity.kind,
            label=label,
            alt_labels=tuple(n for n in entity.names if n != label),
            country=entity.country if entity.country != entity.id else None,
            title=entity.title,
            member_of=self._nearest_named(entity.member_of, named),
        )

    def _nearest_named(self, member_of: str | None, named: set[str]) -> str | None:
        """The organisation somebody belongs to that the article itself names: a ministry nobody speaks of gives way to its government."""
        for _ in range(5):  # no chain is longer; a circle ends
            if member_of is None or member_of in named:
                return member_of
            known = self.gazetteer.actors.get(member_of)
            if known is None:
                return None
            above = self.gazetteer.governments.get(known.country or "") if known.kind == "PublicBody" else None
            member_of = known.member_of or above
        return None


def _businesses(title: str) -> list[str]:
    """The names of two words or more that a title says somebody directs: "exministro y hoy director de Cobre Andino"."""
    parts = re.split(rf"\b(?:{'|'.join(sorted(_BUSINESS))}) del? ", title)
    return [part for part in parts[1:] if " " in part and part[:1].isupper()]


def _is_of(actor: Actor, country: str | None) -> bool:
    """Whether a body may be of the country that a demonym behind its name tells: "el Tribunal Supremo cubano" is not Spain's."""
    return country is None or actor.country in (None, country) or actor.kind not in ("PublicBody", "Party", "Government")


def inside(part: list[str], whole: list[str]) -> bool:
    """Whether the words of ``part`` stand in ``whole``, together and in order."""
    if not set(part) <= set(whole):
        return False
    return any(whole[k : k + len(part)] == part for k in range(len(whole) - len(part) + 1))


def shares_office(role: str | None, title: str | None) -> bool:
    """Whether an office, of whichever gender, is the one that a title tells."""
    return role is not None and any(word[:_STEM] == fold(role)[:_STEM] for word in fold(title or "").split())
