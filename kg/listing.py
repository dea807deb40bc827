"""An extraction as text: JSON Lines for programs, an explanation for people."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.model import Actor, Extraction, Fact, Passage

_SHARED = {field.name for field in dataclasses.fields(Fact)}


def json_lines(extraction: Extraction) -> Iterator[str]:
    """One JSON object per actor and fact, with its ``class`` and the article's id; empty values are left out."""
    nouns: list[Actor | Fact] = [*extraction.actors, *in_order(extraction)]
    for noun in nouns:
        values = {"class": type(noun).__name__, "article": extraction.article.id, **_plain(noun)}
        yield json.dumps(values, ensure_ascii=False, default=_as_json)


def in_order(extraction: Extraction) -> list[Fact]:
    """The facts in the order of the words that they rest on."""
    return sorted(extraction.facts, key=lambda fact: (fact.evidence[0].start, fact.evidence[0].end, fact.id))


def explanation(extraction: Extraction) -> Iterator[str]:
    """Each fact with its values, its words and the rule and trigger words that made it; actors by name."""
    names = {actor.id: actor.label for actor in extraction.actors}
    labels = {fact.id: f"{fact.id} “{fact.label}”" for fact in extraction.facts}
    yield f"{extraction.article.title or extraction.article.id}"
    for actor in extraction.actors:
        yield f"  {_actor_line(actor)}"
    for fact in in_order(extraction):
        yield ""
        yield f"{type(fact).__name__} {labels[fact.id]}"
        for field in dataclasses.fields(fact):
            value = getattr(fact, field.name)
            if field.name not in _SHARED and value not in (None, ()):
                yield f"  {field.name.replace('_', ' '):<12} {_readable(value, names, labels)}"
        if fact.start_date or fact.end_date:
            begin, end = fact.start_date or "…", fact.end_date or "…"
            yield f"  {'date':<12} {begin if begin == end else f'{begin} to {end}'}{f' (“{fact.date_text}”)' if fact.date_text else ''}"
        if fact.topics:
            yield f"  {'topics':<12} {', '.join(fact.topics)}"
        for passage in fact.evidence:
            yield f"  {'words':<12} {_passage_line(passage, names)}"
        yield f"  {'because of':<12} {fact.rule or fact.extractor}{f': {_quoted(fact.triggers)}' if fact.triggers else ''}"
    for dropped in extraction.dropped:
        yield ""
        yield f"dropped: {dropped}"


def _plain(noun: Actor | Fact | Passage) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in dataclasses.fields(noun):
        value = getattr(noun, field.name)
        if field.name == "labels":
            value = dict(value)
        if value not in (None, (), {}, ""):
            found[field.name] = [_plain(passage) for passage in value] if field.name == "evidence" else value
    return found


def _as_json(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _actor_line(actor: Actor) -> str:
    about = [actor.kind, *([actor.title] if actor.title else []), *([actor.country] if actor.country else [])]
    return f"{actor.label} ({', '.join(about)})"


def _passage_line(passage: Passage, names: dict[str, str]) -> str:
    by = f" by {_names(passage.attributed_to, names)}" if passage.attributed_to else ""
    via = f" via {_names(passage.via, names)}" if passage.via else ""
    return f"{passage.start}-{passage.end} “{passage.quote}”{by}{via}"


def _readable(value: object, names: dict[str, str], labels: dict[str, str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_readable(part, names, labels) for part in value)
    if isinstance(value, str):
        return names.get(value) or labels.get(value) or value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _names(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return ", ".join(names.get(id, id) for id in ids)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
