"""Which fact a definite noun names in words that are partly its own: "el cierre" for "Quito cerró el paso", "el centro" for the offer of
"un centro de acogida", "el impuesto al azúcar" for "subió el impuesto", "el uso de los cañones" for "lo atacó con cañones de agua".

Every fact told is weighed: its verb or noun of the same stem or kind as the head, its object, the other words of the phrase, whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.offered import Offered
from kg.extract.syntax import Tree
from kg.identity import fold
from kg.model import Event, Token
from kg.vocabulary import plover_type

#: Acts of speaking: a noun means them by their own word ("la llamada"), and not by what they are about.
_TALK: Final = frozenset({"request", "reject", "consult", "accuse", "support"})
#: Stances that answer somebody: nobody takes them on what the own side put forward.
_ANSWERS: Final = frozenset({"opposes", "refusal", "denies", "doubts", "acceptance", "wanting", "tolerating"})
#: Concepts of nouns that tell a stance: they are the kind of no event.
_STANCES: Final = _ANSWERS | {"offering", "supports", "affirms", "claiming"}
_CONTENT: Final = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
_OBJECTS: Final = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "obl:arg", "nmod", "appos"})
#: What the stem of a noun has behind that of its verb: "lanz|amient(o)", "retir|ad(a)", "despleg|u(e)".
_MADE: Final = re.compile(r"(?:[aeiu]?(?:cion|sion|mi?ent|d|j|dur|nci|tori)|u|ion)")
_LONG: Final = 4
_SHORTEST: Final = 3
#: What a match of the head is worth: the fact's own word or kind; a thing that it is about; a general noun.
_SAME, _KIND, _ABOUT, _GENERAL = 3.5, 3.0, 2.0, 1.0
_MODIFIER, _STRANGE, _QUALITY, _OWNER, _NUMBER = 1.0, 2.0, 0.75, 2.0, 1.0
#: Characters between a fact and a stance that take away all that distance may take.
_FAR: Final = 1000
#: Less than this is no match.
_ENOUGH: Final = 2.0
#: At this, the words are surely those of the fact: head and another.
SURE: Final = 3.5


@lru_cache(maxsize=16384)
def stem(lemma: str) -> str:
    """A lemma without its ending: "cierre", "cerrar" → "cerr"; "pacto", "pactar" → "pact"; "retirada" → "retirad"."""
    plain = fold(lemma).removesuffix("s")
    plain = plain[:-2] if plain.endswith(("ar", "er", "ir")) and len(plain) > _SHORTEST else plain
    return plain.replace("ie", "e").replace("ue", "o").rstrip("aeiou") or plain


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    """Whether two stems are of one word: equal, or one of a noun made of the other's verb: "retirad" and "retir"."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LONG and long.startswith(short) and bool(_MADE.fullmatch(long[len(short) :])))


def named(known: Known, f: Frame, head: int, first: int, end: int, *, enough: float = _ENOUGH) -> str | None:
    """The event or proposal that the noun phrase of ``head`` (tokens ``first`` to ``end`` of the frame's sentence) names."""
    t = known.tree(f)
    token = t.tokens[head]
    if token.pos not in ("NOUN", "PROPN") or len(token.lemma) < _SHORTEST or token.lower in known.a.gazetteer.demonyms:
        return None
    if known.a.resolution.of(f.sentence, head):
        return None  # somebody, and nothing told
    words = _Words(known, t, head, first, end)
    limit = t.tokens[f.trigger].start
    found: list[tuple[float, int, str]] = []
    for e in known.events:
        if e.factuality != "negated" and not any(x.start <= limit < x.end for x in e.evidence):
            found.append((words.weigh_event(e), e.evidence[0].start, e.id))
    for o in known.offered:
        inside = o.sentence == f.sentence and o.first <= f.trigger < o.end
        if not inside and not (f.concept in _ANSWERS and known.own(f, o)):
            found.append((words.weigh_offered(o), o.fact.evidence[0].start, o.fact.id))
    fitting = [(weight - _away(start, limit), start, fact) for weight, start, fact in found if weight >= enough]
    return max(fitting)[2] if fitting else None


def _away(start: int, limit: int) -> float:
    """What it takes away from a fact that it is told far before the stance, or behind it: at most as much as another number."""
    return min(_NUMBER, (limit - start) / _FAR) if start < limit else _NUMBER


class _Words:
    """The words of a noun phrase, ready to be held against facts."""

    def __init__(self, known: Known, t: Tree, head: int, first: int, end: int) -> None:
        a, token = known.a, t.tokens[head]
        self.known = known
        self.head, self.morph = stem(token.lemma), token.morph
        self.general = known.takes_up(token.lemma)
        self.kinds = {v.concept for v in a.lexicon.nouns.get(token.lemma, ()) if len(v.words) == 1} - _STANCES
        named = {k: a.resolution.of(t.sentence.index, k) for k in range(first, end) if k != head}
        whose = {a.demonym(t, head), *(country_of(a, x) for found in named.values() for x in found)}
        self.owners = whose - {None}
        mine = [t.tokens[k] for k, found in named.items() if not found and t.tokens[k].pos in _CONTENT]
        mine = [x for x in mine if len(x.lemma) > _SHORTEST and x.lower not in a.gazetteer.demonyms]
        self.others = {stem(x.lemma): x.pos != "ADJ" for x in mine if stem(x.lemma) != self.head}

    def weigh_event(self, e: Event) -> float:
        """How well the phrase fits an event; its passages are read with their trees."""
        told = self.known.told(e)
        trigger = e.triggers[0] if e.triggers else ""
        own, here = next(((x, tokens) for tokens in told for x in tokens if x.text == trigger), (None, ()))
        tokens = [x for part in told for x in part]
        if own is None or self._contrasted(tokens):
            return 0.0
        about = [x for x in here if x.dep in _OBJECTS and x.head == own.i and x.pos in ("NOUN", "PROPN")]
        if _alike(stem(own.lemma), self.head):
            weight = _SAME - self._other_number(own)
        elif e.event_type in self.kinds:
            weight = _KIND if plover_type(e.event_type) != e.event_type else _ABOUT  # "sanciones" are of many kinds
        elif plover_type(e.event_type) not in _TALK and (same := self._same(about)) is not None:
            weight = _ABOUT - self._other_number(same)
        else:
            return 0.0
        return weight + self._rest(tokens, (*e.agent, *e.patient, *e.participant))

    def weigh_offered(self, o: Offered) -> float:
        """How well the phrase fits what is put forward."""
        tokens = self.known.a.trees[o.sentence].tokens[o.first : o.end]
        if self._contrasted(tokens):
            return 0.0
        first = [next((x for x in tokens if x.pos in pos), None) for pos in (("NOUN", "PROPN"), ("VERB",))]
        if (same := self._same(x for x in first if x is not None)) is not None:
            weight = _SAME - self._other_number(same)
        elif (same := self._same(x for x in tokens if x.pos in _CONTENT)) is not None:
            weight = _ABOUT - self._other_number(same)
        elif first[1] is not None and self.kinds & self._kinds_of(first[1].lemma):
            weight = _ABOUT
        elif self.general and self.others:
            weight = _GENERAL
        else:
            return 0.0
        return weight + self._rest(tokens, o.fact.proposer)

    def _kinds_of(self, lemma: str) -> set[str]:
        """The kinds of event that a verb by itself tells: what "la cita" and "verse" have in common."""
        return {v.concept for v in self.known.a.lexicon.verbs.get(lemma, ()) if len(v.words) == 1}

    def _same(self, tokens: Iterable[Token]) -> Token | None:
        """The first of some tokens that is of one word with the head."""
        return next((x for x in tokens if _alike(stem(x.lemma), self.head)), None)

    def _other_number(self, token: Token) -> float:
        """What it takes away that a noun stands in another number than the head: "los pagos" are not "el pago de la deuda"."""
        plural = ["Number=Plur" in morph for morph in (token.morph, self.morph)]
        return _NUMBER if token.pos == "NOUN" and plural[0] != plural[1] else 0.0

    def _contrasted(self, tokens: Sequence[Token]) -> bool:
        """Whether the fact's noun has another quality than the phrase's: "el trazado original" is not "un trazado submarino"."""
        mine = {word for word, weighty in self.others.items() if not weighty}
        if not mine:
            return False
        beside = [y for x, y in pairwise(tokens) if y.pos == "ADJ" and x.pos == "NOUN" and _alike(stem(x.lemma), self.head)]
        return bool(beside) and not any(_alike(stem(y.lemma), word) for y in beside for word in mine)

    def _rest(self, tokens: Sequence[Token], whose: tuple[str, ...]) -> float:
        """What the phrase's other words and its owner add or take away."""
        stems = {stem(x.lemma) for x in tokens if x.pos in _CONTENT}
        weight = 0.0
        for word, weighty in self.others.items():
            if any(_alike(word, x) for x in stems):
                weight += _MODIFIER
            else:
                weight -= _STRANGE if weighty else _QUALITY
        countries = {country_of(self.known.a, x) for x in whose} - {None}
        if self.owners and countries:
            weight += _OWNER / 2 if self.owners & countries else -_OWNER
        return weight
