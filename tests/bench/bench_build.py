"""The main job: what the extraction adds to the parse, what a second process brings, whether memory grows with the articles."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from articles import write_articles
from run import Row, seconds

KG = (sys.executable, "-m", "kg")


def bench_extraction() -> Iterator[Row]:
    """Everything but the parse — reading, extraction, triples — against spaCy's own time on the same blocks, 200 articles."""
    from kg import graph
    from kg.article import read_article
    from kg.build import extract
    from kg.language import pipeline

    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder), 200)
        paths = sorted(Path(folder).iterdir())
        nlp = pipeline()
        graph.lines(extract(read_article(paths[0])))  # load everything first
        whole = parse = 0.0
        for path in paths:
            article = read_article(path)
            blocks = [article.text[b.start : b.end] for b in article.blocks if b.kind != "row"]
            list(nlp.pipe(blocks))  # so that neither of the two meets these words for the first time
            begin = time.perf_counter()
            graph.lines(extract(read_article(path)))
            middle = time.perf_counter()
            list(nlp.pipe(blocks))
            whole += middle - begin
            parse += time.perf_counter() - middle
    yield Row("everything after the parse / spaCy's parse", (whole - parse) / parse, "<= 0.5", f"{200 / whole:.1f} articles/s")


def bench_jobs() -> Iterator[Row]:
    """The second row holds on a busy machine too, where no second processor is free: what the workers cost beyond the work."""
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder) / "in", 200)
        build = (*KG, "build", "in", "-o", "out", "--no-map", "--jobs")
        runs = {jobs: [_cost((*build, jobs), Path(folder)) for _ in range(2)] for jobs in "12"}
    (one, alone), (two, together) = (tuple(map(min, zip(*runs[jobs], strict=True))) for jobs in "12")
    yield Row("200 articles, --jobs 1 / --jobs 2", one / two, ">= 1.7", f"{200 / one:.1f} and {200 / two:.1f} articles/s")
    yield Row("processor time, --jobs 2 / --jobs 1", together / alone, "<= 1.15")


def _cost(command: tuple[str, ...], cwd: Path) -> tuple[float, float]:
    """Seconds on the clock, and seconds of all processors, of a program with its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = seconds(command, cwd=cwd)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench_linear() -> Iterator[Row]:
    """1,000 articles one after the other, extraction and merged graph: the later half must not cost more than the earlier one.

    Processor time, which other work on the machine does not change.
    """
    from kg.build import find_articles, outcomes
    from kg.spool import Spool
    from kg.vocabulary import ID

    with tempfile.TemporaryDirectory() as folder, Spool(Path(folder)) as spool:
        write_articles(Path(folder) / "in", 1_000)
        marks, sizes = [], []
        for outcome in outcomes(find_articles([Path(folder) / "in"])):
            spool.add(outcome.lines)
            marks.append(time.process_time())
            sizes.append(outcome.lines.count(b"\n"))
        turtle = sum(len(piece) for piece in spool.turtle(ID))
        end = time.process_time()
    first, second = marks[499] - marks[0], marks[-1] - marks[499]
    rate = f"{999 / (first + second):.1f} articles/s of a processor, {sum(sizes) / 1_000:.0f} triples each"
    yield Row("the second 500 articles / the first 500", second / first * 499 / 500, "<= 1.1", rate)
    yield Row(
        "merging and writing / extracting", (end - marks[-1]) / (first + second), "", f"{turtle / 1_000:.0f} bytes of Turtle each"
    )


def bench_memory() -> Iterator[Row]:
    """The largest resident set while building 5,000 short articles against 500, each in a process of its own."""
    peaks = {}
    for number in (500, 5_000):
        with tempfile.TemporaryDirectory() as folder:
            write_articles(Path(folder) / "in", number, paragraphs=6)
            begin = time.perf_counter()
            peaks[number] = _peak((*KG, "build", "in", "-o", "out", "--no-map", "--jobs", "1"), Path(folder))
            took = time.perf_counter() - begin
        yield Row(f"{number} articles: MB at most", peaks[number], "", f"{number / took:.1f} articles/s")
    yield Row("memory for 5,000 articles / for 500", peaks[5_000] / peaks[500], "<= 1.15")


def _peak(command: tuple[str, ...], cwd: Path) -> float:
    """The peak resident set of a program in MB, measured by a process that has no other child."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=cwd, stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout) / (2**20 if sys.platform == "darwin" else 2**10)
