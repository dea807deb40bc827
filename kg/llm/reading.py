"""One row of a language model's answer → one fact, or the reason why not: questions 1 to 6 of :mod:`kg.llm.gate`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.identity import fold
from kg.llm.account import Drop
from kg.llm.anchoring import Anchors, is_evidence, stems, tells
from kg.llm.context import Context, denies
from kg.llm.naming import Named, Names
from kg.llm.schema import Slot, slots
from kg.model import Event, Fact, Indicator, Passage, Position, Span, Statement
from kg.vocabulary import vocabulary

Row = Mapping[str, Any]

_SPARE = {"addressee", "participant", "via"}  # actors without whom a fact is still the same fact
_AGAINST = {"opposes", "denies", "doubts", "conditional"}
_DEFAULTS = {"status": "proposed", "comparator": "exact", "change": "level"}
_UNITS = {"percent", "times", "people", "deaths", "dollars", "days", "minutes", "tonnes"}
_LABEL_LENGTH = 90


class Dropped(Exception):
    """A fact that does not pass: the reason, and the words or the name that it fails by."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass
class Reader:
    """One row of an answer on its way to a fact; ``fact`` raises :class:`Dropped`, values that only adorn are noted and left out."""

    names: Names
    anchors: Anchors
    model: str
    row: Row
    cls: type[Fact]
    said: Mapping[str, Named]
    portion: Span
    own: str
    drops: list[Drop]
    context: Context
    near: Sequence[Span] = ()  # the paragraphs around the evidence

    def fact(self, id: str) -> Fact:
        evidence = self._evidence()
        self.near = self.context.around(evidence)
        values: dict[str, Any] = {}
        for slot in slots(self.cls):
            if slot.kind == "actor":
                values[slot.field] = self._actors(slot)
            elif slot.kind == "concept":
                values[slot.field] = self._concept(slot)
        attributed, via = values.pop("attributed_to", ()), values.get("via", ())
        if self.cls is not Statement:
            values.pop("via", None)
        else:
            via = ()  # a statement has its outlet itself
        values.update(self._dates(evidence))
        if self.cls is Statement:
            evidence = self._words_of(values, evidence)
        elif self.cls is Indicator:
            self._figure(values, evidence)
        elif self.cls is Position:
            self._stance(values)
        self._not_torn_out(values, evidence, bool(attributed))
        self._not_read_otherwise(values, evidence)
        if self.cls in (Event, Indicator):
            values["place"], values["place_name"] = self._place()
        passages = tuple(Passage(s.start, s.end, self._text(s), attributed or self._whose(s), via) for s in evidence)
        return self.cls(id=id, label=self._label(values, evidence), evidence=passages, rule=self.model, extractor="llm", **values)

    # ---- evidence

    def _text(self, span: Span) -> str:
        return self.anchors.text[span.start : span.end]

    def _evidence(self) -> list[Span]:
        quotes = many(self.row.get("evidence"))
        if not quotes:
            raise Dropped("no-quote")
        spans: dict[Span, None] = {}
        for quote in quotes:
            span = self.anchors.find(quote, self.portion)
            if span is None:
                raise Dropped("not-in-article", quote)
            if not is_evidence(self._text(span)):
                raise Dropped("thin-quote", quote)
            if self.context.orders(span):
                raise Dropped("orders", quote)
            spans[span] = None
        if not self.context.says_something(list(spans)):
            raise Dropped("thin-quote", quotes[0])
        return sorted(spans)

    def _not_torn_out(self, values: Mapping[str, Any], evidence: Sequence[Span], attributed: bool) -> None:
        """A quote must not begin right behind the word that says the opposite, or that nothing has happened yet."""
        against = values.get("factuality") == "negated" or values.get("stance") in _AGAINST
        for span in evidence:
            word = None if against else self.context.turned(span, denied=self.cls is not Statement and not attributed)
            if word is None and values.get("factuality") == "actual":
                word = self.context.open(span)
            if word is not None:
                raise Dropped("torn-out", f"{word} … {self._text(span)}")

    def _not_read_otherwise(self, values: Mapping[str, Any], evidence: Sequence[Span]) -> None:
        """What the rules read off the same words must not be that it did not happen, or the opposite stance."""
        if values.get("factuality") == "actual" and self.context.did_not_happen(values["event_type"], evidence):
            raise Dropped("read-otherwise", "actual")
        if "stance" in values and self.context.stands_for_the_opposite(values["holder"], values["stance"], evidence):
            raise Dropped("read-otherwise", values["stance"])

    def _whose(self, span: Span) -> tuple[str, ...]:
        """Whose word a passage inside quotation marks is, where the answer leaves it open and the article does not."""
        return () if self.cls is Statement else self.context.speaker(span)

    # ---- actors and concepts

    def _actors(self, slot: Slot) -> Any:
        found: dict[str, None] = {}
        for name in many(self.row.get(slot.name)):
            named = self.said.get(fold(name)) or Named(name, None, None)
            ids = self.names.find(named, self.portion)
            if slot.name == "via" and any(self.names.actor(id).kind != "MediaOutlet" for id in ids):
                ids = ()
            if not ids and slot.name not in _SPARE:
                raise Dropped("unknown-actor", f"{slot.name} {name}")
            if not ids:
                self._leave_out("unknown-actor", f"{slot.name} {name}")
            found.update(dict.fromkeys(ids))
        if slot.many:
            if not found and slot.name == "speaker":
                raise Dropped("shape", "no speaker")
            return tuple(found)
        if len(found) > 1:
            raise Dropped("shape", f"{slot.name}: several actors")
        if not found and slot.name == "holder":
            raise Dropped("shape", "no holder")
        return next(iter(found), None)

    def _concept(self, slot: Slot) -> Any:
        members = vocabulary().members(slot.scheme or "")
        given = many(self.row.get(slot.name))
        if slot.many:  # topics
            for name in given:
                if name not in members:
                    self._leave_out("unknown-concept", f"{slot.name} {name}")
            return tuple(sorted({name for name in given if name in members}))[:2]
        value = given[0] if len(given) == 1 else None if given else _DEFAULTS.get(slot.name)
        if value not in members:
            raise Dropped("unknown-concept", f"{slot.name} {self.row.get(slot.name)}")
        return value

    # ---- dates and numbers

    def _dates(self, evidence: Sequence[Span]) -> dict[str, Any]:
        days = {"start_date": self._day("startDate"), "end_date": self._day("endDate")}
        at = self._at("dateText")
        words = self._text(at) if at else None
        if days["start_date"] and days["end_date"] and days["end_date"] < days["start_date"]:
            raise Dropped("bad-date", f"{days['start_date']} to {days['end_date']}")
        if not any(days.values()):
            return {**days, "date_text": None}
        if words is None and not any(value.span.overlaps(span) for value in self.names.analysis.dates for span in evidence):
            self._leave_out("undated", f"{days['start_date'] or ''}/{days['end_date'] or ''}")
            return {"start_date": None, "end_date": None, "date_text": None}
        if at and self.context.means_another_day(at, days["start_date"], days["end_date"]):
            self._leave_out("other-date", f"{days['start_date'] or ''}/{days['end_date'] or ''} {words}")
            return {"start_date": None, "end_date": None, "date_text": None}
        return {**days, "date_text": words}

    def _day(self, name: str) -> dt.date | None:
        value = self.row.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
            try:
                return dt.date.fromisoformat(value.strip())
            except ValueError:
                pass
        raise Dropped("bad-date", f"{name} {value}")

    def _figure(self, values: dict[str, Any], evidence: Sequence[Span]) -> None:
        measure = self._free("measure")
        if measure is None:
            raise Dropped("not-its-words", f"measure {self.row.get('measure')}")
        values.update(measure=measure, value=self._number(evidence), baseline=self._verbatim("baseline"))
        values["unit"] = self._unit(values["value"], evidence)

    def _number(self, evidence: Sequence[Span]) -> Decimal | None:
        given = self.row.get("value")
        if given is None or given == "":
            return None
        try:
            value = Decimal(str(given).strip())
        except InvalidOperation:
            value = Decimal("NaN")
        if isinstance(given, bool) or not value.is_finite():
            raise Dropped("shape", f"value {given}")
        told = {
            q.value for q in self.names.analysis.quantities if q.value is not None and any(q.span.overlaps(s) for s in evidence)
        }
        told |= {number for span in evidence for number in _written_numbers(self._text(span))}
        if not any(abs(value - number) <= abs(number) * Decimal("0.002") for number in told):
            raise Dropped("unfounded-number", str(given))
        return value

    def _unit(self, value: Decimal | None, evidence: Sequence[Span]) -> str | None:
        """The unit that the rules read with this number, or one in the article's words around it."""
        unit = self.row.get("unit")
        if not isinstance(unit, str) or not unit.strip():
            return None
        unit = " ".join(unit.split())
        read = {q.unit for q in self.names.analysis.quantities if q.value == value and any(q.span.overlaps(s) for s in evidence)}
        if unit in read or (unit in _UNITS and read <= {None}) or (unit not in _UNITS and self.anchors.tells(unit, share=1.0)):
            return unit
        self._leave_out("not-its-words", f"unit {unit}")
        return None

    # ---- words

    def _words_of(self, values: dict[str, Any], evidence: list[Span]) -> list[Span]:
        """The words of a statement, verbatim, inside one of its passages; quotation marks in the article decide what is direct."""
        given = self.row.get("quote")
        span = None
        if isinstance(given, str):
            within = (self.anchors.find(given, s) for s in (*evidence, self.portion))
            span = next((s for s in within if s), None)
        if span is None:
            raise Dropped("not-in-article", f"quote {given}")
        span = _without_marks(self.anchors.text, span)
        opening = self.names.analysis.quote_at(span.start)
        values["quote"] = self._text(span)
        values["direct"] = opening is not None and opening == self.names.analysis.quote_at(span.end - 1)
        words = fold(values["quote"]).split()
        if not words:
            raise Dropped("no-quote")
        if len(words) == 1 and (opening is None or opening.inner != span):
            raise Dropped("thin-quote", values["quote"])
        speaker = self.context.speaker(span)
        if speaker and not self.names.on_one_side(speaker, values["speaker"]):
            raise Dropped("other-speaker", ", ".join(self.names.actor(id).label for id in values["speaker"]))
        return evidence if any(s.covers(span) for s in evidence) else sorted([*evidence, span])

    def _stance(self, values: dict[str, Any]) -> None:
        values["condition"], values["reason"] = self._verbatim("condition"), self._verbatim("reason")
        values["matter"] = self._free("matter")
        if values["matter"] is None and self.row.get("matter"):
            self._leave_out("not-its-words", f"matter {self.row.get('matter')}")

    def _place(self) -> tuple[str | None, str | None]:
        """A country, or another place by the name that the article has for it."""
        name = self.row.get("place")
        if not isinstance(name, str) or not name.strip():
            return None, None
        ids = self.names.find(Named(name, None, None), self.portion)
        if len(ids) == 1 and self.names.actor(ids[0]).kind == "Country":
            return ids[0], None
        span = self.anchors.find(name, self.portion)
        if span is None or not name.strip()[0].isalpha():
            self._leave_out("not-its-words", f"place {name}")
            return None, None
        return None, " ".join(self._text(span).split())

    def _verbatim(self, name: str) -> str | None:
        """Words of the article in a slot that only adorns: the article's own, or nothing."""
        span = self._at(name)
        return self._text(span) if span else None

    def _at(self, name: str) -> Span | None:
        """Where the words of a slot stand: near the evidence, else in the portion, else anywhere in the article."""
        value = self.row.get(name)
        if not isinstance(value, str) or not value.strip():
            return None
        places = (self.anchors.find(value, stretch) for stretch in (*self.near, self.portion))
        found = [span for span in places if span]
        near = next((span for span in found if any(stretch.covers(span) for stretch in self.near)), None)
        if not found:
            self._leave_out("not-in-article", f"{name} {value}")
        return near or (found[-1] if found else None)

    def _free(self, name: str) -> str | None:
        """A short text that may be put together, but of the article's words."""
        value = self.row.get(name)
        if not isinstance(value, str):
            return None
        text = " ".join(value.split())
        return text if len(text) <= _LABEL_LENGTH and self.anchors.tells(text) else None

    def _label(self, values: Mapping[str, Any], evidence: Sequence[Span]) -> str:
        """The answer's label where it is a fair one; else the quote."""
        if self.cls is Statement:
            return _shorten(values["quote"])
        text = " ".join(str(self.row.get("label") or "").split())
        actors = [id for v in values.values() for id in (v if isinstance(v, tuple) else (v,)) if isinstance(id, str)]
        known = [self.names.actor(id).label for id in actors if self._is_actor(id)]
        known += [
            vocabulary().label(id, self.names.analysis.document.article.language) for id in actors if id in vocabulary().concepts
        ]
        if text and len(text) <= _LABEL_LENGTH and self._is_fair(text, stems(*known), evidence):
            return text
        if text:
            self._leave_out("not-its-words", f"label {text}")
        return _shorten(" ".join(self._text(evidence[0]).split()))

    def _is_fair(self, label: str, known: frozenset[str], evidence: Sequence[Span]) -> bool:
        """Whether a label is made of the article's words, names and concepts, mostly those beside the quotes, and denies what they do."""
        near = tells(label, self.context.stems(evidence) | known, share=0.6)
        denied = any(denies(self._text(span)) for span in evidence)
        return near and tells(label, self.anchors.stems | known) and denies(label) == denied

    def _is_actor(self, id: str) -> bool:
        return self.names.knows(id)

    def _leave_out(self, reason: str, detail: str) -> None:
        self.drops.append(Drop("value", self.cls.__name__, self.own, reason, detail[:200]))


# ------------------------------------------------------------------------------------------------------------- small parts


def many(value: object) -> list[str]:
    """A list of texts, of whatever a model puts there: one text, a list of texts, nothing."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [v for v in value if isinstance(v, str) and v.strip()] if isinstance(value, list) else []


def _written_numbers(text: str) -> set[Decimal]:
    """The numbers written in digits, read both ways where a point or comma may part thousands or decimals."""
    found: set[Decimal] = set()
    for written in re.findall(r"\d+(?:[.,]\d+)*", text):
        found.add(Decimal(re.sub(r"[.,]", "", written)) if re.fullmatch(r"\d{1,3}([.,]\d{3})+", written) else Decimal(0))
        whole, _, part = re.sub(r"[.,](?=.*[.,])", "", written).replace(",", ".").partition(".")
        found.add(Decimal(f"{whole}.{part}" if part else whole))
    return found - {Decimal(0)} | ({Decimal(0)} if re.search(r"(?<![\d.,])0(?![\d.,])", text) else set())


def _without_marks(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in "\"'“”«»‘’ ":
        start += 1
    while end > start and text[end - 1] in "\"'“”«»‘’ ":
        end -= 1
    return Span(start, end)


def _shorten(text: str) -> str:
    if len(text) <= _LABEL_LENGTH:
        return text
    return text[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"
