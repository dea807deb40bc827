"""How far to trust the extraction: articles that a reader has annotated, extracted and scored; see :mod:`kg.scoring`."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.article import read_article
from kg.errors import InputError
from kg.gold import read_gold
from kg.model import Article, Extraction
from kg.scoring import Report, Score, score

if TYPE_CHECKING:
    from kg.llm.ways import Way


def annotated(folder: str | Path) -> list[tuple[Path, Path]]:
    """The pairs of article and annotation (``NAME.md``, ``NAME.gold.json``) in a folder, by name.

    Raises :class:`InputError` where there is none, or where an annotation has no article.
    """
    pairs = []
    for gold in sorted(Path(folder).glob("*.gold.json")):
        article = gold.with_name(gold.name.removesuffix(".gold.json") + ".md")
        if not article.is_file():
            raise InputError(f"{gold}: no article beside it; expected {article.name}")
        pairs.append((article, gold))
    if not pairs:
        raise InputError(f"{folder}: no annotated articles; expected files NAME.md with NAME.gold.json beside them")
    return pairs


def extracted(article: Article, way: Way | None = None, model: str | None = None) -> Extraction:
    """What is found in an article in some way (default: by the rules)."""
    from kg.language import parse
    from kg.llm.ways import Way, read

    return read(next(parse([article], model)), way or Way())[0]


def evaluate(
    folder: str | Path, *, way: Way | None = None, model: str | None = None, graphs: str | Path | None = None
) -> Iterator[Report]:
    """A report for each annotated article of a folder, by name.

    The graphs are made in some way (default: by the rules), or read from ``graphs``, a folder with a ``NAME.ttl`` for each article.
    """
    for path, gold in annotated(folder):
        article = read_article(path)
        if graphs is None:
            from kg.graph import triples

            graph = triples(extracted(article, way, model))
        else:
            graph = _read_graph(Path(graphs) / f"{path.stem}.ttl")
        yield score(article, read_gold(gold), graph)


def _read_graph(path: Path) -> list[ox.Triple]:
    if not path.is_file():
        raise InputError(f"{path}: no such file; expected the article's graph as Turtle")
    try:
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; expected the article's graph as Turtle") from error
    except SyntaxError as error:
        raise InputError(f"{path}, line {error.lineno}: {error.msg}; expected Turtle") from error
    return [quad.triple for quad in quads]


def total(reports: Sequence[Report]) -> Report:
    """All articles' facts counted together (the micro average)."""
    kinds = reports[0].scores if reports else {}
    return Report("all", {kind: sum((r.scores[kind] for r in reports), Score(0, 0, 0.0)) for kind in kinds})


def mean_f1(reports: Sequence[Report], kind: str) -> float:
    """The mean of the articles' F1 (the macro average): every article counts the same."""
    return statistics.fmean(report.scores[kind].f1 for report in reports) if reports else 0.0
