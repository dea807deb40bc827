"""``kg evaluate``: how far to trust the extraction, measured on annotated articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, extractors

if TYPE_CHECKING:
    from kg.llm.ways import Way
    from kg.scoring import Report, Score

COLUMNS = ("article", "class", "gold", "found", "precision", "recall", "F1")


@click.command()
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="Also list what was missed, what is weak and what is spurious, with the words.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, one object per article and one for all.")
@extractors.options("each")
@click.option("--spacy-model", metavar="NAME", help="Another installed spaCy pipeline than the shipped one.")
@click.option(
    "--graph", "graphs", metavar="DIR", type=click.Path(path_type=Path), help="Score DIR/NAME.ttl, and extract nothing."
)
def command(
    folder: Path,
    misses: bool,
    as_json: bool,
    extractor: str,
    llm_model: str | None,
    llm_base_url: str | None,
    llm_cache: Path | None,
    spacy_model: str | None,
    graphs: Path | None,
) -> None:
    """Score the extraction against annotated articles.

    GOLD_DIR holds articles (NAME.md) and what a reader found in them (NAME.gold.json; tests/gold/FORMAT.md says how to write one).
    The mean at the end counts every article the same; "all" counts every fact the same. "quotes" are direct quotes with the right
    words and the right speaker. "--extractor each" sets the rules, the model and both together side by side.

    \b
    kg evaluate tests/gold
    kg evaluate tests/gold --misses
    kg evaluate tests/gold --extractor each --llm-model qwen3:8b --llm-base-url http://localhost:11434/v1
    """
    from kg.evaluate import mean_f1, total

    way = extractors.way(extractor, llm_model, llm_base_url, llm_cache)
    if extractor == "each":
        if misses or graphs:
            raise click.UsageError("--extractor each gives scores only; expected one extractor with --misses or --graph")
        _compare(folder, way, spacy_model, as_json)
        return
    reports = _scored(folder, way, spacy_model, graphs)
    everything = total(reports)
    if as_json:
        rows = [*(report.as_json() for report in reports), everything.as_json()]
        console.result(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    shown = [*reports, everything] if len(reports) > 1 else reports
    console.table(COLUMNS, [_row(r.name, kind, s) for r in shown for kind, s in r.scores.items()], right=COLUMNS[2:])
    if misses:
        _list_findings(reports)
    if len(reports) > 1:
        console.result(
            f"mean of {len(reports)}: facts F1 {mean_f1(reports, 'facts'):.3f}, actors F1 {mean_f1(reports, 'actors'):.3f}"
        )


def _scored(folder: Path, way: Way, spacy_model: str | None, graphs: Path | None = None) -> list[Report]:
    from kg.evaluate import annotated, evaluate

    reports: list[Report] = []
    with console.progress(len(annotated(folder)), "scoring") as advance:
        for report in evaluate(folder, way=way, model=spacy_model, graphs=graphs):
            reports.append(report)
            advance(report.name)
    return reports


def _compare(folder: Path, way: Way, spacy_model: str | None, as_json: bool) -> None:
    """The totals of the rules, of the model and of both, and the means of their articles."""
    from dataclasses import replace

    from kg.evaluate import mean_f1, total
    from kg.llm.ways import WAYS

    found = {name: _scored(folder, replace(way, name=name), spacy_model) for name in WAYS}
    totals = {name: total(reports) for name, reports in found.items()}
    if as_json:
        plain = [{"extractor": name, **everything.as_json()} for name, everything in totals.items()]
        console.result(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    rows = [_row(name, kind, score) for name, everything in totals.items() for kind, score in everything.scores.items()]
    console.table(("extractor", *COLUMNS[1:]), rows, right=COLUMNS[2:])
    for name, reports in found.items():
        means = [f"{kind} F1 {mean_f1(reports, kind):.3f}" for kind in ("facts", "actors")]
        console.result(f"{name}, mean of {len(reports)}: {', '.join(means)}")


def _row(article: str, kind: str, score: Score) -> tuple[str, ...]:
    counts = (article, kind, str(score.gold), str(score.predicted))
    return (*counts, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")


def _list_findings(reports: Sequence[Report]) -> None:
    for report in reports:
        rows = [
            (f.fault, kind, f.name, f"{f.worth:.2f}", "" if f.start is None else str(f.start), f.text)
            for kind, score in report.scores.items()
            for f in score.findings
        ]
        console.result(f"\n{report.name}: {len(rows)} to look at")
        if rows:
            console.table(("fault", "class", "name", "worth", "at", "words"), rows, right=("worth", "at"))
