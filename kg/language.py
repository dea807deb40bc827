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
from kg.mending import known_forms, mend
from kg.model import Article, Document, Sentence, Token

SHIPPED = Path(__file__).parent / "es_kg_sm"
LANGUAGES = ("es",)
BATCH = 64  # blocks handed to the pipeline at once: enough for its matrix products, little memory

# "Rabat, 12 feb (Meridia).- España y Marruecos …", "Leticia (Colombia), 19 may (Efe).- …",
# "Santiago, 14 may.- El ministro …", "LIMA.- Perú …": the dateline is no part of the
# sentence, and the tokenizer would glue it to the text.
_DATELINE = re.compile(
    r"[A-ZÁÉÍÓÚÑ](?:[\w ./]{1,40}(?: \([^()\n]{2,30}\))?(?:, [^()\n]{3,30})? ?\([^()\n]{2,40}\)\s*\.?\s*"
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

#: Abbreviations that a sentence may end in, and the small words that the next one begins with.
_ABBREVIATED = re.compile(
    r"(?:EE\. ?UU|EE\.?UU|E\.U|E\.U\.A|U\.S|UU|R\.U|D\.C|S\. ?A|S\. ?L|S\.A\.S|C\.V|Ltda|Inc|Corp|etc|[ap]\.? ?m|[A-Z])\."
)
#: The same in a text, with something behind it that a sentence may begin with: few blocks have any.
_ABBREVIATION = re.compile(rf"(?<!\w){_ABBREVIATED.pattern}\s+[^\W\d_a-záéíóúñ]|(?<!\w){_ABBREVIATED.pattern}\s*[“«\"‘'¡¿]")
_BEGINNINGS = frozenset(
    re.findall(
        r"\w+",
        "el la los las un una unos unas lo su sus este esta estos estas ese esa esos esas aquel aquella ambos ambas otro otra otros otras"
        " en por para según tras desde hasta con sin sobre ante entre durante contra bajo mediante al a de del pero y sin aunque mientras"
        " cuando como si no ya también tampoco además así ahora ayer hoy anoche ni nadie nada ninguno todo todos todas cada muchos varios"
        " quien quienes donde luego después antes entonces allí allá ahí aquí solo apenas se le les",
    )
)
#: What the tagger takes a verb for.
_MISTAKEN = frozenset({"NOUN", "ADJ", "ADV", "PROPN", "INTJ", "ADP"})
#: Endings of verbs only: "ó" of names is ruled out by the lemmatizer, which knows the verb or doesn't.
_PAST = re.compile(r"\w{2}(?:ó|aron|ieron|jeron)$")
#: Endings of a sentence's first word that make it a plural or a conditional.
_OPENING = re.compile(r"(?:[ae]n|rían?)$")
#: Pronouns that are articles, too; and all that lean on a verb behind them.
_OBJECTS = ("lo", "la", "los", "las")
_LEANING = (*_OBJECTS, "le", "les", "se", "nos", "me")
#: Tags that are never given to a verb by mistake; endings of the third person; what the head of a clause is called.
_SETTLED = frozenset({"VERB", "AUX", "PUNCT", "DET", "CCONJ", "SCONJ", "NUM", "SYM", "SPACE", "PART", "X"})
_ENDINGS = ("a", "e", "o", "n", "ó")
_CLAUSES = ("acl:relcl", "advcl", "ccomp")
#: What opens somebody's words, and how the forms end in which people speak of themselves or tell others what to do.
_OPENING_MARKS = frozenset("“«\"‘'¡¿")
_SPOKEN = (
    ("mos", "Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin"),
    ("é", "Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin"),
    ("í", "Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin"),
    ("o", "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin"),
    ("an", "Mood=Sub|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
    ("en", "Mood=Sub|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
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
    infinitives = _infinitives(nlp)
    docs = nlp.pipe(
        (_tokens(article.text[start : b.end], nlp) for b, start in zip(blocks, starts, strict=True)), batch_size=BATCH
    )
    for block, start, doc in zip(blocks, starts, docs, strict=True):
        _retag(doc, nlp)
        for tokens in _sentences(doc, start):
            sentences.append(
                Sentence(len(sentences), block.index, mend(tokens, infinitives) if article.language == "es" else tokens)
            )
    return Document(article, tuple(sentences))


@functools.lru_cache(maxsize=2)
def _infinitives(nlp: Any) -> frozenset[str]:
    """The infinitives that the pipeline's lemmatizer knows; none where it has no list of them."""
    if "lemmatizer" not in nlp.pipe_names:
        return frozenset()
    lookups = nlp.get_pipe("lemmatizer").lookups
    return frozenset(lookups.get_table("lemma_index").get("verb", ())) if lookups.has_table("lemma_index") else frozenset()


def _tokens(text: str, nlp: Any) -> Any:
    """The tokens of a block, with sentences that end in an abbreviation told from the next: "… en EE.UU. La ministra …".

    The tokenizer gives the full stop to the abbreviation, and the parser then reads both sentences as one. A letter that is a name
    gets its full stop back: "en la red X. Negó …".
    """
    doc = nlp.make_doc(text)
    if not _ABBREVIATION.search(text):
        return doc
    ends = [i for i in range(1, len(doc) - 1) if _ABBREVIATED.fullmatch(doc[i].text) and _begins(doc, i + 1)]
    letters = [i for i in ends if len(doc[i]) == 2]
    ends = [i for i in ends if i not in letters or doc[i - 1].is_lower]
    if not ends:
        return doc
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | None] = []
    for i, token in enumerate(doc):
        parts = [token.text[:1], "."] if i in ends and i in letters else [token.text]
        words += parts
        spaces += [False] * (len(parts) - 1) + [bool(token.whitespace_)]
        starts += [i - 1 in ends or None] + [None] * (len(parts) - 1)
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _begins(doc: Any, i: int) -> bool:
    """Whether a sentence begins at token ``i``: with a quotation, a small word in a capital or a form that only verbs have."""
    token = doc[i]
    if token.text in _OPENING_MARKS and i + 1 < len(doc):
        return bool(doc[i + 1].text[:1].isupper())
    if not token.is_title:
        return False
    known = known_forms().get(token.lower_, ("", ""))[1]
    return token.lower_ in _BEGINNINGS or "Tense=Past" in known or "Mood=Cnd" in known


def _retag(doc: Any, nlp: Any) -> None:
    """Mend verbs that the tagger took for something else where nothing else can stand.

    At the head of a clause ("Desmiente que …", "Mendieta jura que …"), behind an unstressed pronoun ("Bolivia lo secunda"), and where
    the form is no other word's ("a quien este diario telefoneó", "Amenazó, además, con …"). The lemma is made anew as a verb's.
    """
    if "lemmatizer" not in nlp.pipe_names:
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    marks = {doc.vocab.strings[mark] for mark in _OPENING_MARKS}
    for i, form in enumerate(doc.to_array("ORTH").tolist()[:-1], 1):
        if form in marks and doc[i].pos_ in ("PROPN", "ADJ") and _speaks(doc[i], lemmatizer):
            _govern(doc[i])
    for token, following in _suspects(doc):
        if _verb_of_clause(token) or (_verb_before_que(token) and _que_follows(token)):
            _as_verb(token, lemmatizer, guess=True)
        elif token.lower_ in known_forms() and not token.is_sent_start:
            continue  # mended with its subject: see kg.mending
        elif (_past_form(token) or _opening_form(token, following) or _verb_behind_pronoun(token, lemmatizer)) and _as_verb(
            token, lemmatizer
        ):
            _govern(token)


def _suspects(doc: Any) -> list[tuple[Any, Any]]:
    """The words that may be verbs by their ending and their place, each with the word behind it: few of many, told fast.

    Read from arrays, as in :func:`_sentences`.
    """
    strings = doc.vocab.strings
    columns = doc.to_array(["LOWER", "POS"]).tolist()
    names = {pos: strings[pos] for _, pos in columns}
    words, tags = [strings[lower] for lower, _ in columns], [names[pos] for _, pos in columns]
    return [
        (doc[i], doc[i + 1])
        for i in range(len(words) - 1)
        if tags[i] not in _SETTLED
        and words[i].endswith(_ENDINGS)
        and (
            words[i].endswith(("ó", "ron"))
            or i == 0
            or tags[i - 1] == "PROPN"
            or words[i - 1] in _LEANING
            or doc[i].is_sent_start
            or doc[i].dep_ in _CLAUSES
        )
    ]


def _speaks(token: Any, lemmatizer: Any) -> bool:
    """Make the capital word that opens a quotation the verb it is: "«Exijo respeto»", "«Colaboramos, no …»", "«¡Respeten la ley!»".

    Returns whether it is one: no noun or adjective is written like it, and its ending makes an infinitive that the lemmatizer knows.
    """
    features = next((morph for ending, morph in _SPOKEN if token.lower_.endswith(ending)), None)
    index = lemmatizer.lookups.get_table("lemma_index")
    if features is None or not token.text[:1].isupper() or any(token.lower_ in index.get(kind, ()) for kind in ("noun", "adj")):
        return False
    pos, morph = token.pos_, str(token.morph)
    token.pos_ = "VERB"
    token.set_morph(features)
    infinitive = next((x for x in lemmatizer.lemmatize(token) if x in index.get("verb", ())), None)
    if infinitive is None:
        token.pos_ = pos
        token.set_morph(morph)
        return False
    token.lemma_ = infinitive
    if token.dep_ in ("nsubj", "obj", "obl", "appos", "amod", "nmod", "flat"):
        token.dep_ = "parataxis"
    return True


def _govern(verb: Any) -> None:
    """Give a word that is a verb after all a verb's dependents: its pronoun, its circumstances, the name behind it as its subject."""
    for child in verb.children:
        if child.dep_ == "nmod":
            child.dep_ = "obl"
        elif child.dep_ == "flat" and child.i == verb.i + 1:
            child.dep_ = "nsubj"
    if verb.dep_ == "conj" and verb.head.pos_ in ("NOUN", "PROPN") and verb.head.head.pos_ in ("VERB", "AUX"):
        verb.head = verb.head.head
    above = verb.head
    if above.is_upper and above.i < verb.i and above.head == above:  # "ICE lo desmiente": a name of capitals is no verb
        verb.dep_, verb.head = "ROOT", verb
        above.pos_, above.lemma_, above.dep_, above.head = "PROPN", above.text, "nsubj", verb
        above.set_morph("")
    before = verb.nbor(-1) if verb.i else None
    if before is not None and before.lower_ in (*_OBJECTS, "le", "les") and before.dep_ != "case":
        before.pos_, before.head, before.dep_ = "PRON", verb, "obj" if before.lower_ in _OBJECTS else "iobj"


def _que_follows(token: Any) -> bool:
    """Whether "que" follows; an adverb may stand between where the word opens its sentence: "Denuncia también que …"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    words = [k.lower_ for k in behind if k.pos_ != "ADV" or not token.is_sent_start]
    return words[:1] == ["que"]


def _opening_form(token: Any, following: Any) -> bool:
    """Whether a sentence opens with a plural or a conditional that was taken for a name: "Toman nota de que …", "Preferiría no …"."""
    return bool(
        token.is_sent_start
        and token.pos_ in ("PROPN", "NOUN")
        and _OPENING.search(token.lower_)
        and following.pos_ in ("NOUN", "NUM", "DET", "ADV", "PRON", "ADP")
        and not any(k.i > token.i and k.pos_ in ("VERB", "AUX") for k in (token.head, following.head))
    )


def _past_form(token: Any) -> bool:
    """Whether a word that is no name has an ending that only verbs have."""
    lower = token.is_lower or (token.is_sent_start and token.dep_ in ("ROOT", "appos", "dep"))
    return bool(lower and token.pos_ in _MISTAKEN and _PAST.search(token.lower_))


def _verb_behind_pronoun(token: Any, lemmatizer: Any) -> bool:
    """Whether a lower-case word behind "lo", "le", "se" … is the verb that these lean on, and not what an article goes with."""
    if (
        not token.is_lower
        or token.pos_ not in _MISTAKEN
        or token.i == 0
        or not token.lower_.endswith(("a", "e", "an", "en", "ó"))
    ):
        return False
    pronoun = token.nbor(-1).lower_
    if pronoun in _OBJECTS:
        index = lemmatizer.lookups.get_table("lemma_index")
        return not any(token.lower_ in index.get(kind, ()) for kind in ("noun", "adj"))
    return pronoun in _LEANING


def _verb_of_clause(token: Any) -> bool:
    """Whether a noun or adjective heads a clause with a subject before it and a conjunction: then it is no noun."""
    if token.pos_ not in ("NOUN", "ADJ") or token.dep_ not in _CLAUSES:
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


def _as_verb(token: Any, lemmatizer: Any, *, guess: bool = False) -> bool:
    """Make a token a finite verb of the third person if the lemmatizer or the lexicon knows it as one; else leave it as it was.

    ``guess``: also one whose infinitive can only be guessed. Returns whether it is a verb now.
    """
    pos, morph, lemma = token.pos_, str(token.morph), token.lemma_
    number = "Plur" if token.lower_.endswith("n") else "Sing"
    time = "Past" if token.lower_.endswith(("ó", "ron")) else "Pres"
    token.pos_ = "VERB"
    token.set_morph(f"Mood=Ind|Number={number}|Person=3|Tense={time}|VerbForm=Fin")
    verb, *guesses = lemmatizer.lemmatize(token)
    if guesses and token.lower_ in known_forms():
        verb, guesses = known_forms()[token.lower_][0], []
    known = verb != token.lower_ and verb.endswith(("ar", "er", "ir")) and (guess or not guesses)
    if known:
        token.lemma_ = verb
    else:
        token.pos_, token.lemma_ = pos, lemma
        token.set_morph(morph)
    return known


def _start(text: str, start: int, end: int) -> int:
    """Where the sentences of a block begin: behind its dateline, the time of its entry or the label of its turn, if it has one."""
    for opening in (_DATELINE, _STAMP, _TURN):
        match = opening.match(text, start, end)
        if match and match.end() < end:
            return match.end()
    return start


def _sentences(doc: Any, offset: int) -> Iterator[tuple[Token, ...]]:
    """The sentences of one parsed block as plain tokens: offsets in the body, ``offset`` being where the block's text begins; indices
    count from the sentence's first token. Read from arrays, for asking spaCy's tokens one by one takes several times as long."""
    strings = doc.vocab.strings
    columns = doc.to_array(["IDX", "ORTH", "LEMMA", "POS", "MORPH", "DEP"]).tolist()
    heads = doc.to_array("HEAD").astype("int64").tolist()  # distances
    for sent in doc.sents:
        tokens = []
        for i in range(sent.start, sent.end):
            start, orth, lemma, pos, morph, dep = columns[i]
            text, place = strings[orth], i - sent.start
            at = (place, offset + start, offset + start + len(text), text)
            if text.isspace():
                tokens.append(Token(*at, "", "", "SPACE", "", "dep", place + heads[i]))
            else:
                features = strings[morph]
                names = (strings[lemma].lower(), strings[pos], "" if features == "_" else features, strings[dep])
                tokens.append(Token(*at, text.lower(), *names, place + heads[i]))
        if any(t.pos != "SPACE" for t in tokens):
            yield tuple(tokens)
