"""The main job on Apache Spark: articles → N-Quads shards, for archives that one machine does not finish in time.

The input is a folder of articles, or Parquet with a row for each (:data:`COLUMNS`). Every partition is one task: it reads, extracts
and writes its articles one after the other with one pipeline for each worker process, and leaves one shard, ``part-00012.nq``, with a
named graph for each article. An article that cannot be used, for whatever reason, is a line in ``skipped.jsonl``.

A task that fails is tried again, perhaps while its first attempt still runs. Each attempt writes to a name of its own and renames it
to the shard's when it is whole, so that a shard is written once; the shards move to the output folder when all of them are there,
and older ones stay until then. The output folder must be one that all workers reach by the same path, and so must the articles.

Nothing is merged here, and nothing needs to be: IRIs come from content (:mod:`kg.identity`), so loading the shards into a triple
store is the merge. All shards together, sorted, are the bytes of the same articles' graphs built on one machine.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.article import article_from_text, read_article, slug
from kg.build import check_base, check_pipeline, extract, find_articles, notices
from kg.errors import InputError, KgError
from kg.model import Article
from kg.vocabulary import ID
from kg.writing import check_writable

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext
    from pyspark.sql import SparkSession

MASTER = "local[*]"
SHARD = "part-{:05d}"
SKIPPED = "skipped.jsonl"
ARTICLES_PER_TASK = 200  # about half a minute of work, which is what a task that fails costs
TRIES = 4
#: The columns of Parquet that are read; the first two are needed. ``countries`` is a list or a text with commas, the rest are texts
#: (``date`` may be a date).
COLUMNS = ("id", "text", "title", "date", "publisher", "language", "countries", "source")

Row = dict[str, Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Shard:
    """What one task did: its shard's name, the articles and quads in it, what was skipped, and how often each notice came up."""

    name: str
    articles: int = 0
    quads: int = 0
    skipped: int = 0
    notices: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class SparkReport:
    """What was written to ``folder``, all shards together."""

    folder: Path
    shards: int
    articles: int
    quads: int
    skipped: int
    notices: Counter[str]


def build_on_spark(
    inputs: Sequence[str | Path],
    out_dir: str | Path,
    *,
    master: str = MASTER,
    base: str = ID,
    model: str | None = None,
    progress: Progress | None = None,
) -> SparkReport:
    """Extract folders and files of articles, or Parquet, on Spark; ``master`` is Spark's own (``local[2]``, ``spark://host:7077``).

    ``base`` and ``model`` are those of :func:`kg.build.build`; ``progress`` is called with the finished tasks and all of them.
    Raises :class:`InputError` where nothing could be used, :class:`KgError` where Spark is not there or its job fails.
    """
    check_base(base)
    if model:
        check_pipeline(model)
    out = check_writable(out_dir).resolve()
    parquet = [str(one) for one in inputs if is_parquet(one)]
    if parquet and len(parquet) < len(inputs):
        raise InputError("build: folders of articles and Parquet together; expected one or the other")
    sources = [] if parquet else [path.resolve() for path in find_articles(inputs) if isinstance(path, Path)]
    work = out / f".kg-{secrets.token_hex(4)}"
    work.mkdir()
    try:
        with _session(master) as session:
            write = partial(_write_shard, folder=str(work), base=base, model=model)
            if parquet:
                rows = _rows(session, parquet)
                tasks: RDD[Any] = rows.mapPartitionsWithIndex(partial(_write_rows, write=write))
            else:
                claimed = _claimed(sources)
                number = _tasks(len(claimed), session.sparkContext.defaultParallelism)
                paths = session.sparkContext.parallelize(claimed, number)
                tasks = paths.mapPartitionsWithIndex(partial(_write_files, write=write))
            shards = _collect(session.sparkContext, tasks, progress)
        report = _report(shards, out)
        if not report.articles:
            raise InputError(f"none of {report.skipped} articles could be used; {_first_error(work)}")
        _publish(work, out)
        return report
    finally:
        shutil.rmtree(work, ignore_errors=True)


def is_parquet(source: str | Path) -> bool:
    """Whether an input is Parquet: by its name, or as a folder that holds such files."""
    path = Path(source)
    return path.suffix == ".parquet" or "://" in str(source) or (path.is_dir() and any(path.glob("*.parquet")))


# ------------------------------------------------------------------------------------------------------------ in the driver


@contextlib.contextmanager
def _session(master: str) -> Iterator[SparkSession]:
    """A session of Spark, on loopback where it is local. A failed task is tried again there too, which Spark by itself does not."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise KgError(
            f"spark: needs {error.name}, which is not installed; expected: pip install 'bilateral-kg[spark]'"
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise KgError("spark: needs Java, which was not found; expected Java 17, with 'java' on the PATH or JAVA_HOME set")
    here = str(Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    for name in ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"):
        os.environ.setdefault(name, sys.executable)
    options = {"spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.ui.showConsoleProgress": "false"}
    if local := re.fullmatch(r"local(?:\[([^,\]]+)\])?", master):
        master = f"local[{local[1] or 1},{TRIES}]"
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        options |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    options["spark.executorEnv.OMP_NUM_THREADS"] = "1"  # one worker is one processor
    try:
        session: SparkSession = SparkSession.builder.appName("kg build").master(master).config(map=options).getOrCreate()
    except (PySparkException, OSError, ValueError) as error:
        raise KgError(
            f"spark: does not start on {master} ({_one_line(error)}); expected Java 17 and a master of Spark"
        ) from error
    except Exception as error:  # Java's own, by way of py4j
        raise KgError(f"spark: does not start on {master} ({_one_line(error)}); expected a master such as local[2]") from error
    try:
        yield session
    finally:
        session.stop()


def _collect(context: SparkContext, tasks: RDD[Any], progress: Progress | None) -> list[Shard]:
    """What all tasks say. Raises :class:`KgError` where one failed as often as it may."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    group, done = f"kg-{secrets.token_hex(4)}", threading.Event()
    context.setJobGroup(group, "extraction", interruptOnCancel=True)
    watch = threading.Thread(target=_watch, args=(context, group, tasks.getNumPartitions(), progress, done), daemon=True)
    watch.start()
    try:
        found: list[Shard] = tasks.collect()
        return found
    except (Py4JError, PySparkException) as error:
        raise KgError(f"spark: a task failed {TRIES} times ({_cause(error)}); expected workers with room and memory") from error
    finally:
        done.set()
        watch.join(timeout=5)


def _watch(context: SparkContext, group: str, total: int, progress: Progress | None, done: threading.Event) -> None:
    tracker = context.statusTracker()
    while progress and not done.wait(0.5):
        stages = [s for job in tracker.getJobIdsForGroup(group) if (info := tracker.getJobInfo(job)) for s in info.stageIds]
        infos = [info for stage in stages if (info := tracker.getStageInfo(stage))]
        last = max(infos, key=lambda info: info.stageId, default=None)
        if last and last.numTasks == total:
            progress(last.numCompletedTasks, total)


def _claimed(sources: Iterable[Path]) -> list[tuple[str, str]]:
    """Files, each with why it is not used; two of one name would be one article in the graph."""
    first: dict[str, Path] = {}
    found = []
    for path in sources:
        other = first.setdefault(slug(path.stem), path)
        refused = "" if other is path else f"{path}: has the id '{slug(path.stem)}', as {other} has; expected another file name"
        found.append((str(path), refused))
    return found


def _rows(session: SparkSession, parquet: Sequence[str]) -> RDD[tuple[str, Row]]:
    """Rows by article, those of one id in one partition."""
    from pyspark.errors import PySparkException

    try:
        frame = session.read.parquet(*parquet)
        missing = [name for name in COLUMNS[:2] if name not in frame.columns]
        if missing:
            columns = ", ".join(frame.columns)
            raise InputError(f"{parquet[0]}: has the columns {columns}; expected {' and '.join(missing)} among them")
        number = _tasks(frame.count(), session.sparkContext.defaultParallelism)
    except PySparkException as error:
        raise InputError(f"{parquet[0]}: cannot be read ({_one_line(error)}); expected Parquet") from error
    chosen = frame.select(*(name for name in COLUMNS if name in frame.columns))
    return chosen.rdd.map(_keyed).partitionBy(number, _place)


def _tasks(articles: int, parallelism: int) -> int:
    """How many tasks: short ones, and a few for each processor."""
    return max(1, min(articles, max(4 * parallelism, -(-articles // ARTICLES_PER_TASK))))


def _report(shards: Sequence[Shard], out: Path) -> SparkReport:
    told: Counter[str] = Counter()
    for shard in shards:
        told.update(shard.notices)
    return SparkReport(
        out,
        shards=sum(shard.articles > 0 for shard in shards),
        articles=sum(shard.articles for shard in shards),
        quads=sum(shard.quads for shard in shards),
        skipped=sum(shard.skipped for shard in shards),
        notices=told,
    )


def _first_error(work: Path) -> str:
    for path in sorted(work.glob("*.jsonl")):
        return str(json.loads(path.read_text(encoding="utf-8").partition("\n")[0])["error"])
    return "expected articles"


def _publish(work: Path, out: Path) -> None:
    """The shards into the output folder, in the place of an older run's, and one list of what was skipped."""
    skipped = sorted(work.glob("part-*.jsonl"))
    if skipped:
        with (work / SKIPPED).open("wb") as file:
            for path in skipped:
                with path.open("rb") as part:
                    shutil.copyfileobj(part, file)
                path.unlink()
    for old in (*out.glob("part-*.nq"), out / SKIPPED):
        old.unlink(missing_ok=True)
    for path in (*sorted(work.glob("part-*.nq")), *work.glob(SKIPPED)):
        path.replace(out / path.name)


# -------------------------------------------------------------------------------------------------------------- in a worker


def _write_files(index: int, paths: Iterable[tuple[str, str]], write: Callable[..., Shard]) -> Iterator[Shard]:
    yield write(index, ((path, partial(_read_file, path, refused)) for path, refused in paths))


def _read_file(path: str, refused: str) -> Article:
    if refused:
        raise InputError(refused)
    return read_article(path)


def _write_rows(index: int, rows: Iterable[tuple[str, Row]], write: Callable[..., Shard]) -> Iterator[Shard]:
    def named() -> Iterator[tuple[str, Callable[[], Article]]]:
        before = None
        for key, row in sorted(rows, key=lambda pair: (pair[0], repr(sorted(pair[1].items(), key=str)))):
            yield str(row["id"]), partial(_read_row, row, twice=bool(key) and key == before)
            before = key

    yield write(index, named())


def _keyed(row: Any) -> tuple[str, Row]:
    """A row by its article's id, an empty one where it has none."""
    values = row.asDict()
    return (slug(str(values["id"])) if values["id"] else ""), values


def _place(key: str) -> int:
    return zlib.crc32(key.encode())


def _read_row(row: Row, *, twice: bool) -> Article:
    """The article of a row of Parquet: as if its columns were the front matter of its text."""
    name = str(row["id"])
    if not row["id"]:
        raise InputError("a row without an id; expected one for each article")
    if twice:
        raise InputError(f"{name}: has the id '{slug(name)}', as another row has; expected one row for each article")
    import yaml

    given = {key: row[key] for key in COLUMNS[2:] if row.get(key) not in (None, "", [])}
    if "countries" in given and not isinstance(given["countries"], str):
        given["countries"] = ",".join(map(str, given["countries"]))
    given = {key: str(value) for key, value in given.items()}
    head = f"---\n{yaml.safe_dump(given, allow_unicode=True, width=10**9)}---\n" if given else ""
    return article_from_text(head + (row["text"] or ""), slug(name), name)


def _write_shard(
    index: int, articles: Iterable[tuple[str, Callable[[], Article]]], *, folder: str, base: str, model: str | None
) -> Shard:
    """One task: extract articles and write their graphs to a shard, all or nothing. Each comes as its name and how to read it."""
    from pyspark import TaskContext

    from kg import graph, rdf

    context = TaskContext.get()
    attempt = context.taskAttemptId() if context else 0
    name = SHARD.format(index)
    done = quads = bad = 0
    told: Counter[str] = Counter()
    paths = {suffix: Path(folder) / f".{name}.{attempt}.{suffix}" for suffix in ("nq", "jsonl")}
    with paths["nq"].open("wb") as shard, paths["jsonl"].open("w", encoding="utf-8") as skipped:
        for source, read in articles:
            try:
                article = read()
                extraction = extract(article, model)
                data = rdf.nquads(graph.quads(extraction, base))
            except Exception as error:  # one article among millions must not end the run, whatever it met
                bad += 1
                _note(skipped, source, error)
                continue
            shard.write(data)
            told.update(notices(article, extraction))
            done, quads = done + 1, quads + data.count(b"\n")
    for suffix, wanted in (("nq", done), ("jsonl", bad)):
        if wanted:
            paths[suffix].replace(Path(folder) / f"{name}.{suffix}")
        else:
            paths[suffix].unlink()
    return Shard(name, done, quads, bad, told)


def _note(file: IO[str], name: str, error: Exception) -> None:
    said = str(error) if isinstance(error, KgError) else f"{name}: {type(error).__name__}: {_one_line(error)}"
    file.write(json.dumps({"name": name, "error": said}, ensure_ascii=False) + "\n")


def _one_line(said: object) -> str:
    line = " ".join(str(said).split())
    return line if len(line) <= 240 else line[:239] + "…"


def _cause(error: Exception) -> str:
    """The line of a Java stack trace that says what went wrong in Python."""
    lines = [line.strip() for line in str(error).splitlines()]
    return _one_line(
        next(
            (line for line in reversed(lines) if re.match(r"[\w.]*(?:Error|Exception)\b.*:", line)), lines[0] if lines else error
        )
    )
