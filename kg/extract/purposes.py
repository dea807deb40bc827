"""Infinitives that tell what something is for, or what is only wanted, apart from those that are done or on their way."""

from __future__ import annotations

from typing import Final

from kg.extract.context import scheduled
from kg.extract.frames import Frame
from kg.extract.syntax import Tree, finite_morph, tense
from kg.extract.words import word_list

#: Verbs that, finite above an infinitive, make one predicate with it.
_MODAL: Final = frozenset(word_list("poder deber ir querer soler haber"))

#: Verbs that bring about what their infinitive says, or bind to it.
_COMMITTING: Final = frozenset(
    word_list(
        "ir comprometer acordar prometer pactar anunciar decidir convenir lograr conseguir empezar comenzar volver amenazar seguir"
        " planear prever disponer preparar programar proceder acabar terminar optar llegar ordenar autorizar"
    )
)

#: Nouns whose infinitive is done or on its way: "la decisión de gravar las importaciones".
_DECIDED: Final = frozenset(word_list("decisión medida compromiso promesa orden anuncio resolución"))
#: Conjunctions that, with a subjunctive, tell of nothing that happens.
_AWAITING: Final = frozenset({"mientras", "para", "hasta", "sin", "salvo", "menos"})
#: Verbs whose infinitive of meeting is on its way.
AGREEING: Final = frozenset(word_list("aceptar acceder confirmar esperar"))


def in_purpose(t: Tree, f: Frame, plover: str) -> bool:
    """ "para" + infinitive tells what something is for, not that it happens — unless it is itself something said."""
    token = t.tokens[f.trigger]
    if (
        f.form != "verb"
        or "VerbForm=Inf" not in token.morph
        or any("VerbForm=Fin" in t.tokens[k].morph and t.tokens[k].lemma in _MODAL for k in t.kids[f.trigger])
    ):
        return False
    marks = {t.tokens[k].lower for k in t.kids[f.trigger] if k < f.trigger and t.tokens[k].dep in ("mark", "case")}
    if "para" in marks:
        return plover not in ("request", "threaten")
    governor = t.tokens[token.head]
    if plover == "consult" and ("sin" in marks or {governor.lemma, _verb_before(t, f.trigger)} & AGREEING):
        return False  # "sin consultar a nadie", "aceptó verse con su colega"
    if scheduled(t, f.trigger) or (governor.pos == "NOUN" and governor.lemma in _DECIDED and token.head < f.trigger):
        return False
    if token.dep in ("xcomp", "ccomp", "advcl", "acl", "obj", "csubj", "nmod", "conj", "ROOT"):
        done = marks & {"tras", "después", "al"} or ("antes" in marks and tense(t, token.head) == "past")
        return governor.lemma not in _COMMITTING and not done and plover not in ("threaten",)
    return False


def awaited(t: Tree, f: Frame) -> bool:
    """Whether a clause only tells what something waits for, aims at or does without: "mientras no se pague", "para que reabra",
    "hasta que firmen", "sin que nadie lo autorice"."""
    if f.form != "verb" or "Mood=Sub" not in finite_morph(t, f.trigger):
        return False
    marks = {
        t.tokens[k].lower for k in t.kids[f.trigger] if k < f.trigger and t.tokens[k].dep in ("mark", "case", "advmod", "cc")
    }
    return bool(marks & _AWAITING)


def _verb_before(t: Tree, i: int) -> str:
    """The lemma of the verb before an infinitive, with no more than an aside in between: "aceptó, eso sí, verse con …"."""
    k = i - 1
    while k > 0 and t.tokens[k].pos in ("PUNCT", "ADV", "PRON"):
        k -= 1
    return t.tokens[k].lemma if k >= 0 else ""
