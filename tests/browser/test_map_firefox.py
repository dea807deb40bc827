"""The same file in Firefox: it opens, nothing is asked for or complained about, and words, pictures and panel are there."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from firefox import Firefox
from test_map_views import overlapping
from windows import MEASURE, written  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = os.environ.get("KG_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("no Firefox: install Debian's 'firefox-esr' or set KG_FIREFOX")
    with Firefox(program, tmp_path_factory.mktemp("firefox")) as running:
        yield running


def go(fox: Firefox, anchor: str) -> None:
    fox.js(f"new Promise((done) => {{ location.hash = {anchor!r}; setTimeout(done, 150) }})")


def test_every_view_opens_from_a_file_and_nothing_is_complained_about(fox: Firefox, written: Callable[..., Path]) -> None:
    path = written("seed")
    fox.open(path)
    assert int(fox.js("document.documentElement.dataset.ready")) >= 0
    assert (
        fox.js("performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !name.startsWith('data:'))")
        == []
    )
    assert fox.js("fetch('https://example.org/').then(() => 'got it', () => 'refused')") == "refused"
    for view in ("mesa", "explore", "timeline", "matrix", "table"):
        go(fox, f"#v={view}")
        assert fox.js(f"document.querySelector('#v-{view}').checkVisibility()"), view
    go(fox, "#v=explore")
    assert fox.js("document.querySelectorAll('#net canvas').length") == 1
    complaints = fox.said(path)
    assert [line for line in complaints if "https://example.org/" not in line] == []
    assert complaints, "the refusal is heard of"


def test_words_fit_and_a_line_opens_its_words(fox: Firefox, written: Callable[..., Path]) -> None:
    fox.open(written("disputa"))
    assert fox.js("[...document.fonts].filter((face) => face.status === 'loaded').length") >= 3
    fox.js(f"(() => {{ {MEASURE.read_text('utf-8').replace(chr(10) + '//', chr(10) + '  //')} ; return 1 }})()")
    # Firefox counts a box's frame of two pixels, which neighbours share, as part of it.
    for selector, slack in (
        (".board .row > rect, .board .pill > rect", 3),
        (".board .row text.label, .board .pill text.name", 0.6),
    ):
        assert overlapping(fox.js(f"measure.boxes({selector!r})"), slack) == []
    assert fox.js("measure.outside()") == []
    assert fox.js("measure.smallest()")[0] >= 11
    fox.js("document.querySelector('.wire.s-minus').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")
    fox.js("new Promise((done) => setTimeout(done, 150))")
    assert "rechaza" in fox.js("document.querySelector('#panel h2').textContent")
    assert fox.js("document.querySelector('#panel blockquote q').textContent") == "El Gobierno español rechaza esa petición"
