"""The ways from a document to facts: the rules, a language model, or both as one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from kg.llm.account import Account
from kg.llm.server import Settings
from kg.model import Document, Extraction

WayName = Literal["rules", "llm", "both"]
WAYS: tuple[WayName, ...] = ("rules", "llm", "both")


@dataclass(frozen=True, slots=True)
class Way:
    """A way and the model it asks; the rules ask none."""

    name: WayName = "rules"
    settings: Settings | None = None


def read(document: Document, way: Way) -> tuple[Extraction, Account | None]:
    """The document's extraction in some way, and the model's account where one was asked.

    Raises :class:`kg.errors.ModelError` where a model should have answered and did not, also with the rules beside it.
    """
    from kg.extract import cascade

    if way.name == "rules" or way.settings is None:
        return cascade.extract(document), None
    from kg.llm import extractor
    from kg.llm.merge import merge

    reading = extractor.extract(document, way.settings)
    if way.name == "llm":
        return reading.extraction, reading.account
    merged = merge(cascade.extract(document), reading.extraction)
    origins = Counter("both" if fact.also else fact.extractor for fact in merged.facts)
    return merged, replace(reading.account, found_by=tuple(sorted(origins.items())))
