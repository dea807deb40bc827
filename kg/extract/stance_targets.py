"""What a stance is about: a fact that the article tells, an actor, or a matter in its own words.

The words after the verb either hold a fact of the article (its own words, or a relative clause that puts it forward), take one up
("la petición", "esa posibilidad", "lo primero", "extremo que …", "lo"), share most of their words with one, or stand for themselves.
The questions are asked in that order, in :func:`target_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.offered import Offered, content_lemmas, country_of, same_side
from kg.extract.ordinals import picked
from kg.extract.syntax import Tree, trim
from kg.extract.words import word_list
from kg.model import Event
from kg.vocabulary import plover_type

_FIGURE: Final = frozenset(word_list("cifra dato número porcentaje cantidad monto cálculo estimación cómputo recuento balance"))
#: What is in force is no figure that somebody states: "no reconoce la cifra" is not about "el arancel del 15 %".
_RATE: Final = re.compile(r"(?:arancel|gravamen|tasa|impuesto|tarifa)(?:es|s)?\b", re.I)
#: Nouns for what somebody said is so; no proposal is taken up by them.
_SAID: Final = frozenset(word_list("lectura versión tesis interpretación explicación relato hipótesis afirmación diagnóstico"))
#: Acts of agreeing that what is agreed is not known by.
_ANSWERING: Final = frozenset({"ratification", "acceptance", "promise", "hand-over"})
_REPROACHES: Final = frozenset(word_list("acusación reproche imputación señalamiento denuncia cargo"))
_AGREED: Final = frozenset(word_list("acordado pactado acuerdo pacto convenio memorando memorándum convenido firmado"))
#: Words that point back without naming anything.
_BARE: Final = frozenset(word_list("lo algo cosa ello eso esto aquello"))
_DEFINITE: Final = frozenset(
    word_list("el la los las esa ese esta este esas esos estas estos dicha dicho dichas dichos tal tales aquella aquel su sus")
)
#: Stances that answer somebody: nobody takes them on what the own side put forward.
_ANSWERS: Final = frozenset(word_list("opposes refusal denies doubts acceptance wanting tolerating"))
#: Stances on whether something is so, and not on what should be done.
_CLAIMS: Final = frozenset(word_list("denies confirming doubts"))
#: Acts that nobody means who speaks of "the measure" or of "it": what was said about a thing, or that somebody met.
_TALK: Final = frozenset(word_list("request reject consult accuse support"))
#: Stances that may follow one another on the same matter: one applauds it, the other laments it.
_SAME_MATTER: Final = frozenset(word_list("supports opposes doubts refusal acceptance"))
_REACH: Final = 2  # sentences back to what a pronoun means
_REACH_OF_PHRASES: Final = 12  # "no está sobre la mesa" answers what the whole passage is about
_REACH_OF_NOUNS: Final = 14  # sentences back to what "la medida", "esa petición" take up
_CLAUSE: Final = 5  # tokens that make a clause before "…, lo que X niega"
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Target:
    """One of three: the id of a ``fact``, a ``matter`` in words, the id of an ``actor``."""

    fact: str | None = None
    matter: str | None = None
    actor: str | None = None


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
        return _left_out(known, f)
    following = known.tree(f).tokens[head + 1 : head + 2]
    if known.tree(f).tokens[head].lower == "lo" and following and following[0].lower in _AGREED:
        head += 1  # "lo acordado"
    p = _phrase(known, f, head)
    token = known.tree(f).tokens[head]
    claims_only = f.concept in ("claiming", "affirms", "confirming")
    fact = picked(known, f, p.head, p.first, p.end) or _put_forward_in(known, f, p) or _before_aside(known, f, p)
    if fact is None and token.lemma in _FIGURE:
        fact = _figure(known, f)
    if fact is None and _AGREED & {token.lower, token.lemma}:
        fact = _event_of_kind(known, f, head)
    if fact is None and token.lemma in _SAID and p.definite and not _has_content(known, known.tree(f), p):
        return claimed_last(known, f) or Target(matter=p.text)
    if fact is None and f.concept not in ("claiming", "affirms"):
        fact = None if claims_only else _same_words(known, f, p)
        fact = fact or _taken_up(known, f, p) or _event_in(known, f, p) or _event_of_kind(known, f, head)
    if fact is None and f.concept in ("denies", "confirming", "supports", "opposes", "doubts", "judging"):
        fact = _event_with_words(known, p)
    if fact is not None and not _inside(known, f, fact):
        return Target(fact=fact)
    if f.concept in ("supports", "opposes") and f.patient and _is_somebody(known, f, head):
        return Target(actor=f.patient[0])
    if token.pos == "PRON" or not re.search(r"\w{3,}", p.text):
        return _left_out(known, f)
    return Target(matter=p.text if len(p.text) <= _LONGEST else p.text[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


# ------------------------------------------------------------------------------------------- nothing, or a pronoun


def _left_out(known: Known, f: Frame) -> Target | None:
    """What "lo niega", "se opuso", "no está sobre la mesa" are about: what was told last, and agrees with the pronoun."""
    near = _agreeing(known, f, list(_answered(known, f)))
    if f.patient and f.pronoun is None and f.form != "phrase":
        theirs = [o for o in near if any(same_side(known.a, x, y) for x in o.fact.proposer for y in f.patient)]
        if f.concept in ("refusal", "acceptance") and theirs:  # "ya le dijimos que no"
            return Target(fact=theirs[-1].fact.id)
        return Target(actor=f.patient[0]) if f.concept in ("supports", "opposes") else None
    if f.concept in _CLAIMS or f.concept in ("judging", "affirms") or not near:
        told = _told_last(known, f)
        if told is not None:
            return Target(fact=told)
    if near:
        return Target(fact=_list_of(known, f, near[-1]))
    claimed = claimed_last(known, f) if f.concept in _CLAIMS and (f.pronoun is not None or f.form == "phrase") else None
    if claimed is not None:
        return claimed
    if f.concept in ("denies", "confirming") and f.pronoun is not None:
        return _words_before(known, f)
    if f.concept == "supports" and f.pronoun in ("los", "las"):  # "los respalda"
        people = _people_before(known, f)
        if people is not None:
            return Target(actor=people)
    if f.pronoun is not None and f.form == "verb" and f.concept in _SAME_MATTER:
        return _judged_last(known, f)
    return Target(actor=f.patient[0]) if f.patient and f.concept in ("supports", "opposes") else None


def _answered(known: Known, f: Frame) -> Iterator[Offered]:
    """The proposals of others shortly before a frame, in order."""
    reach = _REACH_OF_PHRASES if f.form == "phrase" else _REACH + 1
    for o in known.before(f):
        whole = f.form != "phrase" or o.fact.part_of is None
        if f.sentence - o.sentence <= reach and whole and not known.own(f, o):
            yield o


def _list_of(known: Known, f: Frame, o: Offered) -> str:
    """The proposal that a bare yes or no behind it is about: not the last item of a list above, but the list."""
    whole = o.fact.part_of
    items = [x for x in known.offered if x.fact.part_of == whole]
    return whole if whole is not None and o.sentence < f.sentence and len(items) > 1 else o.fact.id


def _agreeing(known: Known, f: Frame, near: list[Offered]) -> list[Offered]:
    """Those of ``near`` that the pronoun's gender fits; all of them where it fits none."""
    if f.pronoun not in ("la", "las"):
        return near
    return [o for o in near if _gender(known, o) == "Fem"] or near


def _gender(known: Known, o: Offered) -> str:
    """The gender of the noun that names a proposal; empty for one told in a clause."""
    tokens = known.a.trees[o.sentence].tokens[o.first : o.end]
    noun = next((x for x in tokens if x.pos in ("NOUN", "VERB", "AUX")), None)
    return "" if noun is None or noun.pos != "NOUN" else noun.morph.partition("Gender=")[2].partition("|")[0]


def claimed_last(known: Known, f: Frame) -> Target | None:
    """What somebody else said last before a frame, shortly: "asegura que cayó preso; el general no lo da por cierto"."""
    limit = known.tree(f).tokens[f.trigger].start
    floor = known.a.trees[max(0, f.sentence - _REACH)].tokens[0].start
    near = [s for s in known.said if floor <= s.quote.start and s.quote.end <= limit and not set(s.speaker) & set(f.agent)]
    if not near:
        return None
    words = known.a.text[near[-1].quote.start : near[-1].quote.end].strip(" .")
    return Target(matter=words if len(words) <= _LONGEST else words[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


def _words_before(known: Known, f: Frame) -> Target | None:
    """The clause or sentence right before a frame, for "lo desmiente" where no fact was made of it."""
    t = known.tree(f)
    start = f.trigger if f.subject is None or f.subject > f.trigger else t.left[f.subject]
    stop = next((k for k in range(start - 1, 0, -1) if t.tokens[k].text in (";", ",", ":")), 0)
    if stop >= _CLAUSE:
        words = known.a.text[t.tokens[0].start : t.tokens[stop - 1].end]
    elif f.sentence > 0:
        above = known.a.trees[f.sentence - 1]
        words = known.a.text[above.tokens[0].start : above.tokens[-1].end]
    else:
        return None
    words = words.strip(' .—–-«»“”"')
    return Target(matter=words if len(words) <= _LONGEST else words[: _LONGEST - 3].rsplit(" ", 1)[0] + "…")


def _judged_last(known: Known, f: Frame) -> Target | None:
    """What another took a stance on right before: "X aplaudió la apertura; Y la lamentó"."""
    for x in reversed(known.frames):
        near = x.sentence == f.sentence - 1 or (x.sentence == f.sentence and x.trigger < f.trigger)
        if near and x.concept in _SAME_MATTER and x.form == "verb" and x.theme is not None and not set(x.agent) & set(f.agent):
            return target_of(known, x, x.theme)
    return None


def _people_before(known: Known, f: Frame) -> str | None:
    """The people named last before a frame, in its sentence or the one before."""
    a = known.a
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        before = f.sentence - 1 <= m.sentence < f.sentence or (m.sentence == f.sentence and m.last <= f.trigger)
        if before and found and a.resolution.actors[found[0]].kind == "Group" and found[0] not in f.agent:
            return found[0]
    return None


def _told_last(known: Known, f: Frame) -> str | None:
    """The fact told last before a frame, in its sentence or the two before."""
    t = known.tree(f)
    limit = t.tokens[f.trigger].start
    floor = known.a.trees[max(0, f.sentence - _REACH)].tokens[0].start
    figures = known.indicators if f.concept in _CLAIMS or f.concept == "affirms" else ()
    facts = [*(o.fact for o in known.before(f)), *known.events, *figures]
    near = [(e.end, x.id) for x in facts for e in x.evidence if floor <= e.start and e.end <= limit]
    return max(near)[1] if near else None


# ------------------------------------------------------------------------------------------------- words of its own


def _phrase(known: Known, f: Frame, head: int) -> _Phrase:
    t = known.tree(f)
    first, end = trim(t, *_stretch(t, head, f))
    text = known.a.text[t.tokens[first].start : t.tokens[end - 1].end]
    definite = any(t.tokens[k].lower in _DEFINITE for k in t.kids[head] if k < head)
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
        if relative or (by.form == "noun" and p.first <= by.trigger < p.end and by.trigger == p.head):
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
        above and p.head < f.trigger and vague and not named and (bare or (p.head and t.tokens[t.left[p.head] - 1].text == ","))
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
    before = [o for o in known.before(f) if not known.own(f, o) and f.sentence - o.sentence <= _REACH_OF_NOUNS]
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


def _event_in(known: Known, f: Frame, p: _Phrase) -> str | None:
    """The event that the words themselves tell: "la decisión de Chile de expulsar a tres pescadores", "el cierre"."""
    t = known.tree(f)
    heads = [p.head, *(k for k in t.kids[p.head] if t.tokens[k].dep == "acl" and k < p.end)]
    for k in heads:
        for e in known.events:
            here = any(x.start <= t.tokens[k].start < x.end for x in e.evidence)
            if here and e.triggers[:1] == (t.tokens[k].text,) and plover_type(e.event_type) not in ("reject", "request"):
                return e.id
    return None


def _event_of_kind(known: Known, f: Frame, head: int) -> str | None:
    """The last event that a definite noun takes up by its kind: "la amenaza", "lo acordado", "el cierre", "la decisión"."""
    t = known.tree(f)
    token = t.tokens[head]
    if not any(t.tokens[k].lower in _DEFINITE | {"lo"} for k in t.kids[head]):
        return None
    told = [e for e in known.events if e.evidence[0].end <= t.tokens[f.trigger].start]
    if token.lemma in _AGREED or token.lower in _AGREED:
        agreed = [
            e
            for e in told
            if plover_type(e.event_type) == "agree" and e.factuality in ("actual", "planned") and e.event_type not in _ANSWERING
        ]
        return agreed[-1].id if agreed else None
    own = [k for k in t.kids[head] if t.tokens[k].dep == "nmod" and k > head]
    if any(t.tokens[k].pos == "NOUN" or (t.tokens[k].pos == "PROPN" and not known.a.resolution.of(f.sentence, k)) for k in own):
        return None  # "las negociaciones del Tratado" brings its own matter
    stances = ("offering", "refusal", "acceptance", "supports", "opposes", "doubts")
    kinds = {v.concept for v in known.a.lexicon.nouns.get(token.lemma, ()) if v.concept not in stances}
    floor = known.a.trees[max(0, f.sentence - _REACH_OF_NOUNS)].tokens[0].start
    told = [e for e in told if e.evidence[-1].end >= floor]
    same = [e for e in told if e.event_type in kinds]
    if not same and token.lemma in known.a.lexicon.classes["summing-up"]:
        same = [e for e in told if plover_type(e.event_type) not in _TALK and e.factuality in ("actual", "planned")]
    return same[-1].id if same else None


def _event_with_words(known: Known, p: _Phrase) -> str | None:
    for e in reversed(known.events):
        lemmas = {x[:6] for x in re.findall(r"\w{4,}", e.label.lower())}
        if p.words and len(p.words & lemmas) >= max(2, 0.6 * len(p.words)):
            return e.id
    return None


# ----------------------------------------------------------------------------------------------------------- helpers


def _inside(known: Known, f: Frame, fact: str) -> bool:
    """Whether the frame stands in the words of the proposal itself: "que derogue la ley que aprobó en 2024"."""
    return any(o.fact.id == fact and o.sentence == f.sentence and o.first <= f.trigger < o.end for o in known.offered)


def _is_somebody(known: Known, f: Frame, head: int) -> bool:
    """Whether the words name an actor of their own, and no unnamed group."""
    actor = known.a.resolution.actors[f.patient[0]]
    named = actor.kind != "Group" or actor.country is not None
    return named and bool(known.a.resolution.of(f.sentence, head))


def _stretch(t: Tree, head: int, f: Frame) -> tuple[int, int]:
    """The tokens of the words headed by ``head`` without the frame's own verb and what follows a comma or a semicolon."""
    left, right = t.left[head], t.right[head]
    if left <= f.trigger < head:
        left = f.trigger + 1
    elif head < f.trigger < right:
        right = next((t.left[k] for k in t.kids[head] if t.left[k] <= f.trigger < t.right[k] and head < t.left[k]), f.trigger)
    for k in t.kids[head]:
        if k > head and t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis") and t.tokens[t.left[k]].text == ",":
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
