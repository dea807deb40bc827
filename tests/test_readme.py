"""The README is true: its commands are the ones that are tested, what it shows is what they print, what it names exists."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from conftest import ROOT
from kg.cli import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP, TEST = "pip install . && kg build", "pip install '.[test]' && pytest"


def console_blocks() -> list[tuple[str, str]]:
    """The runs that the README shows: after each ``$ command`` the lines up to the next one are its output."""
    runs: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.S):
        runs += re.findall(r"^\$ (kg .*)\n((?:(?!\$ ).*\n)*)", block, re.M)
    return runs


def test_the_two_commands_stand_in_readme_and_ci():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{SET_UP}\n" in README
    assert f"\n{TEST}\n" in README
    assert "pip install --quiet . && kg build" in ci
    assert "pip install --quiet '.[test]' && pytest" in ci


def test_there_are_runs_to_show():
    assert len(console_blocks()) >= 3


@pytest.mark.parametrize(("command", "output"), console_blocks(), ids=lambda text: text[:40].splitlines()[0] if text else "")
def test_what_the_readme_shows_is_what_is_printed(command, output, kg, tmp_path, monkeypatch):
    """A line of three dots stands for any number of lines."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "exports", tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    command, _, head = command.partition(" | head -n ")
    ran = kg(*shlex.split(command)[1:])
    assert ran.code == 0, ran.err
    printed = "\n".join(ran.out.splitlines()[: int(head)]) + "\n" if head else ran.out
    pattern = re.escape(output).replace(re.escape("…\n"), r"(?:.*\n)*")
    assert re.fullmatch(pattern, printed), printed


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
