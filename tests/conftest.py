"""What all tests share: where things are, the command line run in this process, a browser where there is one."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SEED = ROOT / "seeds" / "2026-01-16-mexico-eeuu-tropas.md"
GOLD = TESTS / "gold"
CASES = TESTS / "cases"

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # a script's background job ignores Ctrl-C, and so would the programs under test
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Ran:
    """What a run of ``kg`` left: its exit code and both streams."""

    code: int
    out: str
    err: str


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """``kg("query", "--list", stdin=b"…")`` → :class:`Ran`, in this process, so that spaCy is loaded once for all tests."""
    from kg.cli import main

    def run(*args: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        streams = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, streams.out, streams.err)

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for browser tests; they are skipped where it or playwright is missing."""
    pytest.importorskip("playwright", reason="no playwright: pip install '.[browser]'")
    found = os.environ.get("KG_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not found:
        pytest.skip("no Chromium: install Debian's 'chromium' or set KG_CHROMIUM")
    return found
