"""What becomes of a proposal: answered by its addressees, or left open, put off, taken back in words that are nobody's stance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.offered import Offered, is_private, other_side, own_government, same_side, state_of
from kg.extract.stance_targets import target_of
from kg.model import Event, Position, Proposal

#: Nobody's proposal is taken back, or left open, further behind than this, in sentences.
_REACH: Final = 3
#: Kinds of actor that something can be asked of.
_DECIDING: Final = frozenset({"Country", "Government", "PublicBody", "InternationalOrganization", "Company"})
_NUMBER: Final = {"dos": 2, "ambas": 2, "ambos": 2, "tres": 3}
#: Kinds of event that are an answer, and the stance that is the same answer.
_ANSWERS: Final = {"acceptance": "supports", "refusal": "opposes", "veto": "opposes"}
_ANSWERING: Final = frozenset({"supports", "opposes", "conditional"})


def told_statuses(known: Known) -> dict[str, str]:
    """Proposal id → ``pending`` or ``abandoned``, where the text says so in words that are nobody's stance; the last word counts."""
    out: dict[str, str] = {}
    for f in known.frames:
        status = _status_of(known, f)
        for o in _meant(known, f, status) if status is not None else ():
            out[o.fact.id] = status or ""
    return out


def _status_of(known: Known, f: Frame) -> str | None:
    """What a frame says of a proposal, if it is one: that somebody ponders it, leaves it unanswered, takes it back."""
    if f.form == "participle":
        return None
    if f.concept == "pondering":
        return None if f.negated else "pending"
    if f.concept == "refusal" and f.form == "verb" and f.negated:
        return "pending"  # "no lo descarta"
    if f.concept == "left-open":
        return "pending"
    if f.concept == "replying":
        return "pending" if f.negated and f.form == "verb" else None
    if f.concept in ("withdrawal", "abandonment", "shelving") and f.form == "verb":
        return None if f.negated else "abandoned"
    return None


def _meant(known: Known, f: Frame, status: str | None) -> Iterator[Offered]:
    """The proposals that a frame speaks of: what its theme takes up or says again; the last one it can be an answer to."""
    head = f.content if f.content is not None else f.theme
    beside = _beside(known, f) if status == "pending" else None
    if beside is not None:
        yield beside
        return
    several = _several(known, f, head) if head is not None and status == "pending" else []
    if several:
        yield from several
        return
    found = _taken_up(known, f, head, status)
    if found is None or found.sentence > f.sentence or _own_words(known, f, found):
        return
    if status == "abandoned" and f.agent and not any(same_side(known.a, x, y) for x in f.agent for y in found.fact.proposer):
        return  # "retiró las boyas" does what was asked, and takes nothing back
    if f.sentence - found.sentence <= _REACH or head is not None:
        yield found


def _taken_up(known: Known, f: Frame, head: int | None, status: str | None) -> Offered | None:
    """The proposal that the theme of the frame takes up, or that was put forward last; of an offer with a condition the offer."""
    by_id = {o.fact.id: o for o in known.offered}
    if f.concept == "replying" and f.valency.subject == "AGENT":
        head = None
    asker = replace(f, agent=() if status == "abandoned" else f.agent, patient=(), concept="supports")
    if head is not None:
        target = target_of(known, asker, head)
    elif f.pronoun is not None or f.concept in ("left-open", "replying"):
        target = target_of(known, replace(asker, pronoun=f.pronoun or "lo"), None)
    else:
        target = None
    found = by_id.get(target.fact or "") if target is not None else None
    if found is not None and found.fact.rule == "proposal-condition":
        found = by_id.get(found.fact.part_of or "") or found
    return found


def _beside(known: Known, f: Frame) -> Offered | None:
    """What a relative clause is about, or the request that a missing reply is to, in the frame's own sentence.

    "una versión recortada, que Bogotá todavía sopesa", "una fórmula … a la que Lima no ha contestado", "no contestó a la invitación".
    """
    tokens = known.tree(f).tokens
    relative = next((k for k in (f.trigger, tokens[f.trigger].head) if tokens[k].dep == "acl:relcl"), None)
    here = [o for o in known.offered if o.sentence == f.sentence and not known.own(f, o)]
    if relative is not None:
        before = [o for o in here if o.end <= f.trigger]
        return before[-1] if before else None
    if f.concept == "replying" and f.valency.subject == "AGENT":
        behind = [o for o in here if f.trigger < o.first and (o.frame is None or f.trigger < o.frame.trigger < o.first)]
        return behind[0] if behind else None
    return None


def _several(known: Known, f: Frame, head: int) -> list[Offered]:
    """The last two or three that a plural counts: "ninguna de las dos ideas ha obtenido respuesta"."""
    t = known.tree(f)
    for k in range(head, t.right[head]):
        number = next((_NUMBER[x.lower] for x in t.tokens[max(0, k - 1) : k] if x.lower in _NUMBER), 0)
        if number and known.takes_up(t.tokens[k].lemma):
            wholes = [o for o in known.before(f) if o.fact.part_of is None and o.sentence < f.sentence]
            return wholes[-number:] if len(wholes) >= number else []
    return []


def _own_words(known: Known, f: Frame, o: Offered) -> bool:
    """Whether the frame stands in the words that put the proposal forward: "pidió aplazar la cita", "la cita se aplazó a petición suya"."""
    if f.sentence != o.sentence:
        return False
    start = known.tree(f).tokens[f.trigger].start
    inside = o.first <= f.trigger < o.end or (o.frame is not None and o.frame.trigger == f.trigger)
    return inside or (o.fact.rule == "proposal-requested" and any(e.start <= start < e.end for e in o.fact.evidence))


def answered(a: Analysis, p: Proposal, positions: tuple[Position, ...], told: dict[str, str], singly: dict[str, str]) -> Proposal:
    """A proposal with its status: by what is answered to it ``singly``, by its addressees' answers, else by what the text says of it.

    Different answers, one on a condition, or the yes of one of two leave it pending; mere liking is no yes.
    """
    p = _put_to(a, p, positions)
    if p.id in singly:
        return replace(p, status=singly[p.id])
    answers = {_answer(s) for s in positions if s.target == p.id and s.stance in _ANSWERING and _answers(a, p, s)}
    if not answers:
        again = p.status == "renewed" and told.get(p.id) == "pending"  # "pidió otra vez las muestras, sin que conste respuesta"
        return replace(p, status=told[p.id]) if p.id in told and not again else p
    if answers == {"opposes"}:
        return replace(p, status="rejected")
    if answers == {"accepts"} and _sides(a, p) == _accepting(a, p, positions):
        return replace(p, status="accepted")
    return replace(p, status="pending")


def _put_to(a: Analysis, p: Proposal, positions: tuple[Position, ...]) -> Proposal:
    """What a private asker put to nobody named was put to who took it up or turned it down: "el gremio pidió …; la Mesa lo rechazó"."""
    if not p.proposer or not all(is_private(a, x) for x in p.proposer):
        return p
    if p.addressee not in ((), own_government(a, p.proposer), other_side(a, p.proposer)):
        return p
    answering = {
        s.holder
        for s in positions
        if s.target == p.id
        and s.rule.startswith(("position-acceptance", "position-refusal"))
        and s.stance in ("supports", "opposes")
    }
    others = [x for x in sorted(answering) if not any(same_side(a, x, y) for y in p.proposer) and x not in p.proposer]
    public = [x for x in others if a.resolution.actors[x].kind in _DECIDING]
    return replace(p, addressee=(public[0],)) if len(public) == 1 and len(others) == 1 else p


def _answer(s: Position) -> str:
    """``accepts`` only for words of accepting in the past or present: "aceptaría", "aplaude" speak for it, and have not accepted it."""
    if s.stance != "supports":
        return s.stance
    would = any(x.endswith(("ría", "rías", "ríamos", "rían")) for x in s.triggers)
    return "likes" if would or not s.rule.startswith(("position-acceptance", "position-saying")) else "accepts"


def _answers(a: Analysis, p: Proposal, s: Position) -> bool:
    """Whether the holder of a position is one of those the proposal is addressed to, or speaks for one."""
    sides = {country_of(a, x) for x in p.addressee} | set(p.addressee)
    if s.holder in sides or (country_of(a, s.holder) in sides - {None} and not is_private(a, s.holder)):
        return True
    public = not is_private(a, s.holder) and a.resolution.actors[s.holder].kind != "Person"
    return not p.addressee and public and not any(same_side(a, s.holder, x) for x in p.proposer)


def _sides(a: Analysis, p: Proposal) -> frozenset[str]:
    """The countries (or else actors) that a proposal is addressed to."""
    return frozenset(country_of(a, x) or x for x in p.addressee)


def _accepting(a: Analysis, p: Proposal, positions: tuple[Position, ...]) -> frozenset[str]:
    """Those of the addressed sides that accepted."""
    yes = (s.holder for s in positions if s.target == p.id and _answer(s) == "accepts" and _answers(a, p, s))
    return frozenset(country_of(a, x) or x for x in yes) & _sides(a, p)


def to_proposer(a: Analysis, e: Event, positions: tuple[Position, ...], proposals: tuple[Proposal, ...]) -> Event:
    """An acceptance or refusal with whoever put forward what it answers as the one it is said to."""
    stance = _ANSWERS.get(e.event_type)
    if stance is None or not e.agent:
        return e
    for s in positions:
        same = s.stance == stance and any(same_side(a, s.holder, x) for x in e.agent) and s.triggers[:1] == e.triggers[:1]
        if not same or not any(p.start < q.end and q.start < p.end for p in s.evidence for q in e.evidence):
            continue
        whose = next((p.proposer for p in proposals if p.id == s.target), ())
        if whose and not any(same_side(a, x, y) for x in whose for y in e.agent):
            return replace(e, patient=tuple(dict.fromkeys(state_of(a, x) for x in whose)))
    return e
