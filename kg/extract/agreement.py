"""The gender of actors as a document tells it: by article and office, by ending and first name.

Pronouns choose among those spoken of by gender; where nothing tells it, an actor fits either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.extract.reading import Mention
from kg.model import Actor, Document

_ARTICLES: Final = {"el": "Masc", "un": "Masc", "al": "Masc", "del": "Masc", "la": "Fem", "una": "Fem"}
_BOTH: Final = ("ista", "eta", "ota", "arca", "atra")  # "la periodista", "el poeta", "el jerarca"
#: First names of men that end in "a", and of women that end in "o".
_MEN: Final = frozenset({"Borja", "Luca", "Josema", "Chema", "Garcilaso", "Joshua", "Elía", "Bautista", "Nikita", "Sasha"})
_WOMEN: Final = frozenset(
    {"Rocío", "Consuelo", "Rosario", "Amparo", "Charo", "Socorro", "Milagro", "Remedio", "Sagrario", "Pilar"}
)


def genders(
    document: Document, mentions: tuple[Mention, ...], ids: Iterable[tuple[str, ...]], actors: Mapping[str, Actor]
) -> Mapping[str, frozenset[str]]:
    """The genders ("Fem", "Masc") in which the document speaks of each actor: one of a person, perhaps both of a government."""
    told: dict[str, set[str]] = {}
    for m, found in zip(mentions, ids, strict=True):
        if len(found) != 1 or m.plural:
            continue
        actor = actors[found[0]]
        tokens = document.sentences[m.sentence].tokens
        gender = _by_article(m, tokens[m.first].lower, tokens[m.first - 1].lower if m.first else "")
        if actor.kind == "Person":
            gender = gender or _by_office(m.role) or _by_first_name(m.name)
        elif actor.kind == "Country" and gender is None:
            gender = "Fem" if m.name.endswith("a") else None if m.name.endswith("s") else "Masc"
        if gender is not None:
            told.setdefault(found[0], set()).add(gender)
    return {actor: frozenset(found) for actor, found in told.items()}


def _by_article(m: Mention, first: str, before: str) -> str | None:
    """The gender of the article a mention begins with or stands behind; of a name alone it may be another noun's."""
    if first in _ARTICLES and m.first + 1 < m.last:
        return _ARTICLES[first]
    return _ARTICLES.get(before)


def _by_office(role: str | None) -> str | None:
    word = (role or "").split()[-1:]
    if not word or word[0].endswith(_BOTH) or word[0] == "guardia":
        return None
    return {"a": "Fem", "o": "Masc"}.get(word[0][-1])


def _by_first_name(name: str) -> str | None:
    first = name.split()[0]
    if " " not in name or first in _WOMEN:
        return "Fem" if first in _WOMEN and " " in name else None
    if first in _MEN:
        return "Masc"
    return {"a": "Fem", "o": "Masc"}.get(first[-1])
