"""Windows on the map in a real Chromium: opened from a file, watched for requests, messages and errors until they are closed."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from map_samples import many, sample

from kg.map.page import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = ((1440, 900), (1280, 720), (390, 844))
DESK = SIZES[:2]
MEASURE = Path(__file__).parent / "measure.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@lru_cache(maxsize=1)
def _running(chromium: str) -> Browser:
    """One browser for all test modules; playwright can be started only once in a thread."""
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)

    def stop() -> None:
        running.close()
        playwright.stop()

    atexit.register(stop)
    return running


@pytest.fixture(scope="session")
def browser(chromium: str) -> Browser:
    return _running(chromium)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The file of a map, written once per sample and language."""
    folder = tmp_path_factory.mktemp("maps")

    def write(name: str, html: str | None = None, lang: str = "es") -> Path:
        path = folder / f"{name}-{lang}.html"
        if not path.exists():
            path.write_bytes((html or render(many() if name == "many" else sample(name), lang=lang)).encode())
        return path

    return write


class Window:
    """An open map. ``strict`` windows fail at the end where the page asked for anything, said anything or broke."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page, self.path = page, path
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def load(self, anchor: str = "") -> Window:
        self.page.goto(f"{self.path.as_uri()}{anchor}")
        self.page.bring_to_front()
        return self

    def go(self, anchor: str) -> Window:
        """Another place of the same page, without loading it anew."""
        self.page.evaluate("hash => { location.hash = hash }", anchor)
        self.page.wait_for_timeout(60)
        return self

    def press(self, key: str) -> Window:
        """A key, and the moment in which the page hears of the change of its address."""
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(60)
        return self

    def resized(self, size: tuple[int, int]) -> Window:
        """The same page in a window of another size, drawn anew."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.wait_for_timeout(300)
        return self

    def text(self, selector: str) -> str:
        self.page.wait_for_timeout(40)  # a change of the address is heard of a moment later
        return self.page.locator(selector).first.inner_text()

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(selector, "all => all.map(e => e.textContent)")
        return found

    def js(self, code: str, argument: Any = None) -> Any:
        return self.page.evaluate(code, argument)


Opener = Callable[..., Window]


@pytest.fixture
def window(browser: Browser, written: Callable[..., Path]) -> Iterator[Opener]:
    """``window("seed", "#v=table", size=(390, 844), scheme="dark", lang="en")`` → :class:`Window`."""
    opened: list[tuple[Window, bool]] = []

    def opener(
        name: str = "seed",
        anchor: str = "",
        *,
        size: tuple[int, int] = SIZES[0],
        lang: str = "es",
        html: str | None = None,
        scheme: Any = "light",
        strict: bool = True,
        scripts: bool = True,
        **more: Any,
    ) -> Window:
        viewport: Any = {"width": size[0], "height": size[1]}
        context = browser.new_context(
            viewport=viewport, color_scheme=scheme, java_script_enabled=scripts, accept_downloads=True, **more
        )
        context.set_default_timeout(15000)
        context.add_init_script(path=MEASURE)
        path = written(name, html, lang)
        shown = Window(context.new_page(), path).load(anchor)
        opened.append((shown, strict))
        return shown

    yield opener
    problems = [
        (shown.path.name, shown.said, shown.requests)
        for shown, strict in opened
        if strict
        and (
            shown.said
            or {url.partition("#")[0] for url in shown.requests if not url.startswith(("data:", "blob:"))}
            != {shown.path.as_uri()}
        )
    ]
    for shown, _ in opened:
        shown.page.context.close()
    assert not problems, problems
