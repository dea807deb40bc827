"""Short names of facts, as a newspaper would put them: what the graph lists a fact under, and what the map shows.

The labels come from the articles and begin and end as the sentence there does ("un esquema específico de cooperación que iría mucho
más allá…"). A headline begins with a capital, without an indefinite article or a mere preposition, and where it is too long it ends
between two clauses. Nothing is put in other words.
"""

from __future__ import annotations

import re

MOST = 84
#: Openings that say nothing by themselves, before what follows them.
_OPENINGS = (
    r"(?:sobre|acerca de|(?:en )?torno a|(?:con )?respecto a|en cuanto a)\s+(?=\w)",
    r"a (?=(?:varios|varias|los|las|algunos|algunas|todos|todas)\s)",
    r"(?:la|una) (?:opción|posibilidad|idea|propuesta|iniciativa|oferta|intención|necesidad) de (?=\w+[aei]r(?:se|l[aeo]s?)?\b)",
    r"(?:un|una|unos|unas) (?=\w)",
)
#: How a clause hangs on another; what it tells stands by itself where it is an event.
_CLAUSE = re.compile(r"^(?:(?:desde |en )?que|cuando|mientras|donde|como|luego de que|ya que|porque) (?=\w)", re.IGNORECASE)
_OPENING = re.compile(rf"^(?:{'|'.join(_OPENINGS)})", re.IGNORECASE)
#: Where a long label may end: before a clause or an addition.
_BREAK = re.compile(
    r"[,;:]\s|\s(?=[(—–]|(?:que|cuy[oa]s?|para|donde|cuando|mientras|aunque|porque|como|siempre|sin|con el fin|a fin)\b)"
)
#: Words that cannot be the last.
_DANGLING = re.compile(
    r"(?:[\s,;:(—–]+(?:a|al|ante|con|contra|de|del|desde|e|el|en|entre|hacia|hasta|la|las|lo|los|más|ni|o|para|por|que|se|sin|sobre"
    r"|su|sus|tras|u|un|una|unos|unas|y|ya|como|cuy[oa]s?|the|of|and|to|in|for))+$",
    re.IGNORECASE,
)


def headline(label: str, most: int = MOST, *, event: bool = False) -> str:
    """The label as a headline of at most ``most`` letters, with a capital; see :func:`shortened`.

    >>> headline("sobre el derrocamiento de Maduro")
    'El derrocamiento de Maduro'
    """
    return capital(shortened(label, most, event=event))


def shortened(label: str, most: int = MOST, *, event: bool = False) -> str:
    """The label without an opening that says nothing, in at most ``most`` letters; an ellipsis says that it goes on. An event loses
    what only hangs it on another ("cuando se rompieron las relaciones").

    >>> shortened("sobre el derrocamiento de Maduro")
    'el derrocamiento de Maduro'
    """
    text = " ".join(label.split())
    bare = _OPENING.sub("", text)
    bare = _CLAUSE.sub("", bare) if event else bare
    text = bare if len(bare) > 3 else text
    cut = text.endswith(("…", "..."))
    if cut:
        text = text.rstrip("….")
    if len(text) > most:
        text, cut = _shorter(text, most), True
    if cut:
        text = _DANGLING.sub("", text).rstrip(" ,;:(—–") + "…"
    return text


def capital(text: str) -> str:
    """With a capital letter at the beginning; quotation marks before it stay."""
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def _shorter(text: str, most: int) -> str:
    """Cut before the last clause that begins late enough, else between two words, else anywhere."""
    ends = [found.start() for found in _BREAK.finditer(text) if 0.6 * most <= found.start() <= most]
    end = ends[-1] if ends else text.rfind(" ", 0, most + 1)
    return text[: end if end > 0 else most]
