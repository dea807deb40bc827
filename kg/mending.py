"""Mends the parse of a sentence where the tagger missed a verb that the ontology's lexicon knows.

Five things, each decided by the form and by what surrounds it, never by one sentence's words: lemma and tense of verbs that the
lemmatizer does not know; a main verb that was taken for a noun, adjective, adverb or name, so that the sentence has none; and "ir a"
with an infinitive, which the parser reads now as two verbs and now as one (it is one: the corpus annotates "ir" as auxiliary); an
insertion "…, ya sean A o B, …", which the parser takes for the clause that it stands in; and "…, eso sí, …", which is an adverb.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Set
from dataclasses import replace
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.astray import set_right
from kg.conjugation import lookup
from kg.lost_verbs import CLITICS, find_lost, surely_verb
from kg.model import Token
from kg.vocabulary import BR, ontology_store

#: What may stand right before a verb; a determiner, preposition or number would make the word a noun.
_BEFORE: Final = frozenset({"PROPN", "NOUN", "PRON", "ADV", "PUNCT", "ADJ"})
#: What a verb is followed by: its object, complement or circumstance.
_BEHIND: Final = frozenset({"DET", "ADP", "PROPN", "SCONJ", "NUM", "PRON", "ADV", "AUX"})
_MISSED: Final = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "INTJ", "PRON"})
_LOST: Final = frozenset({"flat", "advmod", "appos", "amod"})  # how the tree hangs a word that it could not place
#: Stems that only subjunctives have, with the infinitives that they are of: "salga", "mantengan", "disponga".
_STRONG_STEMS: Final = {
    "salg": "salir", "teng": "tener", "pong": "poner", "veng": "venir", "dig": "decir", "hag": "hacer", "traig": "traer", "caig": "caer",
    "valg": "valer", "sep": "saber", "quep": "caber", "pued": "poder", "quier": "querer", "conduzc": "conducir", "reduzc": "reducir",
    "produzc": "producir", "conozc": "conocer", "ofrezc": "ofrecer",
}  # fmt: skip
_STRONG: Final = re.compile(
    r"(re|des|con|contra|pre|pro|dis|com|su|ex|im|inter|man|sos|ob|de|abs|reco|so|at|a|sobre|sub)?"
    rf"({'|'.join(_STRONG_STEMS)})a(n)?"
)
#: Ends of participles that the tagger may take for finite forms: "la crecida", "la supuesta oferta".
_PARTICIPLES: Final = ("ida", "ada", "uesta", "rota", "vista", "hecha", "dicha", "crita")
#: Verbs with fewer letters have vowels of their own: "va", "da", "ve".
_REGULAR: Final = 5
_NOMINAL: Final = frozenset({"PROPN", "NOUN", "PRON", "NUM", "SYM"})


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """The infinitives of the ontology's Spanish lexicon."""
    quads = ontology_store().quads_for_pattern(None, ox.NamedNode(BR + "verb"), None, None)
    literals = [q.object for q in quads if isinstance(q.object, ox.Literal) and q.object.language == "es"]
    words = (word for literal in literals for word in literal.value.split()[:2])
    return frozenset(word for word in words if word.islower() and word.endswith(("ar", "er", "ir")))


@lru_cache(maxsize=1)
def known_forms() -> Mapping[str, tuple[str, str]]:
    """Form → (infinitive, features) of those verbs, where only one of them has the form."""
    return lookup(verbs())


def mend(tokens: tuple[Token, ...], infinitives: Set[str] = frozenset()) -> tuple[Token, ...]:
    """The sentence with its verbs mended; heads still count from its first token. What is fine stays as it is.

    ``infinitives`` are those that are known besides the lexicon's.
    """
    mended = _aside(_plain([_mood(_known(token), infinitives) if token.pos == "VERB" else token for token in tokens]))
    root = next((token.i for token in mended if token.head == token.i), None)
    if root is not None and not _predicate(mended, root):
        itself = mended[root].pos in _MISSED and mended[root].text.islower() and surely_verb(mended, root, known_forms())
        verb = root if itself else next((token.i for token in mended if _missed(mended, token.i)), None)
        if verb is not None:
            mended = _rooted(mended, verb)
    mended = find_lost(mended, known_forms())
    for token in tuple(mended):
        if token.lemma == "ir" and _going_to(mended, token.i):
            mended = _raised(mended, token.i)
    return tuple(set_right(_without_insertion(mended), demonyms()))


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """The adjectives of countries, cities and regions, which taggers take for verbs: "la Cancillería chilena no lo ratifica"."""
    quads = ontology_store().quads_for_pattern(None, ox.NamedNode(BR + "demonym"), None, None)
    return frozenset(q.object.value for q in quads if isinstance(q.object, ox.Literal) and q.object.language == "es")


def _plain(tokens: list[Token]) -> list[Token]:
    """The sentence with its demonyms as adjectives."""
    return [
        replace(x, pos="ADJ", lemma=x.lower, morph="") if x.pos == "VERB" and x.lower in demonyms() and x.text.islower() else x
        for x in tokens
    ]


def _aside(tokens: list[Token]) -> list[Token]:
    """The sentence in which "…, eso sí, …" is an adverb: what hung on its pronoun hangs on what the pronoun hung on."""
    for one, other in itertools.pairwise(tokens):
        if one.lower == "eso" and other.lower == "sí" and one.i and tokens[one.i - 1].text == "," and one.head != one.i:
            moved = [
                replace(x, head=one.head, dep="ccomp" if "VerbForm=Fin" in x.morph else x.dep)
                if x.head == one.i and x.i > other.i
                else x
                for x in tokens
            ]
            moved[one.i] = replace(one, pos="ADV", dep="advmod")
            return moved
    return tokens


def _known(token: Token) -> Token:
    """A finite verb with the lemma and features of its form, where the lemma is not in the lexicon or mood and tense cannot be its."""
    if token.lower not in known_forms():
        return token
    lemma, morph = known_forms()[token.lower]
    if "Person=1" in morph and token.lower != token.lemma:
        # "firmamos" may be a past, too
        fine = "Person=1" in token.morph and token.lemma == lemma and "Tense=Pres" in morph
        return token if fine else replace(token, lemma=lemma, morph=morph)
    if "VerbForm=Fin" not in token.morph:
        return token
    if token.lemma not in verbs():
        return replace(token, lemma=lemma, morph=morph)
    # "exigía" is a first person, too; no other form here is
    if token.lemma != lemma or "Person=1" in token.morph or _time(token.morph) == _time(morph):
        return token
    return replace(token, morph=morph)


def _mood(token: Token, infinitives: Set[str]) -> Token:
    """A present of the third person as a subjunctive where its vowel is the other conjugation's: "acompañen" of "acompañar", "abra"."""
    strong = _STRONG.fullmatch(token.lower)
    if strong is not None and "VerbForm=Fin" in token.morph:
        prefix, stem, plural = strong.groups()
        morph = f"Mood=Sub|Number={'Plur' if plural else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin"
        return replace(token, lemma=(prefix or "") + _STRONG_STEMS[stem], morph=morph)
    if "Mood=Ind" not in token.morph or "Tense=Pres" not in token.morph or "Person=3" not in token.morph:
        return token
    vowel = token.lower.rstrip("n")[-1:]
    other = vowel == "e" if token.lemma.endswith("ar") else vowel == "a" and token.lemma.endswith(("er", "ir"))
    if token.lower.endswith(_PARTICIPLES):
        return token
    known = token.lemma in verbs() or token.lemma in infinitives
    if not other or not known or token.lower in known_forms() or len(token.lemma) < _REGULAR:
        return token
    return replace(token, morph=token.morph.replace("Mood=Ind", "Mood=Sub"))


def _time(morph: str) -> tuple[str, ...]:
    return tuple(feature for feature in morph.split("|") if feature.startswith(("Mood=", "Tense=")))


def _predicate(tokens: list[Token], root: int) -> bool:
    """Whether the root can carry a sentence: finite by itself, an auxiliary or a copula."""
    if "VerbForm=Fin" in tokens[root].morph:
        return True
    return any(k.head == root and k.dep in ("aux", "aux:pass", "cop") and "VerbForm=Fin" in k.morph for k in tokens)


def _missed(tokens: list[Token], i: int) -> bool:
    """Whether the word is a known verb form that stands where a main verb stands and was taken for something else."""
    token = tokens[i]
    if token.lower not in known_forms() or not (token.pos in _MISSED or (token.pos == "VERB" and token.dep in _LOST)):
        return False
    between = any("VerbForm=Fin" in k.morph and k.dep not in ("acl:relcl", "acl") for k in tokens[:i])
    if surely_verb(tokens, i, known_forms()) and not between:
        if token.text.islower() and token.pos in _MISSED:
            return True
        if i == 0 and len(tokens) > 1 and (tokens[1].text == "," or "Person=1" in known_forms()[token.lower][1]):
            return True  # "Descarta, eso sí, que …", "Viajaré a Lima"
    if i + 1 >= len(tokens) or tokens[i + 1].pos not in _BEHIND:
        return False
    if i == 0:
        return tokens[1].pos in ("PROPN", "DET", "SCONJ")
    if tokens[i - 1].pos not in _BEFORE or not token.text.islower():
        return False
    return not between and any(k.pos in _NOMINAL for k in tokens[:i])


def _rooted(tokens: list[Token], verb: int) -> list[Token]:
    """The sentence with ``verb`` as its root: what stood before it and governs is its subject, what follows hangs on it."""
    lemma, morph = known_forms()[tokens[verb].lower]
    root = next(k.i for k in tokens if k.head == k.i)
    out = []
    for token in tokens:
        if token.i == verb:
            out.append(replace(token, pos="VERB", lemma=lemma, morph=morph, dep="ROOT", head=verb))
        elif token.i == verb - 1 and token.lower in CLITICS:
            out.append(replace(token, pos="PRON", dep="obj", head=verb))
        elif token.i == root:
            name = token.text.isupper()  # "ICE", taken for a form of "izar"
            dep = "ccomp" if token.pos in ("VERB", "AUX") and not name else "nsubj" if root < verb else "obj"
            out.append(replace(token, dep=dep, head=verb, pos="PROPN" if name else token.pos))
        elif min(token.i, token.head) < verb < max(token.i, token.head) or token.head in (
            verb,
            root if token.dep == "punct" else verb,
        ):
            out.append(replace(token, dep=_argument(tokens, token, verb), head=verb))
        else:
            out.append(token)
    return [_clause_of(token) if token.head == verb else token for token in out]


def _clause_of(token: Token) -> Token:
    """A finite clause that hung on a supposed noun is the verb's complement: "Reconoce, en cambio, que pidió …"."""
    return replace(token, dep="ccomp") if token.dep == "acl:relcl" and "VerbForm=Fin" in token.morph else token


def _argument(tokens: list[Token], token: Token, verb: int) -> str:
    """The label of a word that comes to hang on the new root."""
    if token.dep in ("nsubj", "obj", "punct", "cc", "mark", "ccomp", "advcl", "xcomp", "conj", "parataxis", "det"):
        return token.dep
    marked = any(k.head == token.i and k.dep == "case" for k in tokens)
    if token.pos not in _NOMINAL:
        return "advcl" if token.dep == "acl" else token.dep
    if marked:
        return "obl"
    return "nsubj" if token.i < verb or (verb == 0 and token.pos == "PROPN" and token.i == 1) else "obj"


def _going_to(tokens: list[Token], i: int) -> bool:
    """Whether the token, a form of "ir", is a present or imperfect of "ir" as main verb over "a" and an infinitive right behind it."""
    token = tokens[i]
    if token.pos not in ("VERB", "AUX") or "VerbForm=Fin" not in token.morph or i + 2 >= len(tokens):
        return False
    infinitive = tokens[i + 2]
    return tokens[i + 1].lower == "a" and "VerbForm=Inf" in infinitive.morph and infinitive.head == i


def _raised(tokens: list[Token], i: int) -> list[Token]:
    """The sentence with the infinitive behind "ir a" in the place of "ir", which becomes its auxiliary."""
    infinitive = i + 2
    out = []
    for token in tokens:
        if token.i == infinitive:
            head = infinitive if tokens[i].head == i else tokens[i].head
            out.append(replace(token, dep=tokens[i].dep, head=head))
        elif token.i == i:
            out.append(replace(token, pos="AUX", dep="aux", head=infinitive))
        elif token.head == i:
            out.append(replace(token, head=infinitive))
        else:
            out.append(token)
    return out


def _without_insertion(tokens: list[Token]) -> list[Token]:
    """The sentence in which "que sus fuerzas, ya sean tropas o agentes, acompañen a …" tells of accompanying: the verb behind the
    insertion takes the place of the insertion's noun, which comes to stand beside what it explains."""
    for copula in tokens:
        noun = copula.head
        if copula.dep != "cop" or "Mood=Sub" not in copula.morph or not copula.i or tokens[copula.i - 1].lower != "ya":
            continue
        behind = next((k.i for k in tokens[noun:] if k.text == ","), len(tokens))
        verb = next((k.i for k in tokens[behind + 1 : behind + 4] if k.pos == "VERB" and "VerbForm=Fin" in k.morph), None)
        if verb is None or tokens[noun].head == noun or tokens[noun].head == verb:
            continue
        explained = next((k.i for k in tokens if k.head == noun and k.dep == "nsubj" and k.i < copula.i), verb)
        out = []
        for token in tokens:
            if token.i == verb:
                out.append(replace(token, dep=tokens[noun].dep, head=tokens[noun].head))
            elif token.i == noun:
                out.append(replace(token, dep="appos", head=explained))
            elif token.head == noun and token.i < copula.i - 1 and token.dep in ("mark", "nsubj", "advmod"):
                out.append(replace(token, head=verb))
            else:
                out.append(token)
        return out
    return tokens
