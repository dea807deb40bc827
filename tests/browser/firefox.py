"""A headless Firefox spoken to over Marionette, the wire of its own tests; nothing but the browser is needed for it.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any


class Firefox:
    """One window. ``with Firefox(program, profile) as fox: fox.open(path); fox.js("document.title")``."""

    def __init__(self, program: str, profile: Path, size: tuple[int, int] = (1440, 900)) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        profile.mkdir(parents=True, exist_ok=True)
        (profile / "user.js").write_text(
            f'user_pref("marionette.port", {port});\nuser_pref("app.update.enabled", false);\n', "utf-8"
        )
        command = [
            program,
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--no-remote",
            "--profile",
            str(profile),
        ]
        command += ["--width", str(size[0]), "--height", str(size[1])]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.number = 0
        self.buffer = b""
        self.wire = self._connected(port)
        self._received()  # the greeting
        self.ask("WebDriver:NewSession", {"capabilities": {}})
        self.ask("WebDriver:SetWindowRect", {"width": size[0], "height": size[1]})

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.wire.close()
        finally:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def open(self, path: Path, anchor: str = "") -> Firefox:
        self.ask("WebDriver:Navigate", {"url": f"{path.as_uri()}{anchor}"})
        return self

    def js(self, expression: str) -> Any:
        """The value of an expression on the page; promises are waited for."""
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(done, (error) => done(String(error)));"
        return self.ask("WebDriver:ExecuteAsyncScript", {"script": script, "args": [], "sandbox": None})["value"]

    def said(self, path: Path) -> list[str]:
        """What the browser's console holds about a file: errors and warnings."""
        self.ask("Marionette:SetContext", {"value": "chrome"})
        script = """return Services.console.getMessageArray()
            .filter((m) => m instanceof Ci.nsIScriptError && m.sourceName.startsWith(arguments[0]))
            .map((m) => `${m.category}: ${m.errorMessage} (${m.lineNumber}:${m.columnNumber})`)"""
        found: list[str] = self.ask("WebDriver:ExecuteScript", {"script": script, "args": [path.as_uri()]})["value"]
        self.ask("Marionette:SetContext", {"value": "content"})
        return found

    # ---- the wire: "length:[type, number, name or error, parameters or answer]"

    def ask(self, name: str, parameters: dict[str, Any]) -> Any:
        self.number += 1
        message = json.dumps([0, self.number, name, parameters]).encode()
        self.wire.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._received()
        if error:
            raise RuntimeError(f"{name}: {error.get('message')}")
        return answer

    def _received(self) -> Any:
        while b":" not in self.buffer:
            self._more()
        length, _, self.buffer = self.buffer.partition(b":")
        while len(self.buffer) < int(length):
            self._more()
        body, self.buffer = self.buffer[: int(length)], self.buffer[int(length) :]
        return json.loads(body)

    def _more(self) -> None:
        chunk = self.wire.recv(1 << 16)
        if not chunk:
            raise RuntimeError("Firefox: has closed the connection")
        self.buffer += chunk

    def _connected(self, port: int) -> socket.socket:
        last = time.monotonic() + 60
        while time.monotonic() < last and self.process.poll() is None:
            try:
                wire = socket.create_connection(("127.0.0.1", port), timeout=60)
            except OSError:
                time.sleep(0.2)
                continue
            return wire
        self.process.kill()
        raise RuntimeError("Firefox: does not answer")
