"""The main job: articles → facts → graph → files.

Each article is read, parsed, extracted and turned into triples by itself, here or in one of ``jobs`` worker processes; its triples
leave the worker as sorted lines and meet the others' only in the :class:`~kg.spool.Spool`, so that memory is bounded by the spool's
limit and by the articles in work, not by their number. Results are taken in the order of the inputs and the graph is sorted, so the
bytes are the same for any number of workers.
"""

from __future__ import annotations

import gc
import os
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.article import SUFFIXES, read_article, slug
from kg.errors import InputError, KgError
from kg.model import Article, Extraction
from kg.processes import end_with_parent
from kg.vocabulary import ID
from kg.writing import atomic_writer, check_writable, write_atomic

if TYPE_CHECKING:
    from kg.llm.account import Account
    from kg.llm.ways import Way

GRAPH = "graph.ttl"
MAP = "map.html"
AHEAD = 4  # articles given to each worker beyond the one whose result is awaited
MAP_FACTS = 20_000  # a page with more than that is of no use to anybody, and its graph has to fit into memory
FACT_CLASSES = ("Proposal", "Position", "Event", "Statement", "Indicator")

Source = Path | Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its triples as :func:`kg.ntriples.lines`, or why it was skipped; a language model's account."""

    name: str
    lines: bytes = b""
    notices: tuple[str, ...] = ()
    error: str | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was written. ``nodes`` counts the subjects by class (local name), a node told by two articles once.

    ``skipped`` holds one message for each input that could not be used; ``map`` is ``None`` where none was written.
    """

    graph: Path
    map: Path | None
    articles: int
    triples: int
    nodes: dict[str, int]
    skipped: tuple[str, ...] = ()

    @property
    def facts(self) -> int:
        return sum(self.nodes.get(name, 0) for name in FACT_CLASSES)


Progress = Callable[[Outcome], None]


def build(
    inputs: Sequence[Source | str],
    out_dir: str | Path,
    *,
    jobs: int = 1,
    base: str = ID,
    model: str | None = None,
    lang: str = "es",
    with_map: bool = True,
    progress: Progress | None = None,
    way: Way | None = None,
) -> BuildReport:
    """Build ``graph.ttl`` and ``map.html`` in ``out_dir`` from articles, files and folders of files.

    ``jobs`` is the number of worker processes, each with a pipeline of its own; 1 works in this process. ``base`` is the IRI that all
    nodes' IRIs begin with, ``model`` the spaCy pipeline (default: the shipped one), ``lang`` the language of the map's interface;
    ``progress`` is called after each input, in order; ``way`` is what makes the facts (default: the rules).

    A bad article is skipped and told in the report. Raises :class:`InputError` where no article at all could be used or ``base`` is
    no IRI, :class:`kg.errors.OutputError` where the results cannot be written. Older results stay until the new ones are whole.
    """
    from kg.spool import Spool

    check_base(base)
    sources = find_articles(inputs)
    out = check_writable(out_dir)
    if model:
        check_pipeline(model)
    skipped: list[str] = []
    articles = 0
    with Spool(out) as spool:
        for outcome in outcomes(sources, jobs=jobs, base=base, model=model, way=way):
            if outcome.error:
                skipped.append(outcome.error)
            else:
                articles += 1
                spool.add(outcome.lines)
            if progress:
                progress(outcome)
        if not articles:
            raise InputError(skipped[0] if len(skipped) == 1 else f"none of {len(skipped)} articles could be used")
        with atomic_writer(out / GRAPH) as file:
            for piece in spool.turtle(base):
                file.write(piece)
    report = BuildReport(out / GRAPH, None, articles, spool.triples, dict(sorted(spool.subjects.items())), tuple(skipped))
    if not with_map or report.facts > MAP_FACTS:
        return report
    return _with_map(report, out / MAP, lang)


def _with_map(report: BuildReport, path: Path, lang: str) -> BuildReport:
    import pyoxigraph as ox

    from kg.map.page import render

    store = ox.Store()
    store.bulk_load(path=str(report.graph), format=ox.RdfFormat.TURTLE)
    write_atomic(path, render(store, lang=lang).encode("utf-8"))
    return replace(report, map=path)


def find_articles(inputs: Iterable[Source | str]) -> list[Source]:
    """The articles that ``inputs`` name, each once: files as they are, of a folder all files below it that may be articles, sorted.

    A named file need not exist: that is found out, and told, when its turn comes. Raises :class:`InputError` for a folder without
    articles, and for a missing one (a name without a suffix).
    """
    found: list[Source] = []
    for source in inputs:
        if isinstance(source, Article):
            found.append(source)
            continue
        path = Path(source)
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if _may_be_article(p, path))
        if not inside:
            raise InputError(f"{path}: no articles in this folder; expected files ending in {', '.join(SUFFIXES)}")
        found.extend(inside)
    return list(dict.fromkeys(found))


def _may_be_article(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and not hidden and path.is_file()


def extract(article: Article, model: str | None = None) -> Extraction:
    """Everything that is found in one article. Raises :class:`InputError` for a language without a pipeline."""
    from kg.extract import cascade
    from kg.language import parse

    extraction = cascade.extract(next(parse([article], model)))
    _keep_what_is_loaded()
    return extraction


@cache
def _keep_what_is_loaded() -> None:
    """Model, lexicon and gazetteer stay for good: the collector need not look through them again and again for garbage."""
    gc.freeze()


def extract_by(article: Article, way: Way | None, model: str | None = None) -> tuple[Extraction, Account | None]:
    """The same in another way than by the rules, with the account of the language model that was asked."""
    if way is None:
        return extract(article, model), None
    from kg.language import parse
    from kg.llm.ways import read

    return read(next(parse([article], model)), way)


def notices(article: Article, extraction: Extraction) -> tuple[str, ...]:
    """What the user should know of an article that was used all the same, each once."""
    return tuple(dict.fromkeys((*article.notices, *extraction.notices)))


def outcomes(
    sources: Sequence[Source], *, jobs: int = 1, base: str = ID, model: str | None = None, way: Way | None = None
) -> Iterator[Outcome]:
    """The outcome of each source, in their order. Two files of one name would be one article in the graph: the second is skipped."""
    work = partial(_work, base=base, model=model, way=way)
    claimed: dict[str, str] = {}
    pairs = ((source, _claim(source, claimed)) for source in sources)
    if jobs <= 1 or len(sources) <= 1:
        for source, refused in pairs:
            yield refused or work(source)
        return
    yield from _in_processes(work, pairs, min(jobs, len(sources)))


def _claim(source: Source, claimed: dict[str, str]) -> Outcome | None:
    """Note who has an article's id; an outcome where somebody else has it already."""
    name = _name(source)
    own = source.id if isinstance(source, Article) else slug(source.stem)
    if claimed.setdefault(own, name) is name:
        return None
    return Outcome(name, error=f"{name}: has the id '{own}', as {claimed[own]} has; expected another file name")


def _name(source: Source) -> str:
    return (source.path or source.id) if isinstance(source, Article) else str(source)


def _work(source: Source, base: str, model: str | None, way: Way | None) -> Outcome:
    """One article's way from its file to triples; runs in a worker."""
    from kg import graph

    name = _name(source)
    try:
        article = source if isinstance(source, Article) else read_article(source)
        extraction, account = extract_by(article, way, model)
        lines = graph.lines(extraction, base)
    except KgError as error:
        return Outcome(name, error=str(error))
    return Outcome(name, lines, notices(article, extraction), account=account)


def _in_processes(
    work: Callable[[Source], Outcome], pairs: Iterable[tuple[Source, Outcome | None]], jobs: int
) -> Iterator[Outcome]:
    """``work`` in ``jobs`` processes. Only a few articles per worker are under way, so that finished ones do not pile up."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")  # the same on every system, and safe whatever the caller's threads do
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker)
    waiting: deque[Future[Outcome] | Outcome] = deque()
    try:
        for source, refused in pairs:
            waiting.append(refused or pool.submit(work, source))
            if len(waiting) > AHEAD * jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except BrokenProcessPool:
        raise KgError(
            f"a worker process died (is there memory for {jobs}?); expected it to end by itself: use fewer jobs"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _result(waiting: Future[Outcome] | Outcome) -> Outcome:
    return waiting if isinstance(waiting, Outcome) else waiting.result()


def _start_worker() -> None:
    """Ctrl-C is the parent's business; and one worker is one processor, so that workers do not fight over them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def check_pipeline(model: str) -> None:
    """A pipeline that is not there is one error, not one for every article."""
    from kg.language import pipeline

    pipeline(model)


def check_base(base: str) -> None:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise InputError(f"base {base!r}: is no such IRI; expected one that begins with http and ends with / or #")
