"""The phenomena of Spanish political prose: short sentences and what they must, and must not, yield.

The cases stand in ``cases/phenomena/*.csv``, one file per section of the catalogue of constructions; ``cases/phenomena/README.md`` explains
the columns and the language of the expectations. Rows whose expectation is not met yet are named in
``cases/phenomena_known_failures.txt`` and run as strict expected failures: one that passes fails the test until it is struck off the list.

    python tests/test_phenomena.py --rates            # how many rows pass, by catalogue row
    python tests/test_phenomena.py --show N4.1a D1    # sentence, expectation and what was found, for rows or whole catalogue rows
    python tests/test_phenomena.py --update-known     # strike off what passes now, add failing rows that are new
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import functools
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.blocks import blocks
from kg.extract.cascade import extract
from kg.language import parse
from kg.listing import explanation
from kg.model import Actor, Article, Event, Extraction, Fact, Indicator, Passage, Position, Proposal, Statement
from kg.vocabulary import vocabulary

HERE = Path(__file__).parent / "cases"
FOLDER = HERE / "phenomena"
KNOWN = HERE / "phenomena_known_failures.txt"
SECTIONS = {"A": 13, "B": 8, "C": 9, "D": 6, "E": 7, "F": 5, "G": 5, "H": 3, "I": 5, "J": 4, "K": 9, "N": 18}
ROWS = tuple(f"{letter}{number}" for letter, count in SECTIONS.items() for number in range(1, count + 1))

# --------------------------------------------------------------------------------------------------------- the language

KINDS = {"statement": Statement, "position": Position, "event": Event, "proposal": Proposal, "indicator": Indicator}
REFERENCES = ("speaker", "addressee", "via", "holder", "on", "agent", "patient", "participant", "proposer", "claimant", "by")
LITERALS = ("stance", "status", "factuality", "type", "change", "comparator", "unit", "target")
PHRASES = (
    "quote",
    "about",
    "words",
    "label",
    "measure",
    "part-of",
    "alternative-to",
    "condition",
    "reason",
    "cause",
    "place",
    "name",
    "title",
)
OTHERS = ("value", "date", "direct", "indirect", "country", "kind")
_PART = re.compile(r'([a-z-]+)(?:=(?:"([^"]*)"|(\S+)))?(?:\s+|$)')


@dataclass(frozen=True, slots=True)
class Clause:
    """``no event type=coerce agent="Perú"`` → how often ("some", "no", "one"), the kind, and the keys with their values."""

    often: str
    kind: str
    keys: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        how = "" if self.often == "some" else self.often + " "
        return how + " ".join([self.kind, *(f'{key}="{value}"' if value else key for key, value in self.keys)])


def clauses(expected: str) -> list[Clause]:
    """The clauses of an expectation. Raises ValueError at a word that the language does not have."""
    found = []
    for source in re.split(r"\s+;\s+", expected.strip()):
        words, at = [], 0
        while at < len(source):
            match = _PART.match(source, at)
            if not match:
                raise ValueError(f"{source!r}: cannot be read from {source[at:]!r}")
            words.append((match[1], match[2] if match[2] is not None else match[3] or ""))
            at = match.end()
        often = words.pop(0)[0] if words[0][0] in ("no", "one") else "some"
        kind = words.pop(0)[0]
        if kind not in (*KINDS, "actor", "fact"):
            raise ValueError(f"{source!r}: {kind!r} is no kind of fact")
        for key, _ in words:
            if key not in (*REFERENCES, *LITERALS, *PHRASES, *OTHERS):
                raise ValueError(f"{source!r}: {key!r} is no key")
        for key, value in words:
            if key == "date":
                _ = [days(part) for part in value.split("|")]
        found.append(Clause(often, kind, tuple(words)))
    return found


def fold(text: str) -> str:
    """Lower case without accents, punctuation, leading article: what two names or phrases have in common when they are the same."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", "" if "." in text else " ", plain).split()
    return " ".join(
        words[1:] if len(words) > 1 and words[0] in {"el", "la", "los", "las", "un", "una", "unos", "unas"} else words
    )


def holds(whole: str | None, phrase: str) -> bool:
    """Whether one of the phrase's alternatives stands in ``whole``, word by word."""
    text = f" {fold(whole or '')} "
    return any(f" {fold(part)} " in text for part in phrase.split("|"))


def days(value: str) -> tuple[dt.date | None, dt.date | None]:
    """``2026-03-09`` is one day, ``2026-03-01/2026-03-31`` an interval, ``2026-03-01/`` one without end, ``none`` no date at all."""
    if value == "none":
        return None, None
    begin, slash, end = value.partition("/")
    first = dt.date.fromisoformat(begin) if begin else None
    return first, (dt.date.fromisoformat(end) if end else None) if slash else first


class Found:
    """What was extracted from one row, with the look-ups that the clauses need."""

    def __init__(self, extraction: Extraction):
        self.extraction = extraction
        self.names = {actor.id: {fold(n) for n in (actor.label, *actor.alt_labels)} for actor in extraction.actors}
        self.facts = {fact.id: fact for fact in extraction.facts}

    def meets(self, clause: Clause) -> bool:
        loose = clause.often == "no"
        if clause.kind == "actor":
            hits = sum(self.is_actor(actor, clause) for actor in self.extraction.actors)
        else:
            of_kind = [f for f in self.extraction.facts if clause.kind == "fact" or isinstance(f, KINDS[clause.kind])]
            hits = sum(all(self.has(fact, key, value, loose) for key, value in clause.keys) for fact in of_kind)
        return {"some": hits > 0, "no": hits == 0, "one": hits == 1}[clause.often]

    def is_actor(self, actor: Actor, clause: Clause) -> bool:
        values = {"kind": "kind", "title": "title", "country": "country"}
        for key, value in clause.keys:
            if key == "name":
                if not self.names[actor.id] & {fold(part) for part in value.split("|")}:
                    return False
            elif key == "title":
                if not holds(actor.title, value):
                    return False
            elif str(getattr(actor, values[key]) or "none").lower() not in value.lower().split("|"):
                return False
        return True

    def has(self, fact: Fact, key: str, value: str, loose: bool) -> bool:
        if key in REFERENCES:
            return self.refers(self.references(fact, key), value, loose)
        if key in ("direct", "indirect"):
            return isinstance(fact, Statement) and fact.direct == (key == "direct")
        if key == "type":
            if not isinstance(fact, Event):
                return False
            return bool({fact.event_type, vocabulary().plover_type(fact.event_type)} & set(value.split("|")))
        if key == "target":
            return self.target_kind(fact) in value.split("|")
        if key in LITERALS:
            return str(getattr(fact, key, None) or "none") in value.split("|")
        if key == "value":
            number = getattr(fact, "value", None)
            return value == "none" if number is None else value != "none" and any(Decimal(v) == number for v in value.split("|"))
        if key == "date":
            return self.in_days(fact, value)
        if value == "none":
            return not self.texts(fact, key)
        if key == "quote" and isinstance(fact, Statement) and fact.direct:
            return any(fold(part) == fold(fact.quote) for part in value.split("|"))
        return any(holds(text, value) for text in self.texts(fact, key))

    def references(self, fact: Fact, key: str) -> tuple[str, ...]:
        if key == "by":
            return tuple(dict.fromkeys(actor for passage in fact.evidence for actor in passage.attributed_to))
        if key == "via":
            own = getattr(fact, "via", ())
            return tuple(dict.fromkeys([*own, *(actor for passage in fact.evidence for actor in passage.via)]))
        if key == "participant" and isinstance(fact, Event):
            return tuple(dict.fromkeys([*fact.agent, *fact.patient, *fact.participant]))
        value = getattr(fact, "target_actor" if key == "on" else key, ())
        return (value,) if isinstance(value, str) else tuple(value or ())

    def refers(self, found: tuple[str, ...], value: str, loose: bool) -> bool:
        """Whether the actors are the expected ones: each expected one is there, and (unless ``loose``) nobody else is."""
        if value == "none":
            return not found
        if value == "some":
            return bool(found)
        wanted = [{fold(name) for name in group.split("|")} for group in value.split(" + ")]
        mine = [self.names.get(actor, {fold(actor)}) for actor in found]
        everyone = all(any(names & group for names in mine) for group in wanted)
        return everyone and (loose or all(any(names & group for group in wanted) for names in mine))

    def target_kind(self, fact: Fact) -> str:
        if getattr(fact, "target_actor", None):
            return "actor"
        target = self.facts.get(getattr(fact, "target", None) or "")
        return type(target).__name__.lower() if target else "matter"

    def texts(self, fact: Fact, key: str) -> list[str]:
        """The texts in which a phrase is looked for."""
        passages = [passage.quote for passage in fact.evidence]
        if key == "words":
            return passages
        if key == "about":
            target = self.facts.get(getattr(fact, "target", None) or "")
            own = [getattr(fact, "matter", None) or "", fact.label]
            return [*own, *([target.label, *(p.quote for p in target.evidence)] if target else [])]
        if key == "place":
            at = getattr(fact, "place", None)
            return [*(self.names.get(at, {at}) if at else ()), *filter(None, [getattr(fact, "place_name", None)])]
        if key == "cause":
            causes = [self.facts[cause] for cause in getattr(fact, "cause", ()) if cause in self.facts]
            return [text for cause in causes for text in (cause.label, *(p.quote for p in cause.evidence))]
        if key in ("part-of", "alternative-to"):
            other = self.facts.get(getattr(fact, key.replace("-", "_"), None) or "")
            return [other.label, *(p.quote for p in other.evidence)] if other else []
        text = getattr(fact, key, None)
        return [text] if text else []

    @staticmethod
    def in_days(fact: Fact, value: str) -> bool:
        return (fact.start_date, fact.end_date) in map(days, value.split("|"))


# ------------------------------------------------------------------------------------------------------------ the cases


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the files."""

    id: str
    row: str
    countries: tuple[str, ...]
    date: dt.date
    title: str | None
    text: str
    expected: str

    def article(self) -> Article:
        article = Article(
            id=self.id.lower().replace(".", "-"), text=self.text, title=self.title, date=self.date, countries=self.countries
        )
        return replace(article, blocks=blocks(self.text))


def _case(line: dict[str, str]) -> Case:
    return Case(
        id=line["id"],
        row=line["row"],
        countries=tuple((line["countries"] or "MX;US").split(";")),
        date=dt.date.fromisoformat(line["date"] or "2026-03-10"),
        title=line["title"] or None,
        text=line["text"].replace("\\n", "\n"),
        expected=line["expected"],
    )


@functools.cache
def cases() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for case in map(_case, csv.DictReader(lines)):
                assert case.id not in found, f"{path.name}: {case.id} stands twice"
                found[case.id] = case
    return found


@functools.cache
def known_failures() -> frozenset[str]:
    return frozenset(_ids(KNOWN.read_text(encoding="utf-8"))) if KNOWN.exists() else frozenset()


def _ids(text: str) -> list[str]:
    return [word for line in text.splitlines() for word in line.partition("#")[0].split()]


@functools.cache
def extractions() -> dict[str, Extraction | Exception]:
    """What every row yields, all parsed and read once."""
    rows = list(cases().values())
    found: dict[str, Extraction | Exception] = {}
    for case, document in zip(rows, parse(case.article() for case in rows), strict=True):
        try:
            found[case.id] = extract(document)
        except Exception as error:  # one row's crash must not hide the others' results; it is raised in the row's own test
            found[case.id] = error
    return found


def unmet(case: Case) -> list[Clause]:
    """The clauses of a row's expectation that what was found does not meet."""
    extraction = extractions()[case.id]
    if isinstance(extraction, Exception):
        raise extraction
    found = Found(extraction)
    return [clause for clause in clauses(case.expected) if not found.meets(clause)]


# ------------------------------------------------------------------------------------------------------------ the tests


def _parameters() -> Iterator[object]:
    for case in cases().values():
        marks = (
            [pytest.mark.xfail(strict=True, reason="known failure", raises=AssertionError)] if case.id in known_failures() else []
        )
        yield pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", list(_parameters()))
def test_a_sentence_yields_what_it_says(case: Case) -> None:
    failed = unmet(case)
    assert not failed, "\n".join([case.text, *(f"not met: {clause}" for clause in failed), *explanation_of(case)])


def test_every_row_of_the_catalogue_has_eight_sentences_in_pairs() -> None:
    count = Counter(case.row for case in cases().values())
    assert [row for row in ROWS if count[row] < 8] == []
    assert sorted(set(count) - set(ROWS)) == []
    pairs: dict[str, set[str]] = {}
    for case in cases().values():
        assert re.fullmatch(rf"{case.row}\.\d+[ab]", case.id), case.id
        pairs.setdefault(case.id[:-1], set()).add(case.id[-1])
    assert [pair for pair, sides in pairs.items() if sides != {"a", "b"}] == []


def test_every_expectation_can_be_read() -> None:
    for case in cases().values():
        try:
            assert clauses(case.expected), case.id
        except ValueError as error:
            pytest.fail(f"{case.id}: {error}")


def test_the_known_failures_are_rows() -> None:
    assert sorted(known_failures() - set(cases())) == []


def test_a_twin_differs_from_its_sentence() -> None:
    texts = Counter((case.text, case.title) for case in cases().values())
    assert [text for (text, _), times in texts.items() if times > 1] == []


@pytest.mark.parametrize(
    ("clause", "met"),
    [
        ('event type=request agent="Perú" patient="Chile"', True),
        ('event type=request agent="Perú"', True),
        ("event type=request agent=none", False),
        ("event type=request by=none", False),
        ('event agent="Chile|Perú" by="Mario Lazo"', True),
        ('no event agent="Chile"', True),
        ('no event agent="Perú"', False),
        ('one proposal proposer="Perú" about="las boyas"', True),
        ('statement speaker="Mario Lazo" indirect quote="retirar las boyas"', True),
        ('statement speaker="Mario Lazo" direct', False),
        ('actor name="Mario Lazo" kind=Person title="canciller" country=cl', True),
        ('actor name="Mario Lazo" kind=Group', False),
        ("no fact date=2026-03-10", True),
    ],
)
def test_the_language_of_the_expectations(clause: str, met: bool) -> None:
    text = "El canciller Mario Lazo dijo que Perú pidió a Chile retirar las boyas."
    words = (Passage(33, len(text) - 1, text[33:-1], attributed_to=("lazo",)),)
    extraction = Extraction(
        article=Article(id="x", text=text),
        actors=(
            Actor(id="lazo", kind="Person", label="Mario Lazo", title="canciller", country="cl"),
            Actor(id="pe", kind="Country", label="Perú"),
            Actor(id="cl", kind="Country", label="Chile"),
        ),
        facts=(
            Event(id="e1", label="Perú pide", evidence=words, event_type="petition", agent=("pe",), patient=("cl",)),
            Proposal(id="p1", label="retirar las boyas", evidence=words, proposer=("pe",), addressee=("cl",)),
            Statement(
                id="q1", label="x", evidence=(Passage(0, len(text), text),), speaker=("lazo",), quote=text[33:-1], direct=False
            ),
        ),
    )
    assert Found(extraction).meets(clauses(clause)[0]) is met


def test_an_unknown_word_in_an_expectation_is_refused() -> None:
    with pytest.raises(ValueError, match="'agnet' is no key"):
        clauses('event agnet="Perú"')
    with pytest.raises(ValueError, match="'evnt' is no kind"):
        clauses("evnt type=coerce")


# ------------------------------------------------------------------------------------------------------- as a program


def explanation_of(case: Case) -> list[str]:
    extraction = extractions()[case.id]
    return [repr(extraction)] if isinstance(extraction, Exception) else list(explanation(extraction))[1:]


def failing() -> frozenset[str]:
    return frozenset(case.id for case in cases().values() if isinstance(extractions()[case.id], Exception) or unmet(case))


def passed_before() -> frozenset[str]:
    """The rows that stand unchanged in the last commit and were not among its known failures."""

    def committed(path: str) -> str:
        return subprocess.run(
            ["git", "show", f"HEAD:./{path}"], cwd=HERE, capture_output=True, text=True, encoding="utf-8"
        ).stdout

    known = set(_ids(committed(KNOWN.name)))
    found = set()
    for path in sorted(FOLDER.glob("*.csv")):
        for case in map(_case, csv.DictReader(committed(f"{FOLDER.name}/{path.name}").splitlines())):
            if cases().get(case.id) == case and case.id not in known:
                found.add(case.id)
    return frozenset(found)


def update_known() -> int:
    failed, before = failing(), passed_before()
    broken = sorted((failed & before) - known_failures(), key=_order)
    listed = sorted(failed - set(broken), key=_order)
    by_row: dict[str, list[str]] = {}
    for id in listed:
        by_row.setdefault(cases()[id].row, []).append(id)
    head = (
        "# Rows of cases/phenomena/ whose expectation is not met yet. Written by: python tests/test_phenomena.py --update-known\n"
    )
    KNOWN.write_text(head + "".join(f"{' '.join(ids)}\n" for ids in by_row.values()), encoding="utf-8")
    print(f"{len(cases()) - len(failed)} of {len(cases())} rows pass; {len(listed)} are listed in {KNOWN.name}")
    if broken:
        print(f"not added, because they passed before: {' '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _order(id: str) -> tuple[str, int, str]:
    match = re.match(r"([A-Z])(\d+)(.*)", id)
    assert match
    return match[1], int(match[2]), match[3]


def rates() -> int:
    failed, total = failing(), Counter(case.row for case in cases().values())
    missed = Counter(cases()[id].row for id in failed)
    for row in sorted(total, key=_order):
        ids = " ".join(sorted((id for id in failed if cases()[id].row == row), key=_order))
        print(f"{row:<4} {total[row] - missed[row]}/{total[row]}  {ids}".rstrip())
    print(f"all  {len(cases()) - len(failed)}/{len(cases())}")
    return 0


def show(names: list[str], only_failing: bool) -> int:
    for case in cases().values():
        if names and case.id not in names and case.row not in names and case.row[0] not in names:
            continue
        missed = [] if isinstance(extractions()[case.id], Exception) else unmet(case)
        if only_failing and not missed and not isinstance(extractions()[case.id], Exception):
            continue
        print(f"=== {case.id} {';'.join(case.countries)} {case.date}\n{case.text}\n")
        print("\n".join(f"{'MISSED' if clause in missed else 'met   '} {clause}" for clause in clauses(case.expected)))
        print("\n".join(explanation_of(case)) + "\n")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update-known", action="store_true", help="rewrite the list of known failures")
    parser.add_argument("--rates", action="store_true", help="how many rows pass, by catalogue row")
    parser.add_argument("--show", nargs="*", metavar="ID", help="what was found in these rows (default: in all)")
    parser.add_argument("--failing", action="store_true", help="with --show: only rows that fail")
    given = parser.parse_args()
    if given.update_known:
        return update_known()
    return show(given.show, given.failing) if given.show is not None else rates()


if __name__ == "__main__":
    raise SystemExit(main())
