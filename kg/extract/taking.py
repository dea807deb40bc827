"""A stance taken: the one place where positions are made of holders, stance, target and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.known import Known
from kg.extract.stance_pronouns import Target
from kg.model import Passage, Position

#: How the label of a position tells its stance.
_VERB: Final = {
    "supports": "apoya",
    "opposes": "rechaza",
    "conditional": "condiciona",
    "affirms": "afirma",
    "denies": "niega",
    "doubts": "duda de",
}
#: Of more holders than this, the first are told.
_HOLDERS: Final = 3


def taken(
    known: Known,
    holders: tuple[str, ...],
    stance: str,
    target: Target | None,
    evidence: Passage,
    rule: str,
    triggers: tuple[str, ...],
    *,
    about: str | None = None,
    condition: str | None = None,
) -> Iterator[Position]:
    """One position for each holder; none without a target. ``about`` names in the label a target that is a fact."""
    if target is None:
        return
    for holder in holders[:_HOLDERS]:
        yield Position(
            id="s",
            label=f"{known.a.resolution.actors[holder].label} {_VERB[stance]} {target.matter or about or triggers[-1]}",
            evidence=(evidence,),
            holder=holder,
            stance=stance,
            target=target.fact,
            matter=target.matter,
            target_actor=target.actor,
            rule=rule,
            triggers=triggers,
            condition=condition,
        )
