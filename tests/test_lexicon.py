"""The Spanish lexicon: how a valency is written, that the file is consistent, and that its words fire where they should and only there."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.article import article_from_text
from kg.errors import OntologyError
from kg.extract.analysis import analyse
from kg.extract.frames import find_frames
from kg.extract.lexicon import NAMING, PREPOSITIONS, ROLES, Valency, lexicon, parse_valency, written_out
from kg.language import parse
from kg.vocabulary import BR, ontology_dir, vocabulary

WORDS = ontology_dir() / "lexicon_es.ttl"
CASES = Path(__file__).parent / "cases" / "lexicon_es.csv"


def rows() -> list[tuple[str, str, str]]:
    """Sentence, concept, "yes" where the sentence tells it, "no" where a word only looks like it."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(row["sentence"], row["concept"], row["fires"]) for row in csv.DictReader(lines)]


@functools.lru_cache(maxsize=1)
def literals() -> tuple[tuple[str, str, str], ...]:
    """Concept, property, text of every literal of the file, as often as it is written there (a graph would hold it once)."""
    return tuple(
        (q.subject.value.removeprefix(BR), pos, text)
        for q in ox.parse(path=str(WORDS), format=ox.RdfFormat.TURTLE)
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal)
        for pos in (q.predicate.value.removeprefix(BR),)
        for text in (written_out(q.object.value) if pos in ("verb", "noun", "phrase") else (q.object.value,))
    )


# ---------------------------------------------------------------------------------------------------------------- the notation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("negar", Valency("c", "verb", ("negar",))),
        ("negar se a THEME", Valency("c", "verb", ("negar",), True, complements=(("a", "THEME"),))),
        ("acusar a PATIENT de THEME", Valency("c", "verb", ("acusar",), complements=(("a", "PATIENT"), ("de", "THEME")))),
        ("culpar de THEME a PATIENT", Valency("c", "verb", ("culpar",), complements=(("de", "THEME"), ("a", "PATIENT")))),
        ("atribuir THEME a CAUSE", Valency("c", "verb", ("atribuir",), complements=(("", "THEME"), ("a", "CAUSE")))),
        ("designar THEME como CLASS", Valency("c", "verb", ("designar",), complements=(("", "THEME"), ("como", "CLASS")))),
        ("viajar a PLACE", Valency("c", "verb", ("viajar",), complements=(("a", "PLACE"),))),
        ("THEME caducar", Valency("c", "verb", ("caducar",), subject="THEME")),
        ("THEME entrar en vigor", Valency("c", "verb", ("entrar", "en", "vigor"), subject="THEME")),
        ("llegar a acuerdo", Valency("c", "verb", ("llegar", "a", "acuerdo"))),
        ("tachar de falso THEME", Valency("c", "verb", ("tachar", "de", "falso"), complements=(("", "THEME"),))),
        ("mostrar se dispuesto a THEME", Valency("c", "verb", ("mostrar", "dispuesto"), True, complements=(("a", "THEME"),))),
        ("no querer comentar", Valency("c", "verb", ("no", "querer", "comentar"))),
    ],
)
def test_a_verb_is_written_with_its_complements(text: str, expected: Valency) -> None:
    assert parse_valency("c", "verb", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("captura de PATIENT por AGENT", Valency("c", "noun", ("captura",), complements=(("de", "PATIENT"), ("por", "AGENT")))),
        ("nota de protesta de AGENT", Valency("c", "noun", ("nota", "de", "protesta"), complements=(("de", "AGENT"),))),
        ("huelga de hambre", Valency("c", "noun", ("huelga", "de", "hambre"))),
    ],
)
def test_a_noun_is_written_with_its_complements(text: str, expected: Valency) -> None:
    assert parse_valency("c", "noun", text) == expected


def test_alternatives_are_written_out() -> None:
    assert written_out("cortar|bloquear ruta|calle") == ("cortar ruta", "cortar calle", "bloquear ruta", "bloquear calle")
    assert written_out("enviar a PATIENT") == ("enviar a PATIENT",)


def test_a_set_phrase_keeps_its_se() -> None:
    assert parse_valency("c", "phrase", "no se negociar") == Valency("c", "phrase", ("no", "se", "negociar"))


@pytest.mark.parametrize("text", ["", "AGENT", "THEME PATIENT"])
def test_a_valency_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(OntologyError, match=r"br:c: '.*': no word; expected a lemma"):
        parse_valency("c", "verb", text)


# ---------------------------------------------------------------------------------------------------------------- the file


def test_no_literal_stands_twice_under_one_concept() -> None:
    assert [literal for literal, times in Counter(literals()).items() if times > 1] == []


def test_the_words_belong_to_concepts_and_classes_that_exist() -> None:
    known = set(vocabulary().concepts) | set(vocabulary().classes)
    assert {concept for concept, _, _ in literals()} <= known


def test_every_event_type_and_stance_that_words_can_tell_has_words() -> None:
    schemes = vocabulary().schemes
    worded = {concept for concept, pos, _ in literals() if pos in ("verb", "noun", "phrase")}
    # told by a negation, a condition or another concept's words: rejecting is br:refusal's, a treaty is a thing
    untold = {"reject", "veto", "demand", "petition", "treaty", "endorsement", "conditional"}
    assert set(schemes["eventTypes"]) | set(schemes["stances"]) <= worded | untold


@pytest.mark.parametrize("concept", sorted(set(vocabulary().concepts) - set(vocabulary().schemes["topics"])))
def test_valencies_are_well_formed(concept: str) -> None:
    for owner, pos, text in literals():
        if owner != concept or pos not in ("verb", "noun", "phrase"):
            continue
        tokens = text.split()
        assert text == " ".join(tokens), text
        if owner in NAMING:  # names keep their capitals
            assert not set(tokens) & ROLES, text
            continue
        for token in tokens:
            assert token in ROLES or token == token.lower(), f"{owner}: '{text}': '{token}' is no role; words are in lower case"
        valency = parse_valency(owner, pos, text)  # type: ignore[arg-type]
        assert {preposition for preposition, _ in valency.complements} <= PREPOSITIONS | {""}, text
        assert len(set(valency.complements)) == len(valency.complements), text
        assert pos != "verb" or valency.words[0] in ("no", "sin") or re.search(r"(ar|er|ir|ír)$", valency.words[0]), text


def test_longer_wordings_come_first() -> None:
    entries = lexicon().verbs["retirar"]
    assert [len(e.words) for e in entries] == sorted((len(e.words) for e in entries), reverse=True)
    assert {e.concept for e in entries if e.words == ("retirar", "a", "embajador")} == {"recall"}


def test_every_everyday_wording_keeps_some_other_word_silent() -> None:
    for entries in (lexicon().verbs, lexicon().nouns):
        alone = {lemma for lemma, valencies in entries.items() if {v.concept for v in valencies} == {"everyday"}}
        assert alone == set()


def test_a_narrower_event_type_stands_under_its_kind() -> None:
    assert lexicon().is_a("tariff", "sanction")
    assert lexicon().is_a("recall", "sanction")
    assert not lexicon().is_a("tariff", "threaten")


# ---------------------------------------------------------------------------------------------------------------- the words in use


def signalled(sentence: str) -> set[str]:
    """The concepts of the frames in one sentence, read as an article of one paragraph."""
    article = article_from_text(sentence, id="sentence")
    return {frame.concept for frame in find_frames(analyse(next(iter(parse([article])))))}


def test_there_are_enough_cases() -> None:
    assert sum(fires == "yes" for _, _, fires in rows()) >= 80
    assert sum(fires == "no" for _, _, fires in rows()) >= 30


@pytest.mark.parametrize(("sentence", "concept", "fires"), rows())
def test_words_fire_where_they_tell_it(sentence: str, concept: str, fires: str) -> None:
    assert concept in vocabulary().concepts
    assert (concept in signalled(sentence)) == (fires == "yes")
