"""Who is meant: mentions → actors, within one document.

In three passes, from the certain to the inferred, because a surname can only be resolved when the full name is known:

1. full names, known actors, organisations, groups and governments with their country;
2. surnames, bare bodies ("el Senado"), offices without a name ("la mandataria mexicana"), "su portavoz";
3. bare governments ("el Ejecutivo"), pairs ("ambos países").

A name that fits nobody becomes an actor of its own; an office that fits nobody becomes a person without a name ("presidente
colombiano"). Real office holders are never guessed from an office: the article's own words decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.extract.gazetteer import Gazetteer
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Mention
from kg.identity import actor_id
from kg.identity import fold as plain_fold
from kg.model import Actor, Document, Sentence

fold = lru_cache(maxsize=65536)(plain_fold)  # the same names are compared again and again
_PLACE_BEFORE = {"en", "hacia", "hasta"}
_MOTION_BEFORE = {"a", "de", "desde", "entre"}
MOTION = {
    "viajar", "volver", "llegar", "regresar", "partir", "salir", "ir", "acudir", "desplazar", "visitar", "trasladar", "volar", "entrar", "enviar", "mandar", "mover",
    "aterrizar", "viaje", "visita", "llegada", "vuelo", "traslado", "ruta", "carretera", "entrega", "celebrar", "situar", "embajada", "embajador", "embajadora", "consulado",
}  # fmt: skip
_FORCES = {"fuerza", "tropa", "soldado", "militar", "ejército"}
_NUMBERS = {
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "varios",
    "varias",
    "unos",
    "unas",
    "algunos",
    "algunas",
    "otros",
    "otras",
    "los",
    "las",
    "el",
    "la",
    "un",
    "una",
}
_SAME = {"misma", "mismo", "citada", "citado", "dicha", "dicho"}


@dataclass(slots=True)
class _Entity:
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


@dataclass(frozen=True)
class Resolution:
    """The document's actors by id, and for every token of every sentence that lies in a mention the ids it stands for."""

    actors: Mapping[str, Actor]
    mentions: tuple[Mention, ...]
    ids: tuple[tuple[str, ...], ...]  # parallel to mentions; empty for a place or for nobody
    at: Mapping[tuple[int, int], int]  # (sentence, token) → index of its mention
    pair: tuple[str, ...]  # what "ambos países" stands for

    def of(self, sentence: int, token: int) -> tuple[str, ...]:
        index = self.at.get((sentence, token))
        return () if index is None else self.ids[index]


def resolve(document: Document, mentions: tuple[Mention, ...], gaz: Gazetteer, lex: Lexicon) -> Resolution:
    """Resolve all mentions of a document."""
    return _Resolver(document, mentions, gaz, lex).run()


class _Resolver:
    def __init__(self, document: Document, mentions: tuple[Mention, ...], gaz: Gazetteer, lex: Lexicon):
        self.document, self.mentions, self.gaz, self.lex = document, mentions, gaz, lex
        self.article = document.article
        self.countries = tuple(c.lower() for c in self.article.countries)
        self.entities: dict[str, _Entity] = {}
        self.by_name: dict[str, str] = {}
        self.ids: list[tuple[str, ...]] = [()] * len(mentions)

    def run(self) -> Resolution:
        for number, handle in enumerate((self._certain, self._inferred, self._general)):
            for i, mention in enumerate(self.mentions):
                if not self.ids[i] and not (number == 0 and mention.kind in ("role", "pair")):
                    self.ids[i] = handle(i, mention)
        self.named = {x for found in self.ids for x in found}
        at: dict[tuple[int, int], int] = {}
        for i, m in enumerate(self.mentions):
            for token in range(m.first, m.last):
                at[(m.sentence, token)] = i
        pair = self._pair()
        for sentence in self.document.sentences:  # "la petición danesa" names a side without naming it
            for token in sentence.tokens:
                country = self.gaz.demonyms.get(token.lower)
                if country is not None:
                    self._ensure(country)
                    self._ensure(self.gaz.governments.get(country, country))
        return Resolution({e.id: self._actor(e) for e in self.entities.values()}, self.mentions, tuple(self.ids), at, pair)

    # ------------------------------------------------------------------------------------------------ pass 1: the certain

    def _certain(self, i: int, m: Mention) -> tuple[str, ...]:
        if self._is_place(m):
            return ()
        if m.kind == "person" and (len(m.name.split()) > 1 or m.role):
            return (self._person(i, m),)
        if m.kind == "government" and m.country:
            return (self._government(m.country, m),)
        if m.kind == "government" and m.org:
            country = self._country_of_person(m.org)
            return (self._government(country, m),) if country else ()
        if m.known and self._choose(m):
            return (self._known(i, m, self._choose(m) or ""),)
        if m.kind == "group" or m.cls == "Group":
            return self._group(i, m)
        if m.cls in (
            "PublicBody",
            "CivilOrganization",
            "Company",
            "MediaOutlet",
            "Party",
            "CriminalOrganization",
            "InternationalOrganization",
        ):
            if (m.kind == "body" and not m.country and not m.org) or (m.kind == "name" and len(m.name.split()) == 1 and not m.country and m.name.lower() in self.lex.classes["PublicBody"]):
                return ()  # "el Senado": which one is settled when all full names are known
            return (self._organisation(i, m),)
        return ()

    def _is_place(self, m: Mention) -> bool:
        """Whether a name that could be a country or a capital is a place here: governed by "en", or by motion."""
        if m.cls == "Place":
            return True
        if m.kind != "name" or not m.known:
            return False
        kinds = {n.kind for n in m.known}
        if not kinds & {"capital", "metonym"}:
            return False
        tokens = self.document.sentences[m.sentence].tokens
        before = tokens[m.first - 1].lower if m.first else ""
        if before in ("la", "el") and m.first > 1:
            before = tokens[m.first - 2].lower
        before = {"al": "a", "del": "de"}.get(before, before)
        if before in _PLACE_BEFORE:
            return True
        if before in _MOTION_BEFORE:
            return any(t.lemma in MOTION or t.lower in MOTION for t in tokens[max(0, m.first - 5) : m.first]) or (
                before == "a" and any(t.lemma in ("frontera", "kilómetro") for t in tokens[max(0, m.first - 4) : m.first])
            )
        return (
            m.first == 0
            and self.document.sentences[m.sentence].tokens[m.last - 1].i + 1 < len(tokens)
            and tokens[m.last].text in (".", ":")
            and m.sentence == 0
        )

    def _choose(self, m: Mention) -> str | None:
        """Which of the gazetteer's candidates: a government for its capital, the article's countries first."""
        if m.kind == "person" and m.cls == "Person":
            return next((n.actor for n in m.known if self.gaz.actors[n.actor].kind == "Person"), None)
        labels = [n for n in m.known if n.kind in ("label", "hidden")]
        if labels:
            first = labels[0].actor
            if self.gaz.actors[first].kind == "Country" and first not in self.countries and self._surname(m.name):
                return None  # Montenegro the minister, not the country
            return first
        metonyms = [n.actor for n in m.known if n.kind == "metonym"]
        if metonyms:
            return metonyms[0]
        capital = next((n.actor for n in m.known if n.kind == "capital"), None)
        return self.gaz.governments.get(capital or "")

    def _surname(self, name: str) -> bool:
        folded = fold(name)
        return any(m.kind == "person" and len(m.name.split()) > 1 and folded in fold(m.name).split()[1:] for m in self.mentions)

    def _known(self, i: int, m: Mention, actor_id_: str) -> str:
        entity = self.entities.get(actor_id_)
        if entity is None:
            known = self.gaz.actors[actor_id_]
            entity = _Entity(
                known.id, known.kind, known.label, country=known.country, title=None, member_of=known.member_of, order=i
            )
            self.entities[actor_id_] = entity
        entity.names[m.name] = None
        return actor_id_

    def _ensure(self, actor_id_: str, i: int = 0) -> str:
        if actor_id_ not in self.entities and actor_id_ in self.gaz.actors:
            known = self.gaz.actors[actor_id_]
            self.entities[actor_id_] = _Entity(
                known.id, known.kind, known.label, country=known.country, member_of=known.member_of, order=i
            )
        return actor_id_

    def _government(self, country: str, m: Mention) -> str:
        actor_id_ = self.gaz.governments.get(country) or country
        self._ensure(actor_id_)
        self.entities[actor_id_].names[m.name] = None
        return actor_id_

    def _country_of_person(self, name: str) -> str | None:
        for m in self.mentions:
            if m.kind in ("person", "name") and m.country and fold(name) in (fold(m.name), *fold(m.name).split()):
                return m.country
        for known in self.gaz.actors.values():
            if known.kind == "Person" and known.country and fold(name).split()[-1:] == fold(known.label).split()[-1:]:
                return known.country
        return None

    def _new(self, i: int, label: str, kind: str, country: str | None) -> _Entity:
        new_id = actor_id(label, kind, country, self.article.id)
        entity = self.entities.get(new_id)
        if entity is None:
            entity = _Entity(new_id, kind, label, country=country, order=i)
            self.entities[new_id] = entity
        return entity

    def _person(self, i: int, m: Mention) -> str:
        known = self._choose(m) if m.known else None
        if known is None:
            match = self._find_person(m.name, i)
            known = match.id if match else None
            if known is None and len(m.name.split()) > 1:
                known = next(
                    (a.id for a in self.gaz.actors.values() if a.kind == "Person" and fold(a.label) == fold(m.name)), None
                )
                if known:
                    self._ensure(known, i)
        else:
            self._known(i, m, known)
        entity = self.entities[known] if known else self._new(i, m.name, "Person", None)
        entity.names[m.name] = None
        if m.role and not entity.role:
            entity.role, entity.title, entity.feminine = m.role, m.title, m.feminine
        elif m.role and entity.role and m.country and not entity.country:
            entity.role, entity.title = m.role, m.title
        country = m.country or (self._country_of_org(m.org) if m.org else None)
        if m.role in ("homólogo", "homóloga", "par", "colega") and not country:
            country = self._other_country(i)
        entity.country = entity.country or country
        if not entity.member_of:
            if m.role and m.role in self.lex.classes["government-role"] and entity.country in self.gaz.governments:
                entity.member_of = self._ensure(self.gaz.governments[entity.country or ""])
            elif m.org:
                entity.member_of = self._org_id(m.org)
        return entity.id

    def _other_country(self, i: int) -> str | None:
        for j in range(i - 1, -1, -1):
            for found in self.ids[j]:
                country = self.entities[found].country
                if country in self.countries and self.entities[found].kind == "Person":
                    return next((c for c in self.countries if c != country), None)
        return None

    def _org_id(self, name: str) -> str | None:
        hits = self.by_name.get(fold(name))
        if hits:
            return hits
        for known in self.gaz.names.get(name.split()[0], ()):
            if known.text == name and self.gaz.actors[known.actor].kind not in ("Country", "Person"):
                return self._ensure(known.actor)
        return None

    def _country_of_org(self, name: str) -> str | None:
        org = self._org_id(name)
        return self.entities[org].country if org and org in self.entities else None

    def _find_person(self, name: str, i: int, strict: bool = False) -> _Entity | None:
        """The person whose full name contains ``name``; the last one mentioned where several do."""
        wanted = fold(name).split()
        best: _Entity | None = None
        for entity in self.entities.values():
            if entity.kind != "Person":
                continue
            for full in (entity.label, *entity.names):
                words = fold(full).split()
                if words == wanted or (not strict and len(words) > len(wanted) and _inside(wanted, words)):
                    if best is None or entity.order >= best.order or words == wanted:
                        best = entity
                    break
        return best

    def _group(self, i: int, m: Mention) -> tuple[str, ...]:
        words = m.name.split()
        while len(words) > 1 and (fold(words[0]) in _NUMBERS or words[0][:1].isdigit()):
            words = words[1:]
        label = " ".join(words)
        if m.role in _FORCES and m.country:
            return (self._forces(i, m, label),)
        key = fold(label)
        found = self.by_name.get(key)
        if found is None and len(words) == 1:
            found = next((e.id for e in self.entities.values() if e.kind == "Group" and fold(e.label).split()[0] == key), None)
        if found is None:
            country = m.country or (self._country_of_org(m.org) if m.org else None)
            if m.org and not country:
                person = self._find_person(m.org, i)
                country = person.country if person else None
            entity = self._new(i, label[0].lower() + label[1:] if words[0].islower() or m.first == 0 else label, "Group", country)
            entity.role = m.role
            if m.org:
                entity.member_of = self._org_id(m.org)
            found = entity.id
            self.by_name[key] = found
        self.entities[found].names[label] = None
        return (found,)

    def _forces(self, i: int, m: Mention, label: str) -> str:
        key = f"fuerzas armadas {m.country}"
        found = self.by_name.get(key)
        if found is None:
            entity = self._new(i, label, "PublicBody", m.country)
            found = self.by_name[key] = entity.id
        self.entities[found].names[label] = None
        return found

    def _organisation(self, i: int, m: Mention) -> str:
        label = m.name
        country = m.country
        key = fold(label)
        found = self.by_name.get(key)
        if found is None and m.role in _FORCES and country:
            return self._forces(i, m, label)
        if found is None:
            entity = self._new(i, label, m.cls or "PublicBody", country)
            found = entity.id
            self.by_name[key] = found
        entity = self.entities[found]
        entity.names[label] = None
        if m.kind == "name" and m.title:
            entity.names[m.title] = None
            self.by_name.setdefault(fold(m.title), found)
        entity.country = entity.country or country
        return found

    # ------------------------------------------------------------------------------------------------ pass 2: the inferred

    def _inferred(self, i: int, m: Mention) -> tuple[str, ...]:
        if self._is_place(m):
            return ()
        if m.kind == "name" and m.cls == "PublicBody":
            return self._bare_body(i, m) or (self._organisation(i, m),)
        if m.kind in ("name", "person"):
            return self._by_surname(i, m)
        if m.kind == "role":
            return self._office(i, m)
        if m.kind == "body":
            return self._bare_body(i, m)
        return ()

    def _by_surname(self, i: int, m: Mention) -> tuple[str, ...]:
        named = self.by_name.get(fold(m.name))
        if named:
            self.entities[named].names[m.name] = None
            return (named,)
        person = self._find_person(m.name, i)
        if person is None:
            common = fold(m.name) in {fold(w) for w in self.lex.classes["group-noun"] | self.lex.classes["place-noun"]}
            matches = [] if common else [
                a for a in self.gaz.actors.values()
                if a.kind == "Person" and fold(m.name) == fold(a.label).split()[-1] and (a.country in self.countries)
            ]  # fmt: skip
            if len(matches) == 1:
                self._ensure(matches[0].id, i)
                person = self.entities[matches[0].id]
        if person is not None:
            person.names[m.name] = None
            if m.role and not person.role:
                person.role, person.title, person.feminine = m.role, m.title, m.feminine
            return (person.id,)
        # an organisation known by the beginning of its name, or its acronym
        wanted = fold(m.name).split()
        for entity in self.entities.values():
            if (
                entity.kind not in ("Person", "Group", "Country")
                and len(wanted) > 1
                and _inside(wanted, fold(entity.label).split())
            ):
                entity.names[m.name] = None
                return (entity.id,)
        if m.kind == "person":
            return (self._person(i, m),)
        cls = self._unknown_class(m)
        if cls is None:
            return ()
        entity = self._new(i, m.name, cls, m.country)
        self.by_name[fold(m.name)] = entity.id
        entity.names[m.name] = None
        return (entity.id,)

    def _unknown_class(self, m: Mention) -> str | None:
        """An unknown name that nothing describes: a body with an article before it, a company without, as the subject of a clause."""
        tokens = self.document.sentences[m.sentence].tokens
        if not any(
            t.dep in ("nsubj", "nsubj:pass", "obl:agent") or (t.dep == "ROOT" and m.last - m.first > 1)
            for t in tokens[m.first : m.last]
        ):
            return None
        before = tokens[m.first - 1].lower if m.first else ""
        if m.last - m.first == 1:
            return "PublicBody" if before in ("el", "la", "del", "al") else "Company"
        return "CivilOrganization" if before in ("el", "la", "del", "al") else "Person"

    def _office(self, i: int, m: Mention) -> tuple[str, ...]:
        country = m.country or (self._country_of_org(m.org) if m.org else None)
        if m.org and not country:
            country = self._country_in_words(m.org)
        best: _Entity | None = None
        for entity in self.entities.values():
            if (
                entity.kind != "Person"
                or (m.feminine is False and entity.feminine is True)
                or (m.feminine and entity.feminine is False)
            ):
                continue
            title = entity.title or self._known_title(entity.id)
            role = entity.role or (title.split()[0].lower() if title else None)
            if role is None or not self._same_office(m.role or "", role, m.title or "", title or ""):
                continue
            if country and entity.country and country != entity.country:
                continue
            if best is None or (entity.order <= i and entity.order > best.order) or best.order > i:
                best = entity
        if best is not None:
            best.names[m.name] = None
            if not best.country and country:
                best.country = country
            return (best.id,)
        protagonist = self._protagonist(i)
        if protagonist is not None and m.definite and (country is None or country in self.countries):
            protagonist.role, protagonist.title, protagonist.feminine = m.role, m.title, m.feminine
            protagonist.country = protagonist.country or country
            if m.role in self.lex.classes["government-role"] and country in self.gaz.governments:
                protagonist.member_of = self._ensure(self.gaz.governments[country or ""])
            return (protagonist.id,)
        if not country and not m.org:
            return ()
        entity = self._new(i, m.name, "Person", country)
        entity.role, entity.title, entity.feminine = m.role, m.title, m.feminine
        if m.role in self.lex.classes["government-role"] and country in self.gaz.governments:
            entity.member_of = self._ensure(self.gaz.governments[country or ""])
        return (entity.id,)

    def _protagonist(self, i: int) -> _Entity | None:
        """The one person the article is about whose office it has not told yet: named before mention ``i``, and the most often of all."""
        named = [fold(m.name).split() for m in self.mentions if m.kind in ("person", "name")]
        best: _Entity | None = None
        most = 0
        for entity in self.entities.values():
            if entity.kind != "Person":
                continue
            words = fold(entity.label).split()
            count = sum(_inside(name, words) for name in named)
            if count > most:
                best, most = entity, count
        if best is None or most < 3 or best.role is not None or best.order >= i or self._known_title(best.id):
            return None
        return best

    def _country_in_words(self, org: str) -> str | None:
        hit = self.gaz.at(org, 0, self.countries)
        if hit is None:
            return None
        actor = self.gaz.actors[hit[1][0].actor]
        return actor.id if actor.kind == "Country" else actor.country

    def _known_title(self, actor_id_: str) -> str | None:
        known = self.gaz.actors.get(actor_id_)
        return known.title if known else None

    def _same_office(self, a: str, b: str, title_a: str, title_b: str) -> bool:
        heads = self.lex.classes["head-of-state"]
        if a in heads and b in heads:
            return "vice" not in a + b
        if _stem(a) == _stem(b):
            return True
        foreign = self.lex.classes["foreign-minister"] | {"secretario de Estado"}
        abroad = {"Relaciones Exteriores", "Asuntos Exteriores", "Exteriores"}
        return (a == "canciller" and any(w in title_b for w in abroad)) or (
            b == "canciller" and any(w in title_a for w in abroad) and bool(foreign)
        )

    def _bare_body(self, i: int, m: Mention) -> tuple[str, ...]:
        """ "el Senado" after "el Senado mexicano"; "la agencia" after "la agencia Norteamérica Hoy"."""
        first = fold(m.name).split()[0]
        best: _Entity | None = None
        for entity in self.entities.values():
            if entity.kind in ("Person", "Group", "Country"):
                continue
            same = fold(entity.label).split()[0] == first or any(fold(n).split()[0] == first for n in entity.names)
            if m.cls == "CriminalOrganization" and m.plural and entity.id in self.gaz.actors:
                continue  # "los cárteles" are not the one cartel that has a name
            if entity.kind == m.cls == "MediaOutlet" or same or (entity.kind == m.cls == "CriminalOrganization" and not m.plural):
                if entity.order <= i and (best is None or entity.order > best.order):
                    best = entity
        if best is None and m.cls == "CriminalOrganization":
            return (self._organisation(i, m),)
        return (best.id,) if best else ()

    # ------------------------------------------------------------------------------------------------ pass 3: the general

    def _general(self, i: int, m: Mention) -> tuple[str, ...]:
        if m.kind == "pair":
            return self._pair()
        if m.kind == "government":
            country = (self._possessor(i) if m.possessive else None) or (
                self.countries[0] if self.countries else self._nearest_country(i)
            )
            return (self._government(country, m),) if country else ()
        return ()

    def _possessor(self, i: int) -> str | None:
        """The country of the person named last: "su gobierno"."""
        for j in range(i - 1, max(-1, i - 12), -1):
            for found in self.ids[j]:
                if found in self.entities and self.entities[found].kind == "Person" and self.entities[found].country:
                    return self.entities[found].country
        return None

    def _nearest_country(self, i: int) -> str | None:
        """The article's country that was named last before mention ``i``."""
        for j in range(i - 1, -1, -1):
            for found in self.ids[j]:
                entity = self.entities.get(found)
                country = entity.id if entity and entity.kind == "Country" else entity.country if entity else None
                if country in self.countries or (country and not self.countries):
                    return country
        return self.countries[0] if self.countries else None

    def _pair(self) -> tuple[str, ...]:
        if len(self.countries) >= 2:
            return tuple(self._ensure(c) for c in self.countries[:2])
        counts: dict[str, int] = {}
        for found in self.ids:
            for f in found:
                entity = self.entities.get(f)
                country = (entity.id if entity.kind == "Country" else entity.country) if entity else None
                if country:
                    counts[country] = counts.get(country, 0) + 1
        top = sorted(counts, key=lambda c: (-counts[c], c))[:2]
        return tuple(self._ensure(c) for c in top) if len(top) == 2 else ()

    # ------------------------------------------------------------------------------------------------ out

    def _actor(self, e: _Entity) -> Actor:
        known = self.gaz.actors.get(e.id)
        member_of = self._nearest_named(known.member_of if known is not None else e.member_of)
        if known is not None:
            extra = tuple(n for n in e.names if n != known.label and n not in known.alt_labels)
            return replace(known, alt_labels=(*known.alt_labels, *extra), title=known.title or e.title, member_of=member_of)
        label = e.label
        if e.kind == "Person" and e.names:
            capitalised = [n for n in e.names if n[:1].isupper()]
            label = max(capitalised or list(e.names), key=lambda n: (len(n.split()), len(n)))
        return Actor(
            id=e.id,
            kind=e.kind,
            label=label,
            alt_labels=tuple(n for n in e.names if n != label),
            country=e.country if e.country != e.id else None,
            title=e.title,
            member_of=member_of,
        )

    def _nearest_named(self, member_of: str | None) -> str | None:
        """The organisation somebody belongs to that the article itself names: a ministry nobody speaks of gives way to its government."""
        steps = 0
        while member_of is not None and steps < 5:
            if member_of in self.named:
                return member_of
            known = self.gaz.actors.get(member_of)
            if known is None:
                return None
            above = self.gaz.governments.get(known.country or "") if known.kind == "PublicBody" else None
            member_of = known.member_of or above
            steps += 1
        return None


def _inside(part: list[str], whole: list[str]) -> bool:
    return any(whole[k : k + len(part)] == part for k in range(len(whole) - len(part) + 1))


def _stem(role: str) -> str:
    return role[:-1] if role.endswith(("a", "o", "e")) else role


def sentence_of(document: Document, offset: int) -> Sentence | None:
    """The sentence that covers a character."""
    return next((s for s in document.sentences if s.start <= offset < s.end), None)
