"""Who is meant: mentions → actors, within one document.

In three passes, from the certain to the inferred, because a surname can only be resolved when the full name is known:

1. full names, known actors, organisations, groups and governments with their country;
2. surnames, bare bodies ("el Senado"), offices without a name ("la mandataria mexicana"), "su portavoz";
3. bare governments ("el Ejecutivo"), pairs ("ambos países").

A name that fits nobody becomes an actor of its own; an office that fits nobody becomes a person without a name ("presidente
colombiano").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.extract import bodies, people
from kg.extract.agreement import genders
from kg.extract.cast import Cast, fold
from kg.extract.countries import named_sides, only_one_has, settle_countries, side_meant, side_so_far, stage
from kg.extract.gazetteer import Gazetteer, Name
from kg.extract.lexicon import Lexicon
from kg.extract.reading import ORGANIZATIONS, PAIR_NOUNS, Mention
from kg.model import Actor, Document

_JOINT_OFFICES = frozenset({"canciller", "vicecanciller", "ministro", "ministra", "viceministro"})
_SPEAKING_FOR_ALL = ("request", "offering", "reject", "agree", "threaten", "accuse", "supports", "opposes")
_IN_GANGS = frozenset({"cabecilla", "sicario", "pandillero", "capo", "lugarteniente"})
_LINKING = frozenset({"de", "del", "la", "el", "los", "las", "en", "para", "ante", "por"})
_ACRONYM = re.compile(r" ?\(([A-ZÁÉÍÓÚ]\w{1,11})\)")
_ORGANISATIONS = frozenset({"PublicBody", "CivilOrganization", "Company", "MediaOutlet", "Party", "CriminalOrganization"}) | {
    "InternationalOrganization"
}
_PLACE_BEFORE = frozenset({"en", "hacia", "hasta"})
_MOTION_BEFORE = frozenset({"a", "de", "desde", "entre"})
# words with which a capital behind "a", "de", "desde", "entre" is where somebody goes or something stands, not a government
_MOTION = frozenset(
    {"viajar", "volver", "llegar", "regresar", "partir", "salir", "ir", "acudir", "desplazar", "visitar", "trasladar", "volar"}
    | {"entrar", "enviar", "mandar", "mover", "aterrizar", "viaje", "visita", "llegada", "vuelo", "traslado", "ruta", "carretera"}
    | {"entrega", "celebrar", "situar", "embajada", "embajador", "embajadora", "consulado"}
)


@dataclass(frozen=True)
class Resolution:
    """The document's actors by id, and for every token of every sentence that lies in a mention the ids it stands for."""

    actors: Mapping[str, Actor]
    mentions: tuple[Mention, ...]
    ids: tuple[tuple[str, ...], ...]  # parallel to mentions; empty for a place or for nobody
    at: Mapping[tuple[int, int], int]  # (sentence, token) → index of its mention
    pair: tuple[str, ...]  # what "ambos países" stands for
    genders: Mapping[str, frozenset[str]]  # those in which the document speaks of an actor; nothing where it tells none

    def fits(self, actor: str, gender: str) -> bool:
        """Whether a pronoun of this gender ("Fem", "Masc") may mean an actor."""
        told = self.genders.get(actor)
        return not told or gender in told

    def person_before(self, sentence: int, token: int, gender: str, reach: int) -> tuple[str, ...]:
        """The person named last before a token who is told to be of this gender, no more than ``reach`` sentences back."""
        for m, found in zip(reversed(self.mentions), reversed(self.ids), strict=True):
            if m.sentence > sentence or (m.sentence == sentence and m.last > token):
                continue
            if m.sentence < sentence - reach:
                break
            if len(found) == 1 and self.actors[found[0]].kind == "Person" and gender in self.genders.get(found[0], ()):
                return found
        return ()

    def of(self, sentence: int, token: int) -> tuple[str, ...]:
        """The actors the mention at a token stands for; empty where there is none."""
        index = self.at.get((sentence, token))
        return () if index is None else self.ids[index]


class Actors(dict[str, Actor]):
    """The actors of a document by id; asked for one of the ontology that no word names (a side's government that is meant), that one."""

    def __init__(self, found: Mapping[str, Actor], known: Mapping[str, Actor]) -> None:
        super().__init__(found)
        self._known = known

    def __missing__(self, name: str) -> Actor:
        return self._known[name]


def resolve(document: Document, mentions: tuple[Mention, ...], gaz: Gazetteer, lex: Lexicon) -> Resolution:
    """Resolve all mentions of a document. Pure: the same mentions give the same actors, in the same order."""
    cast = Cast(document, mentions, gaz, lex)
    for i, mention in enumerate(mentions):
        _take_in_whole(cast, i, mention)
    passes: tuple[Callable[[Cast, int, Mention], tuple[str, ...]], ...] = (_certain, _inferred, _general)
    for settle in passes:
        for i, mention in enumerate(mentions):
            if not cast.ids[i]:
                cast.ids[i] = settle(cast, i, mention)
    settle_countries(cast)
    pair = bodies.pair(cast)
    for i, mention in enumerate(mentions):
        side = side_meant(cast, i, mention, pair) if mention.kind == "side" else None
        cast.ids[i] = (cast.ensure(side),) if side else cast.ids[i]
    _take_in_sides(cast)
    at = {(m.sentence, token): i for i, m in enumerate(mentions) for token in range(m.first, m.last)}
    actors = Actors(cast.actors(), gaz.actors)
    return Resolution(actors, mentions, tuple(cast.ids), at, pair, genders(document, mentions, cast.ids, actors))


def _take_in_whole(cast: Cast, i: int, m: Mention) -> None:
    """Take in the organisation that a mention says somebody belongs to, with the acronym behind it:
    "la delegación argentina ante la Comisión Administradora del Río de la Plata (CARP)"."""
    told = _noun_before(cast, m) if m.org else None
    if not m.org or not (told or " " in m.org):
        return
    acronym = _ACRONYM.match(cast.document.article.text, m.span.end) if m.name.endswith(m.org) else None
    known = cast.organisation_named(m.org)
    if known:
        for name in (m.org, *(acronym.groups() if acronym else ())):
            cast.entities[known].names[name] = None
            cast.by_name.setdefault(fold(name), known)
        return
    words = m.org.lower().split()
    nouns = (" ".join(words[:count]) for count in range(min(3, len(words)), 0, -1))
    cls = next((cls for noun in nouns for cls in ORGANIZATIONS if noun in cast.lexicon.classes[cls]), None)
    if cls == "MediaOutlet" and words[0] == "agencia" and "noticias" not in words and len(words) > 2:
        cls = "PublicBody"  # "un funcionario de la Agencia Nacional de Hidrocarburos"
    cls = told or cls
    if cls is None and m.role in _IN_GANGS:
        cls = "CriminalOrganization"  # "presunto cabecilla de Los Cuajes"
    if cls is None:
        return
    title = acronym[1] if acronym else None
    bodies.organisation(cast, i, replace(m, kind="name", name=m.org, cls=cls, title=title, role=None, country=None, local=None))


def _noun_before(cast: Cast, m: Mention) -> str | None:
    """The class that a common noun gives the organisation at the end of a mention: "hombres de la banda Los Caimanes"."""
    if not m.org or not m.name.endswith(m.org):
        return None
    for word in reversed(m.name[: -len(m.org)].lower().split()[-3:]):
        if word in _LINKING:
            return None
        cls = next((cls for cls in ORGANIZATIONS if word in cast.lexicon.classes[cls]), None)
        if cls is not None:
            return cls
    return None


def _take_in_sides(cast: Cast) -> None:
    """Take in the countries of all demonyms: "la petición danesa" names a side without naming it."""
    demonyms = cast.gazetteer.demonyms
    words = (token.lower for sentence in cast.document.sentences for token in sentence.tokens)
    for country in dict.fromkeys(demonyms[word] for word in words if word in demonyms):
        cast.ensure(country)
        cast.ensure(cast.gazetteer.governments.get(country, country))


def _certain(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """First pass: what names its actor by itself."""
    if m.kind in ("role", "pair", "side") or _is_place(cast, m):
        return ()
    alias = _alias_of(cast, i, m)
    if alias:
        cast.entities[alias].names[m.name] = None
        return (alias,)
    if not m.known and not m.role and fold(m.name) in cast.companies:
        return (bodies.organisation(cast, i, replace(m, kind="name", cls="Company")),)
    if m.kind == "person" and (len(m.name.split()) > 1 or m.role):
        return (people.person(cast, i, m),)
    if _is_somebody(cast, m):
        return ()
    if m.cls == "Place":
        return (bodies.organisation(cast, i, replace(m, cls="Government")),)
    if m.kind == "government" and (m.country or m.org):
        country = m.country or (None if m.local else cast.country_of_person(m.org or ""))
        if m.local and not country:
            return (bodies.organisation(cast, i, m),)  # "el Gobierno vasco", "el Gobierno de Jujuy"
        return (bodies.government(cast, country, m),) if country else ()
    if cast.rivals(m):
        return ()
    known = cast.choose(m) if m.known else None
    if known and not _is_other_sides(cast, i, m, known):
        if m.title and m.kind == "name":  # the acronym behind a known body's name
            cast.ensure(known, i)
            cast.entities[known].names[m.title] = None
            cast.by_name.setdefault(fold(m.title), known)
        return (cast.known(i, m, known),)
    if _is_joint(cast, m):
        return ()
    if m.kind == "group" or m.cls == "Group":
        return (bodies.group(cast, i, m),)
    if m.cls in _ORGANISATIONS and not _is_bare(cast, m):
        return (bodies.organisation(cast, i, m),)
    return ()


def _alias_of(cast: Cast, i: int, m: Mention) -> str | None:
    """The person before a name that "alias" introduces: "Wagner Meireles, alias Tigrão"."""
    if i == 0 or cast.mentions[i - 1].sentence != m.sentence or cast.before(m) not in ("alias", "apodado", "apodada"):
        return None
    before = cast.mentions[i - 1]
    between = {t.lower for t in cast.tokens(m)[before.last : m.first]}
    found = cast.ids[i - 1]
    known = len(found) == 1 and cast.entities[found[0]].kind == "Person"
    return found[0] if known and between <= {",", "(", "alias", "apodado", "apodada"} else None


def _is_other_sides(cast: Cast, i: int, m: Mention, known: str) -> bool:
    """Whether a body of a name that every country has is the other side's here: "En Londres … el Ministerio de Defensa"."""
    actor = cast.gazetteer.actors[known]
    common = any(n.kind == "hidden" for n in m.known if n.actor == known)
    if actor.kind != "PublicBody" or m.country or not common:
        return False
    if only_one_has(cast, actor.label):
        return False
    named = [here] if (here := stage(cast, m)) else named_sides(cast, i, m)
    first = m.name.split()[0].lower()
    if len(named) != 1 and (first == "ministerio" or first in cast.lexicon.classes["sole-body"]):
        return len(cast.countries) == 2 and cast.countries[0] != actor.country  # the newspaper's own, which goes without its name
    return len(named) == 1 and named[0] != actor.country


def _is_bare(cast: Cast, m: Mention) -> bool:
    """Whether a mention is only a noun that every country has one of ("el Senado"): settled when all full names are known."""
    if m.country:
        return False
    if m.kind == "body":
        return len(m.name.split()) == 1 or (not m.org and " " in (m.role or ""))
    return m.kind == "name" and len(m.name.split()) == 1 and m.name.lower() in cast.lexicon.classes["PublicBody"]


def _inferred(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """Second pass: what takes up somebody of the document, by a part of the name, by office or by noun."""
    if _is_place(cast, m):
        return ()
    rivals = cast.rivals(m)
    if rivals:
        return (cast.known(i, m, _nearest_of(cast, i, m, rivals)),)
    if m.kind == "name" and m.cls == "PublicBody":
        return bodies.bare_body(cast, i, m) or (bodies.organisation(cast, i, m),)
    if m.kind in ("name", "person"):
        return _by_part_of_name(cast, i, m)
    if m.kind == "role":
        return people.holder(cast, i, m)
    if m.kind == "body":
        return bodies.bare_body(cast, i, m)
    return ()


def _nearest_of(cast: Cast, i: int, m: Mention, rivals: tuple[str, ...]) -> str:
    """Which of the bodies of one name is meant: the one told before, else the one whose side the text is on."""
    for j in range(i - 1, -1, -1):
        told = next((r for r in rivals if r in cast.ids[j]), None)
        if told:
            return told
    side = side_so_far(cast, i, m)
    return next((r for r in rivals if cast.gazetteer.actors[r].country == side), rivals[0])


def _by_part_of_name(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """A surname, an organisation known by the beginning of its name or its acronym, or somebody new."""
    named = cast.by_name.get(fold(m.name))
    if named:
        cast.entities[named].names[m.name] = None
        return (named,)
    found = people.by_surname(cast, m, i) or bodies.by_part_of_name(cast, m)
    if found:
        return (found,)
    if m.kind == "person":
        return (people.person(cast, i, m),)
    reached = m.first > 0 and cast.tokens(m)[m.first - 1].lemma in _MOTION
    return () if reached else bodies.unknown(cast, i, m)  # "visitó Cúcuta"


def _general(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """Third pass: what stands for the article's sides."""
    if m.kind == "pair":
        return bodies.pair(cast)
    if m.kind == "government":
        return bodies.bare_government(cast, i, m)
    if _is_joint(cast, m):
        return people.both(cast, m) or (bodies.group(cast, i, m),)
    return ()


def _is_joint(cast: Cast, m: Mention) -> bool:
    """Whether a plural office is that of both sides: "los cancilleres", "los presidentes de ambos países"."""
    offices = cast.lexicon.classes["head-of-state"] | _JOINT_OFFICES
    if m.kind != "group" or not (m.plural and m.definite) or m.country or m.local or m.role not in offices:
        return False
    words = m.name.split()
    return len(words) == 1 or words[-1] in PAIR_NOUNS or (m.org is not None and not cast.organisation_named(m.org))


def _is_state(cast: Cast, name: Name) -> bool:
    """Whether a known name is that of a state or a city, which stands for its government ("Texas")."""
    return cast.gazetteer.actors[name.actor].kind == "Government" and not name.text.startswith(("Gobierno", "gobierno"))


def _acts(cast: Cast, m: Mention) -> bool:
    """Whether a city or a region stands before a verb of asking, offering or answering, and so for its government:
    "Baviera pide una reducción"."""
    tokens = cast.tokens(m)
    head = next((t for t in tokens[m.first : m.last] if t.dep == "nsubj" and t.head >= m.last), None)
    bare = m.first == 0 or tokens[m.first - 1].pos not in ("ADP", "DET")
    verbs = cast.lexicon.verbs.get(tokens[head.head].lemma, ()) if head is not None and bare else ()
    return any(cast.lexicon.is_a(v.concept, kind) for v in verbs for kind in _SPEAKING_FOR_ALL)


def _is_somebody(cast: Cast, m: Mention) -> bool:
    """Whether a city's name is the surname of somebody whom the text names in full: "el ministro Caio Bragança … Bragança dijo"."""
    if m.cls != "Place" or " " in m.name or cast.before(m) in ("en", "desde", "hacia", "hasta"):
        return False
    return cast.is_surname(m.name)


def _is_place(cast: Cast, m: Mention) -> bool:
    """Whether a name that could be a country or a capital is a place here: governed by "en", or by motion, or a dateline."""
    if m.cls == "Place":
        return not (_is_somebody(cast, m) or (m.local and _acts(cast, m)))
    if m.kind != "name" or not any(n.kind in ("capital", "metonym") or _is_state(cast, n) for n in m.known):
        return False
    tokens = cast.tokens(m)
    before = cast.before(m)
    if before in ("la", "el") and m.first > 1:
        before = tokens[m.first - 2].lower
    before = {"al": "a", "del": "de"}.get(before, before)
    if before in _PLACE_BEFORE:
        return True
    if before in _MOTION_BEFORE:
        if any(t.lemma in _MOTION or t.lower in _MOTION for t in tokens[max(0, m.first - 5) : m.first]):
            return True
        return before == "a" and any(t.lemma in ("frontera", "kilómetro") for t in tokens[max(0, m.first - 4) : m.first])
    return m.sentence == m.first == 0 and len(tokens) > m.last and tokens[m.last].text in (".", ":")
