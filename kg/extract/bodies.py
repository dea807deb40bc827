"""Which group, organisation, government or pair of countries is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.cast import Cast, fold, inside
from kg.extract.countries import named_sides, side_so_far
from kg.extract.reading import Mention

_FORCES = frozenset({"fuerza", "tropa", "soldado", "militar", "ejército"})
# what stands before a group without being part of its name
_COUNTING = frozenset(
    {"el", "la", "los", "las", "un", "una", "unos", "unas", "otros", "otras", "algunos", "algunas", "varios", "varias"}
    | {"dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"}
)
_WITH_ARTICLE = frozenset({"el", "la", "del", "al"})
_NO_ORGANISATION = frozenset({"Person", "Group", "Country"})
_ENVOYS = frozenset({"embajador", "embajadora", "cónsul", "encargado", "encargada", "agregado", "agregada"})
_REACH_OF_NOUN = 25  # as many mentions back a noun may look for a body that is called otherwise
# who may have a government: "los maestros reclaman a su Gobierno"
_OWNERS = frozenset({"Person", "Group", "CivilOrganization", "Party", "Company"})
_REACH = 12  # as many mentions back "su gobierno" looks for its person
#: Outlets that are no agency, no paper and no station.
_NETWORKS: Final = frozenset({"x", "facebook", "instagram", "whatsapp", "telegram", "tiktok", "youtube"})


def group(cast: Cast, i: int, m: Mention) -> str:
    """The group that mention ``i`` names; a country's soldiers are its armed forces, one word ("los pescadores") takes up a longer name."""
    words = m.name.split()
    while len(words) > 1 and (fold(words[0]) in _COUNTING or words[0][:1].isdigit()):
        words = words[1:]
    label = " ".join(words)
    counted = m.first > 0 and cast.tokens(m)[m.first - 1].pos == "NUM"  # "nueve soldados bolivianos" are not the army
    if m.role in _FORCES and m.country and not counted:
        return _forces(cast, i, m, label)
    key = fold(label)
    found = cast.by_name.get(key)
    if found is None and len(words) == 1:
        groups = (e for e in cast.entities.values() if e.kind == "Group")
        found = next((e.id for e in groups if fold(e.label).split()[0] == key), None)
    if found is None:
        country = m.country or m.local or cast.country_of_organisation(m.org)
        if m.org and not country:
            chief = cast.person_named(m.org)
            country = chief.country if chief else None
        name = label[0].lower() + label[1:] if words[0].islower() or m.first == 0 else label
        entity = cast.introduce(i, name, "Group", country)
        entity.role = m.role
        if m.org:
            entity.member_of = cast.organisation_named(m.org)
        found = cast.by_name[key] = entity.id
    entity = cast.entities[found]
    entity.names[label] = None
    if " sin " in label:
        entity.names[label.split(" sin ")[0]] = None
    if counted:
        entity.names[f"{cast.tokens(m)[m.first - 1].text} {label}"] = None
    return found


def _forces(cast: Cast, i: int, m: Mention, label: str) -> str:
    """The one armed force of a country, whatever its soldiers are called."""
    key = f"fuerzas armadas {m.country}"
    found = cast.by_name.get(key)
    if found is None:
        found = cast.by_name[key] = cast.introduce(i, label, "PublicBody", m.country).id
    cast.entities[found].names[label] = None
    return found


def organisation(cast: Cast, i: int, m: Mention) -> str:
    """The organisation of that name; a new one where there is none. Its acronym becomes a second name."""
    key = fold(m.name)
    found = cast.by_name.get(key) or (_known_body(cast, m.name, m.country) if m.kind == "body" else None)
    if found is None and m.kind == "name":
        found = _with_country_added(cast, m.name)
    if found is None and m.role in _FORCES and m.country:
        return _forces(cast, i, m, m.name)
    if found is None:
        found = cast.by_name[key] = cast.introduce(i, m.name, m.cls or "PublicBody", m.country or m.local).id
    entity = cast.entities[found]
    entity.names[m.name] = None
    article, _, rest = m.name.partition(" ")
    if article in ("Los", "Las") and rest:  # at the start of a sentence the article belongs to no name
        cast.by_name.setdefault(fold(rest), found)
    if m.kind == "name" and m.title:
        entity.names[m.title] = None
        cast.by_name.setdefault(fold(m.title), found)
    entity.country = entity.country or m.country or m.local
    return found


def _with_country_added(cast: Cast, name: str) -> str | None:
    """The body whose name this is but for its country: "el Servicio Nacional de Fronteras de Panamá"."""
    own, _, rest = name.rpartition(" de ")
    country = cast.country_in_words(rest) if " " in own else None
    if country is None or rest not in {n.text for n in cast.gazetteer.names.get(rest.split()[0], ()) if n.actor == country}:
        return None
    named = cast.entities.get(cast.by_name.get(fold(own), ""))
    if named is not None and named.country in (None, country):
        return named.id
    return _known_body(cast, own, country)


def _known_body(cast: Cast, name: str, country: str | None) -> str | None:
    """The body of the ontology that a common noun names in lower case: "la cancillería hondureña"."""
    proper = name[:1].upper() + name[1:]
    for known in cast.gazetteer.names.get(proper.split()[0], ()):
        actor = cast.gazetteer.actors[known.actor]
        if known.text == proper and actor.kind == "PublicBody" and actor.country == country and country is not None:
            return cast.ensure(known.actor)
    return None


def bare_body(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """Which body a common noun takes up: "el Senado" after "el Senado mexicano"; "el gremio" after "la Cámara de Transportistas".

    The last one named whose own name begins with the noun, else the last one of a class that the noun fits. A noun of two words is a
    body of its own where there is none ("la comisión mixta").
    """
    first = fold(m.name).split()[0]
    gang = m.cls == "CriminalOrganization"
    fitting = _fitting(cast, m)
    same: str | None = None
    alike: str | None = None
    noun = m.role or first
    for j in range(i - 1, -1, -1):
        for found in (y for x in cast.ids[j] for y in (x, cast.entities[x].member_of)):
            entity = cast.entities.get(found or "")
            if found is None or entity is None or entity.kind in _NO_ORGANISATION | {"Government"}:
                continue
            if gang and m.plural and entity.id in cast.gazetteer.actors:
                continue  # "los cárteles" are not the one cartel that has a name
            if same is None and any(fold(n).split()[0] == first for n in (entity.label, *entity.names)):
                same = found
            if same is None and found in cast.ids[j] and cast.before(cast.mentions[j]) == noun:
                same = (
                    found  # "la misma agencia" after "la agencia Norteamérica Hoy", "la asociación" after "la asociación Bigkis"
                )
            if entity.kind == "MediaOutlet" and found in _NETWORKS and noun != "red":
                continue
            if alike is None and entity.kind in fitting and i - j <= _REACH_OF_NOUN:
                alike = found
    best = same or alike
    if best is not None:
        return (best,)
    if m.role in cast.lexicon.classes["sole-body"]:  # every state has one
        side = side_so_far(cast, i, m)
        return (_known_body(cast, m.name, side) or organisation(cast, i, replace(m, country=side)),)
    if m.role in ("embajada", "consulado"):  # there is one of the other side here
        envoys = {e.country for e in cast.entities.values() if e.kind == "Person" and e.role in _ENVOYS and e.country}
        if len(envoys) == 1:
            return (organisation(cast, i, replace(m, country=envoys.pop())),)
    own = gang or " " in (m.role or "")
    return (organisation(cast, i, m),) if own else ()


def _fitting(cast: Cast, m: Mention) -> frozenset[str]:
    """The classes of bodies that the noun of mention ``m`` may take up, whatever their names."""
    noun, classes = m.role or "", cast.lexicon.classes
    if noun in classes["general-body"]:
        return frozenset({"PublicBody", "InternationalOrganization", "CivilOrganization"})
    if m.cls == "MediaOutlet" or (m.cls == "CriminalOrganization" and not m.plural) or noun in classes["taken-up"]:
        return frozenset({m.cls or ""})
    return frozenset()


def by_part_of_name(cast: Cast, m: Mention) -> str | None:
    """The organisation of the document whose name contains the mention's two words or more."""
    wanted = fold(m.name).split()
    if len(wanted) < 2:
        return None
    for entity in cast.entities.values():
        if entity.kind not in _NO_ORGANISATION and inside(wanted, fold(entity.label).split()):
            entity.names[m.name] = None
            return entity.id
    return None


def unknown(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """An actor for a name that nothing describes, if it is the subject of its clause; else nobody.

    With an article one word is a body ("la Anapra"), several are an organisation; without it a company or a person, of whom no first
    name is a plural ("Aceros Río Monclova").
    """
    name = cast.tokens(m)[m.first : m.last]
    behind = [t for t in cast.tokens(m)[m.last : m.last + 2] if t.lower != "no"]
    if behind and "VerbForm=Inf" in behind[0].morph:
        return ()  # "«Preferiría no usarla»": a verb, whatever the tagger says
    subject = any(t.dep in ("nsubj", "nsubj:pass", "obl:agent") or (t.dep == "ROOT" and len(name) > 1) for t in name)
    if not subject:
        return ()
    article = cast.before(m) in _WITH_ARTICLE
    if len(name) == 1:
        cls = "PublicBody" if article else "Company"
    else:
        goods = name[0].lower.endswith(("os", "as")) and name[0].text not in cast.lexicon.classes["given-name"]
        cls = "CivilOrganization" if article else "Company" if goods else "Person"
    entity = cast.introduce(i, m.name, cls, m.country)
    cast.by_name[fold(m.name)] = entity.id
    entity.names[m.name] = None
    return (entity.id,)


# ---------------------------------------------------------------------------------------------------------- governments, countries


def government(cast: Cast, country: str, m: Mention) -> str:
    """The government of ``country`` under the mention's name; the country itself where the ontology has no government."""
    found = cast.ensure(cast.gazetteer.governments.get(country) or country)
    cast.entities[found].names[m.name] = None
    return found


def bare_government(cast: Cast, i: int, m: Mention) -> tuple[str, ...]:
    """Which government "el Ejecutivo" is: the first country's of the article; "su gobierno" that of the person named last."""
    country = _possessor(cast, i) if m.possessive else None
    if country is None:
        sides = named_sides(cast, i, m)
        country = sides[0] if len(sides) == 1 else cast.countries[0] if cast.countries else _last_country(cast, i)
    return (government(cast, country, m),) if country else ()


def _possessor(cast: Cast, i: int) -> str | None:
    """The country of whoever was named last before mention ``i`` and has one."""
    for j in range(i - 1, max(-1, i - _REACH), -1):
        for found in cast.ids[j]:
            entity = cast.entities.get(found)
            if entity is not None and entity.kind in _OWNERS and entity.country:
                return entity.country
    return None


def _last_country(cast: Cast, i: int) -> str | None:
    """The country named last before mention ``i``, by itself or as somebody's."""
    for j in range(i - 1, -1, -1):
        for found in cast.ids[j]:
            country = _country(cast, found)
            if country:
                return country
    return None


def pair(cast: Cast) -> tuple[str, ...]:
    """What "ambos países" stands for: the article's first two countries, else the two that are spoken of most; empty for fewer."""
    if len(cast.countries) >= 2:
        return tuple(cast.ensure(c) for c in cast.countries[:2])
    counts: dict[str, int] = {}
    for found in cast.ids:
        for actor in found:
            country = _country(cast, actor)
            if country:
                counts[country] = counts.get(country, 0) + 1
    top = sorted(counts, key=lambda c: (-counts[c], c))[:2]
    return tuple(cast.ensure(c) for c in top) if len(top) == 2 else ()


def _country(cast: Cast, actor: str) -> str | None:
    entity = cast.entities.get(actor)
    return (entity.id if entity.kind == "Country" else entity.country) if entity else None
