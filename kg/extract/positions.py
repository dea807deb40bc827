"""Who takes which stance on what: frames of stance concepts → positions, their targets found among the facts already made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.judgements import from_copulas, from_judgements
from kg.extract.known import Known
from kg.extract.matters import affirmative
from kg.extract.ordinals import is_ordinal
from kg.extract.stance_appositions import from_appositions
from kg.extract.stance_conditions import from_conditions
from kg.extract.stance_forms import from_denials, from_ellipses, from_slogans
from kg.extract.stance_holders import addressed, holders_of
from kg.extract.stance_objects import answered_in_words, of_oneself, targets_of_frame, words_behind
from kg.extract.stance_pronouns import Target, before_dash, words_before
from kg.extract.stance_quotes import from_answers, spoken_of
from kg.extract.stance_replies import to_what_was_asked
from kg.extract.stance_retorts import from_retorts
from kg.extract.stance_targets import target_of
from kg.extract.stance_themes import with_theme, without_cleft
from kg.extract.stances import STANCES, as_answer, condition_text, decides, stance_of
from kg.extract.syntax import Tree
from kg.extract.taking import taken
from kg.model import Passage, Position, Span

#: Concepts that are a full answer without an object: "…, pero el ministro se opuso".
_COMPLETE: Final = frozenset({"refusal", "acceptance", "supports", "opposes"})
#: Concepts that are one with a subject of their own, whatever was told before: "Uruguay recela".
_ANSWERS_ALONE: Final = _COMPLETE | {"doubts", "denies"}
#: How the rule ends of a position that does not say itself what it is about.
_BARE: Final = "-bare"
#: What a holder says so many characters behind a bare stance is one with it.
_SAYS_NEXT: Final = 200


def find_positions(known: Known) -> tuple[Position, ...]:
    """The document's positions in order, one for each holder, stance and target, with all their passages."""
    out: list[Position] = []
    seen: set[tuple[int, int]] = set()
    asked = _asked(known)
    for f in known.frames:
        inside = any(s == f.sentence and first <= f.trigger < end for s, first, end in asked) and not _aside(known.tree(f), f)
        if f.concept not in STANCES or (f.sentence, f.trigger) in seen or inside or _called_so(known, f):
            continue
        for position in _from_frame(known, f):
            seen.add((f.sentence, f.trigger))
            out.append(position)
    out.extend([_as_before(known, out, p) for p in from_judgements(known)])
    out.extend(from_conditions(known))
    out.extend(from_denials(known))
    out.extend(from_ellipses(known))
    out.extend(from_copulas(known))
    out.extend(from_retorts(known))
    for answer in from_answers(known):
        same = _said_with(out, answer)
        if same is not None:
            out[same] = replace(out[same], evidence=(*out[same].evidence, *answer.evidence))
        elif not _quoted_already(out, answer):
            out.append(answer)
    out.extend(from_appositions(known))
    for slogan in from_slogans(known):
        mine = next(
            (
                k
                for k, p in enumerate(out)
                if slogan.stance == "opposes" and p.stance == "opposes" and p.holder == slogan.holder and p.target
            ),
            None,
        )
        if mine is not None:
            out[mine] = replace(out[mine], evidence=(*out[mine].evidence, *slogan.evidence))
        else:
            out.append(slogan)
    return tuple(_merge(to_what_was_asked(known, out)))


def _said_with(before: list[Position], p: Position) -> int | None:
    """The position right before an answer without a target that says the same: "desechó lo primero: «No hay nada que hablar»"."""
    if p.target is not None:
        return None
    for k, x in enumerate(before):
        near = any(0 <= p.evidence[0].start - e.end < _SAYS_NEXT for e in x.evidence)
        if near and (x.holder, x.stance) == (p.holder, p.stance):
            return k
    return None


def _quoted_already(before: list[Position], p: Position) -> bool:
    """Whether the holder of an answer in quotation marks has a position in these words."""
    here = p.evidence[0]
    return any(x.holder == p.holder and any(e.start < here.end and here.start < e.end for e in x.evidence) for x in before)


def _as_before(known: Known, before: list[Position], p: Position) -> Position:
    """A judgement with a pronoun on what its holder took a stance on right before: "no apoyan lo acordado: X lo tildó de «cesión»"."""
    passage = p.evidence[0]
    if re.search(rf"\b(?:lo|la|los|las)\s+{re.escape(p.triggers[0])}\b", passage.quote) is None:
        return p
    begin = max((t.tokens[0].start for t in known.a.trees if t.tokens[0].start <= passage.start), default=0)
    same = [x for x in before if x.holder == p.holder and x.stance == p.stance and begin <= x.evidence[0].start < passage.start]
    return replace(p, target=same[-1].target, matter=same[-1].matter, target_actor=same[-1].target_actor) if same else p


def _aside(t: Tree, f: Frame) -> bool:
    """Whether a frame stands in a relative clause behind a comma: "…, propuesta que el gobernador ve con malos ojos"."""
    relative = next((j for j in (f.trigger, *t.ancestors(f.trigger)) if t.tokens[j].dep == "acl:relcl"), None)
    if relative is None:
        return False
    edges = {t.left[relative], t.left[t.tokens[relative].head]}
    return any(t.tokens[k].text == "," or (k > 0 and t.tokens[k - 1].text == ",") for k in edges)


def _called_so(known: Known, f: Frame) -> bool:
    """Whether a set phrase is only what somebody calls something: "lo calificó de «completamente falso»"."""
    if f.form != "phrase":
        return False
    t = known.tree(f)
    above = {t.tokens[j].lemma for j in t.ancestors(f.trigger) if j < f.trigger}
    return bool(above & (known.a.lexicon.classes["judging"] - {"ser", "parecer"}))


def _asked(known: Known) -> list[tuple[int, int, int]]:
    """The stretches (sentence, first, end) that are asked for or offered: a stance in them is not taken yet."""
    out = []
    for f in known.frames:
        asks = f.concept in ("wanting", "offering") or known.a.lexicon.is_a(f.concept, "request")
        if asks and f.form == "verb" and f.content is not None and f.content > f.trigger:
            t = known.tree(f)
            # "llama a tener paciencia y niega que …": the parser hung the second verb on the wrong clause
            beside = [t.left[k] for k in t.children(f.content, "conj") if "Mood=Ind" in t.tokens[k].morph]
            out.append((f.sentence, t.left[f.content], min([t.right[f.content], *beside])))
    return out


def _from_frame(known: Known, f: Frame) -> Iterator[Position]:
    a, t = known.a, known.tree(f)
    if a.document.article.blocks[t.sentence.block].kind == "heading" or any(x.text == "?" for x in t.tokens[-2:]):
        return
    f = without_cleft(t, as_answer(known, _with_clitic(t, with_theme(known, f))))
    stance = stance_of(known, f)
    holders, span = holders_of(known, f)
    bare = _too_bare(known, f)
    mine = of_oneself(known, f) if bare else None
    if stance is None or (bare and mine is None and not _whole_answer(known, f, holders)):
        return
    f = replace(f, agent=holders)
    targets, head = ([mine], None) if mine is not None else answered_in_words(known, f) or targets_of_frame(known, f)
    speech = known.speech(t.tokens[f.trigger].start)
    if not targets and speech is not None and (named := spoken_of(known, speech, t, f)) is not None:
        targets = [named]  # "«No lo vamos a permitir», dijo sobre el muro"
    counted_off = head is not None and is_ordinal(known.tree(f).tokens[head].lower)  # "a lo cuarto", where three were found
    if bare or (f.form == "verb" and not targets and not counted_off):
        people = f.pronoun in ("la", "los", "las")  # "los respalda" is about nothing that was said: that is "lo"
        elsewhere = before_dash(known, f) or (None if people else words_behind(known, f) or words_before(known, f))
        targets = targets or ([elsewhere] if elsewhere is not None else [])
    open_ended = bare or (stance == "conditional" and f.concept == "refusal" and f.negated)
    if not holders:  # "las visas recibieron luz verde": of those they were put to
        f = replace(f, agent=addressed(known, f, targets))
    vouching = f.concept == "confirming" and f.content is None and f.pronoun is None
    targets = [x for x in targets if x.fact is not None or not (vouching or decides(known, f))]
    if vouching:
        targets = [x for x in targets if not _told_here(known, f, x)]
    if not targets or not f.agent:
        return
    if stance == "denies" and f.concept in ("claiming", "saying"):  # "sostuvo que la ruta no se ha cerrado"
        told = [(x, affirmative(x.matter) if x.matter is not None else None) for x in targets]
        targets = [replace(x, matter=words) if words else x for x, words in told]
        stance = "denies" if all(words or x.matter is None for x, words in told) else "affirms"
    cut = a.text.find(";", t.tokens[f.trigger].end, span.end)
    if cut > 0 and f.form == "verb":
        span = Span(span.start, cut)
    evidence = passage(a, span, known.attributions, own=f.agent)
    if stance in ("supports", "conditional") and head is not None:
        yield from _but_not(known, f, head, evidence)
    for target in targets:
        yield from _positions(
            known, f, stance, target, evidence, f"position-{f.concept}-{f.form}" + (_BARE if open_ended else "")
        )


def _with_clitic(t: Tree, f: Frame) -> Frame:
    """The frame with the pronoun right before its verb, where the parser hung that elsewhere: "los respalda, aunque les pidió …"."""
    before = t.tokens[f.trigger - 1].lower if f.trigger else ""
    bare = f.form == "verb" and f.pronoun is None and f.theme is None and f.content is None
    return replace(f, pronoun=before) if bare and before in ("lo", "la", "los", "las") else f


def _told_here(known: Known, f: Frame, target: Target) -> bool:
    """Whether the fact is told by the frame's own words: "ratificó su apoyo" vouches for nothing."""
    start = known.tree(f).tokens[f.trigger].start
    return any(e.id == target.fact and any(x.start <= start < x.end for x in e.evidence) for e in known.events)


def _positions(known: Known, f: Frame, stance: str, target: Target, evidence: Passage, rule: str) -> Iterator[Position]:
    """One position for each holder of frame ``f``, with the target in its field."""
    t = known.tree(f)
    condition = condition_text(known, t, f.trigger) if stance == "conditional" else None
    words = (t.tokens[f.trigger].text,)
    yield from taken(known, f.agent, stance, target, evidence, rule, words, about=evidence.quote[:60], condition=condition)


def _too_bare(known: Known, f: Frame) -> bool:
    """Whether nothing says what the stance is about, and nothing was just put forward that it could answer."""
    if f.content is not None or f.theme is not None or f.patient or (f.concept == "affirms" and f.cause is not None):
        return False
    if f.form == "noun":
        return f.concept != "refusal"
    if f.form != "verb" or f.pronoun is not None:
        return False
    t = known.tree(f)
    start, floor = t.tokens[f.trigger].start, known.a.trees[max(0, f.sentence - 1)].tokens[0].start
    told = [*(o.fact for o in known.offered), *(e for e in known.events if f.concept == "opposes")]
    answers = any(floor <= e.start and e.end <= start for fact in told for e in fact.evidence)
    alone = f.trigger + 1 >= len(t.tokens) or t.tokens[f.trigger + 1].pos == "PUNCT"
    willing = f.concept == "wanting" and f.negated and alone and t.tokens[f.trigger].lemma == "querer" and f.tense == "past"
    return not (f.concept in _COMPLETE or willing) or not answers


def _whole_answer(known: Known, f: Frame, holders: tuple[str, ...]) -> bool:
    """Whether a verb without an object is an answer to what was told before, by somebody named: "Uruguay recela"."""
    told = f.tense in ("past", "present") and f.form == "verb" and (not f.inferred or words_behind(known, f) is not None)
    return told and bool(holders) and f.concept in _ANSWERS_ALONE


def _but_not(known: Known, f: Frame, head: int, evidence: Passage) -> Iterator[Position]:
    """ "aceptaría la reducción, pero no la obligación": the second half is refused."""
    t = known.tree(f)
    for k in t.kids[head]:
        refused = any(t.tokens[m].lower == "no" for m in t.kids[k])
        if t.tokens[k].dep == "conj" and refused and any(t.tokens[m].lower == "pero" for m in (*t.kids[k], *t.kids[head])):
            target = target_of(known, f, k)
            if target is not None:
                yield from _positions(known, f, "opposes", target, evidence, "position-but-not")


def _merge(positions: list[Position]) -> list[Position]:
    """One position for each holder, stance and target, with all its passages; ids in order."""
    groups: dict[tuple[object, ...], list[Position]] = {}
    for p in positions:
        groups.setdefault(_key(p, positions), []).append(p)
    out = []
    for number, group in enumerate(groups.values()):
        passages: dict[tuple[int, int], Passage] = {}
        for p in group:
            for e in p.evidence:
                passages.setdefault((e.start, e.end), e)
        fullest = next((p for p in group if not p.rule.endswith(_BARE)), group[0])
        pointing = next((p for p in group if p.target), None)
        if fullest.target is None and fullest.target_actor is None and pointing is not None:
            fullest = replace(fullest, target=pointing.target, matter=None)
        out.append(replace(fullest, id=f"s{number + 1}", evidence=tuple(passages[k] for k in sorted(passages))))
    return out


def _key(p: Position, positions: list[Position]) -> tuple[object, ...]:
    """What makes positions one. A bare one, "no comparte el optimismo", is one with what its holder says next in the same sense."""
    if p.rule.endswith(_BARE):
        for other in positions:
            near = 0 <= other.evidence[0].start - p.evidence[-1].end < _SAYS_NEXT
            if (other.holder, other.stance) == (p.holder, p.stance) and near and not other.rule.endswith(_BARE):
                return _key(other, positions)
    return p.holder, p.stance, p.target or p.target_actor or (p.matter or "").casefold()
