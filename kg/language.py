"""Article → parsed Document.

The pipeline is spaCy's; which one is decided here and nowhere else: the compact Spanish pipeline that ships beside this module
(``es_kg_sm``, data under its own licence, see its model card), or any installed one named by ``--spacy-model`` or the environment
variable ``KG_SPACY_MODEL``. Every block is parsed by itself, because the parser would let headings, list items and table rows melt
into their neighbours; table rows are not parsed at all (the model card: their trees mean nothing).
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Article, Document, Sentence, Token

SHIPPED = Path(__file__).parent / "es_kg_sm"
LANGUAGES = ("es",)
BATCH = 64  # blocks handed to the pipeline at once: enough for its matrix products, little memory

# "Rabat, 12 feb (Meridia).- España y Marruecos …": the dateline is no part of the sentence, and the tokenizer would glue it to the text.
_DATELINE = re.compile(r"[A-ZÁÉÍÓÚÑ][\w ./]{1,40}(?:, [^()\n]{3,30})? ?\([^()\n]{2,40}\)\s*\.?\s*[-–—]+\s*(?=\S)")


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
        raise InputError(f"spaCy pipeline '{name}': not installed; expected the name of an installed pipeline or a folder") from None
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
            sentences.append(Sentence(len(sentences), block.index, tokens))
    return Document(article, tuple(sentences))


def _retag(doc: Any, nlp: Any) -> None:
    """Mend verbs of saying that the tagger took for something else at the head of a clause: "Desmiente que …", "Mendieta jura que …".

    A word before "que" that opens the sentence or follows a proper name can only be a verb there; its lemma is made anew as one.
    """
    if "lemmatizer" not in nlp.pipe_names:
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    for token in doc[:-1]:
        clausal = token.pos_ in ("NOUN", "ADJ") and token.dep_ in ("acl:relcl", "advcl", "ccomp") and any(k.dep_ == "nsubj" and k.i < token.i for k in token.children)
        if clausal and any(k.lower_ in ("que", "como", "cuando") for k in token.children) and not any(k.dep_ in ("cop", "det", "case") for k in token.children):
            _as_verb(token, lemmatizer)
            continue
        if token.pos_ not in ("ADV", "NOUN", "ADJ", "PROPN", "PRON", "INTJ") or doc[token.i + 1].lower_ != "que" or len(token) < 4:
            continue
        opens = token.is_sent_start or (token.i > 0 and doc[token.i - 1].pos_ == "PROPN" and token.is_lower)
        if not opens or not token.lower_.endswith(("a", "e", "an", "en", "ó", "ron")):
            continue
        _as_verb(token, lemmatizer)


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
    """Where the sentences of a block begin: behind its dateline, if it has one."""
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def _sentences(doc: Any, offset: int) -> Iterator[tuple[Token, ...]]:
    """The sentences of one parsed block as plain tokens; indices count from the sentence's first token."""
    for sent in doc.sents:
        first = sent.start
        tokens = []
        for token in sent:
            if token.is_space:
                head = token.head.i - first
                tokens.append(Token(token.i - first, offset + token.idx, offset + token.idx + len(token), token.text, "", "", "SPACE", "", "dep", head))
                continue
            start = offset + token.idx
            text = token.text
            tokens.append(
                Token(
                    token.i - first,
                    start,
                    start + len(text),
                    text,
                    text.lower(),
                    token.lemma_.lower(),
                    token.pos_,
                    str(token.morph),
                    token.dep_,
                    token.head.i - first,
                )
            )
        if any(t.pos != "SPACE" for t in tokens):
            yield tuple(tokens)
