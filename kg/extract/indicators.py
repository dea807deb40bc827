"""Quantities → indicators: what is measured, by how much it changed, since when, who says so. Stub until the quantity grammar lands."""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.statements import Attribution
from kg.model import Indicator


def find_indicators(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> tuple[Indicator, ...]:
    return ()
