"""The command line as a user meets it: help, errors in one line, exit codes, pipes."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from conftest import CASES, ROOT, SEED
from kg.cli import COMMANDS

BAD = yaml.safe_load((CASES / "cli.yaml").read_text(encoding="utf-8"))
HEAVY = ("spacy", "pyvis", "rdflib", "networkx", "trafilatura", "pyshacl", "rich", "yaml")


def help_of(name: str) -> str:
    command: click.Command = importlib.import_module(f"kg.cli.{name}").command
    return command.get_help(click.Context(command, info_name=f"kg {name}"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name):
    text = help_of(name)
    _, _, body = text.partition("\n\n")
    assert body.strip().startswith(COMMANDS[name]), "kg --help and the command's own help must say the same"
    assert f"kg {name} " in body, "expected an example"


def examples() -> list[str]:
    """The examples of the commands that read a graph, up to a pipe; those of files that nobody has here are left out."""
    shown = (line.strip() for name in ("query", "network", "validate", "export") for line in help_of(name).splitlines())
    lines = [re.split(r"\s[|<>]\s", line)[0] for line in shown if line.startswith("kg ")]
    return [line for line in lines if "my.rq" not in line and " - " not in f"{line} "]


@pytest.mark.parametrize("line", examples())
def test_the_examples_of_the_help_run(line, kg, tmp_path, monkeypatch):
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "graph.ttl").write_bytes((ROOT / "exports" / "graph.ttl").read_bytes())
    monkeypatch.chdir(tmp_path)
    ran = kg(*shlex.split(line)[1:])
    assert ran.code == 0, ran.err


def test_help_names_every_command_and_needs_no_subcommand(kg):
    assert kg().out == kg("--help").out
    for name, summary in COMMANDS.items():
        assert f"{name} " in kg("--help").out
        assert summary in kg("--help").out
    assert kg("--version").out.startswith("kg, version ")


def loaded(code: str, cwd: Path = ROOT) -> set[str]:
    """The heavy modules in memory after ``code`` ran in a fresh interpreter."""
    probe = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint(*(m for m in {HEAVY} if m in sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split()) if done.stderr.strip() else set()


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["query", "--help"], ["map", "--help"], ["serve", "--help"]])
def test_help_loads_nothing_heavy(args):
    assert loaded(f"from kg.cli import main; main({args!r})") == set()


def test_a_query_loads_neither_parser_nor_map():
    args = ["query", "who-proposes-what", "--data", str(ROOT / "exports" / "graph.ttl")]
    assert loaded(f"from kg.cli import main; main({args!r})") & {"spacy", "pyvis", "rdflib", "trafilatura", "pyshacl"} == set()


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_bad_input_is_told_in_one_line_and_leaves_nothing_behind(case, kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = case.get("files", {})
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = kg(*case["run"])
    assert ran.code == case["code"], ran.err
    for words in case["says"]:
        assert words in ran.err
    errors = [line for line in ran.err.splitlines() if not line.startswith(("notice:", "skipped:"))]
    assert len(errors) == 1, ran.err
    assert errors[0].startswith("kg")
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*files, *case.get("left", ())}


def test_an_article_on_standard_input(kg, tmp_path):
    text = "---\ntitle: Chile y Perú\ndate: 2026-01-16\n---\nChile rechazó la propuesta de Perú.\n".encode()
    actors = [json.loads(line) for line in kg("extract", "-", stdin=text).out.splitlines()]
    assert {row["article"] for row in actors} == {"chile-y-peru"}
    ran = kg("build", "-", "--id", "mi-articulo", "-o", tmp_path / "out", "--no-map", stdin=text)
    assert (ran.code, ran.err) == (0, "")
    assert "article/mi-articulo" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_extract_writes_json_lines_whose_offsets_fit(kg):
    rows = [json.loads(line) for line in kg("extract", SEED).out.splitlines()]
    text = SEED.read_text(encoding="utf-8").split("---\n", 2)[2]
    facts = [row for row in rows if "evidence" in row]
    assert {row["class"] for row in rows} >= {"Actor", "Proposal", "Position", "Event", "Statement", "Indicator"}
    assert facts
    for fact in facts:
        for passage in fact["evidence"]:
            assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_extract_explains_rule_and_words(kg):
    out = kg("extract", SEED, "--explain").out
    assert "Coordinación sí, intervención no" in out
    assert "  because of" in out
    assert "  words" in out


WRITES = [
    "extract {seed}",
    "query articles",
    "query articles --format json",
    "query --list",
    "export --format nt",
    "map -o -",
    "--help",
]


@pytest.mark.parametrize("args", WRITES)
def test_a_reader_that_stops_early_is_no_error(args):
    command = f"{sys.executable} -m kg {args.format(seed=SEED)} | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("args", [*WRITES, "validate --format json", "network"])
def test_standard_output_without_room_is_told_in_one_line(args):
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "kg", *args.format(seed=SEED).split()]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "kg: standard output: cannot be written (No space left on device); expected room for the result"
    ]
