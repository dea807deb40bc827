"""Lists of what is to come: "Lo que viene: • 28 de mayo: el Consejo se reúne. • Mediados de julio: cumbre. • 31 de diciembre: vence …".

The days that open their items lie ahead, though the verbs stand in the present and nouns have no tense at all. A heading or a line before
the list says so, in words of the lexicon's class "coming".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.extract.dates import resolve_tense
from kg.extract.lexicon import Lexicon
from kg.model import Article, TimeValue

_OPENING: Final = 4  # characters of a bullet, an article or a mark of emphasis that may stand before the day
_AFTER: Final = frozenset(".:,|–—-")
_LONGEST: Final = 90  # characters of a line that says what a list is about


def placed_ahead(article: Article, dates: Iterable[TimeValue], lex: Lexicon) -> list[TimeValue]:
    """The dates in order, those that open the items of such lists placed on or after the article's day."""
    coming = [(b.start, b.end) for b in article.blocks if b.kind == "item" and _is_coming(article, b.index, lex)]
    out = []
    for value in dates:
        item = next(((start, end) for start, end in coming if start <= value.span.start < end), None) if coming else None
        opens = item is not None and value.span.start - item[0] <= _OPENING
        closed = article.text[value.span.end : value.span.end + 3].strip(" *_")[:1] in _AFTER if opens else False
        if opens and closed:
            value = resolve_tense(value, "future", article.date)
            value = replace(value, rule=f"ahead:{value.rule}")  # no tense of a verb moves it back
        out.append(value)
    return out


def _is_coming(article: Article, index: int, lex: Lexicon) -> bool:
    """Whether the heading or the line above the list that block ``index`` is an item of tells of what is to come."""
    block = article.blocks[index]
    above = block.lead_in
    if above is None:
        above = index - 1
        while above >= 0 and article.blocks[above].kind == "item":
            above -= 1
    if above < 0:
        return False
    line = article.text[article.blocks[above].start : article.blocks[above].end].strip(" .:*_#").lower()
    return len(line) <= _LONGEST and any(f" {words} " in f" {line} " for words in lex.classes["coming"])
