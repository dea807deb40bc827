"""What becomes of a proposal in words that are no verb of answering: what is said of the answer itself, what is then done or not done.

"La respuesta fue un no", "no hubo respuesta", "Lima espera respuesta"; "Quito los liberó el martes"; "pidió los nombres y no los
ha recibido".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.context import factuality
from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.offered import Offered, is_private, same_side
from kg.extract.relative_subjects import CLITICS
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, is_verb, negated, tense
from kg.extract.words import word_list

_REPLY: Final = frozenset({"respuesta", "contestación", "réplica"})
_COMING: Final = frozenset(word_list("llegar haber obtener recibir tener dar conocer producir existir"))
_AWAITING: Final = frozenset({"esperar", "aguardar"})
_YES: Final = frozenset(word_list("sí positivo afirmativo favorable"))
_NO: Final = frozenset(word_list("no negativo negativa portazo rechazo"))
#: Who asked for something, and does not get it.
_RECEIVING: Final = frozenset(word_list("recibir obtener conseguir tener lograr"))
_HANDING: Final = frozenset(word_list("entregar dar enviar remitir facilitar mandar llegar"))
#: Verbs too general to tell that just this was done.
_GENERAL: Final = frozenset(word_list("hacer ser estar tener haber dar poder ir poner llegar pedir"))
#: Sentences from a proposal to what is told of its answer.
_NEAR: Final = 2
_DONE: Final = 3


def outcomes(known: Known) -> dict[str, str]:
    """Proposal id → status, for what the text tells of an answer or of the thing asked for."""
    out: dict[str, str] = {}
    for t in known.a.trees:
        if known.a.document.article.blocks[t.sentence.block].kind == "heading":
            continue
        for token in t.tokens:
            if token.lemma in _REPLY and token.pos == "NOUN":
                out.update(_of_reply(known, t, token.i))
    by_sentence: dict[int, list[Frame]] = {}
    for f in known.frames:
        by_sentence.setdefault(f.sentence, []).append(f)
    for o in known.offered:
        for number in range(o.sentence, min(o.sentence + _DONE + 1, len(known.a.trees))):
            for f in by_sentence.get(number, ()):
                status = _by_deed(known, o, f)
                if status is not None:
                    out[o.fact.id] = status
    return out


def _of_reply(known: Known, t: Tree, i: int) -> Iterator[tuple[str, str]]:
    """What the noun of a reply at ``i`` says of the proposal put forward last: that it is a yes, a no, or has not come."""
    verb = t.tokens[i].head
    lemma, no = t.tokens[verb].lemma, negated(t, verb)
    status = None
    if t.tokens[i].dep == "nsubj" and verb > i and any(t.tokens[k].lemma == "ser" for k in t.children(verb, "cop")):
        said = {word for x in t.tokens[verb - 1 : verb + 2] for word in (x.lemma, x.lower)}
        status = "rejected" if said & _NO else "accepted" if said & _YES else None
    elif is_verb(t.tokens[verb]):
        missing = (lemma in _COMING and no) or (lemma in _AWAITING and not no)
        status = "pending" if missing or (lemma == "dar" and tense(t, verb) == "future") else None
    last = _last(known, t, i) if status is not None else None
    if last is not None and status is not None:
        yield last.fact.id, status


def _last(known: Known, t: Tree, i: int) -> Offered | None:
    """The whole proposal put forward last before token ``i``, near by."""
    near = [
        o for o in known.offered if 0 <= t.sentence.index - o.sentence <= _NEAR and (o.sentence, o.end) <= (t.sentence.index, i)
    ]
    if not near:
        return None
    return next((o for o in near if o.fact.id == near[-1].fact.part_of), near[-1])


def _by_deed(known: Known, o: Offered, f: Frame) -> str | None:
    """What a deed behind a proposal says of it: done by whom it was put to, or the thing asked for not got."""
    if f.form != "verb" or (f.sentence, f.trigger) <= (o.sentence, o.end) or o.frame is None:
        return None
    t = known.tree(f)
    verb = t.tokens[f.trigger].lemma
    taken_up = _takes_up(t, f)
    if f.concept == "saying" and f.valency.words[:1] == ("tomar",) and f.patient and _put_to(known, o, f.agent):
        return "accepted"  # "le tomó la palabra"
    if not taken_up or o.frame.concept in ("offering", "wanting"):
        return None
    asked = known.a.trees[o.sentence].tokens[o.first : o.end]
    if f.negated and tense(t, f.trigger) in ("past", "present"):
        thing = any(x.pos == "NOUN" for x in asked[:3])
        mine = f.agent or subject_of(known.a, t, f.trigger).actors
        if thing and verb in _RECEIVING and any(same_side(known.a, x, y) for x in mine for y in o.fact.proposer):
            return "pending"
        return "pending" if thing and verb in _HANDING and (verb == "llegar" or _put_to(known, o, f.agent)) else None
    head = next((x.lemma for x in asked if x.pos == "VERB"), "")
    done = verb == head and verb not in _GENERAL and not f.negated and _put_to(known, o, f.agent)
    return "accepted" if done and tense(t, f.trigger) == "past" and factuality(known.a, f) == "actual" else None


def _takes_up(t: Tree, f: Frame) -> bool:
    """Whether a pronoun stands with the verb: "los liberó", "no se los ha entregado", "no le han llegado"."""
    return f.pronoun is not None or any(
        t.tokens[k].lower in CLITICS | {"le", "les"} and t.tokens[k].pos == "PRON" for k in t.kids[f.trigger]
    )


def _put_to(known: Known, o: Offered, agent: tuple[str, ...]) -> bool:
    """Whether a proposal is addressed to one of ``agent``, or to the state that they speak for."""
    states = {country_of(known.a, x) for x in o.fact.addressee} - {None}
    return any(x in o.fact.addressee or (country_of(known.a, x) in states and not is_private(known.a, x)) for x in agent)
