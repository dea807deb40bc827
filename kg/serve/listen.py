"""The application on a port, by uvicorn."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from kg.errors import InputError

BACKLOG = 512
HEAD_BYTES = 128 * 2**10  # of a request's head, and so of a query in the address


def listen(app: Any, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM. ``ready`` is called with the address when the port is open.

    Raises :class:`InputError` where it cannot be opened.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        reason = error.strerror or error
        raise InputError(f"{host}:{port}: cannot be listened on ({reason}); expected a free port of this machine") from error
    config = uvicorn.Config(
        app,
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=HEAD_BYTES,
        http="h11",
        ws="none",
        timeout_graceful_shutdown=3,
    )
    shown = f"[{host}]" if family == socket.AF_INET6 else host
    ready(f"http://{shown}:{opened.getsockname()[1]}/")
    with opened:
        uvicorn.Server(config).run(sockets=[opened])
