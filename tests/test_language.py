"""Article → parse: offsets into the untouched body, datelines, blocks, verbs the tagger missed, pipelines that are not there."""

from __future__ import annotations

import pytest

from kg.article import article_from_text
from kg.conjugation import first_person_of, forms_of, lookup
from kg.errors import InputError
from kg.language import parse, pipeline
from kg.lost_verbs import HOMOGRAPHS
from kg.mending import known_forms
from kg.model import Article, Document, Token


def read(text: str) -> Document:
    return next(iter(parse([article_from_text(text, id="text")])))


def token(document: Document, word: str) -> Token:
    return next(t for s in document.sentences for t in s.tokens if t.text == word)


BODY = (
    "# Título de la nota\n\nPerú  cerró\u00a0la frontera. “¿Por qué?”, preguntó Chile… 🇵🇪\n\n"
    "- un punto\n- otro punto\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)


def test_offsets_count_in_the_untouched_body() -> None:
    document = read(BODY)
    for sentence in document.sentences:
        block = document.article.blocks[sentence.block]
        for t in sentence.tokens:
            assert document.article.text[t.start : t.end] == t.text
            assert block.start <= t.start <= t.end <= block.end


def test_heads_and_indices_count_in_the_sentence() -> None:
    for sentence in read(BODY).sentences:
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))
        assert all(0 <= t.head < len(sentence.tokens) for t in sentence.tokens)


def test_sentences_are_numbered_in_order_and_rows_are_not_parsed() -> None:
    document = read(BODY)
    assert [s.index for s in document.sentences] == list(range(len(document.sentences)))
    kinds = {document.article.blocks[s.block].kind for s in document.sentences}
    assert "row" in {b.kind for b in document.article.blocks}
    assert "row" not in kinds


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Rabat, 12 feb (Meridia).- España cerró la frontera.", "España"),
        ("LIMA (Agencia Sur) — Perú cerró la frontera.", "Perú"),
        ("Santiago, 14 may.- Chile cerró la frontera.", "Chile"),
        ("San José, 3 de marzo de 2026 — Nicaragua cerró la frontera.", "Nicaragua"),
        ("LIMA.- Perú cerró la frontera.", "Perú"),
        ("Perú (sin aviso) cerró la frontera.", "Perú"),
        ("Perú, 14 años después, cerró la frontera.", "Perú"),
        ("Perú-Chile: cerró la frontera.", "Perú-Chile"),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(text: str, first: str) -> None:
    document = read(text)
    assert document.sentences[0].tokens[0].text == first
    assert document.article.text == text


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Desmiente que Perú cerrara la frontera.", "Desmiente", "desmentir"),
        ("Atenas urge a Ankara a reabrir el paso.", "urge", "urgir"),
        ("Turquía desmiente el acuerdo.", "desmiente", "desmentir"),
        ("Rechazó Bolivia la propuesta de Chile.", "Rechazó", "rechazar"),
        ("Perú medió entre Chile y Bolivia.", "medió", "mediar"),
        ("Bogotá boicotea la cita.", "boicotea", "boicotear"),
    ],
)
def test_verbs_the_tagger_may_miss_head_their_sentence(text: str, form: str, lemma: str) -> None:
    verb = token(read(text), form)
    assert (verb.pos, verb.lemma, verb.head) == ("VERB", lemma, verb.i)
    assert "VerbForm=Fin" in verb.morph


@pytest.mark.parametrize(
    ("text", "form", "lemma", "pronoun"),
    [
        ("Paraguay celebra las tarifas; Bolivia lo secunda, Uruguay recela.", "secunda", "secundar", "lo"),
        ("La compañía lo desmiente: en un comunicado habla de un descuido.", "desmiente", "desmentir", "lo"),
        ("El ministro de Salud, que no fue consultado, lo deplora.", "deplora", "deplorar", "lo"),
        ("El alcalde leyó los datos y los tildó de inflados.", "tildó", "tildar", "los"),
    ],
)
def test_a_verb_behind_an_unstressed_pronoun_governs_it(text: str, form: str, lemma: str, pronoun: str) -> None:
    document = read(text)
    verb = token(document, form)
    before = next(t for s in document.sentences for t in s.tokens if t.lower == pronoun and t.head == verb.i)
    assert (verb.pos, verb.lemma) == ("VERB", lemma)
    assert (before.pos, before.dep) == ("PRON", "obj")


@pytest.mark.parametrize(
    ("text", "form", "pos"),
    [
        ("Lo grave no es la multa.", "grave", "ADJ"),
        ("Las multas y la pesca preocupan a Lima.", "pesca", "NOUN"),
        ("Lima agradeció el gesto.", "Lima", "PROPN"),
        ("España cierra el paso.", "España", "PROPN"),
    ],
)
def test_a_word_behind_an_article_and_a_name_stay_what_they_are(text: str, form: str, pos: str) -> None:
    assert token(read(text), form).pos == pos


@pytest.mark.parametrize(
    ("text", "form", "time"),
    [
        ("Rusia bloqueó el puerto.", "bloqueó", "Past"),
        ("Lima saqueó el consulado.", "saqueó", "Past"),
        ("Berlín veta la resolución.", "veta", "Pres"),
    ],
)
def test_the_form_tells_the_tense(text: str, form: str, time: str) -> None:
    assert f"Mood=Ind|Number=Sing|Person=3|Tense={time}" in token(read(text), form).morph


@pytest.mark.parametrize("text", ["Nueva protesta en Lima", "La demanda de Chile preocupa.", "Los autores de la protesta."])
def test_nouns_that_look_like_verbs_stay_nouns(text: str) -> None:
    noun = next(t for s in read(text).sentences for t in s.tokens if t.lower in ("protesta", "demanda"))
    assert noun.pos != "VERB"


@pytest.mark.parametrize(
    ("text", "form", "subject"),
    [
        ("Bolivia propuso una veda; Perú la secunda.", "secunda", "Perú"),
        ("Lima aceptó el plazo y la Cancillería chilena no lo ratifica.", "ratifica", "Cancillería"),
        ("Perú denunció un vertido, cosa que la empresa niega.", "niega", "empresa"),
        ("El Canal subirá los peajes y la Cámara Marítima, que no fue consultada, lo deplora.", "deplora", "Cámara"),
        ("« Esto se conversa entre vecinos », zanjó Fuenzalida.", "zanjó", "Fuenzalida"),
        ("El Gobierno dominicano accede.", "accede", "Gobierno"),
        ("Moscú lo niega y amenaza con suspender el acuerdo.", "niega", "Moscú"),
        ("ICE lo desmiente.", "desmiente", "ICE"),
    ],
)
def test_verbs_that_the_tagger_misses_inside_a_sentence_have_their_subject(text: str, form: str, subject: str) -> None:
    document = read(text)
    verb = token(document, form)
    assert (verb.pos, "VerbForm=Fin" in verb.morph) == ("VERB", True)
    assert token(document, subject).head == verb.i


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Hubo nueve muertes en el puerto, cifra que la Fiscalía investiga.", "cifra"),
        ("La ministra habló en voz baja de la vía.", "baja"),
        ("El paso sigue abierto, con escolta o sin consulta.", "escolta"),
        ("No se abrió la frontera.", "se"),
    ],
)
def test_words_that_look_like_verbs_inside_a_sentence_stay(text: str, form: str) -> None:
    assert token(read(text), form).pos != "VERB"


def test_eso_si_is_no_object() -> None:
    document = read("Descarta, eso sí, que se asfalte la ruta.")
    verb = token(document, "Descarta")
    assert (verb.pos, token(document, "eso").pos) == ("VERB", "ADV")
    assert (token(document, "asfalte").dep, token(document, "asfalte").head) == ("ccomp", verb.i)


def test_ir_a_is_the_auxiliary_of_its_infinitive() -> None:
    document = read("Nicaragua no va a cerrar el paso.")
    verb, aux = token(document, "cerrar"), token(document, "va")
    assert (verb.dep, verb.head) == ("ROOT", verb.i)
    assert (aux.dep, aux.head) == ("aux", verb.i)
    assert token(document, "Nicaragua").head == verb.i


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Perú quiere que sus barcos, ya sean pesqueros o patrullas, acompañen a los chilenos.", "acompañen", "barcos"),
        ("Lisboa pide que las empresas, ya sean públicas o privadas, paguen la obra.", "paguen", "empresas"),
    ],
)
def test_an_insertion_is_not_the_clause_that_it_stands_in(text: str, verb: str, subject: str) -> None:
    document = read(text)
    assert token(document, verb).dep == "ccomp"
    assert token(document, subject).head == token(document, verb).i


def test_a_copula_without_an_insertion_stays() -> None:
    document = read("Perú quiere que sus barcos sean pesqueros.")
    assert token(document, "pesqueros").dep == "ccomp"


def test_the_same_text_gives_the_same_parse() -> None:
    assert read(BODY).sentences == read(BODY).sentences


def test_an_empty_article_has_no_sentences() -> None:
    assert next(iter(parse([Article("a", "")]))).sentences == ()


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(InputError, match=r"spaCy pipeline 'xx_no_such': not installed; expected"):
        pipeline("xx_no_such")


def test_a_language_without_pipeline_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_SPACY_MODEL", raising=False)
    with pytest.raises(InputError, match=r"nota\.md: no pipeline for language 'pt'; expected es"):
        list(parse([Article("a", "Texto.", language="pt", path="nota.md")]))


# ---------------------------------------------------------------------------------------------------------------- conjugation


@pytest.mark.parametrize(
    ("infinitive", "form", "features"),
    [
        ("negar", "niega", "Tense=Pres"),
        ("negar", "negó", "Tense=Past"),
        ("pedir", "pide", "Tense=Pres"),
        ("pedir", "pidieron", "Tense=Past"),
        ("enviar", "envía", "Tense=Pres"),
        ("evaluar", "evalúan", "Tense=Pres"),
        ("imponer", "impuso", "Tense=Past"),
        ("reducir", "redujeron", "Tense=Past"),
        ("mantener", "mantuvo", "Tense=Past"),
        ("deshacer", "deshizo", "Tense=Past"),
        ("cerrar", "cerrarán", "Tense=Fut"),
        ("cerrar", "cerraría", "Mood=Cnd"),
        ("imponer", "impondrá", "Tense=Fut"),
    ],
)
def test_forms_of_the_third_person(infinitive: str, form: str, features: str) -> None:
    assert features in dict(forms_of(infinitive))[form]


@pytest.mark.parametrize(
    ("infinitive", "form", "features"),
    [
        ("entregar", "entregaré", "Number=Sing|Person=1|Tense=Fut"),
        ("proponer", "propondremos", "Number=Plur|Person=1|Tense=Fut"),
        ("retener", "retendríamos", "Mood=Cnd|Number=Plur|Person=1"),
        ("explicar", "expliqué", "Number=Sing|Person=1|Tense=Past"),
        ("rechazar", "rechacé", "Number=Sing|Person=1|Tense=Past"),
        ("pedir", "pedí", "Number=Sing|Person=1|Tense=Past"),
        ("proponer", "propusimos", "Number=Plur|Person=1|Tense=Past"),
        ("ofrecer", "ofrecimos", "Number=Plur|Person=1|Tense=Past"),
    ],
)
def test_forms_of_the_first_person(infinitive: str, form: str, features: str) -> None:
    assert features in dict(first_person_of(infinitive))[form]


def test_a_small_word_is_no_first_person() -> None:
    assert "sí" not in lookup(["ser", "salir"])


def test_a_form_of_two_verbs_is_not_looked_up() -> None:
    table = lookup(["crear", "creer", "ir"])
    assert table["creó"][0] == "crear"
    assert "va" not in table
    shared = lookup(["fundar", "fundir", "podar", "poder"])
    assert "puede" in shared
    assert shared["funda"][0] == "fundar"


@pytest.mark.parametrize(
    ("text", "form", "pos"),
    [
        ("Moscú lo niega y amenaza con suspender el acuerdo de cuotas.", "amenaza", "VERB"),
        ("El sindicato critica el plan y demanda una respuesta.", "demanda", "VERB"),
        ("Moscú lamenta la multa y la amenaza de Oslo.", "amenaza", "NOUN"),
        ("La crisis trajo protesta y demanda de cambios.", "demanda", "NOUN"),
    ],
)
def test_a_word_that_is_noun_and_verb_is_what_it_is_joined_to(text: str, form: str, pos: str) -> None:
    assert token(read(text), form).pos == pos


#: Nouns by the pipeline's own list that news has as verbs far more often.
_VERBS_ALL_THE_SAME = {"ansía", "denomina", "guarda", "perece", "queda"}


def test_a_verb_form_that_looks_like_a_noun_is_known_to_do_so() -> None:
    """Whoever adds a verb to the lexicon adds its forms that are nouns to the homographs: "la pesca" is no form of "pescar"."""
    lists = pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    alike = {form for form in known_forms() if form in lists["noun"] or form in lists["adj"]}
    assert alike - HOMOGRAPHS == _VERBS_ALL_THE_SAME
