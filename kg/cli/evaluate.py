"""``kg evaluate``: how far to trust the extraction, measured on annotated articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console

if TYPE_CHECKING:
    from kg.scoring import Report, Score

COLUMNS = ("article", "class", "gold", "found", "precision", "recall", "F1")


@click.command()
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="Also list what was missed, what is weak and what is spurious, with the words.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, one object per article and one for all.")
@click.option("--extractor", type=click.Choice(["rules"]), default="rules", show_default=True, help="What makes the facts.")
@click.option("--spacy-model", metavar="NAME", help="Another installed spaCy pipeline than the shipped one.")
@click.option(
    "--graph", "graphs", metavar="DIR", type=click.Path(path_type=Path), help="Score DIR/NAME.ttl, and extract nothing."
)
def command(folder: Path, misses: bool, as_json: bool, extractor: str, spacy_model: str | None, graphs: Path | None) -> None:
    """Score the extraction against annotated articles.

    GOLD_DIR holds articles (NAME.md) and what a reader found in them (NAME.gold.json; tests/gold/FORMAT.md says how to write one).
    The mean at the end counts every article the same; "all" counts every fact the same. "quotes" are direct quotes with the right
    words and the right speaker.

    \b
    kg evaluate tests/gold
    kg evaluate tests/gold --misses
    """
    from kg.evaluate import annotated, evaluate, mean_f1, total

    pairs = annotated(folder)
    reports: list[Report] = []
    with console.progress(len(pairs), "scoring") as advance:
        for report in evaluate(folder, extractor=extractor, model=spacy_model, graphs=graphs):
            reports.append(report)
            advance(report.name)
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
