"""Where the text names somebody: proper names, office + name, unnamed groups, governments, bodies, "both countries".

Surface grammar over tagged tokens, not over arcs: names are where parsers disagree most, their words are plain. One pass from left to
right over every sentence; at each token the readings are tried from the most to the least telling:

1. "ambos países", "los dos gobiernos" and governments (:mod:`kg.extract.groups`);
2. offices before a name or alone, a nationality before a name or as a subject (:mod:`kg.extract.offices`);
3. unnamed groups;
4. names (:mod:`kg.extract.names`);
5. bodies by a common noun.

Nothing is resolved here: a mention says what the words are, :mod:`kg.extract.resolution` says who is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.extract import groups, offices
from kg.extract.gazetteer import Gazetteer
from kg.extract.groups import body, government, group, pair, side
from kg.extract.lexicon import Lexicon
from kg.extract.names import name
from kg.extract.offices import by_demonym, national, office, sharing, with_apposition
from kg.extract.reading import ARTICLES, Line, Mention, MentionKind, naming_words
from kg.model import Document

__all__ = ["Mention", "MentionKind", "find_mentions"]


_READINGS: tuple[Callable[[Line, int], Mention | None], ...] = (
    pair,
    side,
    government,
    office,
    by_demonym,
    national,
    group,
    name,
    body,
)


def find_mentions(document: Document, gaz: Gazetteer, lex: Lexicon) -> tuple[Mention, ...]:
    """All mentions of actors in the document, in the order of the text, not overlapping."""
    words = naming_words(lex)
    countries = tuple(c.lower() for c in document.article.countries)
    text, house = document.article.text, _house(document.article.publisher or "")
    return tuple(
        m for sentence in document.sentences for m in _scan(Line(text, sentence, gaz, words, countries, sentence.tokens), house)
    )


def _house(publisher: str) -> tuple[str, ...]:
    """The words by which an agency calls itself in its own dispatches: "dijo a Meridia Juan Pérez" of "Agencia Meridia"."""
    kind, _, own = publisher.partition(" ")
    return tuple(own.split()) if kind.lower() == "agencia" else ()


def _scan(line: Line, house: tuple[str, ...]) -> Iterator[Mention]:
    """The mentions of one sentence from left to right; the agency that writes, ``house``, is none behind a preposition."""
    i, last = 0, None
    while i < len(line):
        own = house and line.tokens[i].text == house[0] and line.before(i) in ("a", "con", "de", "por", "para")
        if own and tuple(x.text for x in line.tokens[i : i + len(house)]) == house:
            i += len(house)
            continue
        found = _read(line, i) if line.tokens[i].text[0].isalnum() else None  # no mention begins with a mark
        if found is None:
            i += 1
            continue
        found = last = sharing(line, last, with_apposition(line, found))
        yield found
        i = max(found.last, i + 1)


#: Inside a sentence no mention begins at a word of these kinds in lower case, but for the listed ones that taggers put there.
_BETWEEN: Final = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "ADV"})
_OPENINGS: Final = ARTICLES | offices.OPENINGS | groups.OPENINGS


def _read(line: Line, i: int) -> Mention | None:
    """What the first reading that finds anything makes of token ``i``."""
    token = line.tokens[i]
    if i and token.pos in _BETWEEN and token.text[0].islower() and token.lower not in _OPENINGS:
        return None
    for reading in _READINGS:
        found = reading(line, i)
        if found is not None:
            return found
    return None
