"""Article → parsed Document.

The pipeline is spaCy's; which one is decided here and nowhere else: the compact Spanish pipeline that ships beside this module
(``es_kg_sm``, data under its own licence, see its model card), or any installed one named by ``--spacy-model`` or the environment
variable ``KG_SPACY_MODEL``. Every block is parsed by itself, because the parser would let headings, list items and table rows melt
into their neighbours; table rows are not parsed at all (the model card: their trees mean nothing).
"""

from __future__ import annotations

import functools
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.mending import mend
from kg.model import Article, Document, Sentence, Token

SHIPPED = Path(__file__).parent / "es_kg_sm"
LANGUAGES = ("es",)
BATCH = 64  # blocks handed to the pipeline at once: enough for its matrix products, little memory

# "Rabat, 12 feb (Meridia).- España y Marruecos …", "Santiago, 14 may.- El ministro …", "LIMA.- Perú …": the dateline is no part of the
# sentence, and the tokenizer would glue it to the text.
_DATELINE = re.compile(
    r"[A-ZÁÉÍÓÚÑ](?:[\w ./]{1,40}(?:, [^()\n]{3,30})? ?\([^()\n]{2,40}\)\s*\.?\s*"
    r"|[\w ./]{1,40}, \d{1,2}(?: de)? [a-záéíóú]{3,10}(?: de \d{4})?\.?\s*|[\w ]{1,30}\.)[-–—]+\s*(?=\S)"
)
# "**08:15** El presidente …", "10.40 h. | …", "R. …", "**Pregunta.** …": the time of a live blog's entry, the label of an interview's turn.
_STAMP = re.compile(
    r"(?:\*\*|__|\[|\()?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:h\b\.?|hs\b\.?|horas?\b|[ap]\.?\s?m\b\.?|GMT|CET))?(?:\*\*|__|\]|\))?"
    r"\s*[.:|·•–—-]*(?:\*\*|__)?\s+(?=[\w«“\"¿¡*])"
)
_TURN = re.compile(
    r"(?P<bold>\*\*|__)?(?:Pregunta|Respuesta|PREGUNTA|RESPUESTA|P|R)(?(bold)[.:]?(?:\*\*|__)[.:]?|[.:])\s?[-–—]*\s*(?=[¿¡A-ZÁÉÍÓÚÑ«“\"0-9])"
)


@functools.lru_cache(maxsize=2)
def pipeline(model: str | None = None) -> Any:
    """The spaCy pipeline ``model`` (default: ``KG_SPACY_MODEL``, else the shipped one), loaded once per process.

    Raises InputError when it is not installed.
    """
    import spacy

    name = model or os.environ.get("KG_SPACY_MODEL") or str(SHIPPED)
    try:
        nlp = spacy.load(name, exclude=["ner"])
    except OSError:
        raise InputError(
            f"spaCy pipeline '{name}': not installed; expected the name of an installed pipeline or a folder"
        ) from None
    return nlp


def parse(articles: Iterable[Article], model: str | None = None) -> Iterator[Document]:
    """Parse articles in order; one Document each. Sentences keep offsets into the article's body.

    Raises InputError for a language that neither the shipped pipeline nor a chosen one reads.
    """
    nlp = None
    for article in articles:
        if article.language not in LANGUAGES and not (model or os.environ.get("KG_SPACY_MODEL")):
            raise InputError(
                f"{article.path or article.id}: no pipeline for language '{article.language}'; expected {', '.join(LANGUAGES)} "
                "or --spacy-model with an installed pipeline"
            )
        nlp = nlp or pipeline(model)
        yield parse_article(article, nlp)


def parse_article(article: Article, nlp: Any) -> Document:
    """Parse one article's blocks with ``nlp``."""
    blocks = [b for b in article.blocks if b.kind != "row"]
    starts = [_start(article.text, b.start, b.end) for b in blocks]
    sentences: list[Sentence] = []
    docs = nlp.pipe((article.text[start : b.end] for b, start in zip(blocks, starts, strict=True)), batch_size=BATCH)
    for block, start, doc in zip(blocks, starts, docs, strict=True):
        _retag(doc, nlp)
        for tokens in _sentences(doc, start):
            sentences.append(Sentence(len(sentences), block.index, mend(tokens) if article.language == "es" else tokens))
    return Document(article, tuple(sentences))


def _retag(doc: Any, nlp: Any) -> None:
    """Mend verbs of saying that the tagger took for something else at the head of a clause: "Desmiente que …", "Mendieta jura que …".

    A word before "que" that opens the sentence or follows a proper name can only be a verb there; its lemma is made anew as one.
    """
    if "lemmatizer" not in nlp.pipe_names:
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    for token, following in itertools.pairwise(doc):
        if _verb_of_clause(token) or (following.lower_ == "que" and _verb_before_que(token)):
            _as_verb(token, lemmatizer)


def _verb_of_clause(token: Any) -> bool:
    """Whether a noun or adjective heads a clause with a subject before it and a conjunction: then it is no noun."""
    if token.pos_ not in ("NOUN", "ADJ") or token.dep_ not in ("acl:relcl", "advcl", "ccomp"):
        return False
    children = list(token.children)
    return bool(
        any(k.dep_ == "nsubj" and k.i < token.i for k in children)
        and any(k.lower_ in ("que", "como", "cuando") for k in children)
        and not any(k.dep_ in ("cop", "det", "case") for k in children)
    )


def _verb_before_que(token: Any) -> bool:
    """Whether the word before "que" looks like a verb of the third person, and opens the sentence or follows a name."""
    if token.pos_ not in ("ADV", "NOUN", "ADJ", "PROPN", "PRON", "INTJ") or len(token) < 4:
        return False
    opens: bool = token.is_sent_start or (token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.is_lower)
    return opens and str(token.lower_).endswith(("a", "e", "an", "en", "ó", "ron"))


def _as_verb(token: Any, lemmatizer: Any) -> None:
    """Make a token a finite verb of the third person if the lemmatizer knows it as one; else leave it as it was."""
    pos, morph, lemma = token.pos_, str(token.morph), token.lemma_
    number = "Plur" if token.lower_.endswith("n") else "Sing"
    time = "Past" if token.lower_.endswith(("ó", "ron")) else "Pres"
    token.pos_ = "VERB"
    token.set_morph(f"Mood=Ind|Number={number}|Person=3|Tense={time}|VerbForm=Fin")
    verb = lemmatizer.lemmatize(token)[0]
    if verb != token.lower_ and verb.endswith(("ar", "er", "ir")):
        token.lemma_ = verb
    else:
        token.pos_, token.lemma_ = pos, lemma
        token.set_morph(morph)


def _start(text: str, start: int, end: int) -> int:
    """Where the sentences of a block begin: behind its dateline, the time of its entry or the label of its turn, if it has one."""
    for opening in (_DATELINE, _STAMP, _TURN):
        match = opening.match(text, start, end)
        if match and match.end() < end:
            return match.end()
    return start


def _sentences(doc: Any, offset: int) -> Iterator[tuple[Token, ...]]:
    """The sentences of one parsed block as plain tokens; indices count from the sentence's first token."""
    for sent in doc.sents:
        tokens = tuple(_token(token, sent.start, offset) for token in sent)
        if any(t.pos != "SPACE" for t in tokens):
            yield tokens


def _token(token: Any, first: int, offset: int) -> Token:
    """A spaCy token as a plain one; ``first`` is its sentence's first token, ``offset`` where the parsed text begins in the body."""
    start, text = offset + token.idx, token.text
    place = (token.i - first, start, start + len(text), text)
    head = token.head.i - first
    if token.is_space:
        return Token(*place, "", "", "SPACE", "", "dep", head)
    return Token(*place, text.lower(), token.lemma_.lower(), token.pos_, str(token.morph), token.dep_, head)
