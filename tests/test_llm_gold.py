"""The gate and the merge on whole articles: an annotation, written as a model would answer it, passes nearly whole.

This says how much the gate would take from a perfect model; it says nothing of how good any model is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import GOLD
from kg.article import read_article
from kg.extract import cascade
from kg.extract.analysis import analyse
from kg.gold import read_gold
from kg.graph import triples
from kg.language import parse
from kg.llm.answers import read_answer
from kg.llm.gate import Gate
from kg.llm.merge import merge
from kg.llm.schema import LISTS
from kg.model import Extraction, Span
from kg.scoring import score
from kg.validate import validate

ANNOTATED = sorted(GOLD.glob("*.gold.json"))
ACTORS = ("proposer", "addressee", "agent", "patient", "speaker", "via", "attributedTo", "claimant")


def as_answer(gold: dict[str, list[Any]]) -> str:
    """An annotation in the form of an answer: actors by name, the first of several right references."""
    names = {row["id"]: row["name"] for row in gold["actors"]}

    def first(reference: str) -> str:
        return reference.split("|")[0]

    def name(reference: str) -> str:
        return names.get(first(reference), first(reference).removeprefix("text:"))

    answer: dict[str, list[Any]] = {
        "actors": [{"name": r["name"], "class": r["type"], "country": r.get("country")} for r in gold["actors"]]
    }
    for kind in LISTS:
        answer[kind] = []
        for row in gold.get(kind, []):
            said = {**row, "label": row.get("label") or row["evidence"][0], "eventType": row.get("type")}
            said.update({slot: [name(x) for x in row[slot]] for slot in ACTORS if slot in row})
            said["cause"] = [first(x) for x in row.get("cause") or []]
            said["unit"] = first(row.get("unit") or "") or None
            said["place"] = next((name(x) for x in row.get("place") or []), None)
            for slot in ("partOf", "alternativeTo"):
                value = row.get(slot) or []
                said[slot] = next((first(x) for x in ([value] if isinstance(value, str) else value)), None)
            if kind == "positions":
                aim = first(row["target"][0])
                slot = "matter" if aim.startswith("text:") else "targetActor" if aim in names else "target"
                aims = {"target": None, "targetActor": None, "matter": None, slot: aim if slot == "target" else name(aim)}
                said.update(aims, holder=name(row["holder"][0]))
            answer[kind].append(said)
    return json.dumps(answer)


@pytest.mark.parametrize("gold", ANNOTATED, ids=[path.name.removesuffix(".gold.json") for path in ANNOTATED])
def test_an_annotation_passes_the_gate_and_merges_with_the_rules(gold: Path) -> None:
    article = read_article(gold.with_name(gold.name.replace(".gold.json", ".md")))
    document = next(parse([article]))
    gate = Gate(analyse(document), "reader")
    rows = read_answer(as_answer(read_gold(gold)))
    gate.admit(rows, Span(0, len(article.text)))
    model = Extraction(article, gate.actors(), tuple(gate.facts), extractor="llm")
    asked = sum(len(rows[name]) for name in LISTS)
    assert len(model.facts) + sum(d.gone == "fact" for d in gate.drops) == asked
    assert len(model.facts) >= 0.85 * asked
    assert score(article, read_gold(gold), triples(model)).scores["facts"].f1 >= 0.9

    rules = cascade.extract(document)
    merged = merge(rules, model)
    shared = sum(bool(fact.also) for fact in merged.facts)
    assert 0 < shared <= min(len(rules.facts), len(model.facts))
    for extraction in (model, merged):
        store = ox.Store()
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(extraction))
        assert [violation.line() for violation in validate(store)] == []
    alone, together = (score(article, read_gold(gold), triples(e)).scores["facts"] for e in (rules, merged))
    assert together.recall > alone.recall
