"""The words for what a stance is about where no fact holds it: what would be done, what is denied, what something is put down to."""

from __future__ import annotations

import re

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.syntax import Tree, has_se, trim

_SINGLE_NO = re.compile(r"(?:^|(?<=\s))(?:no|nunca|jamás) ", re.I)


def deed(known: Known, t: Tree, i: int, condition: int) -> str:
    """What verb ``i`` would do, in the infinitive: "no rebajará el arancel al acero mientras …" → "rebajar el arancel al acero"."""
    verb = t.tokens[i]
    infinitive = verb.lemma if verb.lemma.endswith(("ar", "er", "ir")) else verb.lower
    if infinitive != verb.lower and has_se(t, i):
        infinitive += "se"
    stop = t.left[condition] if t.left[condition] > i else t.right[i]
    stop = next((k for k in range(i + 1, stop) if t.tokens[k].text in (",", ";", ":", ".")), stop)
    if stop <= i + 1:
        return infinitive
    first, end = trim(t, i + 1, stop)
    return f"{infinitive} {known.a.text[t.tokens[first].start : t.tokens[end - 1].end]}"


def affirmative(matter: str) -> str | None:
    """What is denied by who says that something is not so: "la ruta no se ha cerrado, sino que …" → "la ruta se ha cerrado"."""
    words = re.split(r",? sino\b", matter)[0].strip()
    found = _SINGLE_NO.findall(words)
    if len(found) == 1 and (no_such := re.findall(r"\bning[uú]n(?=a?\b)", words, re.I)) and len(no_such) == 1:
        words = re.sub(r"\bning[uú]n(?=a?\b)", "un", words, flags=re.I)  # "no existe ningún pacto"
    if len(found) != 1 or re.search(r"\b(?:ni|tampoco|nadie|nada|ningun[oa]?|ningún)\b", words, re.I):
        return None
    return _SINGLE_NO.sub("", words)


def put_down_to(known: Known, f: Frame, matter: str) -> str:
    """A thing with its cause: "achaca el fuego a un tendido" is about the fire being put down to the line, and not about the fire."""
    t = known.tree(f)
    if f.cause is None or t.left[f.cause] < f.trigger or known.a.text[t.tokens[f.cause].start : t.tokens[f.cause].end] in matter:
        return matter
    first, last = trim(t, t.left[f.cause], t.right[f.cause])
    last = next((k for k in range(f.cause + 1, last) if t.tokens[k].text in (",", ";", ":")), last)
    led = t.tokens[first].lower
    if led == "no":
        return matter
    words = known.a.text[t.tokens[first].start : t.tokens[last - 1].end]
    return f"{matter} {words}" if led in ("a", "al") else f"{matter} a {words}"
