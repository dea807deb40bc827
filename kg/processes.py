"""What every worker process needs: not to outlive the program that started it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """End this worker process when its parent is gone, however that ended and whatever this one is busy with.

    A parent that is killed takes nobody along: a worker would wait for work for ever, or finish a query that nobody reads.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), name="parent", daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
