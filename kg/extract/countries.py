"""Which country people and groups are of where no word beside their name tells it, but the article makes it certain.

After everybody has been found: "su vocero" is of the country of whom the sentence speaks; a senator's adviser of the senator's; of two
presidents in an article about two countries the second is the other one's; the minister in a paragraph that has named one side only is
of that side.
"""

from __future__ import annotations

from kg.extract.cast import Cast, Entity, fold
from kg.extract.people import COUNTERPARTS, join, of_state, same_office
from kg.extract.reading import Mention

_OTHERS_IN_OFFICE = ("ex", "vice", "sub")  # "expresidente": there may be several of one country
# offices of a state besides the lexicon's government roles
_PUBLIC = frozenset(
    {"diputado", "diputada", "senador", "senadora", "congresista", "legislador", "legisladora", "asambleísta", "parlamentario"}
    | {"parlamentaria", "gobernador", "gobernadora", "alcalde", "alcaldesa", "portavoz", "vocero", "vocera", "prosecretario"}
    | {
        "prosecretaria",
        "general",
        "almirante",
        "coronel",
        "fiscal",
        "fiscala",
        "procurador",
        "procuradora",
        "contralor",
        "contralora",
    }
)
_HEADS = ("direct", "subdirect", "vicedirect", "titular", "jefe", "jefa")
_POSTED = frozenset({"embajador", "embajadora", "cónsul", "cónsula", "nuncio", "cónsul general", "encargado de negocios"})
# nouns for those who serve one state
_SERVANTS = frozenset(
    {"funcionario", "soldado", "militar", "policía", "agente", "diplomático", "carabinero", "gendarme", "guardia", "inspector"}
    | {"diputado", "senador", "legislador", "congresista", "fiscal", "aduanero", "oficial", "uniformado", "efectivo"}
    | {"oficialismo", "oposición", "vocero", "portavoz", "asesor"}
)
# countries whose foreign minister nobody calls "canciller" without saying of which country
_NO_CHANCELLOR = frozenset({"us", "gb", "ca", "es", "pt", "fr", "it", "ma", "cn", "ru"})
# countries whose ministers are secretaries: nobody calls them "ministro"
_NO_MINISTERS = frozenset({"us", "mx"})
_MINISTERS = frozenset({"ministro", "ministra", "viceministro", "viceministra", "exministro", "exministra"})
# first nouns of bodies that may be of no single state
_SHARED = frozenset(
    {"tribunal", "consejo", "comisión", "comité", "misión", "oficina", "nunciatura", "representación", "delegación", "organismo"}
    | {"fuerza", "autoridad", "sección", "embajada", "consulado", "corte", "mesa"}
)
_MEMBERS = frozenset({"PublicBody", "CivilOrganization", "Company", "Party", "InternationalOrganization"})
_SHARED_FOLDED = frozenset(fold(noun) for noun in _SHARED)
_NATIONAL = frozenset(
    {"nacional", "federal", "supremo", "suprema", "superior", "general", "central", "constitucional", "electoral"}
)


_NEAR = 1  # sentences back to the country that "el país vecino" is told from


def settle_countries(cast: Cast) -> None:
    """Complete the countries, and the memberships that follow from them, of the people, groups and bodies in ``cast``."""
    for i, m in enumerate(cast.mentions):
        for entity in (cast.entities[x] for x in cast.ids[i]):
            if entity.kind not in ("Person", "Group") or entity.country is not None:
                continue
            if m.possessive and m.kind in ("person", "name") and m.role not in COUNTERPARTS:
                _follow_owner(cast, i, entity)
            elif m.org and (m.kind == "group" or m.role) and entity.kind in ("Person", "Group"):
                entity.country = _country_of(cast, m.org)
    _share_out(cast)
    for i, m in enumerate(cast.mentions):
        for entity in (cast.entities[x] for x in cast.ids[i]):
            if entity.country is None and entity.id not in cast.gazetteer.actors:
                _settle(cast, i, m, entity)


def _of_one_state(name: str) -> bool:
    """Whether a body's name is one that a single state has: not "Tribunal Andino", but "Tribunal Supremo"."""
    words = fold(name).split()
    return words[0] not in _SHARED_FOLDED or not _NATIONAL.isdisjoint(words)


def _share_out(cast: Cast) -> None:
    """Give two people with one office of state between them the article's two countries, its own first: "los cancilleres A y B"."""
    for i, m in enumerate(cast.mentions[:-1]):
        other = cast.mentions[i + 1]
        pair = [cast.entities[x] for j in (i, i + 1) for x in cast.ids[j]]
        joint = m.plural and other.plural and m.kind == other.kind == "person" and m.role == other.role and len(pair) == 2
        unsettled = joint and not m.country and all(p.country is None for p in pair)
        if unsettled and len(cast.countries) == 2 and of_state(cast, m.role, m.role):
            for person, country, mention in zip(pair, cast.countries, (m, other), strict=True):
                person.country = country
                join(cast, person, mention)


def _settle(cast: Cast, i: int, m: Mention, entity: Entity) -> None:
    """Give ``entity``, named by mention ``i``, the country that its office or class and the text around make certain."""
    if m.kind == "person" and m.role and entity.kind == "Person" and _by_title(cast, i, m, entity):
        return
    named = cast.organisation_named(m.org) if m.org else None  # "Comercio" in "ministra de Comercio" is nobody
    if entity.kind == "Person" and m.kind in ("person", "role") and m.role and not (named or m.possessive or m.plural):
        if m.role in _POSTED:
            entity.country = _other_side(cast, entity)
        elif of_state(cast, m.role, m.title) or m.role in _PUBLIC or _heads_ministry(cast, m):
            entity.country = _other_side(cast, entity) or _with_office(cast, m.role) or side_so_far(cast, i, m)
        if entity.country and not entity.member_of:
            join(cast, entity, m)
    elif entity.kind == "CivilOrganization":
        sides = [here] if (here := stage(cast, m)) else named_sides(cast, i, m)
        entity.country = sides[0] if len(sides) == 1 else None
    elif m.possessive and entity.kind == "PublicBody":
        _follow_owner(cast, i, entity)
    elif (
        (entity.kind == "Group" and m.role in _SERVANTS and not m.org)
        or entity.kind == "Party"
        or (entity.kind == "PublicBody" and _of_one_state(entity.label))
    ):
        if entity.kind == "PublicBody":
            entity.country = _with_body(cast, entity.label) or _home(cast, i, m)
        else:
            entity.country = side_so_far(cast, i, m)


def _heads_ministry(cast: Cast, m: Mention) -> bool:
    """Whether an office is that of the head of a body called by its field: "el director de Migración", "la titular de Hacienda"."""
    return (m.role or "").startswith(_HEADS) and m.org in cast.lexicon.classes["ministry-field"]


def _country_of(cast: Cast, name: str) -> str | None:
    """The country of the organisation or the person an office or a group belongs to."""
    country = cast.country_of_organisation(name)
    chief = None if country else cast.person_named(name)
    return chief.country if chief else country


def _follow_owner(cast: Cast, i: int, entity: Entity) -> None:
    """Give "su vocero" the country, and the organisation, of the actor named last before mention ``i``, one sentence back at most."""
    for j in range(i - 1, -1, -1):
        if cast.mentions[j].sentence < cast.mentions[i].sentence - 1:
            return
        owner = next((cast.entities[x] for x in cast.ids[j] if x != entity.id), None)
        if owner is None:
            continue
        entity.country = owner.id if owner.kind == "Country" else owner.country
        if owner.kind not in ("Person", "Group", "Country") and not entity.member_of:
            entity.member_of = owner.id
        return


def _with_office(cast: Cast, role: str | None) -> str | None:
    """The one of the article's countries that has a "canciller" or a "ministro", where the other one calls them otherwise."""
    without = _NO_CHANCELLOR if role == "canciller" else _NO_MINISTERS if role in _MINISTERS else frozenset()
    calling = [c for c in cast.countries if c not in without]
    return calling[0] if len(cast.countries) == 2 and len(calling) == 1 else None


def only_one_has(cast: Cast, label: str) -> bool:
    """Whether only one of the article's countries has bodies of this kind of name."""
    return _with_body(cast, label) is not None


def _with_body(cast: Cast, label: str) -> str | None:
    """The one of the article's countries that has a body of this name: no "Cancillería" is Spain's, no "Ministerio" Mexico's."""
    first = label.partition(" ")[0].lower()
    role = "canciller" if first == "cancillería" else "ministro" if first in ("ministerio", "viceministerio") else None
    return _with_office(cast, role) if label.lower() != "ministerio público" else None


def _by_title(cast: Cast, i: int, m: Mention, entity: Entity) -> bool:
    """Whether a title's last noun takes up a body told before, whose member with its country ``entity`` becomes:
    "el presidente de la cámara"."""
    words = (m.title or "").split()
    if m.org or len(words) < 3 or words[-2] not in ("la", "del") or not words[-1].islower():
        return False
    noun = fold(words[-1])
    for j in range(i - 1, -1, -1):
        for body in (cast.entities[x] for x in cast.ids[j]):
            if body.kind in _MEMBERS and fold(body.label).split()[0] == noun:
                entity.member_of = entity.member_of or body.id
                entity.country = entity.country or body.country
                return True
    return False


def _other_side(cast: Cast, entity: Entity) -> str | None:
    """The country that is left for a head of state if the article is about two and the other one's has been named."""
    role = entity.role or ""
    if len(cast.countries) != 2 or role not in cast.lexicon.classes["head-of-state"] or role.startswith(_OTHERS_IN_OFFICE):
        return None
    taken = {
        other.country
        for other in cast.entities.values()
        if other is not entity and other.kind == "Person" and other.role and same_office(cast, role, other.role, "", "")
    }
    left = [c for c in cast.countries if c not in taken]
    return left[0] if len(left) == 1 else None


def _seated_in(cast: Cast, m: Mention) -> set[str | None]:
    """The country of the capital, city or region that a mention names as a place: "en Londres"."""
    actors = cast.gazetteer.actors
    return {
        m.local,
        *(n.actor if n.kind == "capital" else actors[n.actor].country for n in m.known if n.kind in ("capital", "metonym")),
    }


def stage(cast: Cast, m: Mention) -> str | None:
    """The article's country where the sentence of mention ``m`` is set by its first words: "En Londres, el ministro …"."""
    tokens = cast.tokens(m)
    if len(tokens) < 3 or tokens[0].lower not in ("en", "desde"):
        return None
    first = next((x for x in cast.mentions if x.sentence == m.sentence and x.first < m.first), None)
    if first is None or first.first > 2 or tokens[first.last].text != ",":
        return None
    seats = {n.actor for n in first.known if n.actor in cast.countries} | _seated_in(cast, first)
    here = [c for c in cast.countries if c in seats]
    return here[0] if len(here) == 1 else None


def side_meant(cast: Cast, i: int, m: Mention, pair: tuple[str, ...]) -> str | None:
    """The one of a ``pair`` of countries that "ese país" means, the one told last, or, where ``m`` is definite, "el país vecino"."""
    near = [j for j in range(i - 1, -1, -1) if cast.mentions[j].sentence >= m.sentence - _NEAR]
    acting = [j for j in near if cast.mentions[j].sentence == m.sentence and _acts(cast, cast.mentions[j])]
    for j in [*acting, *near] if m.definite else near:  # "Ecuador gravó lo que entra de Colombia, y el vecino respondió"
        sides = {x.id if x.kind == "Country" else x.country for x in (cast.entities[x] for x in cast.ids[j])}
        told = [c for c in pair if c in sides | _seated_in(cast, cast.mentions[j])]
        if len(told) == 1 and len(pair) == 2:
            return told[0] if not m.definite else next(c for c in pair if c != told[0])
    return None


def _acts(cast: Cast, m: Mention) -> bool:
    """Whether a mention is the subject of its clause."""
    return any(t.dep in ("nsubj", "nsubj:pass") for t in cast.tokens(m)[m.first : m.last])


def side_so_far(cast: Cast, i: int, m: Mention) -> str | None:
    """The article's country that alone has been named in the paragraph before mention ``i``, and the first where none has.

    The offices and bodies of a newspaper's own country go without its name: nobody adds "chileno" to his own minister.
    """
    named = [here] if (here := stage(cast, m)) else named_sides(cast, i, m)
    return (named or cast.countries)[0] if len(named) < 2 and len(cast.countries) == 2 else None


def _home(cast: Cast, i: int, m: Mention) -> str | None:
    """The side the paragraph is on, and where it has named both the newspaper's own country, the article's first."""
    return side_so_far(cast, i, m) or (cast.countries[0] if len(cast.countries) == 2 else None)


def named_sides(cast: Cast, i: int, m: Mention) -> list[str]:
    """The article's countries that the paragraph has named before mention ``i``: by themselves, by somebody's, by a place."""
    sentences = cast.document.sentences
    block = sentences[m.sentence].block
    sides: set[str | None] = set()
    for j in range(i - 1, -1, -1):
        if sentences[cast.mentions[j].sentence].block != block:
            break
        for entity in (cast.entities[x] for x in cast.ids[j]):
            sides.add(entity.id if entity.kind == "Country" else entity.country)
        sides.update(_seated_in(cast, cast.mentions[j]))
    for sentence in sentences[: m.sentence + 1]:
        if sentence.block == block:
            before = sentence.tokens[: m.first] if sentence.index == m.sentence else sentence.tokens
            sides.update(cast.gazetteer.demonyms.get(token.lower) for token in before)
    return [c for c in cast.countries if c in sides]
