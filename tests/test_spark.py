"""The main job on Spark, on two cores of this machine: the same graph as without, whatever fails on the way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import GOLD, ROOT, SEED
from kg.article import read_article
from kg.build import extract
from kg.graph import quads
from kg.rdf import nquads
from kg.spark import _claimed, _place, _read_row, _tasks, is_parquet

pytestmark = [pytest.mark.spark, pytest.mark.slow]
ARTICLES = sorted(path for path in GOLD.glob("*.md") if path.with_suffix(".gold.json").exists())[:3]
MASTER = ("--engine", "spark", "--master", "local[2]")
TEXT = "El presidente de México rechazó la propuesta de Estados Unidos. La presidenta pidió diálogo.\n"


@pytest.fixture(scope="module", autouse=True)
def spark():
    pytest.importorskip("pyspark", reason="no pyspark: pip install '.[spark]'")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("no Java: install Debian's 'openjdk-17-jre-headless' or set JAVA_HOME")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Five articles, one of them in a folder below, and three that cannot be used."""
    found = tmp_path_factory.mktemp("news")
    (found / "mas").mkdir()
    for path in ARTICLES:
        shutil.copy(path, found)
    shutil.copy(SEED, found / "mas" / "otra.md")
    (found / "breve.txt").write_text(TEXT, encoding="utf-8")
    (found / "vacio.md").write_text("", encoding="utf-8")
    (found / "latin.md").write_bytes("Dijo: «mañana»".encode("latin-1"))
    (found / "mas" / "breve.md").write_text(TEXT, encoding="utf-8")  # the id of another one
    return found


def alone(paths: list[Path]) -> list[bytes]:
    """The sorted N-Quads of articles that are extracted here, one after the other."""
    return sorted(line for path in paths for line in nquads(quads(extract(read_article(path)))).splitlines())


def together(out: Path) -> list[bytes]:
    return sorted(line for path in out.glob("*.nq") for line in path.read_bytes().splitlines())


def skipped(out: Path) -> dict[str, str]:
    lines = (out / "skipped.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(found["name"]).name: found["error"] for found in map(json.loads, lines)}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", "build", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def test_a_folder_gives_the_bytes_of_the_local_run_and_bad_articles_are_noted(folder, tmp_path, kg):
    out = tmp_path / "out"
    ran = run(folder, "-o", out, *MASTER)
    assert ran.returncode == 1, ran.stderr
    assert "5 articles" in ran.stdout
    good = [path for path in folder.rglob("*.*") if path.name not in ("vacio.md", "latin.md", "breve.md")]
    assert together(out) == alone(good)
    errors = skipped(out)
    assert sorted(errors) == ["breve.md", "latin.md", "vacio.md"]
    assert "empty" in errors["vacio.md"]
    assert "UTF-8" in errors["latin.md"]
    assert "as" in errors["breve.md"]
    assert sorted(path.name[:5] for path in out.iterdir() if path.suffix != ".nq") == ["skipp"]  # nothing is left over
    assert kg("store", "load", tmp_path / "s", out).code == 0
    assert kg("store", "dump", tmp_path / "s", "-o", tmp_path / "dump.nq").code == 0
    assert sorted((tmp_path / "dump.nq").read_bytes().splitlines()) == together(out)


def test_parquet_gives_the_same_as_files(folder, tmp_path):
    import yaml
    from pyspark.sql import SparkSession

    rows = []
    for path in ARTICLES:
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        given = yaml.load(head, Loader=yaml.BaseLoader)
        rows.append((path.stem, text, given.get("title"), given.get("date"), given.get("publisher"), given.get("countries")))
    rows += [("nada", None, None, None, None, None), (None, TEXT, None, None, None, None)]
    rows += [(rows[0][0], "Otro texto del mismo nombre, que no debe entrar.", None, None, None, None)]
    schema = "id string, text string, title string, date string, publisher string, countries array<string>"
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        session.createDataFrame(rows, schema).coalesce(1).write.parquet(str(tmp_path / "in.parquet"))
    finally:
        session.stop()
    ran = run(tmp_path / "in.parquet", "-o", tmp_path / "out", *MASTER)
    assert ran.returncode == 1, ran.stderr
    used = {quad.graph_name.value.rpartition("/")[2] for quad in read(tmp_path / "out")}
    assert used == {path.stem for path in ARTICLES}
    # Which of two rows of one id is taken is always the same; here the article's own text sorts first or last, not by chance.
    errors = skipped(tmp_path / "out")
    assert set(errors) == {"nada", "None", rows[0][0]}
    assert "as another row has" in errors[rows[0][0]]
    assert set(alone(ARTICLES[1:])) <= set(together(tmp_path / "out"))


def read(out: Path) -> list[ox.Quad]:
    return [quad for path in out.glob("*.nq") for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS)]


def test_a_worker_that_is_killed_leaves_nothing_twice(tmp_path):
    """Its task is tried again, and what the first attempt wrote is not in the result; an older result goes."""
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    out.mkdir()
    (out / "part-00099.nq").write_text("<x:a> <x:b> <x:c> <x:d> .\n")
    for i in range(30):
        shutil.copy(ARTICLES[1], news / f"n{i:02}.md")
    command = [sys.executable, "-m", "kg", "build", str(news), "-o", str(out), *MASTER]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        killed = False
        while running.poll() is None and not killed:
            if any(path.stat().st_size for path in out.glob(".kg-*/.part-*.nq")):
                killed = kill_a_worker(running.pid)
            time.sleep(0.02)
        assert killed, running.communicate()[1]
        _, said = running.communicate(timeout=300)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    assert running.returncode == 0, said
    assert together(out) == alone(sorted(news.iterdir()))
    assert not list(out.glob(".kg-*"))


def kill_a_worker(session: int) -> bool:
    """End a Python worker of Spark: a child of its daemon."""
    parents, commands = {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                parents[int(path.name)] = int(fields[1])
                commands[int(path.name)] = (path / "cmdline").read_bytes()
    daemons = {pid for pid, command in commands.items() if b"pyspark.daemon" in command}
    workers = [pid for pid, parent in parents.items() if parent in daemons]
    for pid in workers[:1]:
        os.kill(pid, signal.SIGKILL)
    return bool(workers)


@pytest.mark.parametrize(("arguments", "says"), [
    (("nowhere/", "--master", "local[2]"), "nowhere"),
    (("--jobs", "2"), "expected no --extractor"),
    (("x.parquet", "seeds"), "one or the other"),
])  # fmt: skip
def test_wrong_use_is_one_line(tmp_path, kg, arguments, says):
    ran = kg("build", "--engine", "spark", *arguments, "-o", tmp_path / "out")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert says in ran.err


def test_small_parts(tmp_path):
    assert [_tasks(n, 2) for n in (0, 1, 5, 100, 1_600, 10**6)] == [1, 1, 5, 8, 8, 5_000]
    assert _place("a") == _place("a")
    assert is_parquet("hdfs://host/articles")
    assert not is_parquet(tmp_path)
    assert [bool(refused) for _, refused in _claimed([Path("a/x.md"), Path("b/x.txt"), Path("b/y.md")])] == [False, True, False]
    article = _read_row({"id": "Año 1", "text": "---\nno: front\n---\n" + TEXT, "date": "2026-01-02", "countries": ["MX", "US"]}, twice=False)  # fmt: skip  # noqa: E501
    assert (article.id, str(article.date), article.countries) == ("ano-1", "2026-01-02", ("MX", "US"))
    assert article.text.startswith("---\nno: front")
    assert _read_row({"id": "x", "text": "---\ndate: 2026-03-04\n---\n" + TEXT}, twice=False).date is not None
