"""Which person is meant: by full name, by surname, by office ("la mandataria mexicana", "su portavoz").

Real office holders are never guessed from an office: the article's own words decide who "el presidente" is.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.cast import Cast, Entity, fold, inside, shares_office
from kg.extract.reading import Mention

COUNTERPARTS = frozenset({"homólogo", "homóloga", "par", "colega"})
_STATE = frozenset({"República", "Gobierno", "Estado", "Nación", "Ejecutivo", "Unión"})
_REACH = 20  # mentions back that "la diplomática" may look for its person
_MONARCHIES = frozenset({"es", "ma", "gb", "nl", "be", "dk", "se", "no", "lu", "jp", "jo", "sa", "th", "bh", "kh", "mc"})
_BESIDE = COUNTERPARTS | {"vecino", "vecina", "jefe", "jefa", "líder", "aliado", "socio"}  # not occupations but relations
_MONARCHS = frozenset({"rey", "reina", "monarca"})
_WORLDS = {"papa": "va", "pontífice": "va"}  # offices there is one of in the world
_PROTAGONIST_MENTIONS = 3  # so often must somebody be named before an office without a name can be theirs


def person(cast: Cast, i: int, m: Mention) -> str:
    """The person that mention ``i`` names in full, with the office, the country and the organisation it tells."""
    known = cast.choose(m) if m.known else None
    if known is not None:
        cast.known(i, m, known)
    else:
        match = cast.person_named(m.name)
        known = match.id if match else _in_ontology(cast, i, m)
    entity = cast.entities[known] if known else cast.introduce(i, m.name, "Person", None)
    entity.names[m.name] = None
    if m.role and not entity.role:
        entity.take_office(m)
    elif m.role and m.country and not entity.country:
        entity.role, entity.title = m.role, m.title
    country = m.country or cast.country_of_organisation(m.org)
    if m.role in COUNTERPARTS and not country:
        country = _other_country(cast, i)
    entity.country = entity.country or country or m.local
    if not entity.member_of:
        join(cast, entity, m)
    return entity.id


def _in_ontology(cast: Cast, i: int, m: Mention) -> str | None:
    """The person the ontology knows under this full name, accents and case aside, or under office and surname: "el presidente Trump"."""
    if len(m.name.split()) > 1:
        found = cast.gazetteer.people.get(fold(m.name))
        return cast.ensure(found, i) if found and cast.may_be(cast.gazetteer.actors[found], m) else None
    bearers = [cast.gazetteer.actors[x] for x in cast.gazetteer.surnames.get(fold(m.name), ())]
    fitting = [x for x in bearers if m.country in (None, x.country) and shares_office(m.role, x.title)]
    return cast.ensure(fitting[0].id, i) if len(fitting) == 1 else None


def of_state(cast: Cast, role: str | None, title: str | None) -> bool:
    """Whether an office is one of a state: "presidente de Chile", "secretaria de Energía"; not "presidente de la cámara"."""
    if role not in cast.lexicon.classes["government-role"]:
        return False
    rest = (title or "").partition(role)[2].split()
    if rest[:1] == ["general"] and role.startswith("secretari"):
        return (
            len(rest) > 2
        )  # "el secretario general de la OEA" has it for an organisation, "la secretaria general de Pesca" does not
    if not role.startswith(("president", "vicepresident")) or not {"de", "del"} & set(rest):
        return True
    whose = next((w for w in rest if w not in ("de", "del", "la", "el", "los") and w[:1].isupper()), "")
    return whose in _STATE or cast.country_in_words(" ".join(rest[rest.index(whose) :]) if whose else "") is not None


def join(cast: Cast, entity: Entity, m: Mention) -> None:
    """Make somebody a member of the government whose office they hold, or of the organisation the mention names."""
    body = cast.organisation_named(m.org) if m.org else None
    if body and cast.entities[body].kind not in ("Government", "PublicBody"):
        entity.member_of = body
    elif of_state(cast, m.role, m.title) and entity.country in cast.gazetteer.governments:
        entity.member_of = cast.government_of(entity.country)
    elif body:
        entity.member_of = body


def _other_country(cast: Cast, i: int) -> str | None:
    """The country of "su homólogo" in mention ``i``: the article's other one than that of the person named last."""
    for j in range(i - 1, -1, -1):
        for found in cast.ids[j]:
            entity = cast.entities[found]
            if entity.kind == "Person" and entity.country in cast.countries:
                return next((c for c in cast.countries if c != entity.country), None)
    return None


def by_surname(cast: Cast, m: Mention, i: int) -> str | None:
    """The person a part of whose name the mention is: of the document, else the one of the article's countries that the ontology knows."""
    found = cast.person_named(m.name)
    if found is None:
        folded = fold(m.name)
        if folded in cast.lexicon.common_names:
            return None  # "Sierra", "Guerrero"
        known = cast.gazetteer.surnames.get(folded, ())
        matches = [x for x in known if cast.gazetteer.actors[x].country in cast.countries] or list(known)
        if len(matches) != 1:
            return None
        found = cast.entities[cast.ensure(matches[0], i)]
    found.names[m.name] = None
    if m.role and not found.role:
        found.take_office(m)
    return found.id


# --------------------------------------------------------------------------------------------------------------------- offices


def holder(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """Who holds the office that mention ``i`` names without a name: somebody of the document, else a person without a name.

    Nobody where neither a country nor an organisation tells the office from others.
    """
    country = m.country or cast.country_of_organisation(m.org)
    if m.org and not country:
        country = cast.country_in_words(m.org)
    if m.role is None:
        return _last_of(cast, i, m, lambda p: p.country == country)  # "la portuguesa"
    found = _holder_so_far(cast, i, m, country)
    if found is not None:
        found.names[m.name] = None
        found.country = found.country or country
        return (found.id,)
    country = country or _WORLDS.get(m.role or "") or _monarchy(cast, m.role)
    leading = m.role in cast.lexicon.classes["government-role"]
    if m.definite and m.org in (None, "Estado"):
        kin = _kin(cast, m.role)
        told = _last_of(cast, i, m, lambda p: bool(kin & _kin(cast, _role(cast, p))) and country in (None, p.country))
        if told:
            return told
    entity = _protagonist(cast, i) if leading and m.definite and (country is None or country in cast.countries) else None
    if entity is None and not country and not m.org:
        known_by = m.role in cast.lexicon.classes["group-noun"] and m.role not in _BESIDE
        occupied = m.definite and known_by and not of_state(cast, m.role, m.title)
        return (_unnamed(cast, i, m).id,) if occupied else ()
    if entity is None:
        entity = cast.introduce(i, m.name, "Person", country)
    entity.take_office(m)
    entity.country = entity.country or country or m.local
    if of_state(cast, m.role, m.title) and country in cast.gazetteer.governments:
        entity.member_of = cast.government_of(country)
    return (entity.id,)


def _unnamed(cast: Cast, i: int, m: Mention) -> Entity:
    """Somebody of whom only the occupation is told: "el capitán", "el chofer del camión"."""
    entity = cast.introduce(i, m.name, "Group", None)
    entity.names[m.name] = None
    return entity


def both(cast: Cast, m: Mention) -> tuple[str, ...]:
    """The holders in the article's two countries of the office that ``m`` names in the plural.

    A minister who is not told gives way to the country; presidents who are not told stay a pair of people.
    """
    if len(cast.countries) != 2:
        return ()
    found = [next((p.id for p in cast.entities.values() if _holds(cast, p, m, c)), None) for c in cast.countries]
    if None in found and m.role in cast.lexicon.classes["head-of-state"]:
        return ()
    return tuple(holder or cast.ensure(country) for holder, country in zip(found, cast.countries, strict=True))


def _holds(cast: Cast, p: Entity, m: Mention, country: str) -> bool:
    role = _role(cast, p)
    if (
        p.kind != "Person"
        or p.country != country
        or role is None
        or not same_office(cast, m.role or "", role, m.name, p.title or "")
    ):
        return False
    return m.org is None or m.org in (p.title or "")


def _monarchy(cast: Cast, role: str | None) -> str | None:
    """The one of the article's countries that has a monarch, where one is spoken of: "el rey"."""
    crowned = [c for c in cast.countries if c in _MONARCHIES]
    return crowned[0] if role in _MONARCHS and len(crowned) == 1 else None


def _kin(cast: Cast, role: str | None) -> frozenset[str]:
    """The families of offices that a noun belongs to: a judge may be called "la magistrada", an ambassador "el diplomático"."""
    families = (name for name in cast.lexicon.classes if name.startswith("office-"))
    return frozenset(name for name in families if role in cast.lexicon.classes[name])


def _role(cast: Cast, entity: Entity) -> str | None:
    title = entity.title or _known_title(cast, entity.id)
    return entity.role or (title.split()[0].lower() if title else None)


def _last_of(cast: Cast, i: int, m: Mention, fits: Callable[[Entity], bool]) -> tuple[str, ...]:
    """The person named last before mention ``i`` who is of its gender and whom it ``fits``; nobody far back."""
    for j in range(i - 1, max(-1, i - _REACH), -1):
        for found in cast.ids[j]:
            entity = cast.entities[found]
            company = m.role is None and m.feminine and entity.kind == "Company"  # "la colombiana" after Ecopetrol
            if (entity.kind == "Person" or company) and entity.feminine in (None, m.feminine) and fits(entity):
                entity.names[m.name] = None
                return (found,)
    return ()


def _holder_so_far(cast: Cast, i: int, m: Mention, country: str | None) -> Entity | None:
    """The person of the document with the office of mention ``i``: the last one introduced before it, else the first behind it."""
    best: Entity | None = None
    for entity in cast.entities.values():
        if entity.kind != "Person" or (entity.feminine is not None and entity.feminine != m.feminine):
            continue
        title = entity.title or _known_title(cast, entity.id)
        role = _role(cast, entity)
        if role is None or not same_office(cast, m.role or "", role, m.title or "", title or ""):
            continue
        if country and entity.country and country != entity.country:
            continue
        if country and m.org is None and of_state(cast, m.role, m.title) and not (title is None or of_state(cast, role, title)):
            continue  # "el presidente brasileño" presides over no chamber of commerce
        unsure = entity.feminine is None and entity.id not in cast.gazetteer.actors
        if unsure and best is not None and best.feminine is not None:
            continue  # "los cancilleres Lucía Santacruz y Rubén Olmedo … la canciller"
        if best is None or (entity.order <= i and entity.order > best.order) or best.order > i:
            best = entity
    return best


def _protagonist(cast: Cast, i: int) -> Entity | None:
    """The one person the article is about whose office it has not told yet: named before mention ``i``, and the most often of all."""
    named = [fold(m.name).split() for m in cast.mentions if m.kind in ("person", "name")]
    best: Entity | None = None
    most = 0
    for entity in cast.entities.values():
        if entity.kind != "Person":
            continue
        words = fold(entity.label).split()
        count = sum(inside(name, words) for name in named)
        if count > most:
            best, most = entity, count
    if best is None or most < _PROTAGONIST_MENTIONS or best.role is not None or best.order >= i or _known_title(cast, best.id):
        return None
    return best


def _known_title(cast: Cast, known_id: str) -> str | None:
    known = cast.gazetteer.actors.get(known_id)
    return known.title if known else None


def same_office(cast: Cast, a: str, b: str, title_a: str, title_b: str) -> bool:
    """Whether two office nouns, with their full titles, name one office: "presidenta" and "mandataria", "canciller" and "ministro de
    Exteriores"."""
    heads = cast.lexicon.classes["head-of-state"]
    if a in heads and b in heads:
        return "vice" not in a + b and {a[:8], b[:8]} != {"presiden", "primer m"} and {a[:8], b[:8]} != {"presiden", "primera "}
    if _stem(a) == _stem(b):
        return True
    return (a == "canciller" and "Exteriores" in title_b) or (b == "canciller" and "Exteriores" in title_a)


def _stem(role: str) -> str:
    return role[:-1] if role.endswith(("a", "o", "e")) else role
