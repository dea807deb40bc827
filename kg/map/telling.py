"""Facts in words: dates, figures and one-line sentences, in both languages of the interface."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from kg.headline import headline
from kg.map.content import Content, Node
from kg.map.dates import When
from kg.map.wording import Wording, strings

_MONTHS = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_OPEN = {"es": ("desde", "hasta"), "en": ("since", "until")}
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u2009\u202f ]*\d)?")

# ----------------------------------------------------------------------------------------------------------------------- dates


def day(value: str | None, lang: str) -> str:
    """``2026-01-16`` as ``16 ene 2026``; what is no ISO day stays as it is; nothing is an empty text."""
    try:
        date = dt.date.fromisoformat(value or "")
    except ValueError:
        return value or ""
    return f"{date.day} {_MONTHS[lang][date.month - 1]} {date.year}"


def period(when: When | None, lang: str) -> str:
    """An interval as precisely as it is known: a day, a month, a year, from–to, or open at one end."""
    if when is None:
        return ""
    try:
        start, end = (dt.date.fromisoformat(text) if text else None for text in (when.start, when.end))
    except ValueError:
        return " – ".join(filter(None, (when.start, when.end)))
    if start and end:
        return _between(start, end, lang)
    known = start or end
    return f"{_OPEN[lang][0 if start else 1]} {day(known.isoformat(), lang)}" if known else ""


def _between(start: dt.date, end: dt.date, lang: str) -> str:
    months = _MONTHS[lang]
    if start == end:
        return day(start.isoformat(), lang)
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole_months and (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if whole_months and start.year == end.year:
        first, last = months[start.month - 1], months[end.month - 1]
        return f"{first} {start.year}" if first == last else f"{first}–{last} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {months[start.month - 1]} {start.year}"
    if start.year == end.year:
        return f"{start.day} {months[start.month - 1]} – {day(end.isoformat(), lang)}"
    return f"{day(start.isoformat(), lang)} – {day(end.isoformat(), lang)}"


# --------------------------------------------------------------------------------------------------------------------- figures


def amount(content: Content, node: Node, lang: str) -> str:
    """An indicator's figure: comparator, number as the words have it, unit, direction ("baja alrededor de 43 %"); may be empty."""
    value = node.value("value")
    unit = node.value("unit") or ""
    change = _fixed(f"chg.{node.value('change')}", lang)
    if value is None:
        return change
    number, scale = _as_quoted(content, node, value) or (_grouped(value, lang), "")
    said = _fixed(f"unit.{unit}", lang) or (unit if _same_number(value, "1") else plural(unit))
    large = _fixed(f"scale.{scale}", lang)
    linked = " de" if large.endswith("ones") and said else ""
    joined = "\u00a0".join(filter(None, (number, large + linked, said)))
    return " ".join(filter(None, (change, _fixed(f"cmp.{node.value('comparator')}", lang), joined)))


def plural(noun: str) -> str:
    """A Spanish noun in the plural, with its adjective (``captura`` → ``capturas``, ``metro cúbico`` → ``metros cúbicos``); what
    follows a preposition stays as it is, and so do signs and short units."""
    head, _, rest = noun.partition(" ")
    if len(head) > 3 and head.isalpha() and (_ADJECTIVE.fullmatch(rest) or rest.startswith(("de ", "por "))):
        return f"{_plural(head)} {_plural(rest)}"
    return _plural(noun)


_ADJECTIVE = re.compile(r"\w{2,}(?:ic[oa]|an[oa]|ense|al|ad[oa]|ble|os[oa]|és|esa|eñ[oa]|in[oa])")


def _plural(noun: str) -> str:
    if not noun.isalpha() or noun.endswith("s"):
        return noun
    if noun[-1] in "aeiouáéó":
        return noun + "s"
    if len(noun) < 3 or noun[-2] not in "aeiouáéíóú":
        return noun  # a unit such as "km"
    stem = noun[:-1] + "c" if noun.endswith("z") else noun
    bare = {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"}
    if stem[-2] in bare and stem[-1] in "ns":
        stem = stem[:-2] + bare[stem[-2]] + stem[-1]
    return stem + "es"


_SCALES = {"mil": 10**3, "millón": 10**6, "millones": 10**6, "mil millones": 10**9, "billón": 10**12, "billones": 10**12}
_SCALED = re.compile(rf"({_NUMBER.pattern})\s+(mil millones|millones|millón|billones|billón|mil)\b")


def _as_quoted(content: Content, node: Node, value: str) -> tuple[str, str] | None:
    """The number in the form in which a passage has it, and the word that multiplies it ("612", "millones")."""
    for cited in (content.citations[index] for index in node.citations):
        for found in _NUMBER.findall(cited.quote):
            if _same_number(found, value):
                return found, ""
        for found, scale in _SCALED.findall(cited.quote):
            if _is_number(value) and _same_number(found, f"{Decimal(value) / _SCALES[scale]:f}"):
                return found, scale
    return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _same_number(written: str, value: str) -> bool:
    bare = re.sub(r"[\u00a0\u2009\u202f ]", "", written)
    readings = {bare.replace(",", ""), bare.replace(".", "").replace(",", "."), bare.replace(",", ".")}
    for reading in sorted(readings):
        try:
            if Decimal(reading) == Decimal(value):
                return True
        except InvalidOperation:
            continue
    return False


def _grouped(value: str, lang: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    text = f"{number:,f}".replace(",", "\u202f")
    return text.replace(".", ",") if lang == "es" else text


def _fixed(key: str, lang: str) -> str:
    pair = strings().get(key)
    return pair[0 if lang == "es" else 1] if pair else ""


# ------------------------------------------------------------------------------------------------------------------- sentences

#: A word by which a claim shows that it hung on "que" ("niega que … haya ofrecido").
_SUBJUNCTIVE = re.compile(
    r"\b(?:hayan?|sean?|puedan?|tengan?|deban?|existan?|est[ée]n?|vayan?|\w{2,}(?:ier|i?es|as|ar)an?|no se \w+[ea]n?)\b",
    re.IGNORECASE,
)


def shown_name(content: Content, node: Node, lang: str) -> str:
    """The name by which a node is shown where there is little room: an actor's or place's own name, a headline for the rest.

    What somebody asks for or denies is often a clause whose "que" the label lacks; it gets it back where a passage has it.
    """
    label = node.name(lang)
    if node.kind in ("actor", "place"):
        return label
    if node.kind == "proposal" or (node.kind == "topic" and _SUBJUNCTIVE.search(label)):
        clause = f" que {label.rstrip('…')}".lower()
        told = (content.nodes[index] for index in (node.index, *content.into(node.index, "target")))
        if any(clause in f" {content.citations[cited].quote}".lower() for fact in told for cited in fact.citations):
            label = f"que {label}"
    return headline(label, event=node.kind == "event")


def own_words(content: Content) -> frozenset[int]:
    """The citations that hold words somebody is quoted with: those that overlap a direct statement's."""
    by_source: dict[int | None, list[tuple[int, int]]] = {}
    for node in content.of_kind("statement"):
        if node.value("direct") == "true":
            for cited in (content.citations[index] for index in node.citations):
                by_source.setdefault(cited.source, []).append((cited.begin, cited.end))
    return frozenset(
        index
        for index, cited in enumerate(content.citations)
        if any(begin < cited.end and cited.begin < end for begin, end in by_source.get(cited.source, ()))
    )


def best_citation(content: Content, node: Node, spoken: Collection[int]) -> int | None:
    """The passage that says most in one sentence: of a position somebody's own words, of other facts the one that has most words
    in common with the label; then the longest that is no whole paragraph."""
    named = _long_words(node.label) if node.kind != "position" else frozenset()

    def rank(index: int) -> tuple[int, bool, bool, int, int]:
        quote = content.citations[index].quote
        return -len(named & _long_words(quote)), index not in spoken, len(quote) > 220, -len(quote), index

    return min(node.citations, key=rank, default=None)


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"\w{5,}", text.lower()))


def best_quote(content: Content, node: Node, spoken: Collection[int]) -> str:
    """The words of :func:`best_citation`; empty where a fact has none."""
    best = best_citation(content, node, spoken)
    return "" if best is None else content.citations[best].quote


def sentence(content: Content, words: Wording, node: Node, spoken: Collection[int], actor: int | None = None) -> str:
    """Who does what: "Claudia Sheinbaum — rechaza — la propuesta: «…»". ``actor`` picks one of several proposers or holders."""

    def names(relation: str) -> str:
        found = (actor,) if actor is not None else content.out(node.index, relation)
        return ", ".join(content.nodes[index].name(words.lang) for index in found)

    label = node.name(words.lang)
    quote = best_quote(content, node, spoken)
    tail = f": «{quote}»" if quote else ""
    if node.kind == "position":
        targets = ", ".join(content.nodes[index].name(words.lang) for index in content.out(node.index, "target"))
        return " — ".join(filter(None, (names("holder"), stance(node, words), targets))) + tail
    if node.kind == "proposal":
        proposer = names("proposer")
        return f"{proposer} — {words.text('sign.propose')} — {label}{tail}" if proposer else label + tail
    if node.kind == "statement":
        return f"{names('speaker')}: «{node.value('quote') or label}»"
    if node.kind == "indicator":
        return f"{label}: {amount(content, node, words.lang)}".rstrip(": ") + tail
    return label + tail


def stance(node: Node, words: Wording) -> str:
    """A position's stance as a verb."""
    name = node.value("stance") or ""
    return words.text(f"stance.{name}") if f"stance.{name}" in strings() else words.concepts.get(name, (name, name))[0]
