"""The clause that a verb of saying is put into or closes: "…, explica, …", "…, cuentan vendedoras de ambos lados"."""

from __future__ import annotations

from typing import Final

from kg.extract.frames import Frame
from kg.extract.syntax import Tree, clause_span, is_finite, is_verb, trim

#: An interruption ("…, contó ayer a este diario un asesor, …") has no more tokens than this.
_INTERRUPTION: Final = 16
#: An interruption may come this soon in the sentence, before any verb: "lo segundo, contó X, lo planteó Y".
_OPENING: Final = 6
#: Small words before a verb of saying that stands behind a comma.
_SMALL: Final = frozenset({"me", "le", "les", "nos", "se", "lo", "ha", "han", "había", "habían"})
_CLOSING: Final = frozenset('»”’"')
_PARTING: Final = frozenset(";:,«“")


def closing_span(t: Tree, f: Frame) -> tuple[int, int] | None:
    """The clause that a verb of saying with its subject closes: "…, cuentan vendedoras de ambos lados.", "…, confió una funcionaria"."""
    tokens = t.tokens
    before = f.trigger - 1
    while before > 0 and tokens[before].lower in _SMALL:
        before -= 1
    if (
        before < 2
        or tokens[before].text != ","
        or tokens[before - 1].text in _CLOSING
        or f.subject is None
        or f.subject < f.trigger
    ):
        return None
    if f.inferred or any(is_finite(x) or x.text in _PARTING for x in tokens[f.trigger + 1 : f.subject]):
        return None
    if any(is_finite(x) and x.dep != "acl:relcl" for x in tokens[f.subject + 1 :]):
        return None  # "y desde entonces, asegura la funcionaria, los viajes han caído"
    start = next((k + 1 for k in range(before - 1, -1, -1) if tokens[k].text in _PARTING - {","}), 0)
    told = any(is_finite(tokens[k]) and tokens[k].dep not in ("acl:relcl", "advcl") for k in range(start, before))
    return trim(t, start, before) if told else None


def interposed_span(t: Tree, f: Frame) -> tuple[int, int] | None:
    """The clause that ", explica," or ", contó a este diario un asesor," interrupts, with the interruption in it."""
    tokens, i = t.tokens, f.trigger
    first = i
    while first > 0 and tokens[first - 1].lower in _SMALL:
        first -= 1
    if first < 2 or tokens[first - 1].text not in (",", "—", "–"):
        return None
    end = next((k for k in range(i + 1, len(tokens)) if tokens[k].text in (",", ";", ":", "—", "–", ".")), len(tokens))
    between = tokens[i + 1 : end]
    if end >= len(tokens) or tokens[end].text not in (",", "—", "–") or end - i > _INTERRUPTION:
        return None
    if any(x.lower in ("que", "de", "y", "e") for x in between[:1]) or any(
        is_verb(x) and "VerbForm=Fin" in x.morph for x in between
    ):
        return None
    if t.children(i, "cc") and min(t.children(i, "cc")) < i:
        return None
    start = next(
        (k + 1 for k in range(first - 2, -1, -1) if tokens[k].text in (";", ":") or tokens[k].lower in ("pues", "porque")), 0
    )
    stop = next((k for k in range(end, len(tokens)) if tokens[k].text == ";"), len(tokens))
    said = [
        k for k in (*range(start, first - 1), *range(end + 1, stop)) if is_verb(tokens[k]) and "VerbForm=Fin" in tokens[k].morph
    ]
    before = [k for k in said if k < first and tokens[k].dep not in ("acl:relcl", "advcl", "acl")]
    opened = first - start <= _OPENING or any(tokens[k].lower == "si" for k in range(start, min(start + 2, first)))
    opened = opened or tokens[start].pos in ("ADP", "ADV", "SCONJ")  # "De seguir el cierre, advierte, …"
    if not said or not (before or opened):
        return None
    if end + 1 < len(tokens) and tokens[end + 1].lower == "que":
        return None  # "advirtió, en cadena nacional, que …"
    return trim(t, start, stop)


def parenthetical_span(t: Tree, f: Frame) -> tuple[int, int] | None:
    """The clause that "…, afirmó, …" interrupts."""
    head = t.tokens[f.trigger].head
    if not (f.trigger and t.tokens[f.trigger - 1].text == ",") or f.trigger + 1 >= len(t.tokens):
        return None
    colon = next((i for i in range(f.trigger) if t.tokens[i].text == ":"), None)
    if colon is not None:
        return trim(t, colon + 1, len(t.tokens))
    return trim(t, *clause_span(t, head))
