"""The actors of ``ontology/actors.ttl``: whole, unambiguous, and right where general knowledge can tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

FILE = Path(__file__).resolve().parents[1] / "ontology" / "actors.ttl"
BR = "https://w3id.org/bilateral/ontology#"
ACTOR = "https://w3id.org/bilateral/id/actor/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
CLASSES = {
    "Country", "Government", "Person", "PublicBody", "MediaOutlet", "CriminalOrganization", "InternationalOrganization", "Company",
    "Party", "CivilOrganization",
}  # fmt: skip
WITHOUT_CAPITAL = {"eh", "gi", "hk", "mo", "va"}  # disputed, or a city
TRANSLATED = CLASSES - {"Person", "MediaOutlet", "Company"}  # these have an English label besides the Spanish one

# actor, property, value: what anybody can check without this project
FACTS = """
mx                  iso         MX
mx                  capital     Ciudad de México
mx                  demonym     mexicanas
mx                  sameAs      Q96
us                  altLabel    EE.UU.
us                  altLabel    EE. UU.
us                  altLabel    EEUU
us                  hiddenLabel EU
us                  demonym     estadounidenses
us                  demonym     norteamericano
us                  sameAs      Q30
es                  demonym     españolas
es                  sameAs      Q29
ma                  capital     Rabat
ma                  demonym     marroquíes
ma                  sameAs      Q1028
br                  demonym     brasilero
br                  sameAs      Q155
hn                  demonym     hondureñas
gl                  capital     Nuuk
gl                  sameAs      Q223
de                  demonym     alemanas
jp                  demonym     japonesa
il                  demonym     israelíes
gb                  altLabel    Gran Bretaña
gb                  hiddenLabel Inglaterra
gb                  demonym     inglesa
gq                  demonym     ecuatoguineanos
eh                  demonym     saharauis
bo                  capital     Sucre
bo                  capital     La Paz
za                  capital     Pretoria
ua                  sameAs      Q212
ve                  sameAs      Q717
mx-government       altLabel    Gobierno mexicano
mx-government       metonym     Palacio Nacional
us-government       metonym     Washington
es-government       metonym     la Moncloa
es-government       metonym     Madrid
ar-government       metonym     Casa Rosada
br-government       metonym     Planalto
cl-government       metonym     La Moneda
co-government       metonym     Casa de Nariño
ve-government       metonym     Miraflores
ec-government       metonym     Carondelet
ru-government       metonym     Kremlin
bo-government       metonym     La Paz
fr-government       metonym     Elíseo
gb-government       metonym     Downing Street
itamaraty           country     br
itamaraty           metonym     Itamaraty
pe-foreign-ministry metonym     Torre Tagle
fr-foreign-ministry metonym     Quai d'Orsay
white-house         memberOf    us-government
european-commission metonym     Bruselas
european-commission memberOf    eu
eu                  altLabel    UE
eu                  sameAs      Q458
un                  altLabel    ONU
nato                altLabel    OTAN
oas                 sameAs      Q123759
cia                 altLabel    CIA
cia                 country     us
usda                altLabel    USDA
sre                 altLabel    SRE
sre                 memberOf    mx-government
conagua             altLabel    Conagua
dian                country     co
banrep              label       Banco de la República
guardia-civil       country     es
cjng                altLabel    CJNG
eln                 country     co
sinaloa-cartel      country     mx
new-york-times      altLabel    NYT
new-york-times      sameAs      Q9684
reuters             country     gb
granma              country     cu
pemex               country     mx
petrobras           country     br
ypf                 country     ar
pp                  country     es
psoe                altLabel    PSOE
republican-party    sameAs      Q29468
polisario           country     eh
claudia-sheinbaum   title       presidenta de México
claudia-sheinbaum   memberOf    mx-government
donald-trump        title       presidente de Estados Unidos
donald-trump        sameAs      Q22686
marco-rubio         memberOf    state-department
joe-biden           title       expresidente de Estados Unidos
gustavo-petro       country     co
jose-manuel-albares memberOf    es-foreign-ministry
yamandu-orsi        title       presidente de Uruguay
santiago-pena       country     py
felipe-vi           title       rey de España
antonio-guterres    memberOf    un
mark-rutte          memberOf    nato
"""

# What must not be claimed: a place that stands for somebody else, or a word that means something else.
FALSEHOODS = """
be-government       metonym     Bruselas
sc-government       metonym     Victoria
us                  altLabel    EU
us                  altLabel    US
claudia-sheinbaum   altLabel    Sheinbaum
revista-semana      label       Semana
podemos             altLabel    Podemos
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    return [(parts[0], parts[1], parts[2]) for parts in (line.split(None, 2) for line in table.strip().splitlines())]


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return list(ox.parse(path=FILE, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def actors(quads: list[ox.Quad]) -> dict[str, dict[str, list[ox.Term]]]:
    """Actor id → local name of the property → its values."""
    found: dict[str, dict[str, list[ox.Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        local = re.split(r"[#/]", quad.predicate.value)[-1]
        found[quad.subject.value.removeprefix(ACTOR)][local].append(quad.object)
    return found


@pytest.fixture(scope="module")
def plain(actors: dict[str, dict[str, list[ox.Term]]]) -> set[tuple[str, str, str]]:
    """Every triple as three short words."""
    return {
        (a, p, re.sub(r"^http.*[/#]", "", o.value))
        for a, values in actors.items()
        for p, objects in values.items()
        for o in objects
    }


def kind(values: dict[str, list[ox.Term]]) -> str:
    return values["type"][0].value.removeprefix(BR)


def in_language(terms: list[ox.Term], language: str | None) -> list[str]:
    return [t.value for t in terms if isinstance(t, ox.Literal) and t.language == language]


def test_no_blank_nodes_and_only_actors_as_subjects(quads: list[ox.Quad]) -> None:
    assert all(isinstance(q.subject, ox.NamedNode) and not isinstance(q.object, ox.BlankNode) for q in quads)
    assert all(re.fullmatch(re.escape(ACTOR) + r"[a-z0-9]+(-[a-z0-9]+)*", q.subject.value) for q in quads)


def test_every_actor_is_described_once() -> None:
    heads = re.findall(r"^actor:(\S+) a br:", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [h for h, n in Counter(heads).items() if n > 1] == []


def test_every_actor_has_one_known_class(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    assert {a for a, v in actors.items() if len(v["type"]) != 1 or kind(v) not in CLASSES} == set()


def test_only_known_properties(quads: list[ox.Quad]) -> None:
    own = {BR + name for name in ("iso", "capital", "demonym", "metonym", "country", "memberOf", "title")}
    expected = own | {RDF_TYPE, LABEL, SKOS + "altLabel", SKOS + "hiddenLabel", SAME_AS}
    assert {q.predicate.value for q in quads} == expected


def test_names_are_spanish_or_need_no_language(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    for actor, values in actors.items():
        spanish, none = in_language(values["label"], "es"), in_language(values["label"], None)
        assert len(spanish) + len(none) == 1, f"{actor}: {values['label']}"
        assert bool(spanish) == (kind(values) in TRANSLATED) or kind(values) == "Company", f"{actor}: language of its label"
        if kind(values) in TRANSLATED:
            assert len(in_language(values["label"], "en")) == 1, f"{actor}: no English label"


def test_names_are_clean(quads: list[ox.Quad]) -> None:
    bad = [
        q.object.value for q in quads if isinstance(q.object, ox.Literal) and q.object.value != " ".join(q.object.value.split())
    ]
    assert bad == []
    assert [q.object.value for q in quads if isinstance(q.object, ox.Literal) and not q.object.value] == []


def test_no_name_stands_twice_on_one_actor(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    for actor, values in actors.items():
        names = [n for p in ("label", "altLabel", "hiddenLabel") for n in values[p] if getattr(n, "language", None) != "en"]
        assert [n for n, count in Counter(t.value for t in names).items() if count > 1] == [], actor


def test_countries_are_whole(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    countries = {a: v for a, v in actors.items() if kind(v) == "Country"}
    assert len(countries) >= 200
    for actor, values in countries.items():
        assert [t.value for t in values["iso"]] == [actor.upper()], f"{actor}: its code"
        assert re.fullmatch(r"[a-z]{2}", actor)
        assert values["capital"] or actor in WITHOUT_CAPITAL, f"{actor}: no capital"
        forms = in_language(values["demonym"], "es")
        assert len(forms) >= 2, f"{actor}: {forms}"
        assert all(f == f.lower() for f in forms), f"{actor}: {forms}"
        assert any(f.endswith("s") for f in forms), f"{actor}: no plural in {forms}"
        changing = [f for f in forms if f.endswith("o")]
        assert all({f[:-1] + e for e in ("a", "os", "as")} <= set(forms) for f in changing), f"{actor}: {forms}"
        assert f"{actor}-government" in actors, f"{actor}: no government"


def test_governments_stand_with_their_country(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    for actor, values in actors.items():
        if kind(values) == "Government":
            assert len(values["country"]) == 1, actor
            if match := re.fullmatch(r"([a-z]{2})-government", actor):
                assert values["country"][0].value == ACTOR + match[1]


def test_references_point_to_actors_of_the_file(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    for actor, values in actors.items():
        for term in values["country"]:
            assert kind(actors.get(term.value.removeprefix(ACTOR), {"type": [ox.Literal("?")]})) == "Country", f"{actor}: {term}"
        for term in values["memberOf"]:
            assert term.value.removeprefix(ACTOR) in actors, f"{actor}: {term}"
            assert term.value != ACTOR + actor
        assert len(values["country"]) <= 1, actor
        assert len(values["memberOf"]) <= 1, actor
        assert len(values["title"]) <= 1, actor


def test_membership_has_no_circle(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    for start in actors:
        seen, actor = set(), start
        while actors[actor]["memberOf"]:
            assert actor not in seen, f"{start}: a circle over {actor}"
            seen.add(actor)
            actor = actors[actor]["memberOf"][0].value.removeprefix(ACTOR)


def test_same_class_and_label_only_in_different_countries(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for actor, values in actors.items():
        country = values["country"][0].value if values["country"] else ""
        for label in in_language(values["label"], "es") + in_language(values["label"], None):
            key = (kind(values), label, country)
            assert key not in seen, f"{actor} and {seen[key]} are both {label!r}"
            seen[key] = actor


def test_wikidata_identifiers(quads: list[ox.Quad]) -> None:
    same = [q for q in quads if q.predicate.value == SAME_AS]
    assert all(re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", q.object.value) for q in same)
    assert [o for o, n in Counter(q.object.value for q in same).items() if n > 1] == []
    assert [s for s, n in Counter(q.subject.value for q in same).items() if n > 1] == []


def test_offices_say_of_whom_they_are(actors: dict[str, dict[str, list[ox.Term]]]) -> None:
    """A title starts with the office in lower case; whoever left it belongs to no government any more."""
    for actor, values in actors.items():
        for title in in_language(values["title"], "es"):
            assert title[0].islower(), f"{actor}: {title}"
            if re.match(r"ex ?(presidente|canciller|ministr|secretari|primer|vicepresidente)", title):
                assert not any(t.value.endswith("-government") for t in values["memberOf"]), f"{actor}: {title}"
    assert {kind(v) for v in actors.values() if v["title"]} == {"Person"}


@pytest.mark.parametrize(("actor", "prop", "value"), rows(FACTS))
def test_facts(plain: set[tuple[str, str, str]], actor: str, prop: str, value: str) -> None:
    assert (actor, prop, value) in plain


@pytest.mark.parametrize(("actor", "prop", "value"), rows(FALSEHOODS))
def test_falsehoods(plain: set[tuple[str, str, str]], actor: str, prop: str, value: str) -> None:
    assert (actor, prop, value) not in plain
