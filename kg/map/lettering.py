"""How wide words are, without a browser: the advance widths of the Helvetica family, which Arial and Liberation Sans share.

The page asks for those fonts, so that boxes drawn in Python hold their words in the browser; :data:`SLACK` is room for a browser
that has none of them.
"""

from __future__ import annotations

import unicodedata

#: Advance widths in thousandths of the font size (regular weight; Helvetica's published metrics), by characters that share one.
_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: '()-`r"¡“”',
    334: "{}",
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu«»–",
    584: "+<=>~",
    611: "FTZ¿",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLD = 1.08
SLACK = 1.04


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in the unit of ``size``, with some slack."""
    total = sum(_letter(letter) for letter in text)
    return total * size / 1000 * (_BOLD if bold else 1) * SLACK


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


def _letter(letter: str) -> int:
    known = _WIDTH.get(letter)
    if known is None:
        plain = unicodedata.normalize("NFD", letter)[0]
        known = _WIDTH.get(plain)
    if known is None:
        known = 0 if unicodedata.combining(letter) else 1000 if unicodedata.east_asian_width(letter) in "WF" else 667
    return known
