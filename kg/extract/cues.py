"""Who is named right beside a quotation, read from the words themselves: "…", arranca la canciller · El embajador Nicolás Ferrando: «…».

Taggers stumble over the inverted order behind a quotation, where any verb may stand, so that the form of the verb and what stands bare
behind it decide here, and the tree is not asked. Constructions A2 to A4 of the pattern catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.conjugation import forms_of
from kg.extract.analysis import Analysis
from kg.extract.lexicon import COMPANY, lexicon
from kg.extract.named_voices import PREPOSITIONS, named_behind
from kg.extract.said import COMMUNICATION
from kg.extract.syntax import SUBJECTS, Tree, is_finite, is_verb
from kg.extract.words import word_list
from kg.model import Quote, Span, Token

#: Small words between the closing mark and its verb: clitics, auxiliaries, "así", "hoy".
_SMALL: Final = frozenset(
    word_list(
        "le les nos me se lo la te así ya luego entonces también después ahora hoy ayer anoche además finalmente ha han había habían he "
        "hemos hubo solo sólo"
    )
)
_AUXILIARIES: Final = frozenset(word_list("ha han había habían he hemos hubo"))
_MARKS: Final = frozenset({",", "—", "–", "-", ")", "*", "**", "...", "…"})
_TELLING: Final = COMMUNICATION | {"judging"}
_SAYING: Final = frozenset({"saying", "claiming", "confirming"})
VOICES: Final = frozenset(
    {
        "Person",
        "Group",
        "Government",
        "PublicBody",
        "Party",
        "CivilOrganization",
        "InternationalOrganization",
        "Company",
        "Country",
    }
)
_SUBORDINATE: Final = frozenset({"acl", "acl:relcl", "advcl", "xcomp", "csubj"})
#: "Son palabras de X", "Así lo dijo X", "Habla X": a sentence that says whose the words before it are.
_OWNED: Final = re.compile(
    r"(?:así (?:lo|se|de)|lo (?:dijo|dice|ha dicho|afirm|cuent|sostien|asegur|resum|explic|advirt|proclam)|quien (?:lo|así)|habla |"
    r"son (?:las )?palabras de|es (?:la|el) \w+ de|(?:la|el) \w+ es de|lo firma|con (?:estas|esas) palabras|con esta frase|"
    r"(?:quien|el que|la que) habla)",
    re.I,
)


#: How many tokens before a quotation the verb may stand that a tagger missed.
_NEAR: Final = 10


@dataclass(frozen=True, slots=True)
class Cue:
    """What gives a quotation its speaker: the words of the cue, whom it addresses, what outlet carried it."""

    speaker: tuple[str, ...]
    span: Span
    rule: str
    trigger: str
    addressee: tuple[str, ...] = ()
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """The verb behind a quotation and who stands behind it. ``named``: somebody does, known or not (``speaker`` is empty then)."""

    tree: Tree
    verb: int
    end: int
    speaker: tuple[str, ...]
    named: bool
    plural: bool


@lru_cache(maxsize=2)
def voicing_verbs(language: str) -> frozenset[str]:
    """The verbs that may stand beside a quotation: those of saying and those that only sound, begin or end ("suspira", "arranca")."""
    lex = lexicon(language)
    saying = {lemma for lemma, vs in lex.verbs.items() if any(v.concept in _SAYING and len(v.words) == 1 for v in vs)}
    return frozenset(saying | {words.split()[0] for words in lex.classes[COMPANY]})


@lru_cache(maxsize=2)
def _telling_forms(language: str) -> frozenset[str]:
    """The forms of all verbs that may stand before quoted words: of saying, of judging, of asking."""
    verbs = lexicon(language).verbs.items()
    lemmas = {lemma for lemma, vs in verbs if any(v.concept in _TELLING and len(v.words) == 1 for v in vs)}
    return frozenset(form for lemma in lemmas | voicing_verbs(language) for form, _ in forms_of(lemma))


@lru_cache(maxsize=2)
def _voicing_forms(language: str) -> frozenset[str]:
    """The forms of the third person of those verbs."""
    return frozenset(form for lemma in voicing_verbs(language) for form, _ in forms_of(lemma))


def speech_form(a: Analysis, token: Token) -> bool:
    """Whether the token has the form of a verb that may introduce words, whatever the tagger took it for."""
    language = a.document.article.language
    return token.lower in _voicing_forms(language) or (token.pos == "VERB" and token.lemma in voicing_verbs(language))


def behind(a: Analysis, trees: list[Tree], quote: Quote) -> Voice | None:
    """The verb behind a quotation, "…", dijo ayer a la prensa X; None where none stands there."""
    start = quote.outer.end
    t = next((t for t in trees if t.tokens[-1].start >= start), None)
    if t is None:
        return None
    i = first = next(k for k, x in enumerate(t.tokens) if x.start >= start)
    while i < len(t.tokens) and i - first < 6 and (t.tokens[i].text in _MARKS or t.tokens[i].lower in _SMALL):
        i += 1
    if i >= len(t.tokens) or not t.tokens[i].text[:1].islower():
        return None
    token = t.tokens[i]
    marked = any(x.text in _MARKS for x in t.tokens[first:i])
    known = speech_form(a, token)
    perfect = t.tokens[i - 1].lower in _AUXILIARIES and token.pos == "VERB"
    if not known and not (marked and is_verb(token) and (is_finite(token) or perfect)):
        return None
    finite = token.morph if is_finite(token) else t.tokens[i - 1].morph
    form = t.tokens[i - 1].lower if perfect else token.lower
    if "Person=1" in finite and token.lower not in _voicing_forms(a.document.article.language):
        return Voice(t, i, i + 1, (), True, form.endswith("mos"))  # "…", le preguntamos: the newspaper asks
    speaker, named, end = named_behind(a, t, i)
    if not known and not speaker:
        return None
    return Voice(t, i, end, speaker, named, form.endswith("n"))


def introduced(a: Analysis, quote: Quote, since: int) -> tuple[tuple[str, ...], Span] | None:
    """Who stands right before the colon of a quotation, without a preposition: "Habla el canciller Tomás Iriondo: «…»"."""
    before = a.text[since : quote.outer.start].rstrip(" \n\t*_")
    if not before.endswith(":"):
        return None
    colon = since + len(before) - 1
    for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
        if not since <= m.span.start < colon:
            continue
        if m.span.end > colon or colon - m.span.end > 2 or not ids:
            continue
        tokens = a.trees[m.sentence].tokens
        k = m.first - 1
        while k >= 0 and tokens[k].pos in ("DET", "ADJ", "NUM"):
            k -= 1
        governed = k >= 0 and (tokens[k].lower in PREPOSITIONS or tokens[k].pos in ("NOUN", "VERB"))
        if governed and not speech_form(a, tokens[k]):
            return None
        if a.resolution.actors[ids[0]].kind in VOICES:
            return ids, Span(m.span.start, colon + 1)
    return None


def missed_before(a: Analysis, trees: list[Tree], quote: Quote) -> tuple[tuple[str, ...], Span] | None:
    """Somebody and a verb before quoted words that the tagger took for a noun: "Brenes tacha de «proteccionismo» …"."""
    forms = _telling_forms(a.document.article.language)
    for t in trees:
        number = t.sentence.index
        stop = next((k for k, x in enumerate(t.tokens) if x.start >= quote.outer.start), None)
        if stop is None:
            continue
        for k in range(stop - 1, max(0, stop - _NEAR), -1):
            token = t.tokens[k]
            if token.text in ";:." or (is_verb(token) and is_finite(token)):
                break
            if token.lower not in forms or token.pos in ("ADP", "ADV"):
                continue
            subject = k - 1
            while subject > 0 and (t.tokens[subject].text == "," or t.tokens[subject].lower in _SMALL):
                subject -= 1
            index = a.resolution.at.get((number, subject))
            if index is None or not a.resolution.ids[index]:
                continue
            m = a.resolution.mentions[index]
            if a.resolution.actors[a.resolution.ids[index][0]].kind in VOICES and not (
                m.first and t.tokens[m.first - 1].lower in PREPOSITIONS
            ):
                return a.resolution.ids[index], Span(m.span.start, token.end)
    return None


def owned_behind(a: Analysis, quote: Quote, block: int) -> tuple[tuple[str, ...], Span] | None:
    """Who the sentence behind a quotation says the words are of: "… . Son palabras de X", "Así lo dijo X"."""
    for t in a.trees:
        start = t.tokens[0].start
        if t.sentence.block != block or start < quote.outer.end:
            continue
        if a.text[quote.outer.end : start].strip(" .,;\n"):
            return None
        if _OWNED.match(a.text, start) is None or a.quotes_in(Span(start, t.tokens[-1].end)):
            return None
        for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
            if m.sentence == t.sentence.index and ids and a.resolution.actors[ids[0]].kind in VOICES:
                return ids, Span(start, m.span.end)
        return None
    return None


def subject_before(a: Analysis, quote: Quote, block: int, plural: bool | None = None) -> tuple[str, ...]:
    """Whom the text before a quotation in its paragraph was telling of last: the subject of its last main clause outside of quotations."""
    for t in reversed(a.trees):
        if t.sentence.block != block or t.tokens[0].start >= quote.outer.start:
            continue
        for i in range(len(t.tokens) - 1, -1, -1):
            token = t.tokens[i]
            if token.start >= quote.outer.start or not (token.dep in SUBJECTS or (token.dep == "obj" and i > token.head)):
                continue
            if token.dep == "obj" and not (is_verb(t.tokens[token.head]) and speech_form(a, t.tokens[token.head])):
                continue
            head = t.tokens[token.head]
            speaking = is_verb(head) and speech_form(a, head)
            if a.quote_at(token.start) is not None or not (is_verb(head) or t.children(token.head, "cop")):
                continue
            marked = any(t.tokens[k].lower in ("que", "si", "porque", "aunque") for k in t.children(token.head, "mark"))
            if (head.dep in _SUBORDINATE and not speaking) or (marked and not speaking):
                continue
            found = a.actors(t, i)
            if not found or a.resolution.actors[found[0]].kind not in VOICES - {"Country"}:
                continue
            if plural is None or plural == many(a, found):
                return found
    return ()


def many(a: Analysis, actors: tuple[str, ...]) -> bool:
    """Whether these actors take a verb in the plural."""
    actor = a.resolution.actors[actors[0]]
    return len(actors) > 1 or (actor.kind == "Group" and actor.label.split()[0].endswith("s"))
