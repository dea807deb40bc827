"""What is asked for by setting terms: "dio a Quito 30 días para retirar las boyas", "condiciona la venta a que pague la deuda".

A deadline given to somebody asks for what is to be done by then, a condition set for something for what would meet it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.offered import Offered, content_lemmas, label, other_side, same_side
from kg.extract.proposal_parts import Stretch, items_behind_colon
from kg.extract.said import Attribution
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, is_verb, negated, predicate_above, tense, trim
from kg.extract.words import word_list
from kg.model import Proposal

#: Verbs that give somebody a time to do something.
_GIVING: Final = frozenset(word_list("dar fijar conceder otorgar poner imponer marcar establecer lanzar plantear"))
_TERMS: Final = frozenset({"plazo", "ultimátum"})
_TIMES: Final = frozenset(word_list("hora día semana mes año"))
#: Who is given a time to leave is expelled, and asked for nothing.
_LEAVING: Final = frozenset(word_list("abandonar salir dejar marchar ir"))
_STOPS: Final = frozenset({";", ".", "—", "–", "?", "!"})


def from_terms(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """The proposals that stand in the terms which somebody sets."""
    for t in a.trees:
        for token in t.tokens:
            if token.pos == "NOUN" and (token.lemma in _TERMS or token.lemma in _TIMES):
                yield from _by_deadline(a, t, token.i, attributions)
    for f in frames:
        if f.concept == "conditioning" and f.form == "verb" and f.agent and not f.negated:
            stretch = _condition(a.trees[f.sentence], f)
            if stretch is not None:
                yield _asked(a, a.trees[f.sentence], stretch, (f.agent, f.patient), f.trigger, attributions)


def _by_deadline(a: Analysis, t: Tree, noun: int, attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """What is to be done until the time at ``noun`` is over: "un plazo de 30 días para retirar …", "48 horas para que responda"."""
    tokens = t.tokens
    counted = tokens[noun].lemma in _TERMS or any(tokens[k].pos == "NUM" for k in t.kids[noun])
    verb = tokens[noun].head
    if (
        not counted
        or tokens[noun].dep != "obj"
        or not is_verb(tokens[verb])
        or tokens[verb].lemma not in _GIVING
        or negated(t, verb)
    ):
        return
    agent = subject_of(a, t, verb).actors
    told = next((a.actors(t, k) for k in t.children(verb, "obl", "obl:arg", "iobj") if case(t, k) == "a" and a.actors(t, k)), ())
    content = next(
        (k for head in (noun, verb) for k in t.children(head, "acl", "advcl", "xcomp") if k > noun and _purpose(t, k)), None
    )
    stretch: Stretch | None = None
    if content is not None:
        stretch = _clause(t, content)
    else:
        items = items_behind_colon(t, _end_of_phrase(t, verb)) if tokens[noun].lemma == "ultimátum" else []
        stretch = items[0] if len(items) == 1 else None
        content = stretch[0] if stretch is not None else None
    leaving = content is not None and (tokens[content].lemma in _LEAVING or "maletas" in (x.lower for x in tokens[content:]))
    if not agent or stretch is None or content is None or leaving:
        return
    yield _asked(a, t, stretch, (agent, told), verb, attributions)


def _purpose(t: Tree, k: int) -> bool:
    """Whether clause ``k`` opens with "para" or "para que"."""
    return any(t.tokens[m].lower == "para" and m < k for m in t.kids[k])


def _clause(t: Tree, content: int) -> Stretch:
    """The words of a clause behind its "para" or "para que"."""
    first = t.left[content]
    while first < content and t.tokens[first].lower in ("para", "a", "de", "que"):
        first += 1
    return trim(t, first, _until(t, first, t.right[content]))


def _condition(t: Tree, f: Frame) -> Stretch | None:
    """What would meet the condition of frame ``f``: the clause or the noun behind "a": "a que pague la deuda", "al pago de la deuda"."""
    tokens = t.tokens
    found: Stretch | None = None
    for k in range((f.trigger if f.theme is None else f.theme) + 1, len(tokens)):
        if tokens[k].text in _STOPS or tokens[k].text == ":":
            break
        if tokens[k].lower == "a" and k + 1 < len(tokens) and tokens[k + 1].lower == "que":
            verb = next((m for m in range(k + 2, len(tokens)) if is_verb(tokens[m]) and tense(t, m) == "subjunctive"), None)
            if verb is None:
                return None
            head = predicate_above(t, verb)
            return trim(t, k + 2, _until(t, k + 2, max(t.right[verb], t.right[head] if head > k else 0)))
        if tokens[k].lower in ("a", "al"):
            noun = tokens[k].head
            of_frame = k < noun and (tokens[noun].head == f.trigger or f.theme in (*t.ancestors(noun),))
            definite = tokens[k].lower == "al" or tokens[k + 1].lower in ("la", "las", "los", "su", "sus")
            if not of_frame or tokens[noun].pos != "NOUN" or not definite:
                continue
            found = trim(t, k + 1, _until(t, k + 1, t.right[noun]))  # "la apertura de la frontera al ganado al pago de la deuda"
    return found


def _until(t: Tree, first: int, end: int) -> int:
    return next((k for k in range(first, end) if t.tokens[k].text in _STOPS), end)


def _end_of_phrase(t: Tree, verb: int) -> int:
    """Where a colon behind the verb stands, or the end of the sentence."""
    return next((k for k in range(verb, len(t.tokens)) if t.tokens[k].text == ":"), len(t.tokens))


def _asked(
    a: Analysis,
    t: Tree,
    stretch: Stretch,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    verb: int,
    attributions: tuple[Attribution, ...],
) -> Offered:
    """What the first of ``sides`` asks of the second, else of who is to do it, else of the other side."""
    agent, told = sides
    doing = next((k for k in range(*stretch) if is_verb(t.tokens[k])), None)
    named = next((a.actors(t, k) for k in t.children(doing, "nsubj") if a.actors(t, k)), ()) if doing is not None else ()
    named = tuple(x for x in named if not any(same_side(a, x, y) for y in agent))
    fact = Proposal(
        id=f"p{t.sentence.index}.{stretch[0]}.terms",
        label=label(a, t, *stretch),
        evidence=(passage(a, t.span(*stretch), attributions, own=agent),),
        proposer=agent[:2],
        addressee=told[:2] or named[:1] or other_side(a, agent),
        rule="proposal-terms",
        triggers=(t.tokens[verb].text,),
    )
    return Offered(fact, t.sentence.index, *stretch, content_lemmas(t, *stretch), None)
