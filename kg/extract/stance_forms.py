"""Stances without a verb of stance: what something is called, refusals on a condition, willingness with a limit, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frames import Frame
from kg.extract.offered import Offered
from kg.extract.said import Attribution, Said
from kg.extract.stance_targets import target_of
from kg.extract.syntax import Tree, negated, trim
from kg.model import Event, Indicator, Passage, Position

_YES_NO = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? sí[,;:]? (?:y |pero )?([\w ]{2,40}?),? no[.!]*$", re.I)

_NO_YES = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? no[,;:]? (?:y |pero )?([\w ]{2,40}?),? sí[.!]*$", re.I)


def but_not(
    a: Analysis,
    f: Frame,
    head: int,
    holders: tuple[str, ...],
    evidence: Passage,
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> Iterator[Position]:
    """ "aceptaría la reducción, pero no la obligación": the second half is refused."""
    t = a.trees[f.sentence]
    for k in t.kids[head]:
        if (
            t.tokens[k].dep != "conj"
            or not any(t.tokens[m].lower == "no" for m in t.kids[k])
            or not any(t.tokens[m].lower == "pero" for m in (*t.kids[k], *t.kids[head]))
        ):
            continue
        target, matter, actor = target_of(a, f, k, offered, events, indicators)
        if target is None and matter is None and actor is None:
            continue
        for holder in holders[:3]:
            yield Position(
                id="s",
                label=f"{a.resolution.actors[holder].label} {VERB['opposes']} {matter or t.tokens[k].text}",
                evidence=(evidence,),
                holder=holder,
                stance="opposes",
                target=target,
                matter=matter,
                target_actor=actor,
                rule="position-but-not",
                triggers=(t.tokens[f.trigger].text, "no"),
            )


VERB = {
    "supports": "apoya",
    "opposes": "rechaza",
    "conditional": "condiciona",
    "affirms": "afirma",
    "denies": "niega",
    "doubts": "duda de",
}


def from_judgements(
    a: Analysis,
    frames: tuple[Frame, ...],
    said: tuple[Said, ...],
    attributions: tuple[Attribution, ...],
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> Iterator[Position]:
    """ "lo tildó de «cesión»", "califica de falso …", "«es una burla»": what something is called decides the stance."""
    words = {c: a.lexicon.classes.get(c, frozenset()) for c in ("blaming-word", "untrue-word", "praising-word", "doubting-word")}
    stance_of = {"blaming-word": "opposes", "untrue-word": "denies", "praising-word": "supports", "doubting-word": "doubts"}
    for f in frames:
        if f.concept != "judging" or f.form != "verb" or f.negated:
            continue
        t = a.trees[f.sentence]
        token = t.tokens[f.trigger]
        called = next(
            (
                k
                for k in range(f.trigger + 1, min(t.right[f.trigger], f.trigger + 14))
                if _judges(t, k, words) and t.tokens[k - 1].lower not in ("la", "el", "los", "las")
            ),
            None,
        )
        if called is None:
            continue
        between = [x.lower for x in t.tokens[f.trigger + 1 : called]]
        if (
            not (set(between) & {"de", "como", "por", "“", "«", '"', "un", "una"} or called == f.trigger + 1)
            or "." in between
            or ";" in between
        ):
            continue
        stance = stance_of[next(c for c in words if _is_called(t, called, words[c]))]
        speaker = next((s for s in said if s.quote.start <= token.start < s.quote.end), None)
        holders = speaker.speaker if speaker is not None else f.agent
        source = next((x for x in attributions if x.span.start <= token.start < x.span.end), None)
        if token.lemma in ("ser", "parecer"):
            holders = speaker.speaker if speaker is not None else source.source if source is not None else ()
        if not holders:
            continue
        theme = f.theme if token.lemma not in ("ser", "parecer") else f.subject
        if theme is not None and theme >= called:
            theme = None
        target, matter, actor = target_of(
            a,
            replace(f, theme=theme, content=None, pronoun=f.pronoun or ("lo" if theme is None else None)),
            theme,
            offered,
            events,
            indicators,
        )
        if target is None and matter is None and actor is None:
            before = [e for e in events if e.evidence[0].start < token.start]
            if not before:
                continue
            target = before[-1].id
        first, end = f.first, max(f.end, min(called + 2, t.right[f.trigger]))
        for holder in holders[:2]:
            yield Position(
                id="s",
                label=f"{a.resolution.actors[holder].label} {VERB[stance]} {matter or t.tokens[called].text}",
                evidence=(passage(a, t.span(first, end), attributions, own=holders),),
                holder=holder,
                stance=stance,
                target=target,
                matter=matter,
                target_actor=actor,
                rule="position-judging",
                triggers=(token.text, t.tokens[called].text),
            )


def _is_called(t: Tree, k: int, words: frozenset[str]) -> bool:
    token = t.tokens[k]
    singular = token.lower.removesuffix("s")
    return bool({token.lemma, token.lower, singular, singular[:-1] + "o"} & words)


def _judges(t: Tree, k: int, words: dict[str, frozenset[str]]) -> bool:
    return t.tokens[k].pos in ("NOUN", "ADJ", "VERB", "PROPN") and any(_is_called(t, k, w) for w in words.values())


def from_conditions(
    a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], offered: tuple[Offered, ...]
) -> Iterator[Position]:
    """ "no rebajará el arancel mientras no se pague": a refusal that would end."""
    for t in a.trees:
        for i, token in enumerate(t.tokens):
            if token.pos != "VERB" or "Tense=Fut" not in token.morph or not negated(t, i):
                continue
            condition = next(
                (
                    k
                    for k in t.kids[i]
                    if t.tokens[k].dep == "advcl"
                    and any(t.tokens[m].lower in ("mientras", "hasta", "si") for m in (*t.kids[k], t.left[k]))
                ),
                None,
            )
            subject = next((k for k in t.kids[i] if t.tokens[k].dep == "nsubj" and a.actors(t, k)), None)
            if condition is None or subject is None:
                continue
            first, end = trim(t, min(t.left[subject], t.left[condition], i), max(t.right[i], t.right[condition]))
            obj = next((k for k in t.kids[i] if t.tokens[k].dep == "obj"), None)
            matter = a.text[t.tokens[t.left[obj]].start : t.tokens[t.right[obj] - 1].end] if obj is not None else token.text
            c_first, c_end = trim(t, t.left[condition], t.right[condition])
            for holder in a.actors(t, subject)[:2]:
                yield Position(
                    id="s",
                    label=f"{a.resolution.actors[holder].label} condiciona {matter}",
                    evidence=(passage(a, t.span(first, end), attributions, own=(holder,)),),
                    holder=holder,
                    stance="conditional",
                    matter=matter[:160],
                    condition=a.text[t.tokens[c_first].start : t.tokens[c_end - 1].end],
                    rule="position-condition",
                    triggers=(token.text,),
                )
    for f in frames:
        t = a.trees[f.sentence]
        if f.concept == "offering" and f.form == "verb" and f.agent and len(f.valency.words) > 1 and not f.negated:
            limits = [x for x in t.tokens if x.lower in ("pero", "siempre", "sin") and x.i > f.trigger]
            mine = next((o for o in offered if o.frame is f), None)
            if not limits or mine is None:
                continue
            for holder in f.agent[:1]:
                yield Position(
                    id="s",
                    label=f"{a.resolution.actors[holder].label} condiciona {mine.fact.label[:80]}",
                    evidence=(passage(a, t.span(f.first, f.end), attributions, own=(holder,)),),
                    holder=holder,
                    stance="conditional",
                    target=mine.fact.id,
                    rule="position-willing-but",
                    triggers=(t.tokens[f.trigger].text, limits[0].text),
                )


def from_slogans(a: Analysis, said: tuple[Said, ...]) -> Iterator[Position]:
    """ "Coordinación sí, intervención no"."""
    for s in said:
        words = a.text[s.quote.start : s.quote.end].strip()
        yes, no = _YES_NO.match(words), _NO_YES.match(words)
        match = yes or no
        if s.direct and match:
            for holder in s.speaker[:1]:
                first, second = ("supports", "opposes") if yes else ("opposes", "supports")
                for stance, matter in ((first, match.group(1)), (second, match.group(2))):
                    yield Position(
                        id="s",
                        label=f"{a.resolution.actors[holder].label} {VERB[stance]} {matter}",
                        evidence=(passage(a, s.quote),),
                        holder=holder,
                        stance=stance,
                        matter=matter.strip().lower(),
                        rule="position-yes-no",
                        triggers=("sí", "no"),
                    )
