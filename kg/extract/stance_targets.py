"""What a stance is about: a fact that the article tells, an actor, or a matter in its own words.

The words after the verb either hold a fact of the article (its own words, or a relative clause that puts it forward), take one up
("la petición", "esa posibilidad", "lo primero", "extremo que …", "lo"), share most of their words with one, or stand for themselves.
The questions are asked in that order, in :func:`target_of`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.matters import put_down_to
from kg.extract.offered import content_lemmas
from kg.extract.ordinals import is_ordinal, picked
from kg.extract.stance_events import (
    AGREED,
    DEFINITE_OR_JOINED,
    event_claimed,
    event_in,
    event_of_kind,
    event_with_words,
)
from kg.extract.stance_nouns import SURE, named
from kg.extract.stance_pronouns import Target, claimed_last, is_condition, left_out
from kg.extract.syntax import Tree, finite_morph, trim
from kg.extract.words import word_list
from kg.model import Event
from kg.vocabulary import plover_type

_FIGURE: Final = frozenset(
    word_list(
        "cifra dato número porcentaje cantidad monto cálculo estimación cómputo recuento balance cuenta estadística proyección previsión"
    )
)
#: What is in force is no figure that somebody states: "no reconoce la cifra" is not about "el arancel del 15 %".
_RATE: Final = re.compile(r"(?:arancel|gravamen|tasa|impuesto|tarifa)(?:es|s)?\b", re.I)
#: Nouns for what somebody said is so; no proposal is taken up by them.
_SAID: Final = frozenset(word_list("lectura versión tesis interpretación explicación relato hipótesis afirmación diagnóstico"))
_REPROACHES: Final = frozenset(word_list("acusación reproche imputación señalamiento denuncia cargo"))
#: "lo ocurrido": what was told last.
_HAPPENED: Final = frozenset(word_list("ocurrido sucedido acontecido acaecido dicho expuesto"))
#: Nouns for what one party after the other says something of: "tachó la suspensión de teatro; Y aplaudió la medida".
_CHAINED: Final = frozenset(word_list("decisión medida determinación paso gesto acto maniobra anuncio noticia actuación"))
_BEING_THERE: Final = frozenset(word_list("haber existir recibir tener presentar hacer formular"))
#: Nouns that say of a thing only that it is done or used.
_LIGHT: Final = frozenset(word_list("uso empleo utilización realización aplicación existencia puesta ejecución"))
_QUOTES: Final = frozenset('«“"‘')
_CHAIN: Final = 4  # sentences, in one paragraph
_DECIDED: Final = frozenset(word_list("decisión medida determinación"))
#: Words that point back without naming anything.
_BARE: Final = frozenset(word_list("lo algo cosa ello eso esto aquello"))
#: Stances that answer somebody: nobody takes them on what the own side put forward.
_ANSWERS: Final = frozenset(word_list("opposes refusal denies doubts acceptance wanting tolerating"))
#: Stances on whether something is so, and not on what should be done.
_CLAIMS: Final = frozenset(word_list("denies confirming doubts"))
#: Acts that nobody means who speaks of "the measure" or of "it": what was said about a thing, or that somebody met.
_TALK: Final = frozenset(word_list("request reject consult accuse support"))
#: Stances that may follow one another on the same matter: one applauds it, the other laments it.
_SAME_MATTER: Final = frozenset(word_list("supports opposes doubts refusal acceptance"))
_REACH_OF_NOUNS: Final = 14  # sentences back to what "la medida", "esa petición" take up
_LONGEST: Final = 160
_SHORT: Final = 3  # tokens in a phrase that only counts


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words that say what a stance is about: head and tokens in the frame's sentence, text, content words."""

    head: int
    first: int
    end: int
    text: str
    words: frozenset[str]
    definite: bool


def target_of(known: Known, f: Frame, head: int | None) -> Target | None:
    """What the stance of frame ``f`` is about; ``head`` is the head of the words that say so, None where they are left out."""
    if head is None:
        return _pronoun(known, f)
    following = known.tree(f).tokens[head + 1 : head + 2]
    if known.tree(f).tokens[head].lower == "lo" and following and following[0].lower in AGREED:
        head += 1  # "lo acordado"
    elif (
        known.tree(f).tokens[head].lower == "lo"
        and following
        and following[0].lower in ("de", "del")
        and following[0].head > head
    ):
        head = following[0].head  # "lo de las visitas"
    elif known.tree(f).tokens[head].lower in ("sí", "no") and following and following[0].lower in ("a", "al"):
        head = following[0].head  # "dijo que sí al último"
    p = _phrase(known, f, head)
    token = known.tree(f).tokens[head]
    if token.lower in _HAPPENED and known.tree(f).tokens[head - 1].lower == "lo":
        return _pronoun(known, replace(f, theme=None, content=None, pronoun="lo")) or Target(matter=f"lo {token.lower}")
    claims_only = f.concept in ("claiming", "affirms", "confirming")
    fact = picked(known, f, p.head, p.first, p.end) or _put_forward_in(known, f, p)
    aside = _before_aside(known, f, p) if fact is None else None
    if aside is not None:
        return Target(fact=aside)
    if fact is None and p.definite and f.concept not in ("claiming", "affirms") and not known.takes_up(token.lemma):
        fact = named(known, f, p.head, p.first, p.end, enough=SURE)
    if fact is None and token.lemma in _FIGURE:
        fact = _figure(known, f)
    if fact is None and AGREED & {token.lower, token.lemma}:
        fact = event_of_kind(known, f, head)
    if fact is None and token.lemma in _SAID and p.definite and not _has_content(known, known.tree(f), p):
        return claimed_last(known, f) or Target(matter=p.text)
    if fact is None and f.concept not in ("claiming", "affirms"):
        fact = None if claims_only else _same_words(known, f, p)
        if fact is None and token.lemma in _CHAINED and p.definite and p.end - p.first <= _SHORT and f.concept in _SAME_MATTER:
            chained = _judged_last(known, f, reach=_CHAIN)
            fact = chained.fact if chained is not None and chained.fact in {e.id for e in known.events} else None
        if fact is None and token.lemma in _DECIDED and p.definite:
            fact = event_of_kind(known, f, head)  # "la decisión guatemalteca" is rather an act than what was put forward
        owner = known.a.demonym(known.tree(f), head) if token.lemma in _DECIDED else None
        if fact is None and owner is not None:
            return Target(matter=p.text)
        fact = fact or _taken_up(known, f, p) or event_in(known, f, p.head, p.end) or event_of_kind(known, f, head)
    if fact is None and head == f.content and f.concept in _CLAIMS | {"claiming", "saying"}:
        fact = event_claimed(known, f, head) or _existing(known, f, head)
    named_one = bool(known.a.resolution.of(f.sentence, head))
    if fact is None and not named_one and f.concept in ("denies", "confirming", "supports", "opposes", "doubts", "judging"):
        fact = event_with_words(known, p.words)
    if fact is None and p.definite and f.concept not in ("claiming", "affirms"):
        t, head = known.tree(f), p.head
        inner = next((k for k in t.children(head, "nmod") if t.tokens[k].pos == "NOUN" and k < p.end), None)
        head = inner if token.lemma in _LIGHT and inner is not None else head  # "el uso de los cañones"
        fact = named(known, f, head, head if head != p.head else p.first, p.end)
    if fact is not None and not _inside(known, f, fact) and not _tells_itself(known, f, fact):
        return Target(fact=fact)
    whom = f.patient or known.a.resolution.of(f.sentence, head)  # "cierra filas con Larrobla"
    if f.concept in ("supports", "opposes") and whom and _is_somebody(known, whom[0], f, head):
        return Target(actor=whom[0])
    if is_ordinal(token.lower) and p.end - p.first <= _SHORT:
        return None  # "se negó a lo tercero", and three things were not found
    if f.pronoun is not None and head == f.theme and head > f.trigger:  # "confirma lo de las visitas", told before in other words
        told = _pronoun(known, f)
        if told is not None and told.fact is not None:
            return told
    if token.pos == "PRON" or not re.search(r"\w{3,}", p.text):
        return _pronoun(known, f)
    if f.concept == "affirms":
        p = replace(p, text=put_down_to(known, f, p.text))
    return Target(matter=p.text if len(p.text) <= _LONGEST else p.text[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


# ------------------------------------------------------------------------------------------- nothing, or a pronoun


def _pronoun(known: Known, f: Frame) -> Target | None:
    """What no words of the frame's own say: what was told last, else what another judged last."""
    bare = f.theme is None and f.content is None and not f.patient and f.concept in ("supports", "opposes")
    judging = (f.pronoun is not None or bare) and f.form == "verb" and f.concept in _SAME_MATTER
    beside = _judged_last(known, f, reach=0) if judging else None
    if beside is not None:
        return beside
    agreed = _agreement_named(known, f) if f.pronoun == "lo" and f.concept in ("supports", "opposes", "judging") else None
    if agreed is not None:
        return Target(fact=agreed)
    found = left_out(known, f)
    if (found is None or found.actor is not None) and f.pronoun is not None and f.form == "verb" and f.concept in _SAME_MATTER:
        return _judged_last(known, f) or found
    return found


def _agreement_named(known: Known, f: Frame) -> str | None:
    """The agreement that a noun before the verb names in its sentence: "recurrirá el texto …, y X lo llama «capitulación»"."""
    t = known.tree(f)
    nouns = (k for k in range(f.trigger - 1, 0, -1) if t.tokens[k].lemma in AGREED and "Gender=Masc" in t.tokens[k].morph)
    named_so = next(
        (k for k in nouns if t.tokens[k].pos == "NOUN" and t.tokens[k - 1].lower in ("el", "este", "ese", "del", "al")), None
    )
    return None if named_so is None else event_of_kind(known, f, named_so)


def _judged_last(known: Known, f: Frame, reach: int = 1) -> Target | None:
    """What another took a stance on right before: "X aplaudió la apertura; Y la lamentó"."""
    for x in reversed(known.frames):
        near = f.sentence - reach <= x.sentence < f.sentence or (x.sentence == f.sentence and x.trigger < f.trigger)
        near = near and (reach <= 1 or known.tree(x).sentence.block == known.tree(f).sentence.block)
        same = x.concept in _SAME_MATTER | {"judging"} and x.form == "verb" and not x.negated
        if near and same and x.theme is not None and not set(x.agent) & set(f.agent):
            return target_of(known, x, x.theme)
    return None


# ------------------------------------------------------------------------------------------------- words of its own


def _existing(known: Known, f: Frame, head: int) -> str | None:
    """What a clause says to be there or not: "desmiente haber recibido oferta alguna", "asegura que el trato existe"."""
    t = known.tree(f)
    if t.tokens[head].lemma not in _BEING_THERE:
        return None
    noun = next((k for k in t.children(head, "obj", "nsubj") if t.tokens[k].pos == "NOUN"), None)
    if noun is None or not known.takes_up(t.tokens[noun].lemma):
        return None
    near = [o for o in known.before(f) if f.sentence - o.sentence <= 1 and (o.sentence, o.first) < (f.sentence, f.trigger)]
    last = max((o for o in near if not is_condition(o)), key=lambda o: (o.sentence, o.first), default=None)
    return None if last is None else last.fact.part_of or last.fact.id


def _phrase(known: Known, f: Frame, head: int) -> _Phrase:
    t = known.tree(f)
    first, end = trim(t, *_stretch(t, head, f))
    text = known.a.text[t.tokens[first].start : t.tokens[end - 1].end]
    definite = any(t.tokens[k].lower in DEFINITE_OR_JOINED for k in t.kids[head] if k < head)
    return _Phrase(head, first, end, text.removeprefix("que ").removeprefix("Que "), content_lemmas(t, first, end), definite)


def _put_forward_in(known: Known, f: Frame, p: _Phrase) -> str | None:
    """The proposal whose own words these are, or that their relative clause puts forward: "el túnel que propone Roma"."""
    if f.concept in ("claiming", "confirming", "affirms"):
        return None
    t = known.tree(f)
    for o in known.offered:
        by = o.frame
        if o.sentence != f.sentence or by is None or by.trigger == f.trigger or known.own(f, o):
            continue
        relative = by.form == "verb" and t.tokens[by.trigger].dep == "acl:relcl" and p.first <= o.first and o.end <= p.end
        # "ofreció dos helicópteros, que Lima rechazó"
        answered = (
            t.tokens[f.trigger].dep == "acl:relcl" and t.tokens[f.trigger].head == p.head == by.theme and by.trigger < p.head
        )
        if relative or answered or (by.form == "noun" and p.first <= by.trigger < p.end and by.trigger == p.head):
            return o.fact.id
    return None


def _before_aside(known: Known, f: Frame, p: _Phrase) -> str | None:
    """What a bare noun behind a comma sums up, "…, gesto que X agradeció": the fact told before it in its sentence."""
    t = known.tree(f)
    token = t.tokens[p.head]
    above = t.tokens[f.trigger].head == p.head or t.tokens[f.trigger].dep == "conj"
    bare = token.lower in _BARE or (token.pos == "NOUN" and not any(t.tokens[k].pos == "DET" for k in t.kids[p.head]))
    vague = token.lower in _BARE or known.takes_up(token.lemma)
    named = any(t.tokens[k].dep == "nmod" for k in t.kids[p.head])
    if not (
        above
        and p.head < f.trigger
        and vague
        and not named
        and (bare or (p.head and "," in (t.tokens[t.left[p.head] - 1].text, t.tokens[t.left[p.head]].text)))
    ):
        return None
    start = t.tokens[p.head].start
    if token.lemma in _REPROACHES:
        accused = [e for e in known.events if plover_type(e.event_type) == "accuse" and _tells(e, t, start)]
        return accused[-1].id if accused else None
    here = [o for o in known.before(f) if o.sentence == f.sentence and o.first < p.head and o.frame is not f]
    told = [e for e in known.events if t.tokens[0].start <= e.evidence[0].start < start]
    if f.concept in _CLAIMS and told:
        claims = [e for e in told if plover_type(e.event_type) not in _TALK or not here]
        if claims and (not here or claims[-1].evidence[0].end > here[-1].fact.evidence[0].end):
            return claims[-1].id
    if here:
        return here[-1].fact.id
    figures = [i for i in known.indicators if t.tokens[0].start <= i.evidence[0].start < start]
    return told[-1].id if told else figures[-1].id if figures else None


def _tells(e: Event, t: Tree, stop: int) -> bool:
    """Whether an event's words begin in a sentence before a character."""
    return any(t.tokens[0].start <= x.start < stop for x in e.evidence)


def _figure(known: Known, f: Frame) -> str | None:
    """The figure told last, rather one that somebody else claims."""
    start = known.tree(f).tokens[f.trigger].start
    near = [i for i in known.indicators if i.evidence[0].end < start and not _RATE.match(i.measure)]
    claimed = [i for i in near if i.claimant and not set(i.claimant) & set(f.agent)]
    return (claimed or near)[-1].id if near else None


def _same_words(known: Known, f: Frame, p: _Phrase) -> str | None:
    """The proposal of another side that shares at least half of the content words."""
    best, score = None, 0.0
    for o in known.offered:
        own = f.concept in _ANSWERS and known.own(f, o)
        if own or (o.frame is not None and (o.frame.sentence, o.frame.trigger) == (f.sentence, f.trigger)):
            continue
        if len(p.words) == 1 and not known.takes_up(known.tree(f).tokens[p.head].lemma):
            continue  # one word names what begins with it, and not all that speaks of it: see stance_nouns
        common = len(p.words & o.words)
        share = common / max(1, min(len(p.words), len(o.words)))
        if share > score and share >= 0.5 and common >= min(2, len(p.words)):
            best, score = o, share
    return best.fact.id if best is not None else None


def _taken_up(known: Known, f: Frame, p: _Phrase) -> str | None:
    """The proposal that a definite general noun takes up: "la petición", "la propuesta española", "esas condiciones"."""
    t = known.tree(f)
    if not p.definite or not known.takes_up(t.tokens[p.head].lemma) or _has_content(known, t, p):
        return None
    owners = {country_of(known.a, x) for k in (p.head, *t.kids[p.head]) for x in known.a.actors(t, k)} | {
        known.a.demonym(t, p.head)
    }
    before = [
        o for o in known.before(f) if not known.own(f, o) and f.sentence - o.sentence <= _REACH_OF_NOUNS and not is_condition(o)
    ]
    theirs = [o for o in before if {country_of(known.a, x) for x in o.fact.proposer} & (owners - {None})] or before
    wholes = [o for o in theirs if any(x.fact.part_of == o.fact.id for x in theirs)]
    if wholes and "Number=Plur" in t.tokens[p.head].morph:
        return wholes[-1].fact.id
    return theirs[-1].fact.id if theirs else None


def _has_content(known: Known, t: Tree, p: _Phrase) -> bool:
    """Whether a general noun says itself what it is about: "la idea de un tribunal", "la propuesta de abrir el puerto"."""
    return any(
        t.tokens[k].dep in ("nmod", "acl")
        and k > p.head
        and k < p.end
        and t.tokens[k].pos in ("NOUN", "VERB")
        and not known.a.actors(t, k)
        for k in t.kids[p.head]
    )


# ----------------------------------------------------------------------------------------------------------- helpers


def _inside(known: Known, f: Frame, fact: str) -> bool:
    """Whether the frame stands in the words of the proposal itself: "que derogue la ley que aprobó en 2024"."""
    return any(o.fact.id == fact and o.sentence == f.sentence and o.first <= f.trigger < o.end for o in known.offered)


def _tells_itself(known: Known, f: Frame, fact: str) -> bool:
    """Whether the frame's own verb tells the event: a complaint is not about itself."""
    t = known.tree(f)
    here = t.tokens[f.trigger]
    return any(
        e.id == fact and e.triggers[:1] == (here.text,) and any(x.start <= here.start < x.end for x in e.evidence)
        for e in known.events
    )


def _is_somebody(known: Known, whom: str, f: Frame, head: int) -> bool:
    """Whether the words name an actor of their own, and no unnamed group."""
    actor = known.a.resolution.actors[whom]
    named = actor.kind != "Group" or actor.country is not None
    return named and bool(known.a.resolution.of(f.sentence, head))


def _stretch(t: Tree, head: int, f: Frame) -> tuple[int, int]:
    """The tokens of the words headed by ``head`` without the frame's own verb and what follows a comma or a semicolon."""
    left, right = t.left[head], t.right[head]
    if f.concept == "judging" and head < f.end:
        right = min(right, f.end)  # "tachó la suspensión | de «teatro»"
        right = next((k - (t.tokens[k - 1].pos == "ADP") for k in range(head + 1, right) if t.tokens[k].text in _QUOTES), right)
    if left <= f.trigger < head:
        left = f.trigger + 1
    elif head < f.trigger < right:
        right = next((t.left[k] for k in t.kids[head] if t.left[k] <= f.trigger < t.right[k] and head < t.left[k]), f.trigger)
    for k in t.kids[head]:
        if k > head and t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis") and t.tokens[t.left[k]].text == ",":
            right = min(right, t.left[k])
        told = t.tokens[k].dep == "conj" and "Mood=Ind" in finite_morph(t, k) and "Mood=Ind" not in finite_morph(t, head)
        if k > head and told and t.tokens[head].pos == "VERB":  # "desmiente haber recibido oferta | y recuerda la captura"
            right = min(right, t.left[k])
    for i in range(head + 1, right):
        if t.tokens[i].text == ";":
            right = i
            break
    if right <= left:
        return head, head + 1
    while left < right - 1 and t.tokens[left].lower in ("a", "al", "de", "del", "en", "sobre", "que"):
        left += 1
    return left, right
