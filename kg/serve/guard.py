"""What holds for every request: whose name it is sent to, who may ask, and what the browser may do with the answer.

``Host`` is checked because a page elsewhere on the web may give its own name this machine's address and so read what a browser on
this machine can reach (DNS rebinding). The token is taken as ``Authorization: Bearer`` or, for browsers, as the password of ``Basic``.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: For everything but the map, which names its own scripts by their hashes.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound to ``host``."""
    return host in LOOPBACK or re.fullmatch(r"127\.\d+\.\d+\.\d+", host) is not None


class Guard:
    """ASGI middleware. ``hosts`` are the names that requests may be sent to, any where it is empty; ``token`` is asked for where given."""

    def __init__(self, app: Any, hosts: tuple[str, ...], token: str | None) -> None:
        self.app, self.hosts, self.token = app, frozenset(host.lower() for host in hosts), token

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        answer = self._refusal(Headers(scope=scope)) or self.app
        await answer(scope, receive, send_with_headers)

    def _refusal(self, headers: Headers) -> JSONResponse | None:
        host = re.sub(r":\d*$", "", headers.get("host", "")).strip("[]").lower()
        if self.hosts and host not in self.hosts:
            return JSONResponse({"error": f"this server does not go by the name '{host[:100]}'", "status": 421}, 421)
        if self.token and not hmac.compare_digest(_given(headers.get("authorization", "")).encode(), self.token.encode()):
            challenge = {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg", charset="UTF-8"'}
            return JSONResponse({"error": "expected 'Authorization: Bearer' with the token", "status": 401}, 401, challenge)
        return None


def _given(authorization: str) -> str:
    """The token of an ``Authorization``, empty where there is none."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
