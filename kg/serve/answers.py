"""Answers to queries, each worked out once for a state of the store.

A snapshot never changes (:mod:`kg.snapshots`), so neither does the answer to a query on it. Answers are kept, those asked for longest
ago leaving first when they are more than ``limit`` bytes together, and gone when the store has a newer snapshot. Who asks what is
being worked out already waits for that answer instead of starting it again; the work ends when the last one who waits is gone.
A query that would answer differently each time (``RAND()``, ``NOW()`` …) is asked each time.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from kg.serve.jobs import Query, Reply
from kg.serve.pool import Pool
from kg.snapshots import current

LARGEST = 4  # an answer that is larger than the limit divided by this is not kept: it would drive out all others
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


@dataclass(eq=False)
class _Flight:
    """A query that is being worked out, and how many wait for it."""

    task: asyncio.Task[Reply]
    waiting: int = 0


@dataclass(eq=False)
class Answers:
    """The answers of ``pool`` on the store in ``folder``; up to ``limit`` bytes of them are kept."""

    pool: Pool
    folder: Path
    limit: int
    size: int = 0
    _kept: OrderedDict[Query, Reply] = field(default_factory=OrderedDict)
    _snapshot: str = ""
    _flights: dict[tuple[str, Query], _Flight] = field(default_factory=dict)

    def kept(self, job: Query) -> Reply | None:
        """The answer to a query, if it is kept."""
        if job not in self._kept or current(self.folder) != self._snapshot:
            return None
        self._kept.move_to_end(job)
        return self._kept[job]

    async def run(self, job: Query) -> Reply:
        """The answer to a query, kept or new. Raises what :meth:`kg.serve.pool.Pool.run` raises."""
        if (reply := self.kept(job)) is not None:
            return reply
        if _CHANGING.search(job.text):
            return await self.pool.run(job)
        key = (current(self.folder), job)
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.create_task(self._work(key)))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                self._flights.pop(key, None)

    async def _work(self, key: tuple[str, Query]) -> Reply:
        own = asyncio.current_task()
        try:
            reply = await self.pool.run(key[1])
        finally:
            if key in self._flights and self._flights[key].task is own:
                del self._flights[key]
        self._keep(key[1], reply)
        return reply

    def _keep(self, job: Query, reply: Reply) -> None:
        if reply.status != "ok" or reply.snapshot < self._snapshot or len(reply.body) * LARGEST > self.limit:
            return
        if reply.snapshot != self._snapshot:
            self._kept.clear()
            self._snapshot, self.size = reply.snapshot, 0
        if job not in self._kept:
            self.size += _bytes(job, reply)
        self._kept[job] = reply
        while self.size > self.limit:
            self.size -= _bytes(*self._kept.popitem(last=False))


def _bytes(job: Query, reply: Reply) -> int:
    return len(reply.body) + 4 * len(job.text) + 500
