"""The hand-made annotations keep the rules of tests/gold/FORMAT.md."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

GOLD = Path(__file__).parent / "gold"
FILES = sorted(GOLD.rglob("*.gold.json"))


def words(text: str) -> set[str]:
    return set(text.split())


LEGAL = {
    "actors": {
        "type": words(
            "Person Country Government PublicBody MediaOutlet CriminalOrganization InternationalOrganization Company Party "
            "CivilOrganization Group"
        )
    },
    "proposals": {"status": words("proposed renewed accepted rejected pending abandoned")},
    "positions": {"stance": words("supports opposes conditional affirms denies doubts")},
    "events": {
        "type": words(
            "agree consult support concede cooperate aid retreat request accuse reject threaten protest sanction mobilize coerce "
            "assault other"
        ),
        "factuality": words("actual planned possible negated"),
    },
    "statements": {"direct": {True, False}},
    "indicators": {"comparator": words("exact about more less almost"), "change": words("increase decrease level")},
}
FIELDS = {
    "actors": words("id name aliases type country title memberOf"),
    "proposals": words("id label proposer addressee status partOf alternativeTo evidence attributedTo via"),
    "positions": words("id holder target stance evidence attributedTo via"),
    "events": words("id label type agent patient place startDate endDate factuality cause evidence attributedTo via"),
    "statements": words("id speaker addressee direct quote startDate endDate evidence via"),
    "indicators": words("id measure value unit comparator change startDate endDate place claimant evidence via"),
}
TO_ACTORS = words("proposer addressee holder agent patient place speaker claimant attributedTo via memberOf")
TO_PROPOSALS = words("partOf alternativeTo")
TO_ANYTHING = words("target cause")
MAY_BE_TEXT = words("target cause place")
NEVER_EMPTY = words("evidence holder target speaker")


def entries(gold: dict):
    return ((kind, entry) for kind, listed in gold.items() for entry in listed)


def references(entry: dict, fields: set[str]):
    """Each id that an entry names in these fields, with its field: both of `a|b`."""
    for field in fields & entry.keys():
        value = entry[field] or []
        for reference in value if isinstance(value, list) else [value]:
            yield from ((field, name) for name in reference.split("|"))


@pytest.fixture(params=FILES, ids=lambda file: str(file.relative_to(GOLD)).removesuffix(".gold.json"))
def pair(request) -> tuple[dict, str, dict]:
    """The front matter, the body, and the annotation of one article."""
    gold = json.loads(request.param.read_text(encoding="utf-8"))
    article = request.param.with_name(request.param.name.replace(".gold.json", ".md")).read_text(encoding="utf-8")
    front, body = re.fullmatch(r"---\n(.*?)\n---\n(.*)", article, re.S).groups()
    return yaml.safe_load(front), body, gold


def test_there_are_gold_files():
    assert FILES


def test_front_matter(pair):
    front, _, _ = pair
    assert front["title"]
    assert isinstance(front["date"], date)
    assert front["language"] == "es"
    assert all(re.fullmatch(r"[A-Z]{2}", str(code)) for code in front["countries"])


def test_fields_and_values_are_legal(pair):
    _, _, gold = pair
    assert list(gold) == list(FIELDS)
    wrong = [(entry["id"], field) for kind, entry in entries(gold) for field in FIELDS[kind] ^ entry.keys()]
    wrong += [
        (entry["id"], field) for kind, entry in entries(gold) for field, legal in LEGAL[kind].items() if entry[field] not in legal
    ]
    wrong += [(entry["id"], field) for _, entry in entries(gold) for field in NEVER_EMPTY & entry.keys() if not entry[field]]
    assert not wrong


def test_evidence_and_quotes_are_substrings(pair):
    _, body, gold = pair
    missing = [
        (entry["id"], quote)
        for _, entry in entries(gold)
        for quote in [*entry.get("evidence", []), entry.get("quote", "")]
        if quote not in body
    ]
    assert not missing


def test_ids_are_unique_and_references_resolve(pair):
    _, _, gold = pair
    ids = [entry["id"] for _, entry in entries(gold)]
    assert len(ids) == len(set(ids))
    actors, proposals = ({entry["id"] for entry in gold[kind]} for kind in ("actors", "proposals"))
    dangling = [
        (entry["id"], field, name)
        for _, entry in entries(gold)
        for fields, known in ((TO_ACTORS, actors), (TO_PROPOSALS, proposals), (TO_ANYTHING, set(ids)))
        for field, name in references(entry, fields)
        if name not in known and not (field in MAY_BE_TEXT and name.startswith("text:"))
    ]
    assert not dangling


def test_a_text_target_stands_alone(pair):
    _, _, gold = pair
    assert not [
        entry["id"]
        for entry in gold["positions"]
        for target in entry["target"]
        if "text:" in target and (len(entry["target"]) > 1 or "|" in target)
    ]


def test_dates_are_days_in_order(pair):
    _, _, gold = pair
    for _, entry in entries(gold):
        days = [date.fromisoformat(entry[field]) for field in ("startDate", "endDate") if entry.get(field)]
        assert days == sorted(days), entry["id"]
