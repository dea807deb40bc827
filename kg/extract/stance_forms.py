"""Stances without a verb of stance of their own: answers that leave it out, denials in somebody's words, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.ordinals import is_ordinal
from kg.extract.stance_pronouns import Target, claimed_last
from kg.extract.stance_targets import target_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, is_verb, trim
from kg.extract.taking import taken
from kg.model import Passage, Position, Span

_YES_NO: Final = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? sí[,;:]? (?:y |pero )?([\w ]{2,40}?),? no[.!]*$", re.I)
_NO_YES: Final = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? no[,;:]? (?:y |pero )?([\w ]{2,40}?),? sí[.!]*$", re.I)
#: "… respondió con una versión recortada —congelamiento sí, grupo no—": the same, told by the newspaper.
_ASIDE: Final = re.compile(r"[—–(]\s*(?:([\w ]{3,30}?),? sí[,;] (?:y |pero )?([\w ]{3,30}?),? no)\s*[—–),]")
#: How an answer begins that denies what was just said.
_FALSE: Final = re.compile(r"[¡]?(?:(?:es |eso es )?(?:falso|mentira)|no es (?:cierto|verdad|así))\b", re.I)
#: What may close an answer of one word.
_CLOSING: Final = frozenset({".", ";", ",", ")", "—", "–"})


def from_ellipses(known: Known) -> Iterator[Position]:
    """ "A lo primero dijo que sí; a lo segundo, no": the second answer leaves its verb to the first."""
    for f in known.frames:
        t = known.tree(f)
        if (
            f.concept not in ("acceptance", "refusal")
            or f.form != "verb"
            or not f.agent
            or f.valency.words[-1] not in ("sí", "no")
        ):
            continue
        for k in range(f.trigger + f.words, len(t.tokens) - 1):
            word = t.tokens[k].lower
            if word not in ("no", "sí") or t.tokens[k + 1].text not in _CLOSING:
                continue
            start = next((j for j in range(k - 1, f.trigger, -1) if t.tokens[j].text in (";", ",") and j < k - 1), f.trigger)
            inside = range(start + 1, k)
            if any(is_verb(t.tokens[j]) for j in inside) or not any(t.tokens[j].lower in ("a", "al") for j in inside):
                continue
            head = next((j for j in inside if t.tokens[j].pos in ("NOUN", "PROPN") or is_ordinal(t.tokens[j].lower)), None)
            if head is None:
                continue
            stance = "supports" if word == "sí" else "opposes"
            asking = replace(
                f, concept="acceptance" if word == "sí" else "refusal", theme=head, content=None, pronoun=None, patient=()
            )
            words = passage(known.a, t.span(*trim(t, start + 1, k + 1)), known.attributions, own=f.agent)
            rule = f"position-{asking.concept}-ellipsis"
            target = target_of(known, asking, head)
            yield from taken(known, f.agent, stance, target, words, rule, (t.tokens[k].text,), about=t.tokens[head].text)


def from_denials(known: Known) -> Iterator[Position]:
    """ "—Falso.", "No existe tal acuerdo": what somebody says is not so, in his own words."""
    for f in known.frames:
        t = known.tree(f)
        speech = known.speech(t.tokens[f.trigger].start)
        exists = f.form == "verb" and t.tokens[f.trigger].lemma == "existir" and t.tokens[f.trigger].dep == "ROOT"
        if exists and f.negated and f.theme is not None and speech is not None and speech.direct:
            asking = replace(f, agent=speech.speaker, concept="denies")
            yield from _denied(known, asking, target_of(known, asking, f.theme), t)
    for s in known.said:
        here = next((x for x in known.a.trees if x.tokens[0].start <= s.quote.start <= x.tokens[-1].end), None)
        if here is None or not s.direct or not _FALSE.match(known.a.text[s.quote.start : s.quote.end]):
            continue
        at = next((x.i for x in here.tokens if x.start >= s.quote.start), 0)
        words = Valency("denies", "phrase", ("falso",))
        bare = Frame("denies", words, here.sentence.index, at, "phrase", at, at + 1, agent=s.speaker)
        yield from _denied(known, bare, claimed_last(known, bare), here)


def _denied(known: Known, f: Frame, target: Target | None, t: Tree) -> Iterator[Position]:
    """The denial of frame ``f``'s agent, in the words of its sentence."""
    words = passage(known.a, t.span(f.first, f.end), known.attributions, own=f.agent)
    yield from taken(known, f.agent[:1], "denies", target, words, "position-denial", (t.tokens[f.trigger].text,))


def from_slogans(known: Known) -> Iterator[Position]:
    """ "Coordinación sí, intervención no", in somebody's words or as an aside about what somebody answered."""
    for s in known.said:
        words = known.a.text[s.quote.start : s.quote.end].strip()
        yes, no = _YES_NO.match(words), _NO_YES.match(words)
        match = yes or no
        if s.direct and match:
            stances = ("supports", "opposes") if yes else ("opposes", "supports")
            yield from _yes_and_no(known, s.speaker[:1], stances, match, passage(known.a, s.quote), None)
    for t in known.a.trees:
        start, end = t.tokens[0].start, t.tokens[-1].end
        for match in _ASIDE.finditer(known.a.text, start, end):
            verb = next((i for i, x in enumerate(t.tokens) if x.dep == "ROOT" and is_verb(x)), None)
            holders = subject_of(known.a, t, verb).actors if verb is not None and t.tokens[verb].start < match.start() else ()
            told = passage(known.a, Span(match.start(1), match.end()), known.attributions, own=holders)
            yield from _yes_and_no(known, holders[:1], ("supports", "opposes"), match, told, t)


def _yes_and_no(
    known: Known, holders: tuple[str, ...], stances: tuple[str, str], match: re.Match[str], words: Passage, t: Tree | None
) -> Iterator[Position]:
    """The two positions of a slogan; of an aside in the sentence ``t``, on the proposals that it names."""
    for stance, matter in zip(stances, match.groups(), strict=True):
        named = None if t is None else _proposal_named(known, matter, t)
        target = Target(fact=named) if named is not None else Target(matter=matter.strip().lower())
        yield from taken(known, holders, stance, target, words, "position-yes-no", ("sí", "no"), about=matter)


def _proposal_named(known: Known, matter: str, t: Tree) -> str | None:
    """The last proposal before the sentence that has all the words of ``matter``."""
    words = {w[:6] for w in matter.lower().split() if len(w) > 3}
    found = [o for o in known.offered if o.sentence < t.sentence.index and words and words <= o.words]
    return found[-1].fact.id if found else None
