"""Proposals told as a series in running text: "tres peticiones: que … y que …", "Una: que … Dos: que …", "La primera, …; la segunda, …".

A plural noun of asking or offering says that several follow; a colon, ordinals or numbers set them off. The whole is a proposal, the
items are its parts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.lexicon import lemmas_of
from kg.extract.offered import Offered, content_lemmas, label, other_side, same_side
from kg.extract.ordinals import is_ordinal
from kg.extract.proposal_parts import Stretch, items_behind_colon
from kg.extract.said import Attribution
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, is_finite, is_verb, negated, predicate_above, tense, trim
from kg.extract.words import word_list
from kg.model import Proposal

#: Nouns whose plural announces several things asked for or offered.
_SERIES: Final = frozenset(
    word_list(
        "petición pedido ruego exigencia demanda reclamo reclamación solicitud requerimiento condición requisito propuesta oferta"
        " ofrecimiento sugerencia recomendación contrapartida reivindicación concesión"
    )
)
#: Nouns that announce several only of a plan, a list, a letter: "un pliego de tres puntos", "la lista tiene cuatro puntos".
_POINTS: Final = frozenset(word_list("punto paso apartado capítulo eje demanda exigencia"))
_HOLDERS: Final = frozenset(
    word_list("plan pliego propuesta oferta contrapropuesta contraoferta iniciativa paquete petitorio memorial ultimátum fórmula")
)
_NUMBERS: Final = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10}
_CARDINALS: Final = frozenset(word_list("uno una un dos tres cuatro cinco seis"))
_CLOSING: Final = frozenset({"finalmente", "además", "también"})
#: Whoever does this with demands has heard them: they are the other side's.
_HEARING: Final = frozenset(
    word_list(
        "recibir escuchar aceptar rechazar atender cumplir conocer responder contestar estudiar admitir conceder satisfacer"
    )
)
_SEPARATING: Final = frozenset({",", ";", "y", "e", "o"})
_ENDS: Final = frozenset({".", "?", "!", "—", "–"})
#: Series go on for so many sentences, at most.
_LONGEST: Final = 6


def from_series(
    a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], found: list[Offered]
) -> Iterator[Offered]:
    """The wholes and parts of all series of the document; series that a verb has told already, with its items, stay as they are."""
    told = {o.sentence for o in found if o.fact.part_of is not None}
    for t in a.trees:
        if t.sentence.index in told or a.document.article.blocks[t.sentence.block].kind != "paragraph":
            continue
        head = next((x.i for x in t.tokens if _announces(t, x.i) or _things(a, t, x.i)), None)
        items = list(_items(a, t, head)) if head is not None else []
        if head is None or len(items) < 2:
            continue
        who = _sides(a, t, head, frames)
        if not who[0]:
            continue
        colon = next((x.i for x in t.tokens[head:] if x.text == ":"), len(t.tokens))
        first, end = trim(t, 0, colon)
        whole = _offered(a, t, (first, end), who, "proposal-series", attributions)
        yield whole
        for tree, stretch in items:
            yield _offered(a, tree, stretch, who, "proposal-series-item", attributions, whole.fact.id)


def _offered(
    a: Analysis,
    t: Tree,
    stretch: Stretch,
    who: tuple[tuple[str, ...], tuple[str, ...]],
    rule: str,
    attributions: tuple[Attribution, ...],
    part_of: str | None = None,
) -> Offered:
    fact = Proposal(
        id=f"p{t.sentence.index}.{stretch[0]}.series",
        label=label(a, t, *stretch),
        evidence=(passage(a, t.span(*stretch), attributions, own=who[0]),),
        proposer=who[0][:2],
        addressee=who[1][:2],
        part_of=part_of,
        rule=rule,
    )
    return Offered(fact, t.sentence.index, *stretch, content_lemmas(t, *stretch), None)


def spelt_in_clauses(t: Tree, i: int) -> bool:
    """Whether the plural noun at ``i`` is spelt out by "que" clauses behind a colon: "tres peticiones: que …; que …, y que …"."""
    colon = next((x.i for x in t.tokens[i:] if x.text == ":"), len(t.tokens))
    return _announces(t, i) and colon + 1 < len(t.tokens) and t.tokens[colon + 1].lower == "que" and len(_split(t, colon)) > 1


def _announces(t: Tree, i: int) -> bool:
    """Whether noun ``i`` announces several proposals: counted, or right before a colon."""
    token = t.tokens[i]
    if token.pos != "NOUN" or not token.lower.endswith("s"):
        return False
    counted = _number(t, i) is not None
    if token.lemma in _POINTS and counted and any(x.lemma in _HOLDERS | _SERIES for x in t.tokens):
        return True
    colon = i + 1 < len(t.tokens) and t.tokens[i + 1].text == ":"
    return token.lemma in _SERIES and (counted or colon)


def _things(a: Analysis, t: Tree, i: int) -> bool:
    """Whether "cosas" are several that somebody asks for or offers: "exige dos cosas para firmar: que …"."""
    if t.tokens[i].lower != "cosas" or _number(t, i) is None or ":" not in {x.text for x in t.tokens[i + 1 :]}:
        return False
    language, verb = a.document.article.language, t.tokens[t.tokens[i].head].lemma
    return not negated(t, t.tokens[i].head) and any(
        verb in lemmas_of(language, concept, "verb") for concept in ("request", "offering", "wanting")
    )


def _number(t: Tree, i: int) -> int | None:
    """How many the noun counts, before it or behind a copula: "tres exigencias", "las exigencias son tres"."""
    before = {x.lower for x in t.tokens[max(0, i - 2) : i]}
    number = next((n for word, n in _NUMBERS.items() if word in before), None)
    above = t.tokens[i].head
    if number is None and t.tokens[i].dep == "nsubj" and t.tokens[above].lower in _NUMBERS and t.children(above, "cop"):
        return _NUMBERS[t.tokens[above].lower]
    return number


def _items(a: Analysis, t: Tree, head: int) -> Iterator[tuple[Tree, Stretch]]:
    """The items behind the colon of the sentence, or in the sentences behind it that count them off."""
    colon = next((x.i for x in t.tokens[head:] if x.text == ":"), None)
    if colon is not None and colon + 2 < len(t.tokens):
        for stretch in _split(t, colon):
            yield t, stretch
        return
    if colon is not None:
        return  # a list of blocks
    for k in range(t.sentence.index + 1, min(t.sentence.index + 1 + _LONGEST, len(a.trees))):
        following = a.trees[k]
        found = list(_counted_off(following)) if following.sentence.block == t.sentence.block else []
        if not found:
            return
        for stretch in found:
            yield following, stretch


def _split(t: Tree, colon: int) -> list[Stretch]:
    """The items behind a colon: each "que" clause with a subjunctive, each infinitive, else what the parser coordinates."""
    tokens = t.tokens
    stop = next((k for k in range(colon + 1, len(tokens)) if tokens[k].text in _ENDS), len(tokens))
    opens = [k for k in range(colon + 1, stop) if k == colon + 1 or tokens[k - 1].lower in _SEPARATING]
    first = tokens[colon + 1]
    if is_ordinal(first.lower) or is_ordinal(tokens[colon + 2].lower):
        return list(_counted_off(t, colon + 1))
    if first.lower == "que":
        starts = [k for k in opens if tokens[k].lower == "que" and _asked(t, k, stop)]
    elif "VerbForm=Inf" in first.morph:
        starts = [k for k in opens if "VerbForm=Inf" in tokens[k].morph]
    else:
        return _nominal(t, colon, stop)
    return [trim(t, begin, end) for begin, end in zip(starts, [*starts[1:], stop], strict=True)]


def _nominal(t: Tree, colon: int, stop: int) -> list[Stretch]:
    """Noun phrases with an article or number each, as the parser coordinates them; by their commas where it gives fewer."""
    marks = [k for k in range(colon + 1, stop) if t.tokens[k].text == ";"]
    if marks:  # "el doble de vuelos, hasta cuatro; estadías de noventa días, y el acceso a las huellas"
        joined = next(
            (k for k in range(marks[-1] + 1, stop - 1) if t.tokens[k].text == "," and t.tokens[k + 1].lower in ("y", "e")), None
        )
        edges = [colon, *marks, *([joined] if joined is not None else []), stop]
        return [trim(t, begin + 1, end) for begin, end in itertools.pairwise(edges) if end > begin + 1]
    by_tree = items_behind_colon(t, colon)
    starts = [colon + 1]
    for k in range(colon + 2, stop):
        if t.tokens[k - 1].text in (",", ";") and t.tokens[k].pos in ("DET", "NUM"):
            starts.append(k)
    last = max(starts)
    joined = next(
        (k for k in range(stop - 1, last, -1) if t.tokens[k - 1].lower in ("y", "e") and t.tokens[k].pos in ("DET", "NUM")), None
    )
    if joined is not None and len(starts) > 1:
        starts.append(joined)
    by_commas = [trim(t, begin, end) for begin, end in zip(starts, [*starts[1:], stop], strict=True)]
    return by_commas if len(by_commas) > len(by_tree) else by_tree


def _asked(t: Tree, que: int, stop: int) -> bool:
    """Whether the clause behind "que" is in the subjunctive: no relative clause, and no reason."""
    verb = next((k for k in range(que + 1, stop) if is_finite(t.tokens[k]) and is_verb(t.tokens[k])), None)
    if verb is None:
        return False
    return tense(t, verb) == "subjunctive" or "Mood=Sub" in t.tokens[verb].morph


def _counted_off(t: Tree, start: int = 0) -> Iterator[Stretch]:
    """The items of a sentence that its own ordinals or numbers count off: "Una: que …", "La primera, que …; la segunda, …"."""
    tokens = t.tokens
    marks = []
    for k in range(start, len(tokens)):
        opens = k == start or tokens[k - 1].text in (";", ",", "y", "e")
        behind = _behind_mark(t, k) if opens else None
        if behind is not None:
            marks.append((k, behind))
    if not marks or marks[0][0] > start + 1:
        return
    for (_, begin), end in zip(marks, [*(k for k, _ in marks[1:]), len(tokens)], strict=True):
        first, last = trim(t, begin, end)
        if last - first > 1:
            yield first, last


def _behind_mark(t: Tree, k: int) -> int | None:
    """Where an item begins behind its number at ``k``: "Y tres: |que …", "La primera, |que …", "Por último, |…"."""
    words = [x.lower for x in t.tokens[k : k + 5]]
    j = 1 if words and words[0] in ("y", "e") else 0
    if words[j : j + 2] == ["por", "último"]:
        j += 2
    elif j < len(words) and (words[j] in _CARDINALS or is_ordinal(words[j]) or words[j] in _CLOSING):
        j += 1
    elif j + 1 < len(words) and words[j] in ("la", "el", "lo", "una", "otra") and is_ordinal(words[j + 1]):
        j += 2
    else:
        return None
    return k + j + 1 if j < len(words) and words[j] in (":", ",") else None


# ------------------------------------------------------------------------------------------------------------- whose


def _sides(a: Analysis, t: Tree, head: int, frames: tuple[Frame, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who puts the series forward, and to whom."""
    verb = predicate_above(t, head)
    own = next((f for f in frames if f.sentence == t.sentence.index and f.trigger == head and f.form == "noun"), None)
    acting = next((f for f in frames if f.sentence == t.sentence.index and f.trigger == verb and f.form == "verb"), None)
    subject = acting.agent if acting is not None and acting.agent else subject_of(a, t, verb).actors
    named = (own.agent if own is not None else ()) or _in_subject(a, t, verb, head)
    if is_verb(t.tokens[verb]) and t.tokens[verb].lemma in _HEARING and subject:
        asking = tuple(x for x in named if not any(same_side(a, x, y) for y in subject)) or other_side(a, subject)
        return asking, subject
    proposer = named or subject
    told = next((a.actors(t, k) for k in t.kids[verb] if k > verb and case(t, k) == "a" and a.actors(t, k)), ())
    heard = (own.patient if own is not None else ()) or tuple(x for x in told if x not in proposer)
    return proposer, heard or (other_side(a, proposer) if proposer else ())


def _in_subject(a: Analysis, t: Tree, verb: int, head: int) -> tuple[str, ...]:
    """Whose letter, list or plan is the subject: "tres ruegos traía la carta que el ministro envió", "la lista de demandas de Lima"."""
    fronted = t.children(verb, "obj") if head < verb else []
    for k in (*t.children(verb, "nsubj", "nsubj:pass"), *fronted):
        if a.actors(t, k):
            return a.actors(t, k)
        for relative in t.children(k, "acl:relcl", "acl"):
            sender = next((a.actors(t, m) for m in t.children(relative, "nsubj") if a.actors(t, m)), ())
            if sender:
                return sender
        country = a.demonym(t, k)
        if country:
            return (a.government(country),)
        for m in range(k + 1, t.right[k]):
            if case(t, m) == "de" and a.actors(t, m):
                return a.actors(t, m)
    return ()
