"""Agreements that somebody else has still to say yes to: "firmaron un memorándum para llevar gas; falta que lo ratifique La Paz"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.offered import Offered, content_lemmas, label
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, trim
from kg.extract.words import word_list
from kg.model import Proposal

_AGREEMENTS: Final = frozenset(
    word_list(
        "acuerdo memorando memorándum protocolo convenio tratado pacto contrato documento texto acta declaración compromiso enmienda"
    )
)
_SIGNING: Final = frozenset({"signing", "agree"})
_RATIFYING: Final = frozenset(word_list("ratificar aprobar autorizar refrendar validar avalar"))
#: What stands shortly before the ratifying verb where it has not happened: "falta que …", "a la espera de que …".
_STILL: Final = frozenset(word_list("falta faltar pendiente espera depende todavía aún"))
#: "todavía la tiene que aprobar la Asamblea", "aún debe ratificarlo".
_OWING: Final = frozenset({"tener", "deber", "haber"})
_NEAR: Final = 2  # sentences from the signing to what is still to come
_BEFORE: Final = 7  # tokens


def from_agreements(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """What was signed and waits for a third side's yes, as its signers' proposal to that side."""
    signed = [f for f in frames if f.concept in _SIGNING and f.form == "verb" and f.agent and _agreement(a, f) and not f.negated]
    for f in frames:
        t = a.trees[f.sentence]
        owed = f.tense == "infinitive" or any(t.tokens[k].lemma in _OWING for k in (*t.kids[f.trigger], t.tokens[f.trigger].head))
        if (
            f.form != "verb"
            or t.tokens[f.trigger].lemma not in _RATIFYING
            or not f.agent
            or not (owed or f.tense == "subjunctive")
        ):
            continue
        before = {x.lower for x in t.tokens[max(0, f.trigger - _BEFORE) : f.trigger]} | {
            x.lemma for x in t.tokens[max(0, f.trigger - _BEFORE) : f.trigger]
        }
        known = [g for g in signed if 0 <= f.sentence - g.sentence <= _NEAR and (g.sentence, g.trigger) < (f.sentence, f.trigger)]
        if not before & _STILL or not known or set(known[-1].agent) & set(f.agent):
            continue
        yield _waiting(a, known[-1], f, attributions)


def _agreement(a: Analysis, f: Frame) -> bool:
    return f.theme is not None and a.trees[f.sentence].tokens[f.theme].lemma in _AGREEMENTS


def _waiting(a: Analysis, g: Frame, f: Frame, attributions: tuple[Attribution, ...]) -> Offered:
    """The proposal that the signing ``g`` makes to whoever is to ratify it in ``f``."""
    t = a.trees[g.sentence]
    assert g.theme is not None
    first, end = _purpose(t, g) or trim(t, t.left[g.theme], t.right[g.theme])
    fact = Proposal(
        id=f"p{g.sentence}.{first}.signed",
        label=label(a, t, first, end),
        evidence=(passage(a, t.span(g.first, max(g.end, end)), attributions, own=g.agent),),
        proposer=g.agent[:2],
        addressee=f.agent[:1],
        status="pending",
        rule="proposal-to-ratify",
        triggers=(t.tokens[g.trigger].text, a.trees[f.sentence].tokens[f.trigger].text),
    )
    return Offered(fact, g.sentence, first, end, content_lemmas(t, first, end), None)


def _purpose(t: Tree, g: Frame) -> tuple[int, int] | None:
    """The infinitive behind "para" that says what the agreement is for."""
    assert g.theme is not None
    for k in range(g.theme + 1, len(t.tokens) - 1):
        if t.tokens[k].lower == "para" and "VerbForm=Inf" in t.tokens[k + 1].morph:
            return trim(t, k + 1, t.right[k + 1])
    return None
