"""What the vocabulary answers, and how it fails. Expected values come from the design of the ontology, not from its files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import vocabulary
from kg.errors import OntologyError
from kg.vocabulary import BR, PLOVER_TYPES, br, broader, check, label, members, ontology_dir, ontology_files, plover_type

PREFIXES = """
    @prefix br: <https://w3id.org/bilateral/ontology#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def folder_with(tmp_path: Path, turtle: str) -> Path:
    (tmp_path / "extra.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    return tmp_path


def test_schemes_hold_the_concepts_of_the_design() -> None:
    assert members("stances") == ("affirms", "conditional", "denies", "doubts", "opposes", "supports")
    assert members("statuses") == ("abandoned", "accepted", "pending", "proposed", "rejected", "renewed")
    assert members("factualities") == ("actual", "negated", "planned", "possible")
    assert members("comparators") == ("about", "almost", "exact", "less", "more")
    assert members("changes") == ("decrease", "increase", "level")
    assert {"security", "migration", "trade", "water", "fishing"} <= set(vocabulary.topics())
    assert {*PLOVER_TYPES, "other", "phone-call"} <= set(vocabulary.event_types())
    assert len(PLOVER_TYPES) == len(set(PLOVER_TYPES)) == 16


@pytest.mark.parametrize(
    ("finer", "type_"),
    [
        ("phone-call", "consult"),
        ("extradition", "cooperate"),
        ("capture", "coerce"),
        ("tariff", "sanction"),
        ("recall", "sanction"),
        ("deployment", "mobilize"),
        ("killing", "assault"),
        ("strike", "protest"),
        ("promise", "agree"),
        ("leaving", "retreat"),
        ("lifting", "concede"),
        ("subsidy", "aid"),
        ("summons", "accuse"),
        ("refusal", "reject"),
        ("demand", "request"),
        ("endorsement", "support"),
        ("threaten", "threaten"),
        ("vote", "other"),
        ("no-comment", "other"),
        ("other", "other"),
    ],
)
def test_event_types_lead_to_their_plover_type(finer: str, type_: str) -> None:
    assert plover_type(finer) == type_


def test_broader_narrower_ancestors() -> None:
    words = vocabulary.vocabulary()
    assert broader("phone-call") == "consult"
    assert broader("consult") is None
    assert {"phone-call", "meeting", "visit", "summit", "talks"} <= set(words.narrower("consult"))
    assert words.ancestors("phone-call") == ("consult",)


def test_labels_and_definitions_by_language() -> None:
    words = vocabulary.vocabulary()
    assert label("phone-call") == "llamada telefónica"
    assert label("phone-call", "en") == "phone call"
    assert label("phone-call", "fr") == "llamada telefónica"
    assert label("stance", "en") == "stance"
    assert label("Actor", "es") == "actor"
    assert words.definition("Proposal", "en").startswith("Something that one side puts forward")
    assert words.definition("Proposal", "fr") == ""


def test_words_of_a_topic() -> None:
    assert {"migrante", "asilo", "deportación"} <= set(vocabulary.words("migration", "noun"))
    assert vocabulary.words("migration", "noun", "en") == ()


def test_kinds_of_actors() -> None:
    assert vocabulary.actor_kinds() == {
        "Actor",
        "Person",
        "Country",
        "Government",
        "PublicBody",
        "MediaOutlet",
        "CriminalOrganization",
        "InternationalOrganization",
        "Company",
        "Party",
        "CivilOrganization",
        "Group",
    }
    assert vocabulary.vocabulary().subclasses("Event") == {"Event", "Statement"}


def test_a_declared_term_is_an_iri() -> None:
    assert br("stance") == ox.NamedNode(BR + "stance")
    assert br("phone-call") == ox.NamedNode(BR + "phone-call")


def test_undeclared_terms_fail_with_the_nearest_names() -> None:
    with pytest.raises(OntologyError, match=r"br:stanse: no such term; did you mean br:stance"):
        br("stanse")
    with pytest.raises(OntologyError, match=r"br:stance-taking-xyz: no such term is declared"):
        br("stance-taking-xyz")
    with pytest.raises(OntologyError, match=r"br:stnces: no such scheme; did you mean br:stances"):
        members("stnces")
    with pytest.raises(OntologyError, match=r"br:phonecall: no such event type; did you mean br:phone-call"):
        plover_type("phonecall")
    with pytest.raises(OntologyError, match=r"br:supports: no such event type"):
        plover_type("supports")
    with pytest.raises(OntologyError, match=r"br:stance: no such concept"):
        broader("stance")
    with pytest.raises(OntologyError, match=r"br:Actors: no such class; did you mean br:Actor"):
        vocabulary.vocabulary().subclasses("Actors")


def test_the_installed_ontology_is_whole() -> None:
    check()


def test_files_are_those_of_the_folder() -> None:
    names = [path.name for path in ontology_files()]
    assert names == sorted(names)
    assert {"bilateral.ttl", "concepts.ttl", "alignments.ttl", "shapes.ttl"} <= set(names)
    assert (ontology_dir() / "queries").is_dir()


def test_a_further_folder_adds_a_concept(tmp_path: Path) -> None:
    extra = folder_with(
        tmp_path,
        'br:video-call a skos:Concept ; skos:inScheme br:eventTypes ; skos:broader br:phone-call ; br:noun "videollamada"@es .',
    )
    check(extra)
    words = vocabulary.vocabulary(extra)
    assert words.plover_type("video-call") == "consult"
    assert words.words("video-call", "noun") == ("videollamada",)
    assert "video-call" not in vocabulary.event_types()


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        (
            'br:x a skos:Concept ; skos:inScheme br:topics ; br:nuon "x"@es .',
            r"ontology#x>?: br:nuon: no such term; did you mean br:noun",
        ),
        ("br:x a skos:Concept .", r"br:x"),
        ("br:x a skos:Concept ; skos:inScheme br:topics, br:stances .", r"br:x: in several schemes \(stances, topics\)"),
        (
            "br:x a skos:Concept ; skos:inScheme br:topics ; skos:broader br:agree .",
            r"br:x: skos:broader br:agree of another scheme",
        ),
        ("br:x a skos:Concept ; skos:inScheme br:topics ; skos:broader br:x .", r"br:x: skos:broader leads back to itself"),
        (
            "br:x a skos:Concept ; skos:inScheme br:eventTypes ; skos:broader br:agree, br:consult .",
            r"br:x: several skos:broader \(agree, consult\)",
        ),
    ],
)
def test_broken_folders_are_told(tmp_path: Path, turtle: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        check(folder_with(tmp_path, turtle))


def test_broken_turtle_is_told_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"extra\.ttl, line \d+: .*expected Turtle"):
        check(folder_with(tmp_path, "br:x a \n"))
    with pytest.raises(OntologyError, match=r"no such folder"):
        check(tmp_path / "none")


def test_neither_rdflib_nor_spacy_is_loaded() -> None:
    code = "import sys, kg.vocabulary as v; v.br('stance'); print(sorted({'rdflib', 'spacy', 'pyshacl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
