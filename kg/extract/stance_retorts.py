"""A yes or a no in the answerer's own words, right behind what was asked: "“No lo haremos”, contestó X", "“De acuerdo”, dijo Y"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from kg.extract.context import passage
from kg.extract.known import Known
from kg.extract.stance_pronouns import Target
from kg.extract.stance_replies import asked_of
from kg.extract.taking import taken
from kg.model import Position

#: How a no begins: alone, or before what one will not do; not "No lo sabemos", "No es fácil".
NO: Final = re.compile(
    r"[¡—\s]*(?:no[,.;!]|no$|ni hablar\b|ni pensarlo\b|ni soñarlo\b|ni un paso\b|de ninguna manera\b|de ningún modo\b|en absoluto\b"
    r"|imposible\b|bajo ningún concepto\b|eso no (?:va a pasar|pasará|ocurrirá|sucederá|se toca|se negocia)\b|no hay nada que\b"
    r"|(?:no|nunca|jamás)\s+(?:l[oa]s?\s+|se\s+|nos\s+|les?\s+)*(?:\w+(?:remos|ré)\b|vamos a\b|voy a\b|podemos\b|puedo\b|aceptamos\b"
    r"|acepto\b|cedemos\b|pensamos\b))",
    re.I,
)
YES: Final = re.compile(
    r"[¡—\s]*(?:sí[,.;!]|sí$|de acuerdo\b|por supuesto\b|claro que sí\b|adelante[,.;!]|adelante$|aceptamos\b|lo haremos\b|cuenten con\b)",
    re.I,
)
_CONDITION: Final = re.compile(r"\b(?:si|siempre|pero|cuando|mientras|salvo)\b", re.I)


def from_retorts(known: Known) -> Iterator[Position]:
    """The positions that direct quotations take on what their speaker was just asked or offered."""
    if not known.offered:
        return
    starts = [t.tokens[0].start for t in known.a.trees]
    for s in known.said:
        if not s.direct or not s.speaker:
            continue
        words = known.a.text[s.quote.start : s.quote.end]
        stance = "opposes" if NO.match(words) else "supports" if YES.match(words) and not _CONDITION.search(words) else None
        if stance is None:
            continue
        begin = min(s.quote.start, s.evidence.start)
        asked = asked_of(known, s.speaker[0], begin, bisect_right(starts, begin) - 1)
        if asked is not None:
            target, told = Target(fact=asked.fact.id), passage(known.a, s.quote, known.attributions, own=s.speaker)
            yield from taken(
                known, s.speaker[:1], stance, target, told, "position-saying-retort", (s.trigger,), about=asked.fact.label
            )
