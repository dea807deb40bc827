"""Finite forms of Spanish verbs in the third and the first person, by rule: what a tagger that has not seen a form can be corrected with.

Grammar as in any school book: three conjugations, vowels that change under stress, the strong preterites. Forms that no verb has may be
made (both "ue" and "ie" are tried); they do no harm in a look-up. Subjunctives are left out, for they look like other verbs' indicatives.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

#: Endings by conjugation: tense → (singular, plural).
_ENDINGS: Final = {
    "ar": {"Pres": ("a", "an"), "Past": ("ó", "aron"), "Imp": ("aba", "aban")},
    "er": {"Pres": ("e", "en"), "Past": ("ió", "ieron"), "Imp": ("ía", "ían")},
    "ir": {"Pres": ("e", "en"), "Past": ("ió", "ieron"), "Imp": ("ía", "ían")},
}
#: Ends of infinitives with a strong preterite → its stem and plural ending; the singular ends in "o".
_STRONG: Final = {
    "decir": ("dij", "eron"),
    "ducir": ("duj", "eron"),
    "hacer": ("hic", "ieron"),
    "poner": ("pus", "ieron"),
    "querer": ("quis", "ieron"),
    "tener": ("tuv", "ieron"),
    "traer": ("traj", "eron"),
    "venir": ("vin", "ieron"),
}
#: Ends of infinitives with a stem of its own in the future and the conditional → that stem.
_FUTURE: Final = {
    "decir": "dir",
    "hacer": "har",
    "poner": "pondr",
    "querer": "querr",
    "tener": "tendr",
    "venir": "vendr",
    "salir": "saldr",
    "poder": "podr",
    "saber": "sabr",
    "valer": "valdr",
}
#: How the first person of a preterite is spelt: "expliqué", "pagué", "rechacé".
_BEFORE_E: Final = {"c": "qu", "g": "gu", "z": "c"}
#: What a stressed vowel of the stem may become in the present, and an unstressed one in the preterite of the third conjugation.
_STRESSED: Final = {"e": ("ie", "i"), "o": ("ue",), "i": ("í",), "u": ("ue", "ú")}
_UNSTRESSED: Final = {"e": "i", "o": "u"}
_VOWELS: Final = "aeiou"


def forms_of(infinitive: str) -> Iterator[tuple[str, str]]:
    """The third person of an infinitive: pairs of form and features (as Universal Dependencies write them). None for other words."""
    stem, ending = infinitive[:-2], infinitive[-2:]
    if ending not in _ENDINGS or not stem:
        return
    for tense, endings in _ENDINGS[ending].items():
        for number, suffix in zip(("Sing", "Plur"), endings, strict=True):
            for changed in _stems(stem, ending, tense):
                yield changed + suffix, _features(number, tense)
    future = _future(infinitive)
    for number, mark in (("Sing", ""), ("Plur", "n")):
        yield f"{future}á{mark}", _features(number, "Fut")
        yield f"{future}ía{mark}", _features(number, None)
    for end, (strong, plural) in _STRONG.items():
        if infinitive.endswith(end):
            base = infinitive.removesuffix(end) + strong
            yield base.replace("hic", "hiz") + "o", _features("Sing", "Past")
            yield base + plural, _features("Plur", "Past")


def first_person_of(infinitive: str) -> Iterator[tuple[str, str]]:
    """The forms of the first person that no other person has, as :func:`forms_of`; not the present's in "o", which look like nouns."""
    stem, ending = infinitive[:-2], infinitive[-2:]
    if ending not in _ENDINGS or len(stem) < 2:
        return  # "sí" is none of "ser"
    future = _future(infinitive)
    yield f"{future}é", _features("Sing", "Fut", 1)
    yield f"{future}emos", _features("Plur", "Fut", 1)
    yield f"{future}íamos", _features("Plur", None, 1)
    theme = ending[0]
    strong = next((infinitive.removesuffix(end) + base for end, (base, _) in _STRONG.items() if infinitive.endswith(end)), None)
    if strong:
        yield f"{strong}e", _features("Sing", "Past", 1)
        yield f"{strong}imos", _features("Plur", "Past", 1)
    elif theme == "a":
        yield stem[:-1] + _BEFORE_E.get(stem[-1], stem[-1]) + "é", _features("Sing", "Past", 1)
        yield f"{stem}ábamos", _features("Plur", "Imp", 1)
    else:
        yield f"{stem}í", _features("Sing", "Past", 1)
        yield f"{stem}íamos", _features("Plur", "Imp", 1)
    yield f"{stem}{theme}mos", _features("Plur", "Pres", 1)
    if theme == "e" and not strong:
        yield f"{stem}imos", _features("Plur", "Past", 1)


def _future(infinitive: str) -> str:
    """The stem of the future and the conditional."""
    return next((infinitive.removesuffix(end) + base for end, base in _FUTURE.items() if infinitive.endswith(end)), infinitive)


def lookup(infinitives: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Form → (infinitive, features) for the forms that only one of the verbs has; of one verb's readings the first counts."""
    found: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for infinitive in sorted(set(infinitives)):
        for form, features in itertools.chain(forms_of(infinitive), first_person_of(infinitive)):
            if found.setdefault(form, (infinitive, features))[0] != infinitive:
                shared.add(form)
    return {form: reading for form, reading in found.items() if form not in shared}


def _stems(stem: str, ending: str, tense: str) -> Iterator[str]:
    """The stem as it is, and as the stress or the third conjugation may change it."""
    at = max((stem.rfind(vowel) for vowel in _VOWELS), default=-1)
    yield stem
    if at < 0:
        return
    if tense == "Pres":
        for changed in _STRESSED.get(stem[at], ()):
            yield stem[:at] + changed + stem[at + 1 :]
    elif tense == "Past" and ending == "ir" and stem[at] in _UNSTRESSED:
        yield stem[:at] + _UNSTRESSED[stem[at]] + stem[at + 1 :]


def _features(number: str, tense: str | None, person: int = 3) -> str:
    """Features of a finite form; of tenses ``None`` is the conditional."""
    if tense is None:
        return f"Mood=Cnd|Number={number}|Person={person}|VerbForm=Fin"
    return f"Mood=Ind|Number={number}|Person={person}|Tense={tense}|VerbForm=Fin"
