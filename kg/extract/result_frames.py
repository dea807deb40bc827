"""Frames of participles that another verb puts into effect or keeps so: "quedó suspendida", "mantiene desplegados 300 hombres"."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frame import Frame, verb_span
from kg.extract.lexicon import Valency
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, negated, tense
from kg.extract.topics import Topics
from kg.extract.verb_frames import by_demonym
from kg.extract.words import word_list

#: Verbs that put a participle into effect: "quedó suspendida", "amanecieron cerrados", "cayó preso".
_RESULTING: Final = frozenset(
    word_list("quedar resultar permanecer amanecer anochecer salir ver seguir continuar caer terminar acabar")
)


#: Verbs whose subject keeps their object as the participle says: "mantiene desplegados 300 hombres".
_KEEPING: Final = frozenset({"mantener", "tener"})


def resulting(t: Tree, i: int) -> int | None:
    """The verb that puts the participle at ``i`` into effect, or keeps it so, ``None`` if there is none."""
    head = t.tokens[i].head
    if head < i and t.tokens[i].dep in ("xcomp", "obj", "amod", "acl") and t.tokens[head].lemma in _KEEPING and _kept(t, i, head):
        return head
    governed = t.tokens[i].dep in ("xcomp", "obj", "advmod", "amod", "obl", "acl", "advcl", "nsubj")
    return head if head != i and governed and head < i and t.tokens[head].lemma in _RESULTING else None


def _kept(t: Tree, i: int, verb: int) -> int | None:
    """The noun that a verb of keeping keeps as the participle ``i`` says."""
    nouns = [k for k in (*t.children(verb, "obj", "obl"), *t.children(i, "obj", "nsubj")) if k != i and t.tokens[k].pos == "NOUN"]
    return nouns[0] if nouns else None


def result_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, topic: Topics) -> Frame:
    """The frame of a participle that a verb puts into effect: its subject suffers, "por" names who did it, the verb's tense counts."""
    verb = resulting(t, i)
    assert verb is not None
    subject = subject_of(a, t, verb, topic)
    agent: tuple[str, ...] = ()
    for k in (*t.kids[i], *t.kids[verb]):
        if t.tokens[k].dep == "obl:agent" or (case(t, k) == "por" and k > i):
            agent = agent or a.actors(t, k) or by_demonym(a, t, k)
    first, end = verb_span(t, verb, subject.token, None)
    kept = _kept(t, i, verb) if t.tokens[verb].lemma in _KEEPING else None
    suffering = a.actors(t, kept) if kept is not None else () if subject.inferred else subject.actors
    if kept is not None:
        agent = subject.actors
    return Frame(
        v.concept,
        v,
        t.sentence.index,
        i,
        "verb",
        first,
        end,
        agent=agent,
        patient=tuple(x for x in suffering if x not in agent),
        theme=subject.token if kept is None else kept,
        subject=subject.token,
        negated=negated(t, verb) or negated(t, i),
        tense=tense(t, verb),
        passive=kept is None,
        words=words,
    )
