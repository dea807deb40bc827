"""What was done because somebody asked for it: "la ronda se aplazó a petición de Ottawa", "a instancias de Lima, Chile retiró …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import factuality, passage
from kg.extract.frame import Frame, verb_span
from kg.extract.offered import Offered, content_lemmas, label, other_side, same_side
from kg.extract.said import Attribution
from kg.extract.syntax import SUBJECTS, Tree, is_verb, negated, predicate_above, trim
from kg.extract.words import word_list
from kg.model import Proposal

_ASKED: Final = frozenset(
    word_list("petición pedido solicitud ruego requerimiento exigencia sugerencia propuesta insistencia iniciativa")
)
#: What somebody has long asked for.
_CLAIMED: Final = frozenset(
    word_list("reclamo demanda exigencia reivindicación petición pedido aspiración reclamación solicitud")
)
_LEADS: Final = (("a",), ("ante",), ("por",), ("por", "una"), ("por", "un"), ("tras", "una"), ("tras", "un"))
#: Longer subjects, in tokens, are described; the clause goes without them.
_LONG: Final = 8
#: How far behind the noun who asked is named, in tokens.
_NEAR: Final = 5
#: Done at somebody's request by those who speak: no proposal.
_TALKING: Final = frozenset(word_list("hablar declarar comparecer responder contestar decir"))


def from_requested(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """What the clause around "a petición de X" tells, as X's proposal that was accepted."""
    for t in a.trees:
        for token in t.tokens:
            if token.lemma in _CLAIMED and _apposed(t, token.i):
                yield from _old_claim(a, t, token.i, frames, attributions)
            if token.lemma not in _ASKED and token.lower != "instancias":
                continue
            asker, end = _asker(a, t, token.i, frames) if _lead(t, token.i) else ((), 0)
            doing = _doing(a, t, token.i, frames) if asker else None
            if doing is not None:
                yield _granted(a, t, token.i, end, asker, doing, attributions)
    for f in frames:
        if f.form == "verb" and f.agent and not f.negated and f.content is None and a.lexicon.is_a(f.concept, "request"):
            yield from _as_asked(a, f, frames, attributions)


def _as_asked(a: Analysis, f: Frame, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """ "Ecuador retirará las boyas, como le pidió Perú": what the main clause tells was asked for, and granted."""
    t = a.trees[f.sentence]
    verb = t.tokens[f.trigger].head
    como = any(t.tokens[k].lower == "como" and k < f.trigger for k in t.kids[f.trigger])
    if not como or verb > f.trigger or not is_verb(t.tokens[verb]) or t.children(verb, "ccomp", "xcomp") or negated(t, verb):
        return
    doing = next((g for g in frames if g.sentence == f.sentence and g.trigger == verb and g.form == "verb"), None)
    if doing is not None and not any(same_side(a, x, y) for x in doing.agent for y in f.agent):
        yield _granted(a, t, f.trigger, f.end, f.agent, doing, attributions)


def _apposed(t: Tree, i: int) -> bool:
    """Whether the noun at ``i`` sums up its sentence behind a comma: "…, un viejo reclamo de la ANDE"."""
    before = [x.lower for x in t.tokens[max(0, i - 3) : i]]
    return (before[-2:-1] == [","] and before[-1] in ("un", "una")) or (before[:2] in ([",", "un"], [",", "una"]))


def _old_claim(
    a: Analysis, t: Tree, i: int, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]
) -> Iterator[Offered]:
    """What the main clause grants, as the old claim of whom the noun at ``i`` names."""
    asker, end = _asker(a, t, i, frames)
    root = next((x.i for x in t.tokens if x.head == x.i), i)
    doing = next((g for g in frames if g.sentence == t.sentence.index and g.trigger == root and g.form == "verb"), None)
    if not asker or doing is None or root > i or doing.negated or any(same_side(a, x, y) for x in doing.agent for y in asker):
        return
    yield _granted(a, t, i, end, asker, doing, attributions)


def _asker(a: Analysis, t: Tree, i: int, frames: tuple[Frame, ...]) -> tuple[tuple[str, ...], int]:
    """Who asked, and where the phrase of the noun ends; nobody where the noun tells its content itself."""
    own = next((f for f in frames if f.sentence == t.sentence.index and f.trigger == i and f.form == "noun"), None)
    if own is not None:
        return (own.agent, own.end) if own.content is None else ((), 0)
    if t.tokens[i].dep != "fixed" or i + 1 >= len(t.tokens) or t.tokens[i + 1].lower not in ("de", "del"):
        return (), 0
    for k in range(i + 2, min(i + 2 + _NEAR, len(t.tokens))):  # "a instancias de" is one preposition to the parser
        if a.actors(t, k):
            return a.actors(t, k), t.right[k]
    return (), 0


def _doing(a: Analysis, t: Tree, i: int, frames: tuple[Frame, ...]) -> Frame | None:
    """What was done at the request."""
    verb = predicate_above(t, i)
    if not is_verb(t.tokens[verb]) or t.tokens[verb].lemma in _TALKING or negated(t, verb):
        return None
    doing = next((g for g in frames if g.sentence == t.sentence.index and g.trigger == verb and g.form == "verb"), None)
    return None if doing is None or doing.negated or factuality(a, doing) == "negated" else doing


def _granted(
    a: Analysis, t: Tree, i: int, end: int, asker: tuple[str, ...], doing: Frame, attributions: tuple[Attribution, ...]
) -> Offered:
    """The proposal of ``asker`` that was granted by what ``doing`` tells; the noun at ``i`` says that it was asked for."""
    verb = doing.trigger
    subject = next((k for k in t.children(verb, *SUBJECTS) if t.right[k] - t.left[k] <= _LONG), None)
    first, last = verb_span(t, verb, subject, None)
    first, last = trim(t, min(first, t.left[i]), max(last, end))
    granting = tuple(x for x in doing.agent if not any(same_side(a, x, y) for y in asker))
    fact = Proposal(
        id=f"p{t.sentence.index}.{i}.requested",
        label=label(a, t, first, last),
        evidence=(passage(a, t.span(first, last), attributions, own=asker),),
        proposer=asker[:1],
        addressee=granting[:1] or other_side(a, asker),
        status="accepted" if factuality(a, doing) in ("actual", "planned") else "proposed",
        rule="proposal-requested",
        triggers=(t.tokens[i].text,),
    )
    # its content has happened, and is told as such: no stretch is only put forward
    return Offered(fact, t.sentence.index, i, i, content_lemmas(t, first, last), None)


def _lead(t: Tree, i: int) -> bool:
    """Whether the noun at ``i`` stands behind "a", "por una" and the like, with no article that takes up a known one."""
    return any(tuple(x.lower for x in t.tokens[max(0, i - len(lead)) : i]) == lead for lead in _LEADS)
