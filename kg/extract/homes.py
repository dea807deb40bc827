"""Which of the article's two countries somebody is at home in, also where no word beside the name tells it.

A mayor, a union or its head has no country of their own in the text more often than not. Their organisation's, that of the region in
their name or title ("los arroceros de Daule"), or the side that the paragraph speaks of last before them is theirs; where it has
spoken of none, they are the newspaper's own people, whom nobody there calls by their country.

:func:`home_of` always answers, for whoever must weigh two sides; :func:`settled` answers only where the paragraph leaves little doubt,
for what is written down of an actor.
"""

from __future__ import annotations

import re
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


#: Whose country is written down where the paragraph tells it, and also where it tells both or, with an office, none.
_SETTLED: Final = frozenset({"Person", "Group", "Company", "CivilOrganization", "Party"})
_AT_HOME: Final = _SETTLED - {"Group"}
#: The offices of those who come from elsewhere, or who serve more than one state.
_FROM_ELSEWHERE: Final = frozenset(
    {"nuncio", "cardenal", "arzobispo", "papa", "comisario", "comisaria", "alto", "alta", "alias", "relator", "relatora"}
    | {"representante", "observador", "observadora", "mediador", "mediadora", "enviado", "enviada"}
    | {"embajador", "embajadora", "exembajador", "exembajadora", "cónsul", "corresponsal", "migrante", "deportado", "soldado"}
)
_OF_BOTH: Final = ("binacional", "bilateral", "internacional", "mixta", "conjunta", "fronteriz", "transfronteriz")
_SPAN: Final = re.compile(r"[A-ZÁÉÍÓÚ]\w+o-[A-ZÁÉÍÓÚa-z]\w+")


def settled(a: Analysis, known: Actor) -> str | None:
    """The country of somebody of whom no word tells it, where it is hardly in doubt; ``None`` elsewhere.

    The one side that the paragraph's sentences before them have spoken of ("La oposición boliviana lo celebró. El abogado Lino Chávez
    …"); the newspaper's own where they have spoken of both ("El senador Eligio Villagra …" is no foreigner) or, for whoever has an
    office or is an organisation, of neither. What only stands in their own sentence may be whom they face, and tells nothing.
    """
    pair = a.resolution.pair
    if known.kind not in _SETTLED or known.country or known.id in a.gazetteer.actors or len(pair) != 2:
        return None
    organisation = above(a, known)
    if organisation is not None and organisation.id != known.id:
        if organisation.kind == "InternationalOrganization":
            return None
        if organisation.country:
            return organisation.country
    if _is_of_both(known.label) or _is_of_both(known.title or ""):
        return None
    told = _told_before(a, known.id)
    if told is None:
        return None
    own, before = told
    if len(before) == 1 and own <= before:
        return next(iter(before))
    if known.kind not in _AT_HOME or len(own | before) == 1:
        return None
    role = (known.title or "").partition(" ")[0].lower()
    if role in _FROM_ELSEWHERE:
        return None
    return pair[0] if own | before or role or known.kind != "Person" else None


def _is_of_both(words: str) -> bool:
    """Whether a name or a title is that of somebody of several states: "Cámara Binacional", "Cámara Colombo-Ecuatoriana"."""
    low = words.lower()
    return any(stem in low for stem in _OF_BOTH) or _SPAN.search(words) is not None


def _told_before(a: Analysis, actor: str) -> tuple[set[str], set[str]] | None:
    """The sides spoken of before ``actor`` is first named: in the same sentence, and in the paragraph's sentences before it."""
    mentions, ids = a.resolution.mentions, a.resolution.ids
    first = next((i for i, found in enumerate(ids) if actor in found), None)
    if first is None:
        return None
    here = mentions[first].sentence
    if mentions[first].local in a.resolution.pair:
        return set(), {mentions[first].local or ""}
    block = a.trees[here].sentence.block
    own: set[str] = set()
    before: set[str] = set()
    for i in range(first - 1, -1, -1):
        if a.trees[mentions[i].sentence].sentence.block != block:
            break
        sides = [c for c in a.resolution.pair if c in {country_of(a, x) for x in ids[i]} | {mentions[i].local}]
        if len(sides) == 1:
            (own if mentions[i].sentence == here else before).add(sides[0])
    return own, before


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
