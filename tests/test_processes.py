"""Worker processes do not outlive the program that started them, however that ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from bench.articles import write_articles
from conftest import ROOT
from kg.store import Writer

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this system")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def below(pid: int) -> set[int]:
    """The processes that a process has started, and those that they have."""
    parents: dict[int, set[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), set()).add(int(path.parent.name))
    found, todo = set(), [pid]
    while todo:
        new = parents.get(todo.pop(), set())
        found |= new
        todo += new
    return found


def running(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def killed_with_everything(process: subprocess.Popen[str], started: set[int]) -> None:
    assert started
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + 20
    while left := {pid for pid in started if running(pid)}:
        if time.monotonic() > end:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            pytest.fail(f"{len(left)} of {len(started)} processes went on")
        time.sleep(0.05)


@pytest.mark.parametrize("command", ["build", "store"])
def test_an_extraction_that_is_killed_leaves_no_workers(tmp_path, command):
    write_articles(tmp_path / "in", 60)
    rest = (
        ["build", tmp_path / "in", "-o", tmp_path / "out"]
        if command == "build"
        else ["store", "add", tmp_path / "s", tmp_path / "in"]
    )
    process = subprocess.Popen([sys.executable, "-m", "kg", *map(str, rest), "--jobs", "2"], cwd=ROOT, text=True)
    while len(found := below(process.pid)) < 3 and process.poll() is None:  # two workers, and what Python starts beside them
        time.sleep(0.05)
    time.sleep(2)
    killed_with_everything(process, found)


def test_a_server_that_is_killed_takes_an_endless_query_along(tmp_path):
    pytest.importorskip("uvicorn", reason="no uvicorn: pip install '.[serve]'")
    with Writer(tmp_path / "s"):
        pass
    command = [sys.executable, "-m", "kg", "serve", "--store", str(tmp_path / "s"), "--port", "0", "--timeout", "600"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    address = process.stderr.readline().split()[1]

    def ask() -> None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}sparql?{urllib.parse.urlencode({'query': ENDLESS})}")

    threading.Thread(target=ask, daemon=True).start()
    time.sleep(2)
    killed_with_everything(process, below(process.pid))
