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
from kg.extract.said import COMMUNICATION
from kg.extract.sources import owner
from kg.extract.syntax import SUBJECTS, Tree, is_finite, is_verb
from kg.extract.time_words import DAY_PARTS
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
_PREPOSITIONS: Final = frozenset(
    word_list("a al ante bajo con contra de del desde durante en entre hacia hasta mediante para por según sin sobre tras vía")
)
_CLAUSE: Final = frozenset(word_list("que y e pero mientras cuando si donde aunque porque como sino"))
_DETERMINERS: Final = frozenset(word_list("el la los las un una unos unas su sus este esta estos estas ese esa otro otra"))
_NEW_PHRASE: Final = _DETERMINERS - {"este", "esta", "estos", "estas", "ese", "esa"}
#: What a moment is told by that is counted from another one: "horas después", "días más tarde".
_MOMENTS: Final = frozenset(word_list("segundo minuto hora día semana mes mese año rato poco mucho instante"))
_LATER: Final = frozenset(word_list("después antes tarde atrás luego"))
#: What somebody's name or office begins with.
_NAMING: Final = ("DET", "NOUN", "PROPN")
#: How far behind the verb its subject may stand, in tokens, and how many commas may come between.
_REACH: Final = 18
_COMMAS: Final = 2
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
_PAPERS: Final = frozenset(
    word_list(
        "reporte informe reportaje nota artículo crónica texto documento comunicado estudio diario periódico escrito misiva carta correo "
        "mensaje tuit publicación declaración resolución proclama manifiesto memorando boletín editorial despacho"
    )
)
#: Words that take up whoever was spoken of: "replicó el aludido".
_MEANT: Final = frozenset(
    word_list("aludido aludida interpelado interpelada mencionado mencionada susodicho susodicha emplazado emplazada")
)
#: Papers of the press, which nobody who is told of gives out; how many sentences back a paper may have been named.
_PRESS: Final = frozenset({"diario", "periódico", "reportaje", "artículo", "crónica", "nota", "editorial"})
_PAPER_REACH: Final = 3
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


def named_behind(a: Analysis, t: Tree, verb: int) -> tuple[tuple[str, ...], bool, int]:
    """Who stands behind a verb without a preposition: actors, whether anybody does, and the token after them."""
    tokens, number = t.tokens, t.sentence.index
    j, commas = verb + 1, 0
    while j < len(tokens) and j < verb + _REACH:
        token = tokens[j]
        if (
            token.text in '.;:?!…«“"'
            or token.lower in _CLAUSE
            or token.lower in ("no", "ni")
            or (is_verb(token) and is_finite(token))
        ):
            break
        if token.text == ",":
            commas += 1
            after = tokens[j + 1] if j + 1 < len(tokens) else None
            closing = commas == _COMMAS  # "…", contestó, por la radio estatal, el ministro
            aside = after is not None and (
                after.lower in _PREPOSITIONS or after.pos == "ADV" or (closing and after.pos in _NAMING)
            )
            if commas > _COMMAS or not aside:
                break
            j += 1
            continue
        dated = _date_end(a, t, j) or _moment_end(t, j)
        if dated is not None:
            j = dated
            continue
        if token.lower in _PREPOSITIONS and (number, j) not in a.resolution.at:
            j = _behind_phrase(a, t, j + 1)
            continue
        index = a.resolution.at.get((number, j))
        if index is not None:
            mention = a.resolution.mentions[index]
            return _with_conjuncts(a, t, mention.first, mention.last, a.resolution.ids[index]), True, mention.last
        if token.lower in _DETERMINERS or token.pos == "DET":
            noun = next(
                (
                    k
                    for k in range(j + 1, min(j + 4, len(tokens)))
                    if tokens[k].pos in ("NOUN", "PROPN") or tokens[k].lower in _MEANT
                ),
                None,
            )
            if noun is not None and (number, noun) in a.resolution.at:
                mention = a.resolution.mentions[a.resolution.at[(number, noun)]]
                found = a.resolution.ids[a.resolution.at[(number, noun)]]
                return _with_conjuncts(a, t, mention.first, mention.last, found), True, mention.last
            if noun is not None and tokens[noun].lower in _MEANT and token.lower in ("el", "la"):
                return _meant(a, t, verb, tokens[noun].lower.endswith("a")), True, noun + 1
            if noun is not None:
                paper = t.tokens[noun].lemma in _PAPERS
                return (_issuer(a, t, noun) if paper else _with_name(a, t, noun)), True, noun + 1
        if token.pos in ("NOUN", "PROPN") and commas == 0 and j == verb + 1:
            return _with_name(a, t, j), True, j + 1
        j += 1
    return (), False, verb + 1


def _meant(a: Analysis, t: Tree, verb: int, feminine: bool) -> tuple[str, ...]:
    """Whom "el aludido" takes up: the person named last before the verb in its paragraph or the one before."""
    for m, ids in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if m.span.start >= t.tokens[verb].start or not ids or a.resolution.actors[ids[0]].kind != "Person":
            continue
        if a.document.sentences[m.sentence].block < t.sentence.block - 1:
            return ()
        if a.resolution.fits(ids[0], "Fem" if feminine else "Masc"):
            return ids[:1]
    return ()


def _issuer(a: Analysis, t: Tree, paper: int) -> tuple[str, ...]:
    """Whose paper it is that says something: "el comunicado de X", "la nota que X distribuyó", else the outlet that was spoken of last."""
    of = owner(a, t, paper)
    for k in () if of else t.children(paper, "acl:relcl", "acl"):
        of = of or next((found for m in t.children(k, *SUBJECTS, "obj") if (found := a.actors(t, m))), ())
    of = of or _issued_before(a, t, paper)
    if of:
        return of
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if found and m.span.start < t.tokens[paper].start and a.resolution.actors[found[0]].kind == "MediaOutlet":
            return found[:1]
    return ()


def _issued_before(a: Analysis, t: Tree, paper: int) -> tuple[str, ...]:
    """Who gave out the paper that "el texto", "la nota" takes up: "En un comunicado, la Cancillería lamentó … Nada, afirma el texto, …"."""
    for u in reversed(a.trees[max(0, t.sentence.index - _PAPER_REACH) : t.sentence.index + 1]):
        stop = paper if u is t else len(u.tokens)
        named = next((k for k in range(stop) if u.tokens[k].lemma in _PAPERS and u.tokens[k].lemma not in _PRESS), None)
        if named is None:
            continue
        root = next((k for k, x in enumerate(u.tokens) if x.head == k), named)
        of = owner(a, u, named) or next((found for k in u.children(root, *SUBJECTS) if (found := a.actors(u, k))), ())
        return of if of and a.resolution.actors[of[0]].kind != "MediaOutlet" else ()
    return ()


def _with_name(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The actor whose name stands right behind a noun that is none by itself: "explica el activista Juan Mora", ", Juan Mora"."""
    for k in range(noun + 1, min(noun + 8, len(t.tokens))):
        found = a.resolution.of(t.sentence.index, k)
        if found and t.tokens[k - 1].lower not in _PREPOSITIONS and a.resolution.actors[found[0]].kind == "Person":
            return found
        governing = t.tokens[k].lower in _PREPOSITIONS and t.tokens[k].lower not in ("de", "del")
        if t.tokens[k].text in ".;:" or is_verb(t.tokens[k]) or t.tokens[k].lower in _CLAUSE or governing:
            break
    return ()


def _with_conjuncts(a: Analysis, t: Tree, first: int, last: int, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The actors of a mention and of those coordinated with it, where the tree has them."""
    for k in range(first, last):
        found = a.actors(t, k)
        if ids and len(found) > len(ids) and found[0] == ids[0]:
            return found
    return ids


def _moment_end(t: Tree, j: int) -> int | None:
    """The token after a moment told from another that begins at token ``j``: "horas después", "unos minutos más tarde"."""
    same = t.tokens[j].pos == "DET" and t.tokens[min(j + 1, len(t.tokens) - 1)].lower in ("mismo", "misma")  # "el mismo día"
    if same and j + 2 < len(t.tokens) and t.tokens[j + 2].lower in DAY_PARTS | _MOMENTS:
        return j + 3
    for k in range(j, min(j + 3, len(t.tokens) - 1)):
        if t.tokens[k].lower.rstrip("s") in _MOMENTS:
            behind = next((m for m in range(k + 1, min(k + 3, len(t.tokens))) if t.tokens[m].lower in _LATER), None)
            return None if behind is None else behind + 1
        if t.tokens[k].pos not in ("DET", "NUM", "ADJ", "PRON") or t.tokens[k].lower in ("el", "la", "los", "las"):
            return None
    return None


def _date_end(a: Analysis, t: Tree, j: int) -> int | None:
    """The token after the date that begins at or covers token ``j``."""
    start = t.tokens[j].start
    for d in a.dates:
        if d.span.start <= start < d.span.end:
            return next((k for k in range(j, len(t.tokens)) if t.tokens[k].start >= d.span.end), len(t.tokens))
    return None


def _behind_phrase(a: Analysis, t: Tree, j: int) -> int:
    """The token behind the phrase of a preposition whose first word is ``j``: where a new phrase, or somebody's name, begins."""
    tokens, number = t.tokens, t.sentence.index
    k = j
    while k < len(tokens):
        token = tokens[k]
        governed = k == j or tokens[k - 1].lower in _PREPOSITIONS or _object_behind(a, t, k)
        if not governed and token.lower in _NEW_PHRASE:
            return k
        if token.text in ",.;:" or token.lower in _CLAUSE or (is_finite(token) and is_verb(token)):
            return k
        index = a.resolution.at.get((number, k))
        if index is not None:
            ids = a.resolution.ids[index]
            person = bool(ids) and a.resolution.actors[ids[0]].kind == "Person"
            if person and not governed and tokens[k - 1].pos not in ("DET", "ADJ", "NUM"):
                return k
            k = max(a.resolution.mentions[index].last, k + 1)
            continue
        k += 1
    return k


def _object_behind(a: Analysis, t: Tree, k: int) -> bool:
    """Whether token ``k`` opens the object of an infinitive: "…", dijo antes de abordar | el avión; a person would be its subject."""
    if "VerbForm=Inf" not in t.tokens[k - 1].morph:
        return False
    noun = next((m for m in range(k, min(k + 3, len(t.tokens))) if t.tokens[m].pos in ("NOUN", "PROPN")), k)
    ids = a.resolution.of(t.sentence.index, noun)
    return not ids or a.resolution.actors[ids[0]].kind not in ("Person", "Group")


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
        governed = k >= 0 and (tokens[k].lower in _PREPOSITIONS or tokens[k].pos in ("NOUN", "VERB"))
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
                m.first and t.tokens[m.first - 1].lower in _PREPOSITIONS
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
