"""What single items of several are answered: "aceptó la primera y calla sobre la segunda", "A lo primero, que no", "lo demás se discutirá".

Ordinals pick items of the list told last, or of what one sentence shortly before put forward. The words of their clause are the answer:
a yes, a no, or something that leaves the item open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.offered import STEM, Offered, is_private
from kg.extract.ordinals import position_of
from kg.extract.syntax import Tree, is_finite, is_verb, negated, tense
from kg.extract.words import word_list
from kg.model import Token

_ARTICLES: Final = frozenset({"el", "la", "lo", "los", "las", "al", "del"})
_NUMBERS: Final = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5}
_REST: Final = frozenset({"demás", "resto"})
_ENDS: Final = frozenset({".", ";", ":", "—", "–", "?", "!"})
_JOINING: Final = frozenset({"y", "e", "pero", "mientras", "aunque"})
#: Verbs that give what was asked, or keep it open, besides those of the lexicon's answers.
_GRANTING: Final = frozenset(word_list("conceder admitir otorgar asumir ceder"))
_SILENT: Final = frozenset(word_list("callar silencio pendiente"))
#: "se verá", "se hablará": what is still to be done with an item.
_TREATING: Final = frozenset(
    word_list("ver hablar tratar discutir negociar estudiar abordar decidir resolver debatir examinar dirimir quedar")
)
_BEFORE: Final = frozenset({"a", "al", "sobre", "de", "del", "en", "para"})
#: An item may be answered so many sentences behind its list.
_REACH: Final = 12
_NEAR: Final = 3
#: Shorter nouns name nothing by themselves.
_STEM: Final = 4
#: A clause has its finite verb within so many tokens behind what joins it.
_CLAUSE: Final = 5


@dataclass(frozen=True, slots=True)
class _Segment:
    """A clause with the items that it picks."""

    t: Tree
    first: int
    end: int
    picked: tuple[int, ...]  # indices among the items; -1 from the last
    start: int  # where the reference stands
    rest: bool = False
    named: Offered | None = None  # what is picked by its noun


def item_statuses(known: Known) -> dict[str, str]:
    """Proposal id → status, for items that are answered one by one."""
    verdicts: dict[str, dict[str, str]] = {}
    told = sorted({o.sentence for o in known.offered})
    for t in known.a.trees:
        before = told[: bisect_left(told, t.sentence.index)]
        if not before or t.sentence.index - before[-1] > _REACH:
            continue  # nothing shortly before that could be answered
        if known.a.document.article.blocks[t.sentence.block].kind == "heading":
            continue
        for segment in _segments(known, t):
            items = [segment.named] if segment.named is not None else _siblings(known, t.sentence.index, segment.start)
            verdict = _verdict(known, segment) if items else None
            if verdict is None:
                continue
            chosen = [o for o in items if o.fact.id not in verdicts] if segment.rest else _chosen(items, segment.picked)
            for o in chosen:
                for side in _side(known, segment, o):
                    verdicts.setdefault(o.fact.id, {})[side] = verdict
    by_id = {o.fact.id: o for o in known.offered}
    return {k: _together(known, by_id[k], v) for k, v in verdicts.items()}


def _together(known: Known, o: Offered, verdicts: dict[str, str]) -> str:
    """One status of the verdicts of the sides: whoever asked two of them has a yes of both, or none yet."""
    found = set(verdicts.values())
    if len(found) > 1:
        return "pending"
    sides = {country_of(known.a, x) or x for x in o.fact.addressee}
    one = next(iter(found))
    return "pending" if one == "accepted" and len(sides) > 1 and "" not in verdicts and len(verdicts) < len(sides) else one


def _chosen(items: list[Offered], picked: tuple[int, ...]) -> list[Offered]:
    return [items[k] for k in picked if -len(items) <= k < len(items)]


def _siblings(known: Known, sentence: int, token: int) -> list[Offered]:
    """What ordinals count in: the items of the list told last, or the several things one sentence shortly before put forward."""
    before = [o for o in known.offered if (o.sentence, o.first) < (sentence, token)]
    groups: dict[str, list[Offered]] = {}
    for o in before:
        listed = o.fact.part_of or ("list" if o.fact.rule == "proposal-list-item" else "")
        group = listed or f"s{o.sentence}"
        near = _REACH if listed else _NEAR
        if sentence - o.sentence <= near and o.sentence != sentence:
            groups.setdefault(group, []).append(o)
    several = [g for g in groups.values() if len(g) > 1]
    return max(several, key=lambda g: (g[-1].sentence, g[-1].first)) if several else []


def _segments(known: Known, t: Tree) -> Iterator[_Segment]:
    """The clauses of a sentence that pick items."""
    tokens = t.tokens
    cuts = [0]
    for k, token in enumerate(tokens):
        joins = token.lower in _JOINING and _clausal(tokens[k + 1 : k + 1 + _CLAUSE]) and _clausal(tokens[cuts[-1] : k])
        if joins or token.text in _ENDS:
            cuts.append(k + 1)
    for first, end in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        for k in range(first, end):
            if tokens[k].pos != "NOUN" and tokens[k].lower not in _ARTICLES:
                continue
            found = _reference(known, t, k)
            if found is None or _somebody(t, k, first):
                named = _named(known, t, k) if found is None else None
                if named is not None and _answers_it(known, t, k, first, end):
                    yield _Segment(t, first, end, (0,), k, named=named)
                continue
            yield _Segment(t, first, end, found, k, rest=not found)


def _clausal(tokens: Sequence[Token]) -> bool:
    """Whether a finite verb stands among the tokens."""
    return any(is_finite(x) and is_verb(x) for x in tokens)


def _reference(known: Known, t: Tree, k: int) -> tuple[int, ...] | None:
    """The items that the words from ``k`` pick; an empty tuple for "lo demás", None for words that pick nothing."""
    if t.tokens[k].lower not in _ARTICLES:
        return None
    words = [x.lower for x in t.tokens[k : k + 4]]
    if len(words) < 2:
        return None
    if words[1] in _REST and words[0] in ("lo", "el"):
        return () if words[1] == "demás" or words[0] == "el" else None
    j, number = (1, 1) if words[1] not in _NUMBERS else (2, _NUMBERS[words[1]])
    at = position_of(words[j].removesuffix("s")) if j < len(words) else None
    if at is None or (number > 1) != words[j].endswith("s"):
        return None
    behind = t.tokens[k + j + 1] if k + j + 1 < len(t.tokens) else None
    if behind is not None and behind.pos in ("NOUN", "PROPN", "ADJ") and not known.takes_up(behind.lemma):
        return None  # "la primera quincena", "la segunda vez"
    if words[j] in ("primer", "tercer") and (behind is None or behind.pos != "NOUN"):
        return None
    if number > 1:
        return tuple(range(number)) if at == 0 else tuple(range(-number, 0))
    return (at,)


def _named(known: Known, t: Tree, k: int) -> Offered | None:
    """The one proposal shortly before that noun ``k`` is the first word of: "El patrullaje lo vetó …", "De la readmisión, ni palabra"."""
    token = t.tokens[k]
    if (
        token.pos != "NOUN"
        or not any(t.tokens[m].lower in _ARTICLES for m in range(max(0, k - 2), k))
        or len(token.lemma) < _STEM
    ):
        return None
    found = [
        o
        for o in known.offered
        if 0 < t.sentence.index - o.sentence <= _REACH and _first_noun(known, o)[:STEM] == token.lemma[:STEM]
    ]
    return found[0] if len(found) == 1 else None


def _first_noun(known: Known, o: Offered) -> str:
    tokens = known.a.trees[o.sentence].tokens[o.first : o.end]
    return next((x.lemma for x in tokens if x.pos in ("NOUN", "VERB")), "")


def _answers_it(known: Known, t: Tree, k: int, first: int, end: int) -> bool:
    """Whether the clause is about the noun at ``k``: it opens the clause, or a verb of answering governs it; and asks for nothing."""
    frames = [f for f in known.frames if f.sentence == t.sentence.index and first <= f.trigger < end]
    if any(f.concept in ("offering", "wanting") or known.a.lexicon.is_a(f.concept, "request") for f in frames):
        return False
    beside = t.tokens[k].head if t.tokens[k].dep == "conj" else k
    governed = any(
        f.theme in (k, beside) and f.concept in ("acceptance", "refusal", "veto", "pondering", "left-open") for f in frames
    )
    fronted = all(x.pos in ("DET", "ADP", "CCONJ", "PUNCT", "ADV") for x in t.tokens[first:k])
    taken_up = any(x.lower in ("lo", "la", "los", "las") and x.pos == "PRON" for x in t.tokens[k:end])
    verbless = not _clausal(t.tokens[first:end])
    return governed or (fronted and (taken_up or verbless))


def _somebody(t: Tree, k: int, first: int) -> bool:
    """Whether "el primero" is one of two people: "ni A ni B lo apoyan: el primero lo llamó …"."""
    return t.tokens[k].lower in ("el", "la") and k == first and k > 0 and t.tokens[k - 1].text == ":"


def _frames(known: Known, s: _Segment) -> list[Frame]:
    return [f for f in known.frames if f.sentence == s.t.sentence.index and s.first <= f.trigger < s.end]


def _verdict(known: Known, s: _Segment) -> str | None:
    """What the clause says of the items: accepted, rejected, pending; None where it answers nothing."""
    tokens = s.t.tokens[s.first : s.end]
    words = [x.lower for x in tokens]
    frames = _frames(known, s)
    verbs = [x for x in tokens if is_verb(x)]
    open_ = any(x.lemma in _SILENT or x.lower in _SILENT for x in tokens) or {"ni", "palabra"} <= set(words)
    conditional = any(tense(s.t, x.i) == "conditional" for x in verbs) and bool({"si", "solo", "sólo"} & set(words))
    treated = any(x.lemma in _TREATING and (tense(s.t, x.i) == "future" or x.lemma == "quedar") for x in verbs)
    unsaid = any(x.lemma in ("decir", "responder", "contestar") and negated(s.t, x.i) for x in verbs)
    wanted = any(x.lemma == "querer" for x in verbs) and any(x.lemma in _TREATING | {"consultar"} for x in verbs)
    if open_ or conditional or treated or unsaid or wanted or any(f.concept in ("pondering", "left-open") for f in frames):
        return "pending"
    for f in frames:
        if f.concept == "acceptance" and f.form != "noun":
            return "rejected" if f.negated else "accepted"
        if f.concept in ("refusal", "veto") and f.form != "noun":
            return "pending" if f.negated else "rejected"
    granting = next((x for x in verbs if x.lemma in _GRANTING), None)
    if granting is not None:
        return "rejected" if negated(s.t, granting.i) else "accepted"
    if "sí" in words:
        return "accepted"
    bare_no = any(w == "no" and (k + 1 == len(words) or tokens[k + 1].pos == "PUNCT") for k, w in enumerate(words))
    behind = next((x.lower for x in s.t.tokens[s.start + 2 : s.end] if x.pos != "PUNCT"), "")
    if bare_no or (behind == "ni" and s.start == s.first):
        return "rejected"
    if any(f.concept == "supports" and f.form == "verb" and not f.negated for f in frames):
        return "pending"  # liking is no yes
    if words[-1:] == ["ninguno"] or words[-1:] == ["ninguna"]:
        return "rejected"
    if s.named is not None:
        return None
    fronted = s.t.tokens[max(s.start - 1, 0)].lower in _BEFORE or s.t.tokens[s.start].lower in _BEFORE
    return "pending" if fronted and s.start - s.first <= 1 else None


def _side(known: Known, s: _Segment, o: Offered) -> frozenset[str]:
    """Which of the sides asked answer ("" where it is not told); none where somebody else speaks."""
    agents = {x for f in _frames(known, s) for x in f.agent if f.form == "verb"}
    sides = {country_of(known.a, x) or x for x in o.fact.addressee}
    if not agents or not sides:
        return frozenset({""})
    asked = {x for x in agents if not is_private(known.a, x) or x in o.fact.addressee}
    return frozenset({country_of(known.a, x) or x for x in asked} & sides)
