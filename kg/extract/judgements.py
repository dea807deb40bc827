"""Stances told by what something is called: "lo tildó de «cesión»", "califica de falso …", "«es una burla»"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import factuality, passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.stance_pronouns import Target, of_another, words_before
from kg.extract.stance_targets import target_of
from kg.extract.stance_themes import with_theme
from kg.extract.syntax import SUBJECTS, Tree, negated, tense, trim
from kg.extract.taking import taken
from kg.model import Position

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
#: Verbs whose object is called what stands in quotation marks behind them.
_NAMING: Final = frozenset(
    {"tachar", "tildar", "motejar", "llamar", "calificar", "describir", "definir", "juzgar", "catalogar", "considerar", "parecer"}
)
_NEAR: Final = 9
_BELIEVABLE: Final = frozenset(
    {
        "verosímil",
        "creíble",
        "probable",
        "realista",
        "viable",
        "posible",
        "fiable",
        "factible",
        "plausible",
        "convincente",
        "seguro",
    }
)
#: What something is called stands at most this many tokens behind the verb.
_REACH: Final = 14
_LONGEST: Final = 160


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
        if "VerbForm=Inf" in token.morph and factuality(a, f) == "negated":
            continue  # "evitó tacharlo de disparate"
        f = with_theme(known, f) if f.theme is None else f
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
            holders = _judge(known, t, f) or holders
        if not holders:
            continue
        theme = f.subject if copular else f.theme
        if theme is not None and a.quote_at(t.tokens[theme].start) is not a.quote_at(token.start):
            theme = None  # "la llamó «un candado en la puerta equivocada»": all of it is the name
        if theme is not None and theme >= called and t.tokens[t.left[theme]].lower not in ("la", "el", "los", "las", "a", "al"):
            theme = None
        asking = replace(f, agent=holders, theme=theme, content=None, pronoun=f.pronoun or ("lo" if theme is None else None))
        target = target_of(known, asking, theme)
        if target is None:
            near = a.trees[max(0, f.sentence - 1)].sentence.start
            before = [e for e in known.events if near <= e.evidence[0].start < token.start and of_another(asking, t, e)]
            target = Target(fact=before[-1].id) if before else words_before(known, asking)
        if target is None:
            continue
        if target.matter is not None and theme is not None and theme < called:
            target = Target(matter=_named(known, t, theme, called))
        first, end = f.first, max(f.end, min(called + 2, t.right[f.trigger]))
        words = passage(a, t.span(first, end), known.attributions, own=holders)
        yield from taken(known, holders, stance, target, words, "position-judging", (token.text, t.tokens[called].text))


def from_copulas(known: Known) -> Iterator[Position]:
    """ "La denuncia es un invento", "el peaje es injusto", said by somebody: what something is said to be decides the stance."""
    a = known.a
    words = {c: a.lexicon.classes.get(c, frozenset()) for c in _STANCE_OF_WORD}
    told = {f.sentence for f in known.frames if f.form == "phrase" and f.concept in _STANCE_OF_WORD.values()}
    for t in a.trees:
        if t.sentence.index in told:
            continue  # a set phrase says it already
        for i in sorted({k.head for k in t.tokens if k.dep == "cop" and k.lemma in _COPULAS and k.i < k.head}):
            token = t.tokens[i]
            theme = next((k for k in t.children(i, *SUBJECTS) if t.tokens[k].pos == "NOUN"), None)
            speech = known.speech(token.start)
            if theme is None or speech is None or negated(t, i) or tense(t, i) != "present":
                continue
            stance = next((s for c, s in _STANCE_OF_WORD.items() if _is_called(t, i, words[c])), None)
            if stance is None:
                continue
            judging = Valency("judging", "verb", ("ser",))
            f = Frame("judging", judging, t.sentence.index, i, "verb", t.left[i], t.right[i], agent=speech.speaker, theme=theme)
            words_told = passage(a, t.span(*trim(t, t.left[i], t.right[i])), known.attributions, own=speech.speaker)
            yield from taken(
                known, speech.speaker, stance, target_of(known, f, theme), words_told, "position-copula", (token.text,)
            )


def _named(known: Known, t: Tree, theme: int, called: int) -> str:
    """The words of what is called something, without what it is called: "la redada | como una cacería"."""
    stop = next(
        (k for k in range(theme + 1, called) if t.tokens[k].lower in ("como", "de", "por") and t.right[k - 1] <= called), called
    )
    stop = next((k for k in range(called - 1, theme, -1) if t.tokens[k].lower == "como"), stop)
    first, end = trim(t, t.left[theme], max(stop, theme + 1))
    while end - 1 > theme and t.tokens[end - 1].pos in ("ADP", "PUNCT"):
        end -= 1
    return known.a.text[t.tokens[first].start : t.tokens[end - 1].end][:_LONGEST]


def _called(known: Known, t: Tree, f: Frame) -> tuple[int, str] | None:
    """The token of what a judging verb calls its object, and the stance that this word takes."""
    words = {c: known.a.lexicon.classes.get(c, frozenset()) for c in _STANCE_OF_WORD}
    first, end = f.trigger + 1, min(t.right[f.trigger], f.trigger + _REACH)
    blaming = t.tokens[f.trigger].lemma in _BLAMING
    for k in range(first, end):
        if t.tokens[k].text in (".", ";") or "VerbForm=Fin" in t.tokens[k].morph:
            break  # another clause: "es que pegamos en una estructura criminal"
        before = {x.lower for x in t.tokens[first:k]}
        if not (before & _BEFORE_NAME or k == first) or t.tokens[k - 1].lower in ("la", "el", "los", "las"):
            continue
        if t.tokens[k].lower in ("poco", "nada") and k + 1 < end and t.tokens[k + 1].pos == "ADJ":
            return k + 1, "doubts" if t.tokens[k + 1].lower in _BELIEVABLE else "opposes"  # "considera poco verosímil"
        if t.tokens[k].pos not in ("NOUN", "ADJ", "VERB", "PROPN"):
            continue
        stance = next((s for c, s in _STANCE_OF_WORD.items() if _is_called(t, k, words[c])), None)
        if stance is None and blaming and before & {"de", "como"}:
            stance = "opposes"
        if stance is not None:
            return k, stance
    quoted = _quoted_behind(known, t, f.trigger) if t.tokens[f.trigger].lemma in _NAMING else None
    return (quoted, "opposes") if quoted is not None else None


def _quoted_behind(known: Known, t: Tree, i: int) -> int | None:
    """The first quoted word right behind a verb of naming that is not quoted itself: who quotes a name seldom means it as praise."""
    for k in range(i + 1, min(i + _NEAR, len(t.tokens))):
        quote = known.a.quote_at(t.tokens[k].start)
        if quote is not None and not quote.outer.start <= t.tokens[i].start < quote.outer.end:
            return k if t.tokens[k].pos != "PUNCT" else k + 1 if k + 1 < len(t.tokens) else None
        if t.tokens[k].lower not in _BEFORE_NAME and t.tokens[k].pos not in ("DET", "ADP", "NOUN", "ADJ", "PROPN"):
            return None
    return None


def _judge(known: Known, t: Tree, f: Frame) -> tuple[str, ...]:
    """Whom something seems so to: "a su presidente el tono le parece «de barra brava»"."""
    if t.tokens[f.trigger].lemma != "parecer" or not any(t.tokens[k].lower in ("le", "les") for k in t.kids[f.trigger]):
        return ()
    for k in range(max(0, f.trigger - _REACH), f.trigger):
        if t.tokens[k].lower in ("a", "al") and (k == 0 or t.tokens[k - 1].pos in ("PUNCT", "CCONJ", "SCONJ")):
            for j in range(k + 1, f.trigger):
                found = known.a.resolution.of(t.sentence.index, j)
                if found:
                    return found
    return f.patient


def _is_called(t: Tree, k: int, words: frozenset[str]) -> bool:
    token = t.tokens[k]
    singular = token.lower.removesuffix("s")
    return bool({token.lemma, token.lower, singular, token.lower.removesuffix("es"), singular[:-1] + "o"} & words)
