"""Which of the article's two countries somebody is at home in, also where no word beside the name tells it.

A mayor, a union or its head has no country of their own in the text more often than not. Their organisation's, that of the region in
their name or title ("los arroceros de Daule"), or the side that the paragraph speaks of last before them is theirs; where it has
spoken of none, they are the newspaper's own people, whom nobody there calls by their country.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.reading import PAIR_NOUNS
from kg.model import Actor

#: Those who are of no country where the text gives them none: states and bodies are named by theirs, gangs have none.
_STATELESS: Final = frozenset(
    {"Country", "Government", "PublicBody", "InternationalOrganization", "MediaOutlet", "CriminalOrganization"}
)


def country_of(a: Analysis, actor: str) -> str | None:
    """The country that an actor is, or is of."""
    known = a.resolution.actors.get(actor)
    return (known.id if known.kind == "Country" else known.country) if known else None


def above(a: Analysis, known: Actor) -> Actor | None:
    """The organisation that somebody is a member of."""
    return a.resolution.actors.get(known.member_of or "") or a.gazetteer.actors.get(known.member_of or "")


def home_of(a: Analysis, actor: str) -> str | None:
    """The one of the article's countries that ``actor`` is at home in; ``None`` for people of other countries and of none."""
    known = a.resolution.actors.get(actor)
    pair = a.resolution.pair
    if known is None or len(pair) != 2:
        return None
    organisation = above(a, known)
    country = country_of(a, actor) or (organisation.country if organisation is not None else None)
    if country is not None:
        return country if country in pair else None
    if known.kind in _STATELESS or known.label.split()[-1] in PAIR_NOUNS:
        return None  # "las patronales de ambos países" are at home in both
    return _by_paragraph(a, actor if organisation is None else organisation.id) or pair[0]


def _by_paragraph(a: Analysis, actor: str) -> str | None:
    """The country of whom or what the paragraph names last before it first names ``actor``, or of the place in the name itself."""
    mentions, ids = a.resolution.mentions, a.resolution.ids
    first = next((i for i, found in enumerate(ids) if actor in found), None)
    if first is None:
        return None
    if mentions[first].local in a.resolution.pair:
        return mentions[first].local
    block = a.trees[mentions[first].sentence].sentence.block
    for i in range(first - 1, -1, -1):
        if a.trees[mentions[i].sentence].sentence.block != block:
            return None
        sides = {country_of(a, x) for x in ids[i]} | {mentions[i].local}
        here = [c for c in a.resolution.pair if c in sides]
        if len(here) == 1:
            return here[0]
    return None
