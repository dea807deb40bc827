"""A server on loopback that speaks the chat completions protocol and plays a script, one step for each request."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Step:
    """What is answered: ``text`` as a model's words, or ``body`` as it is; after ``pause`` seconds."""

    text: str | None = ""
    status: int = 200
    finish: str = "stop"
    refusal: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    pause: float = 0.0


@dataclass
class Played:
    """A running server: where it is, what it was asked, what is left of its script (the last step is played again and again)."""

    url: str
    script: list[Step]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextlib.contextmanager
def playing(*script: Step) -> Iterator[Played]:
    """A server with a script, for as long as the block runs."""
    played = Played("", list(script))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v1/chat/completions"
            played.requests.append(asked)
            played.keys.append(self.headers.get("Authorization", ""))
            step = played.script.pop(0) if len(played.script) > 1 else played.script[0]
            time.sleep(step.pause)
            body = step.body if step.body is not None else completion(step, asked["model"])
            with contextlib.suppress(OSError):  # who does not wait any longer
                self.send_response(step.status)
                for name, value in {"Content-Type": "application/json", **step.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    played.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def completion(step: Step, model: str) -> bytes:
    """A chat completion, or an error where the status says so, as the protocol has it."""
    if step.status != 200:
        return json.dumps({"error": {"message": step.text, "type": "error", "param": None, "code": None}}).encode()
    message = {"role": "assistant", "content": step.text, "refusal": step.refusal}
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": step.finish, "logprobs": None}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }
    return json.dumps(answer).encode()
