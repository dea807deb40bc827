"""Predicates with their roles: every verb, participle, noun and set phrase of the lexicon where the text uses it.

A frame says who does what to whom in which words, before any decision on what kind of fact it is. Roles come from the valency of the
lexicon entry and the dependency tree; where the tree gives no subject, from the surface of the clause, and at last from what the text
was talking about (pro-drop). Generic constructions × lexical entries, not one pattern per verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.datelines import dateline
from kg.extract.frame import Form, Frame
from kg.extract.lexicon import Valency, lemmas_of
from kg.extract.named_subjects import Subject
from kg.extract.noun_frames import LIGHT, PUTTING, noun_frame, ordered
from kg.extract.relative_subjects import CLITICS
from kg.extract.result_frames import result_frame, resulting
from kg.extract.subjects import named_subject, subject_of
from kg.extract.syntax import SUBJECTS, Tree, clause_span, finite_morph, has_se, is_verb, predicate_above, tense
from kg.extract.topics import Topics
from kg.extract.triggers import fitting, noun_entries, participle_lemma, verb_lemma
from kg.extract.verb_frames import opening_participle, participle_frame, verb_frame
from kg.vocabulary import event_types

__all__ = ["LIGHT", "PUTTING", "Form", "Frame", "Subject", "Topics", "find_frames", "named_subject", "subject_of"]


#: The entry of verbs that the lexicon does not have: something is done, of no kind that is known.
_DEED: Final = Valency("deed", "verb", ("",))


#: Subjects and adverbs that negate a verb as "no" does, and within how many tokens.
_NEITHER: Final = frozenset({"ninguno", "ninguna", "nadie", "tampoco", "nunca", "jamás"})
_NEITHER_REACH: Final = 9
_NEGATING: Final = _NEITHER | {"no", "sin"}
_AUXILIARY: Final = frozenset({"aux", "aux:pass", "cop"})
#: Where no wording begins, but for negations and auxiliaries.
_BETWEEN: Final = frozenset({"PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "NUM", "SYM", "SPACE", "PART", "INTJ", "X"})
_OPENING_PHRASES: Final = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV"})


def _is_deed(a: Analysis, t: Tree, i: int) -> bool:
    """Whether a verb without an entry tells something done or to come, not as a mere auxiliary.

    It does in the past (no imperfect), the future and, in an entry of a chronology, the present.
    """
    token = t.tokens[i]
    imperfect = "Tense=Imp" in finite_morph(t, i) and "Tense=Imp" in token.morph
    if token.pos != "VERB" or token.lemma in LIGHT or imperfect:
        return False
    when = tense(t, i)
    told = when in ("past", "future") or (when == "present" and dateline(a, t) is not None)
    if not told and not _rumoured(t, i, when) and not (when == "subjunctive" and _settled(t, i)):
        return False
    return not any("VerbForm=Inf" in t.tokens[k].morph for k in t.children(i, "xcomp"))


def _rumoured(t: Tree, i: int, when: str) -> bool:
    """ "habría transportado cocaína": what is told as possible and past."""
    return when == "conditional" and any(t.tokens[k].lemma == "haber" for k in t.children(i, "aux"))


def _settled(t: Tree, i: int) -> bool:
    """ "después de que un dron volara sobre la costa": a subjunctive of what has happened."""
    marks = {t.tokens[m].lower for k in t.children(i, "mark", "case", "advmod") for m in (k, *t.kids[k])}
    return bool(marks & {"después", "luego", "tras"})


def find_frames(a: Analysis) -> tuple[Frame, ...]:
    """All frames of the document in the order of their triggers."""
    out: list[Frame] = []
    topic = Topics(a)
    for t in a.trees:
        topic.enter(t)
        for i, token in enumerate(t.tokens):
            if token.pos not in _BETWEEN or token.dep in _AUXILIARY or token.lower in _NEGATING:
                out.extend(_frames_at(a, t, i, topic))
        topic.leave(t, partial(named_subject, a, t))
    return _without_orders(a, out)


def _without_orders(a: Analysis, frames: list[Frame]) -> tuple[Frame, ...]:
    """The frames without the verbs of ordering that are told with their noun: "decretó la expulsión de …" is an expulsion."""
    told = {
        (f.sentence, a.trees[f.sentence].tokens[f.trigger].head)
        for f in frames
        if f.form == "noun" and ordered(a.trees[f.sentence], f.trigger, f.valency)
    }
    return tuple(f for f in frames if f.form != "verb" or f.words > 1 or (f.sentence, f.trigger) not in told)


def _frames_at(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[Frame]:
    """The frames whose wording begins at token ``i``."""
    token = t.tokens[i]
    if token.dep == "fixed" and not _asking(a, t, i):
        return
    if token.dep in _AUXILIARY:
        yield from _auxiliary_frames(a, t, i, topic)
        if token.dep == "cop":
            yield from _phrase_frames(a, t, i)  # "la versión es falsa"
        return
    if token.pos in ("VERB", "AUX", "ADJ"):
        yield from _verb_frames(a, t, i, topic)
    if token.pos in ("NOUN", "PROPN"):
        yield from _first_person_frames(a, t, i)
    if (token.lower in ("no", "sin") and token.pos in ("ADV", "ADP", "SCONJ")) or token.lower in _NEITHER:
        yield from _refusal_frames(a, t, i, topic)
    if token.pos in ("NOUN", "PROPN", "ADJ") and (nouns := noun_entries(token, a.lexicon)):
        for valency, words in fitting(t, i, nouns, False):
            yield noun_frame(a, t, i, valency, words, topic)
    phrases = a.lexicon.phrases
    if token.pos in _OPENING_PHRASES and (token.lemma in phrases or token.lower in phrases):
        yield from _phrase_frames(a, t, i)


def _asking(a: Analysis, t: Tree, i: int) -> bool:
    """Whether a word of a fixed phrase tells that somebody asked for it: "a petición de Lima", "a instancias de la ONU"."""
    asks = lemmas_of(a.document.article.language, "request", "noun")
    return i > 0 and t.tokens[i - 1].lower == "a" and (t.tokens[i].lemma in asks or t.tokens[i].lower.removesuffix("s") in asks)


def _auxiliary_frames(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[Frame]:
    """Wordings that begin at an auxiliary, "está dispuesta a hablar": the arguments hang on its head."""
    head = t.tokens[i].head
    for valency, words in fitting(t, i, a.lexicon.verbs.get(t.tokens[i].lemma, ()), has_se(t, head), several=True):
        yield verb_frame(a, t, head, valency, words, topic, begin=i)


def _first_person_frames(a: Analysis, t: Tree, i: int) -> Iterator[Frame]:
    """Verbs in the first person that the tagger takes for nouns, "Rechazo esa oferta", "Lo rechazo": quoted, and no article before."""
    token, tokens = t.tokens[i], t.tokens
    quoted = a.quote_at(token.start)
    if quoted is None or not token.lower.endswith("o") or i + 1 >= len(tokens):
        return
    before = tokens[i - 1].lower if i and a.quote_at(tokens[i - 1].start) is quoted else ""
    clitic = before if before in CLITICS else None
    opens = before in ("", "yo", "no", ",", ".", "“", "«", '"') and tokens[i + 1].pos == "DET"
    if clitic is None and not opens:
        return
    stem = token.lower[:-1]
    lemmas = (verb_lemma(stem + x, a.lexicon) for x in ("ar", "er", "ir"))  # "desmiento" → "desmentir"
    entries = next((a.lexicon.verbs[lemma] for lemma in lemmas if lemma in a.lexicon.verbs), ())
    theme = next((k for k in range(i + 2, min(i + 5, len(tokens))) if tokens[k].pos == "NOUN"), None) if clitic is None else None
    for v in entries:
        if len(v.words) == 1 and not v.pronominal and not v.complements and (theme is not None or clitic is not None):
            first, end = clause_span(t, predicate_above(t, i))
            no = before == "no" or (clitic is not None and i > 1 and tokens[i - 2].lower == "no")
            yield Frame(
                v.concept,
                v,
                t.sentence.index,
                i,
                "verb",
                first,
                end,
                theme=theme,
                pronoun=clitic,
                negated=no,
                tense="present",
            )


def _verb_frames(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[Frame]:
    """Frames of a verb, or of a participle, which the tagger may take for an adjective."""
    token, lex = t.tokens[i], a.lexicon
    adjective = token.pos == "ADJ"
    participle = adjective or ("VerbForm=Part" in token.morph and token.dep in ("acl", "amod"))
    participle = participle or opening_participle(t, i) is not None
    participle = participle and not any(
        t.tokens[k].lemma == "haber" for k in t.children(i, "aux")
    )  # "acusó al Gabinete de haber cedido"
    lemma = participle_lemma(token.lower, a.document.article.language) if adjective else verb_lemma(token.lemma, lex)
    entries: tuple[Valency, ...] = lex.verbs.get(lemma, ()) if lemma else ()
    brought_about = "VerbForm=Part" in token.morph and resulting(t, i) is not None
    found = list(fitting(t, i, entries, has_se(t, i))) if entries else []
    for valency, words in found:
        if brought_about:
            yield result_frame(a, t, i, valency, words, topic)
        elif participle:
            yield participle_frame(a, t, i, valency, words)
        else:
            yield verb_frame(a, t, i, valency, words, topic)
    if not found and not participle and all(_unmet(e) for e in entries) and _is_deed(a, t, i):
        yield verb_frame(a, t, i, _DEED, 1, topic)


def _unmet(entry: Valency) -> bool:
    """Whether an entry that does not fit says nothing of the bare verb: one of several words, or with a preposition it needs."""
    needed = any(preposition for preposition, _ in entry.complements)
    return len(entry.words) > 1 or (needed and entry.concept in event_types())


def _refusal_frames(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[Frame]:
    """Wordings that begin with "no" or "sin" ("no querer comentar", "sin hacer declaraciones"), as frames of the verb behind it.

    "Ninguno de los dos admitió preguntas", "nadie quiso comentar" are such wordings with the negation in their subject.
    """
    neither = t.tokens[i].lower in _NEITHER
    verb = next(
        (k for k in range(i + 1, min(i + (_NEITHER_REACH if neither else 4), len(t.tokens))) if is_verb(t.tokens[k])), None
    )
    if verb is None or (neither and t.tokens[verb - 1].lower == "no"):
        return
    begin = verb - 1 if neither else i
    if t.tokens[verb].dep in ("aux", "aux:pass") and t.tokens[verb].head > verb:
        verb = t.tokens[verb].head  # "no ha contestado"
    for valency, words in fitting(t, begin, a.lexicon.verbs.get("no" if neither else t.tokens[i].lower, ()), False):
        wanted = valency.words[1] if len(valency.words) > 1 else ""
        below = any(x.lower.startswith(wanted) and "VerbForm=Inf" in x.morph for x in t.tokens[verb + 1 : begin + words])
        if wanted.endswith("r") and t.tokens[verb].lemma != wanted and below:
            continue  # "no piensa renovar" has not refused to renew yet
        yield verb_frame(a, t, verb, valency, words, topic, begin=begin)


def _phrase_frames(a: Analysis, t: Tree, i: int) -> Iterator[Frame]:
    """Set phrases: of their clause only the subject is a role, as theme."""
    token, phrases = t.tokens[i], a.lexicon.phrases
    for valency, words in fitting(t, i, phrases.get(token.lemma) or phrases.get(token.lower) or (), False):
        copula = token.dep == "cop"
        clause = predicate_above(t, i)
        first, end = clause_span(t, clause)
        subject = next((k for k in t.children(clause, *SUBJECTS) if t.tokens[k].pos == "NOUN"), None)
        if copula and subject is None:
            continue  # "Es falso.": a whole answer, read with what it answers
        yield Frame(valency.concept, valency, t.sentence.index, i, "phrase", first, end, theme=subject, words=words)
