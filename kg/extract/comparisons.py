"""Whether a time is that of a comparison, "más que en 2024", and no day of what is told."""

from __future__ import annotations

from typing import Final

from kg.extract.words import Words, word_list

_COMPARATIVES: Final = frozenset(
    word_list(
        "más menos mayor mayores menor menores superior superiores inferior inferiores doble triple mismo misma mismos mismas "
        "igual mejor peor mitad"
    )
)
_COMPARING: Final = frozenset(
    f"{noun} {preposition}"
    for noun, prepositions in {
        "frente": "a al",
        "respecto": "a al de del",
        "comparación": "con",
        "comparado": "con",
        "relación": "con a",
    }.items()
    for preposition in prepositions.split()
)
_SAME_PERIOD: Final = frozenset(
    ("período", "periodo", "mes", "trimestre", "semestre", "lapso", "tramo", "fechas", "época", "semana")
)


def is_compared(words: Words, first: int) -> bool:
    """Whether an expression is the other side of a comparison: "más que [en 2024]", "frente a [2019]", "el mismo mes de [2024]"."""
    low = words.low
    before = [low[index] for index in range(max(0, first - 8), first)]
    if (
        before[-1:] in (["de"], ["del"])
        and len(before) > 2
        and before[-2] in _SAME_PERIOD
        and before[-3] in ("mismo", "misma", "mismas", "igual")
    ):
        return True
    if before[-1:] == ["que"] or before[-2:] == ["que", "en"]:
        return bool(_COMPARATIVES.intersection(before[:-1]))
    return " ".join(before[-2:]) in _COMPARING
