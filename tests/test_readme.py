"""The README is true: its commands are the ones that are tested, what it shows is what they print, what it names exists.

``make exports`` writes the output of the runs that it shows anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Ran
from kg.cli import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP, TEST = "pip install . && kg build", "pip install '.[test]' && pytest"


RUN = re.compile(r"^\$ (kg .*)\n((?:(?!\$ |```).*\n)*)", re.M)


def runs() -> list[tuple[str, str]]:
    """The runs that the README shows: after each ``$ kg …`` the lines up to the next one are its output."""
    return [run for block in re.findall(r"```console\n.*?```", README, re.S) for run in RUN.findall(block)]


def printed(command: str, kg: Callable[..., Ran]) -> str:
    """What ``command`` prints; it may end in ``| head -n 3`` or ``| tail -n 3``."""
    command, _, pipe = command.partition(" | ")
    ran = kg(*shlex.split(command)[1:])
    assert ran.code == 0, ran.err
    if not pipe:
        return ran.out + ran.err
    lines = ran.out.splitlines(keepends=True)
    end, _, number = pipe.split()
    return "".join(lines[: int(number)] if end == "head" else lines[-int(number) :])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the runs read and write, as the working folder."""
    for name in ("seeds", "exports", "tests/gold"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_two_commands_stand_in_readme_and_ci():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{SET_UP}\n" in README
    assert f"\n{TEST}\n" in README
    assert "pip install --quiet . && kg build" in ci
    assert "pip install --quiet '.[test]' && pytest" in ci


def test_there_are_runs_to_show():
    assert len(runs()) >= 5


@pytest.mark.parametrize(("command", "output"), runs(), ids=[command[:60] for command, _ in runs()])
def test_what_the_readme_shows_is_what_is_printed(command, output, kg, folder):
    shown = printed(command, kg)
    if os.environ.get("KG_REWRITE_README"):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        (ROOT / "README.md").write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{shown}"), encoding="utf-8")
    else:
        assert output == shown, "run 'make exports'"


def test_every_command_has_its_row():
    for name in COMMANDS:
        assert re.search(rf"^\| `kg {name}[ `]", README, re.M), f"kg {name} is not in the README's table"


def test_paths_that_the_texts_name_exist():
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for path in re.findall(r"\]\((?!https?:|#)([^)#]+)", text) + re.findall(
            r"`((?:kg|ontology|tests|seeds)/[\w./*-]*)`", text
        ):
            assert list(ROOT.glob(path.rstrip("/"))) or (ROOT / path).exists(), f"{name} names {path}"
