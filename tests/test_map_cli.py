"""``kg map``: where it writes, what it says, what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from map_samples import sample

from conftest import Ran


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    sample("disputa").dump(str(path), format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    return path


def test_writes_the_map_of_a_graph(kg: Callable[..., Ran], graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "mapas" / "tajo.html"
    ran = kg("map", graph, "-o", target)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"kg map: wrote {target}\n"
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in target.parent.iterdir()] == ["tajo.html"]


def test_default_places(kg: Callable[..., Ran], graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exports").mkdir()
    graph.rename(tmp_path / "exports" / "graph.ttl")
    monkeypatch.chdir(tmp_path)
    assert kg("map").code == 0
    assert (tmp_path / "exports" / "map.html").exists()


def test_language_heading_and_standard_output(kg: Callable[..., Ran], graph: Path) -> None:
    ran = kg("map", graph, "--lang", "en", "--title", "The Tagus", "-o", "-")
    assert ran.code == 0
    assert '<html lang="en"' in ran.out
    assert ">The Tagus</h1>" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nada.ttl"], "nada.ttl: no such file"),
        (["--lang", "fr"], "'fr' is not one of 'es', 'en'"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    kg: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = kg("map", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_broken_graph_leaves_an_older_map_as_it_was(kg: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "roto.ttl").write_text("<a> <b> .", "utf-8")
    (tmp_path / "map.html").write_text("antes", "utf-8")
    ran = kg("map", tmp_path / "roto.ttl", "-o", tmp_path / "map.html")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert (tmp_path / "map.html").read_text("utf-8") == "antes"
