"""Stances told by what something is called: "lo tildó de «cesión»", "califica de falso …", "«es una burla»"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import factuality, passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.offered import same_side
from kg.extract.stance_holders import opinion_of
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
#: Verbs that call something by any name: only of another's deed is a name in quotation marks no praise.
_NEUTRAL: Final = frozenset({"describir", "definir"})
#: Verbs of holding something to be so, which may be negated: "no ve posible".
_HOLDING: Final = frozenset({"ver", "considerar", "juzgar", "encontrar", "creer"})
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
        "aplicable",
        "cercano",
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
        if f.concept != "judging" or f.form != "verb":
            continue
        t = known.tree(f)
        token = t.tokens[f.trigger]
        if f.negated and token.lemma not in _HOLDING:
            continue
        if "VerbForm=Inf" in token.morph and any(t.tokens[k].lower == "por" for k in t.kids[f.trigger]):
            continue  # "lo rechazó por considerarlo una intromisión": the reason of a stance, and no other
        if "VerbForm=Inf" in token.morph and factuality(a, f) == "negated":
            continue  # "evitó tacharlo de disparate"
        f = with_theme(known, f) if f.theme is None else f
        named = _called(known, t, f)
        if named is None:
            continue
        called, stance = named
        if f.negated:  # "no ve posible la firma", "no considera justo el reparto"
            stance = {"supports": "opposes", "possible": "doubts"}.get(stance, "")
        if stance not in ("supports", "opposes", "denies", "doubts"):
            continue
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
        if theme is None and not copular and f.pronoun is None:
            theme = _noun_behind(t, called)
        if theme is not None and theme >= called and t.tokens[t.left[theme]].lower not in ("la", "el", "los", "las", "a", "al"):
            theme = None
        asking = replace(f, agent=holders, theme=theme, content=None, pronoun=f.pronoun or ("lo" if theme is None else None))
        if theme is not None and f.trigger < theme < called:
            asking = replace(asking, end=_before_name(t, theme, called))
        target = target_of(known, asking, theme)
        if target is None:
            near = a.trees[max(0, f.sentence - 1)].sentence.start
            before = [e for e in known.events if near <= e.evidence[0].start < token.start and of_another(asking, t, e)]
            target = Target(fact=before[-1].id) if before else words_before(known, asking)
        if target is None or (
            token.lemma in _NEUTRAL and stance_of_word(known, t, called) is None and _own_deed(known, target, holders)
        ):
            continue
        if target.matter is not None and theme is not None and theme < called:
            target = Target(matter=_named(known, t, theme, called))
        first, end = f.first, max(f.end, min(called + 2, t.right[f.trigger]))
        words = passage(a, t.span(first, end), known.attributions, own=holders)
        yield from taken(known, holders, stance, target, words, "position-judging", (token.text, t.tokens[called].text))


def from_copulas(known: Known) -> Iterator[Position]:
    """ "La denuncia es un invento", "el peaje es injusto", said by somebody: what something is said to be decides the stance."""
    a = known.a
    told = {f.sentence for f in known.frames if f.form == "phrase" and f.concept in _STANCE_OF_WORD.values()}
    for t in a.trees:
        if t.sentence.index in told:
            continue  # a set phrase says it already
        for i in sorted({k.head for k in t.tokens if k.dep == "cop" and k.lemma in _COPULAS and k.i < k.head}):
            token = t.tokens[i]
            theme = next((k for k in t.children(i, *SUBJECTS) if t.tokens[k].pos == "NOUN"), None)
            speech = known.speech(token.start)
            speakers = speech.speaker if speech is not None else opinion_of(known, t)
            if theme is None or not speakers or negated(t, i) or tense(t, i) != "present":
                continue
            stance = stance_of_word(known, t, i)
            if stance is None:
                continue
            judging = Valency("judging", "verb", ("ser",))
            f = Frame("judging", judging, t.sentence.index, i, "verb", t.left[i], t.right[i], agent=speakers, theme=theme)
            words_told = passage(a, t.span(*trim(t, t.left[i], t.right[i])), known.attributions, own=speakers)
            yield from taken(known, speakers, stance, target_of(known, f, theme), words_told, "position-copula", (token.text,))


def _before_name(t: Tree, theme: int, called: int) -> int:
    """Where the words of what is called something end: "la redada | como una cacería", "el cierre | de «castigo»"."""
    stop = next(
        (k for k in range(theme + 1, called) if t.tokens[k].lower in ("como", "de", "por") and t.right[k - 1] <= called), called
    )
    stop = next((k for k in range(called - 1, theme, -1) if t.tokens[k].lower == "como"), stop)
    stop = next((k for k in range(theme + 1, stop) if t.tokens[k].text in ("«", "“", '"')), stop)
    while stop - 1 > theme and t.tokens[stop - 1].pos in ("ADP", "PUNCT"):
        stop -= 1
    return max(stop, theme + 1)


def _own_deed(known: Known, target: Target, holders: tuple[str, ...]) -> bool:
    """Whether a target is something that the holders' side did or agreed to, or is in words only."""
    deed = next((e for e in known.events if e.id == target.fact), None)
    if deed is None:
        return target.fact is None
    return any(same_side(known.a, x, y) for x in (*deed.agent, *deed.participant) for y in holders)


def _noun_behind(t: Tree, called: int) -> int | None:
    """The noun with an article right behind what it is called: "considera inaceptable | la cuota"."""
    k = next((k for k in range(called + 1, min(called + 3, len(t.tokens))) if t.tokens[k].pos == "DET"), None)
    if k is None or k + 1 >= len(t.tokens):
        return None
    return next((j for j in range(k + 1, min(k + 3, len(t.tokens))) if t.tokens[j].pos in ("NOUN", "PROPN")), None)


def stance_of_word(known: Known, t: Tree, k: int) -> str | None:
    """The stance that a word of judging takes by itself: "disparate" opposes, "mentira" denies."""
    classes = known.a.lexicon.classes
    return next((s for c, s in _STANCE_OF_WORD.items() if _is_called(t, k, classes.get(c, frozenset()))), None)


def _named(known: Known, t: Tree, theme: int, called: int) -> str:
    """The words of what is called something, without what it is called."""
    first, end = trim(t, t.left[theme], _before_name(t, theme, called))
    return known.a.text[t.tokens[first].start : t.tokens[end - 1].end][:_LONGEST]


def _called(known: Known, t: Tree, f: Frame) -> tuple[int, str] | None:
    """The token of what a judging verb calls its object, and the stance that this word takes."""
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
        stance = stance_of_word(known, t, k)
        if t.tokens[k].lower in _BELIEVABLE and t.tokens[f.trigger].lemma in _HOLDING:
            stance = "possible"
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
