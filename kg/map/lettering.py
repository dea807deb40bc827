"""How wide words are, without a browser: the advance widths of the two weights of *Mesa Sans*, which the page carries.

The letters have no kerning, so the width of a line is the sum of its letters', in every browser. :data:`SLACK` is room for rounding.
"""

from __future__ import annotations

import unicodedata

#: Advance widths in thousandths of the font size, by characters that share one; accented letters are as wide as plain ones.
_REGULAR = {
    100: "\u2009\u202f",
    200: " \u00a0",
    241: "|",
    247: "ijı",
    249: "',.:;·‘’‚",
    263: "Il",
    289: "!¡",
    292: "f",
    303: "()[]{}",
    311: "-",
    338: "t°",
    350: "r/\\",
    365: "ªº",
    419: "s*",
    429: 'z?¿"“”«»',
    456: "cçx",
    467: "vy",
    480: "YJ–",
    497: "LFk#$+<=>^~×÷€−0123456789e",
    504: "ag_",
    515: "VX",
    536: "EST",
    542: "Zo`",
    547: "Ahnuð",
    555: "bdpq",
    571: "PRC",
    588: "KBß",
    617: "DG&",
    647: "UN",
    664: "HOQÐØ",
    727: "Mw",
    786: "Wæ",
    829: "mÆ%—",
    847: "@Œœ",
    948: "…",
}
_SEMIBOLD = {
    100: "\u2009\u202f",
    200: " \u00a0",
    263: "ij|ı",
    275: "l',.:;·‘’‚",
    282: "I",
    317: "f!¡",
    324: "-()[]{}",
    348: "/\\°",
    373: "trªº",
    438: "s*",
    462: "cçz?¿«»",
    482: 'x–"“”',
    501: "JvyY_L",
    510: "Fe",
    516: "a#$+<=>^~×÷€−0123456789",
    522: "gk",
    541: "VEXZ",
    552: "STo`ð",
    560: "Ahnu",
    564: "bdpq",
    582: "CP",
    604: "BKRßÞ",
    639: "DG&",
    657: "UN",
    674: "HOQÐØ",
    748: "Mw",
    800: "Wæ—",
    859: "mÆŒœ%",
    875: "@",
    964: "…",
}
_WIDTH = [{letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _SEMIBOLD)]
SLACK = 1.01
#: A letter that the page does not carry comes from the reader's machine; few are wider than this.
_UNKNOWN = 720


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in the unit of ``size``, with some slack."""
    return sum(_letter(letter, bold) for letter in text) * size / 1000 * SLACK


def wrap(text: str, size: float, room: float, most: int = 4, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most ``most`` lines no wider than ``room``; what does not fit ends in an ellipsis.

    A word wider than a line is cut where the line ends. An empty text is one empty line.
    """
    lines: list[str] = []
    for word in text.split():
        while width(word, size, bold=bold) > room and len(word) > 1:
            cut = next((n for n in range(len(word) - 1, 0, -1) if width(word[:n], size, bold=bold) <= room), 1)
            lines.append(word[:cut])
            word = word[cut:]
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, bold=bold) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines) or ("",)
    last = lines[most - 1]
    while last and width(last + "…", size, bold=bold) > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,;:.") + "…")


def _letter(letter: str, bold: bool) -> int:
    table = _WIDTH[bold]
    known = table.get(letter) or table.get(unicodedata.normalize("NFD", letter)[0])
    if known is None:
        known = 0 if unicodedata.combining(letter) else 1000 if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN
    return known
