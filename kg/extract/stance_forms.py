"""Stances without a verb of stance: what something is called, what hangs on a condition, willingness with a limit, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.matters import deed
from kg.extract.ordinals import is_ordinal
from kg.extract.stance_pronouns import Target, claimed_last
from kg.extract.stance_targets import target_of
from kg.extract.stances import VERB, condition_of, condition_text, finite_of, stance_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import SUBJECTS, Tree, is_verb, negated, tense, trim
from kg.model import Passage, Position, Span

_YES_NO: Final = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? sí[,;:]? (?:y |pero )?([\w ]{2,40}?),? no[.!]*$", re.I)
_NO_YES: Final = re.compile(r"^(?:¡|«)?([\w ]{2,40}?),? no[,;:]? (?:y |pero )?([\w ]{2,40}?),? sí[.!]*$", re.I)
#: "… respondió con una versión recortada —congelamiento sí, grupo no—": the same, told by the newspaper.
_ASIDE: Final = re.compile(r"[—–(]\s*(?:([\w ]{3,30}?),? sí[,;] (?:y |pero )?([\w ]{3,30}?),? no)\s*[—–),]")
#: How an answer begins that denies what was just said.
_FALSE: Final = re.compile(r"[¡]?(?:(?:es |eso es )?(?:falso|mentira)|no es (?:cierto|verdad|así))\b", re.I)
_STANCE_OF_WORD: Final = {
    "untrue-word": "denies",
    "blaming-word": "opposes",
    "doubting-word": "doubts",
    "praising-word": "supports",
}
#: Verbs that blame by themselves, whatever they call their object.
_BLAMING: Final = frozenset({"tachar", "tildar", "motejar"})
_COPULAS: Final = frozenset({"ser", "parecer"})
_BEFORE_NAME: Final = frozenset({"de", "como", "por", "un", "una", "“", "«", '"', "‘", "'"})
#: What something is called stands at most this many tokens behind the verb.
_REACH: Final = 14
_UNTIL: Final = frozenset({"mientras", "hasta", "si", "antes", "salvo"})
_LONGEST: Final = 160
_WILLING: Final = frozenset({"dispuesto", "abierto", "listo", "preparado", "disposición", "voluntad"})
#: What may close an answer of one word.
_CLOSING: Final = frozenset({".", ";", ",", ")", "—", "–"})
#: Verbs whose condition is a part of an offer, of a threat, or of what is said.
_READ_ELSEWHERE: Final = frozenset({"offering", "threaten", "saying"})


def from_judgements(known: Known) -> Iterator[Position]:
    """ "lo tildó de «cesión»", "califica de falso …", "«es una burla»": what something is called decides the stance."""
    a = known.a
    for f in known.frames:
        if f.concept != "judging" or f.form != "verb" or f.negated:
            continue
        t = known.tree(f)
        token = t.tokens[f.trigger]
        if "VerbForm=Inf" in token.morph and any(t.tokens[k].lower == "por" for k in t.kids[f.trigger]):
            continue  # "lo rechazó por considerarlo una intromisión": the reason of a stance, and no other
        named = _called(known, t, f)
        if named is None:
            continue
        called, stance = named
        copular = token.lemma in _COPULAS
        speech = known.speech(token.start)
        holders = speech.speaker if speech is not None else f.agent
        if copular:
            source = next((x for x in known.attributions if x.span.start <= token.start < x.span.end), None)
            holders = speech.speaker if speech is not None else source.source if source is not None else ()
        if not holders:
            continue
        theme = f.subject if copular else f.theme
        if theme is not None and theme >= called and t.tokens[t.left[theme]].lower not in ("la", "el", "los", "las", "a", "al"):
            theme = None
        asking = replace(f, agent=holders, theme=theme, content=None, pronoun=f.pronoun or ("lo" if theme is None else None))
        target = target_of(known, asking, theme)
        if target is None:
            near = a.trees[max(0, f.sentence - 1)].sentence.start
            before = [e for e in known.events if near <= e.evidence[0].start < token.start]
            if not before:
                continue
            target = Target(fact=before[-1].id)
        if target.matter is not None and theme is not None and theme < called:
            target = Target(matter=_named(known, t, theme, called))
        first, end = f.first, max(f.end, min(called + 2, t.right[f.trigger]))
        for holder in holders[:2]:
            yield Position(
                id="s",
                label=f"{a.resolution.actors[holder].label} {VERB[stance]} {target.matter or t.tokens[called].text}",
                evidence=(passage(a, t.span(first, end), known.attributions, own=holders),),
                holder=holder,
                stance=stance,
                target=target.fact,
                matter=target.matter,
                target_actor=target.actor,
                rule="position-judging",
                triggers=(token.text, t.tokens[called].text),
            )


def from_copulas(known: Known) -> Iterator[Position]:
    """ "La denuncia es un invento", "el peaje es injusto", said by somebody: what something is said to be decides the stance."""
    a = known.a
    words = {c: a.lexicon.classes.get(c, frozenset()) for c in _STANCE_OF_WORD}
    told = {f.sentence for f in known.frames if f.form == "phrase" and f.concept in _STANCE_OF_WORD.values()}
    for t in a.trees:
        if t.sentence.index in told:
            continue  # a set phrase says it already
        for i, token in enumerate(t.tokens):
            copula = next((k for k in t.children(i, "cop") if t.tokens[k].lemma in _COPULAS and k < i), None)
            theme = next((k for k in t.children(i, *SUBJECTS) if t.tokens[k].pos == "NOUN"), None)
            speech = known.speech(token.start) if copula is not None else None
            if copula is None or theme is None or speech is None or negated(t, i) or tense(t, i) != "present":
                continue
            stance = next((s for c, s in _STANCE_OF_WORD.items() if _is_called(t, i, words[c])), None)
            if stance is None:
                continue
            judging = Valency("judging", "verb", ("ser",))
            f = Frame("judging", judging, t.sentence.index, i, "verb", t.left[i], t.right[i], agent=speech.speaker, theme=theme)
            target = target_of(known, f, theme)
            for holder in speech.speaker[:2] if target is not None else ():
                assert target is not None
                yield Position(
                    id="s",
                    label=f"{a.resolution.actors[holder].label} {VERB[stance]} {target.matter or token.text}",
                    evidence=(passage(a, t.span(*trim(t, t.left[i], t.right[i])), known.attributions, own=speech.speaker),),
                    holder=holder,
                    stance=stance,
                    target=target.fact,
                    matter=target.matter,
                    target_actor=target.actor,
                    rule="position-copula",
                    triggers=(token.text,),
                )


def _named(known: Known, t: Tree, theme: int, called: int) -> str:
    """The words of what is called something, without what it is called: "la redada | como una cacería"."""
    stop = next(
        (k for k in range(theme + 1, called) if t.tokens[k].lower in ("como", "de", "por") and t.right[k - 1] <= called), called
    )
    stop = next((k for k in range(called - 1, theme, -1) if t.tokens[k].lower == "como"), stop)
    first, end = trim(t, t.left[theme], max(stop, theme + 1))
    return known.a.text[t.tokens[first].start : t.tokens[end - 1].end][:_LONGEST]


def _called(known: Known, t: Tree, f: Frame) -> tuple[int, str] | None:
    """The token of what a judging verb calls its object, and the stance that this word takes."""
    words = {c: known.a.lexicon.classes.get(c, frozenset()) for c in _STANCE_OF_WORD}
    first, end = f.trigger + 1, min(t.right[f.trigger], f.trigger + _REACH)
    blaming = t.tokens[f.trigger].lemma in _BLAMING
    for k in range(first, end):
        if t.tokens[k].text in (".", ";") or "VerbForm=Fin" in t.tokens[k].morph:
            return None  # another clause: "es que pegamos en una estructura criminal"
        before = {x.lower for x in t.tokens[first:k]}
        if not (before & _BEFORE_NAME or k == first) or t.tokens[k - 1].lower in ("la", "el", "los", "las"):
            continue
        if t.tokens[k].pos not in ("NOUN", "ADJ", "VERB", "PROPN"):
            continue
        stance = next((s for c, s in _STANCE_OF_WORD.items() if _is_called(t, k, words[c])), None)
        if stance is None and blaming and before & {"de", "como"}:
            stance = "opposes"
        if stance is not None:
            return k, stance
    return None


def _is_called(t: Tree, k: int, words: frozenset[str]) -> bool:
    token = t.tokens[k]
    singular = token.lower.removesuffix("s")
    return bool({token.lemma, token.lower, singular, token.lower.removesuffix("es"), singular[:-1] + "o"} & words)


def from_conditions(known: Known) -> Iterator[Position]:
    """ "no rebajará el arancel mientras no se pague", "participaría si se lo piden": a no that would end, a yes that hangs on something."""
    verbs = {(f.sentence, f.trigger): f for f in known.frames if f.form == "verb" and f.agent}
    for t in known.a.trees:
        if known.a.document.article.blocks[t.sentence.block].kind == "heading" or all(x.lower not in _UNTIL for x in t.tokens):
            continue
        for i, token in enumerate(t.tokens):
            if token.pos != "VERB":
                continue
            when = tense(t, i)
            if when not in ("future", "conditional"):
                continue
            no = negated(t, i)
            condition = condition_of(t, i, _UNTIL if no else frozenset({"si"}))
            if condition is None or when != ("future" if no else "conditional"):
                continue
            f = verbs.get((t.sentence.index, i))
            if f is not None and (f.concept in _READ_ELSEWHERE or stance_of(known, f) is not None):
                continue
            subject = subject_of(known.a, t, i)
            holders = f.agent if f is not None and not subject.actors else subject.actors
            if not holders and "Person=1" in finite_of(t, i):  # "no firmaremos nada mientras …", in somebody's words
                speech = known.speech(token.start)
                holders = speech.speaker if speech is not None else ()
            if holders and (no or known.a.resolution.actors[holders[0]].kind not in ("Group", "MediaOutlet")):
                yield from _hanging(known, t, i, condition, subject.token, holders)
    yield from _willing_but(known)


def _hanging(known: Known, t: Tree, i: int, condition: int, subject: int | None, holders: tuple[str, ...]) -> Iterator[Position]:
    """The conditional position of ``holders`` that verb ``i`` and its ``condition`` tell."""
    low = min(t.left[subject] if subject is not None else i, t.left[condition], i)
    first, end = trim(t, low, max(t.right[i], t.right[condition]))
    obj = next((k for k in t.kids[i] if t.tokens[k].dep == "obj"), None)
    done = next((k for k in t.kids[i] if k not in (obj, condition) and k > i and "VerbForm=Inf" in t.tokens[k].morph), None)
    if obj is not None and t.tokens[obj].pos == "PRON":
        return  # "solo lo admitiría si …": what it means is read with the verb's other words
    if obj is not None:
        matter = deed(known, t, i, condition)
    elif done is not None:  # "estaría dispuesta a reabrir Nogales si …"
        stop = t.left[condition] if t.left[condition] > done else t.right[done]
        low, high = trim(t, done, min(t.right[done], stop))
        matter = known.a.text[t.tokens[low].start : t.tokens[high - 1].end]
    else:
        matter = deed(known, t, i, condition)
    for holder in holders[:2]:
        yield Position(
            id="s",
            label=f"{known.a.resolution.actors[holder].label} condiciona {matter}",
            evidence=(passage(known.a, t.span(first, end), known.attributions, own=(holder,)),),
            holder=holder,
            stance="conditional",
            matter=matter[:_LONGEST],
            condition=condition_text(known, t, i),
            rule="position-condition",
            triggers=(t.tokens[i].text,),
        )


def _willing_but(known: Known) -> Iterator[Position]:
    """ "está dispuesto a cooperar, pero sin tropas": an offer with a limit."""
    for f in known.frames:
        t = known.tree(f)
        if f.concept == "offering" and f.form == "verb" and f.agent and _WILLING & set(f.valency.words) and not f.negated:
            limits = [x for x in t.tokens if x.lower in ("pero", "sin") and x.i > f.trigger]
            mine = next((o for o in known.offered if o.frame is f), None)
            if not limits or mine is None:
                continue
            holder = f.agent[0]
            yield Position(
                id="s",
                label=f"{known.a.resolution.actors[holder].label} condiciona {mine.fact.label[:80]}",
                evidence=(passage(known.a, t.span(f.first, f.end), known.attributions, own=(holder,)),),
                holder=holder,
                stance="conditional",
                target=mine.fact.id,
                rule="position-willing-but",
                triggers=(t.tokens[f.trigger].text, limits[0].text),
            )


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
            target = target_of(known, asking, head)
            for holder in f.agent[:2] if target is not None else ():
                assert target is not None
                yield Position(
                    id="s",
                    label=f"{known.a.resolution.actors[holder].label} {VERB[stance]} {target.matter or t.tokens[head].text}",
                    evidence=(passage(known.a, t.span(*trim(t, start + 1, k + 1)), known.attributions, own=f.agent),),
                    holder=holder,
                    stance=stance,
                    target=target.fact,
                    matter=target.matter,
                    target_actor=target.actor,
                    rule=f"position-{asking.concept}-ellipsis",
                    triggers=(t.tokens[k].text,),
                )


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
    if target is None or not f.agent:
        return
    holder = f.agent[0]
    yield Position(
        id="s",
        label=f"{known.a.resolution.actors[holder].label} {VERB['denies']} {target.matter or t.tokens[f.trigger].text}",
        evidence=(passage(known.a, t.span(f.first, f.end), known.attributions, own=f.agent),),
        holder=holder,
        stance="denies",
        target=target.fact,
        matter=target.matter,
        target_actor=target.actor,
        rule="position-denial",
        triggers=(t.tokens[f.trigger].text,),
    )


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
    for holder in holders:
        for stance, matter in zip(stances, match.groups(), strict=True):
            named = None if t is None else _proposal_named(known, matter, t)
            yield Position(
                id="s",
                label=f"{known.a.resolution.actors[holder].label} {VERB[stance]} {matter}",
                evidence=(words,),
                holder=holder,
                stance=stance,
                target=named,
                matter=matter.strip().lower() if named is None else None,
                rule="position-yes-no",
                triggers=("sí", "no"),
            )


def _proposal_named(known: Known, matter: str, t: Tree) -> str | None:
    """The last proposal before the sentence that has all the words of ``matter``."""
    words = {w[:6] for w in matter.lower().split() if len(w) > 3}
    found = [o for o in known.offered if o.sentence < t.sentence.index and words and words <= o.words]
    return found[-1].fact.id if found else None
