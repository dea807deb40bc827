"""Annotated articles: a ``.gold.json`` file, written by a reader, as the extraction that a perfect extractor would give.

The format is described in ``tests/gold/FORMAT.md``. Where the annotation allows several answers (``a|b``) the first is taken.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg import identity
from kg.errors import InputError
from kg.model import Actor, Article, Event, Extraction, Fact, Indicator, Passage, Position, Proposal, Statement

Row = Mapping[str, Any]


def read_gold(path: str | Path) -> dict[str, list[Row]]:
    """The file's lists by name (``actors``, ``proposals`` …). Raises :class:`InputError` where it is no such file."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; expected a .gold.json file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}, byte {error.start}: not UTF-8; expected a .gold.json file") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {error.lineno}: {error.msg}; expected JSON") from error
    if not isinstance(data, dict) or not isinstance(data.get("actors"), list):
        raise InputError(f"{path}: no list of actors; expected an object with actors, proposals, positions, events, …")
    return data


def load_gold(article: Article, path: str | Path) -> Extraction:
    """The annotation of an article as an :class:`Extraction` (``extractor="gold"``), with the ids of the file as facts' ids.

    A quote that stands several times in the text is taken at each place. Raises :class:`InputError` for a quote that is not in
    the text, an id that is not in the file, a date that is none.
    """
    return _Reader(article, read_gold(path), str(path)).extraction()


class _Reader:
    """One annotation on its way to an extraction: where it comes from, and the actor ids of the graph by those of the file."""

    def __init__(self, article: Article, gold: Mapping[str, list[Row]], path: str) -> None:
        self.article, self.gold, self.path = article, gold, path
        self.rows: dict[str, Row] = {row["id"]: row for row in gold["actors"]}
        self.kinds = {row["id"]: name for name in ("proposals", "positions", "events", "statements", "indicators")
                      for row in gold.get(name, [])}  # fmt: skip
        self.ids = {name: self.actor_id(row) for name, row in self.rows.items()}

    def extraction(self) -> Extraction:
        facts = [
            fact for make in (self.proposals, self.positions, self.events, self.statements, self.indicators) for fact in make()
        ]
        actors = {self.ids[name]: self.actor(row) for name, row in self.rows.items()}
        return Extraction(article=self.article, actors=tuple(actors.values()), facts=tuple(facts), extractor="gold")

    # ---- actors

    def actor_id(self, row: Row) -> str:
        """Countries and their governments as the ontology calls them (``mx``, ``mx-government``), everybody else by name."""
        country = row.get("country")
        code = country.lower() if country else None
        if row["type"] == "Country" and code:
            return str(code)
        if row["type"] == "Government" and code and re.match(r"(gobierno|gov)", row["id"]):
            return f"{code}-government"
        return identity.actor_id(row["name"], row["type"], code, self.article.id)

    def actor(self, row: Row) -> Actor:
        country = row["country"].lower() if row.get("country") else None
        member_of = row.get("memberOf")
        return Actor(
            id=self.ids[row["id"]],
            kind=row["type"],
            label=row["name"],
            alt_labels=tuple(row.get("aliases", ())),
            country=country if row["type"] != "Country" else None,
            iso=country.upper() if country and row["type"] == "Country" else None,
            title=row.get("title"),
            member_of=self.ids[member_of] if member_of else None,
        )

    # ---- references

    def first(self, reference: str, row: Row) -> str:
        """The first answer of ``a|b`` as it stands in the file; it must be the id of an actor, a fact, or ``text:…``."""
        name = reference.split("|")[0]
        if name.startswith("text:") or name in self.rows or name in self.kinds:
            return name
        raise InputError(f"{self.path}: {row['id']}: {name!r} is no id of the file; expected an actor, a fact or text:…")

    def actors(self, row: Row, slot: str) -> tuple[str, ...]:
        """The actor ids of a slot; something that is no actor is left out."""
        names = [self.first(reference, row) for reference in row.get(slot) or ()]
        return tuple(dict.fromkeys(self.ids[name] for name in names if name in self.ids))

    def fact_ids(self, row: Row, slot: str) -> tuple[str, ...]:
        value = row.get(slot) or ()
        names = [self.first(reference, row) for reference in ([value] if isinstance(value, str) else value)]
        return tuple(name for name in names if name in self.kinds)

    def place(self, row: Row) -> dict[str, Any]:
        for reference in row.get("place") or ():
            name = self.first(reference, row)
            if name in self.ids:
                return {"place": self.ids[name], "place_name": None}
            return {"place": None, "place_name": name.removeprefix("text:")}
        return {"place": None, "place_name": None}

    # ---- what all facts share

    def passages(self, row: Row) -> tuple[Passage, ...]:
        source = {"attributed_to": self.actors(row, "attributedTo"), "via": self.actors(row, "via")}
        found: dict[tuple[int, int], Passage] = {}
        for quote in row["evidence"]:
            places = [match.start() for match in re.finditer(re.escape(quote), self.article.text)]
            if not quote.strip() or not places:
                raise InputError(f"{self.path}: {row['id']}: {quote[:40]!r} is not in {self.article.id}; expected exact words")
            for start in places:
                found[start, start + len(quote)] = Passage(start, start + len(quote), quote, **source)
        return tuple(found.values())

    def date(self, row: Row, slot: str) -> dt.date | None:
        value = row.get(slot)
        try:
            return dt.date.fromisoformat(value) if value else None
        except (TypeError, ValueError) as error:
            raise InputError(f"{self.path}: {row['id']}: {slot} {value!r} is no date; expected YYYY-MM-DD") from error

    def shared(self, row: Row, label: str) -> dict[str, Any]:
        return {
            "id": row["id"],
            "label": label,
            "evidence": self.passages(row),
            "start_date": self.date(row, "startDate"),
            "end_date": self.date(row, "endDate"),
            "extractor": "gold",
        }

    # ---- the five classes

    def proposals(self) -> Iterator[Fact]:
        for row in self.gold.get("proposals", []):
            yield Proposal(
                **self.shared(row, row["label"]),
                proposer=self.actors(row, "proposer"),
                addressee=self.actors(row, "addressee"),
                status=row.get("status") or "proposed",
                part_of=next(iter(self.fact_ids(row, "partOf")), None),
                alternative_to=next(iter(self.fact_ids(row, "alternativeTo")), None),
            )

    def positions(self) -> Iterator[Fact]:
        for row in self.gold.get("positions", []):
            target = self.first(row["target"][0], row)
            holders = self.actors(row, "holder")
            if len(holders) != 1:
                raise InputError(f"{self.path}: {row['id']}: {len(holders)} holders; expected one")
            yield Position(
                **self.shared(row, f"{self.rows[row['holder'][0].split('|')[0]]['name']}: {row['evidence'][0]}"),
                holder=holders[0],
                stance=row["stance"],
                target=target if target in self.kinds else None,
                target_actor=self.ids.get(target),
                matter=target.removeprefix("text:") if target.startswith("text:") else None,
            )

    def events(self) -> Iterator[Fact]:
        for row in self.gold.get("events", []):
            yield Event(
                **self.shared(row, row["label"]),
                event_type=row["type"],
                agent=self.actors(row, "agent"),
                patient=self.actors(row, "patient"),
                cause=self.fact_ids(row, "cause"),
                factuality=row.get("factuality") or "actual",
                **self.place(row),
            )

    def statements(self) -> Iterator[Fact]:
        for row in self.gold.get("statements", []):
            yield Statement(
                **self.shared(row, row["quote"]),
                speaker=self.actors(row, "speaker"),
                addressee=self.actors(row, "addressee"),
                via=self.actors(row, "via"),
                quote=row["quote"],
                direct=bool(row.get("direct")),
            )

    def indicators(self) -> Iterator[Fact]:
        for row in self.gold.get("indicators", []):
            value = row.get("value")
            yield Indicator(
                **self.shared(row, row["measure"]),
                measure=row["measure"],
                value=None if value is None else Decimal(str(value)),
                unit=(row.get("unit") or "").split("|")[0] or None,
                comparator=row.get("comparator") or "exact",
                change=row.get("change") or "level",
                claimant=self.actors(row, "claimant"),
                **self.place(row),
            )
