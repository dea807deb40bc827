"""Worker processes that can be killed: who gets one, who waits, and who has to make place.

A job gets an idle worker, or a new one while fewer than ``places`` are at work; else it waits in a queue of at most ``queue`` jobs. One
that runs longer than ``timeout`` is killed. So that a few endless queries take neither all places nor all processor time:

- a job that has used five times as much of a processor as is usual here (see :data:`LONG`) leaves its place to the next one and
  goes on beside, at lower priority;
- at most ``long_places`` go on so: when there are more, the one that has used most is killed;
- a query that was stopped after it had a processor for a good part of its time is not tried again for :data:`REMEMBERED` seconds;
- one of its kind, which differs in values only (:func:`kg.sparql_text.shape`), takes no place from the first moment, and is refused
  where ``long_places`` go on already. The first of the kind that is answered in time ends that.

Processor time is what counts, not time on the clock: a quick query on a busy machine is still a quick one. A killed worker is
replaced when one is needed.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from kg.serve.jobs import Map, Query, Reply
from kg.serve.worker import work
from kg.sparql_text import shape

LONG = (0.1, 2.0)  # seconds of a processor after which a query is no longer a quick one: at least, at most
REMEMBERED = 60.0  # seconds
# A worker is replaced after so many jobs, so that no leak grows for ever, and after an answer that left it with so many bytes, so that
# idle ones do not each keep what one large answer took.
JOBS_PER_WORKER, FAT = 2000, 96 * 2**20
MAP_TIMEOUT, MAP_MEMORY = 120.0, 4 * 2**30

_LOWER_PRIORITY = 10  # gets a tenth of what the quick ones get, where both want a processor
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
T = TypeVar("T")


class BusyError(Exception):
    """The job was not done because of others; it may be tried again after ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StoppedError(Exception):
    """The job ran longer than it may, or its worker died of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one job: ``timeout`` seconds, ``result`` bytes, ``memory`` bytes. Of all: ``places`` at once,
    ``long_places`` besides for those that take long, ``queue`` waiting."""

    timeout: float = 10.0
    result: int = 64 * 2**20
    memory: int = 2**30
    places: int = field(default_factory=lambda: 2 + (os.cpu_count() or 1))
    long_places: int = 4
    queue: int = 200


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    jobs: int = 0
    begin: float = 0.0
    begin_used: float = 0.0
    long: bool = False
    made_place: bool = False

    def used(self) -> float:
        """The seconds of a processor that the job in work has used; on the clock where the system does not tell."""
        return self.total() - self.begin_used

    def resident(self) -> int:
        """The bytes of memory that it holds; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * _PAGE
        except OSError:
            return 0

    def total(self) -> float:
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def kill(self) -> None:
        self.process.kill()

    def bury(self) -> None:
        self.process.join()
        self.connection.close()


@dataclass(eq=False)
class Pool:
    """Workers on the store in ``folder``. Use :meth:`start` and :meth:`stop` around it, in one event loop."""

    folder: Path
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        # A fork server imports what workers need once; a new worker costs a fork and opening the store.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.serve.worker", "kg.cli"])
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._long: set[_Worker] = set()
        self._stopped: dict[Query, float] = {}
        self._endless: dict[str, float] = {}
        self._usual = LONG[1] / 5  # seconds of a processor that a query takes, as a moving mean
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._starting = 0
        # Threads wait for workers' answers: one for each place, one more for a map, some to start and bury.
        self._threads = ThreadPoolExecutor(self.limits.places + self.limits.long_places + 6, thread_name_prefix="worker")

    async def start(self) -> None:
        """Start a first worker, which shows that it can be done."""
        self._idle.append(await self._in_thread(self._new_worker, self.limits.memory))

    async def stop(self) -> None:
        """Kill all workers."""
        for worker in (*self._idle, *self._busy, *self._long):
            worker.kill()
        for worker in self._idle:
            await self._in_thread(worker.bury)
        self._idle.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run(self, job: Query) -> Reply:
        """The answer of a worker. Raises :class:`BusyError` and :class:`StoppedError`. Cancelling it kills the worker."""
        self._check_known(job)
        kind = shape(job.text)
        worker = await self._worker(long=kind in self._endless)
        watching = asyncio.ensure_future(self._watch(worker))
        fit = False
        try:
            reply = await self._ask(worker, job, self.limits.timeout)
            self._usual += (min(worker.used(), LONG[1]) - self._usual) / 20
            fit = not worker.long and worker.jobs < JOBS_PER_WORKER and worker.resident() < FAT
            self._endless.pop(kind, None)
        except StoppedError:
            if worker.long:
                self._endless[kind] = time.monotonic() + REMEMBERED
            if worker.made_place:
                raise BusyError(f"stopped after {time.monotonic() - worker.begin:.1f} s to make place for others", 10) from None
            if worker.used() > self.limits.timeout / 4:
                self._stopped[job] = time.monotonic() + REMEMBERED
            raise
        finally:
            watching.cancel()
            self._busy.discard(worker)
            self._long.discard(worker)
            self._idle.append(worker) if fit else self._dismiss(worker)
            self._next()
        return reply

    async def render_map(self, job: Map) -> Reply:
        """A map, made by a worker of its own with more memory and time. Raises :class:`StoppedError`."""
        worker = await self._in_thread(self._new_worker, MAP_MEMORY)
        try:
            return await self._ask(worker, job, MAP_TIMEOUT)
        finally:
            self._dismiss(worker)

    # ---- one job

    async def _ask(self, worker: _Worker, job: Query | Map, timeout: float) -> Reply:
        worker.jobs += 1
        worker.begin = time.monotonic()
        answer = self._in_thread(_exchange, worker.connection, job)
        done, _ = await asyncio.wait({answer}, timeout=timeout)
        if not done:
            raise StoppedError(f"stopped after {timeout:g} s; expected a query that is answered faster")
        reply = answer.result()
        if reply is None:
            raise StoppedError("the query ended its process, it may need too much memory; expected a smaller one")
        return reply

    def _dismiss(self, worker: _Worker) -> None:
        worker.kill()
        self._in_thread(worker.bury)

    async def _watch(self, worker: _Worker) -> None:
        """Move a job out of the way of the quick ones when it has turned out to be long."""
        while not worker.long and (left := max(LONG[0], min(LONG[1], 5 * self._usual)) - worker.used()) > 0:
            await asyncio.sleep(max(left, 0.05))
        worker.long = True
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, worker.process.pid or 0, _LOWER_PRIORITY)
        self._busy.discard(worker)
        self._long.add(worker)
        if len(self._long) > self.limits.long_places:
            most = max(self._long, key=lambda one: one.used())
            most.made_place = True
            self._long.discard(most)
            most.kill()
        self._next()

    def _check_known(self, job: Query) -> None:
        """Raises :class:`BusyError` for a query that was stopped a moment ago."""
        now = time.monotonic()
        self._stopped = {known: until for known, until in self._stopped.items() if until > now}
        self._endless = {known: until for known, until in self._endless.items() if until > now}
        if job in self._stopped:
            left = round(self._stopped[job] - now) + 1
            raise BusyError(f"the same query was stopped after {self.limits.timeout:g} s a moment ago", left)

    # ---- places

    async def _worker(self, *, long: bool) -> _Worker:
        """A worker that is from now on busy with our job. ``long``: it is known to take long, and so takes no place."""
        if long:
            if len(self._long) >= self.limits.long_places:
                raise BusyError(f"queries of this kind take long, and {len(self._long)} long ones are at work", 10)
            self._starting += 1
        elif self._taken() >= self.limits.places:
            if len(self._waiting) >= self.limits.queue:
                raise BusyError(f"{len(self._waiting)} queries wait already", 5)
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                done, _ = await asyncio.wait({turn}, timeout=self.limits.timeout)
            except asyncio.CancelledError:
                self._give_back(turn)
                raise
            if not done:
                self._give_back(turn)
                raise BusyError(f"no place within {self.limits.timeout:g} s", 5)
        else:
            self._starting += 1
        try:
            worker = await self._idle_or_new()
        except BaseException:
            self._starting -= 1
            self._next()
            raise
        self._starting -= 1
        worker.begin, worker.begin_used, worker.made_place = time.monotonic(), worker.total(), False
        worker.long = long
        (self._long if long else self._busy).add(worker)
        return worker

    async def _idle_or_new(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            self._dismiss(worker)
        new = self._in_thread(self._new_worker, self.limits.memory)
        try:
            return await asyncio.shield(new)
        except asyncio.CancelledError:  # who asked is gone; the worker stays for the next one
            new.add_done_callback(lambda done: self._idle.append(done.result()) if not done.exception() else None)
            raise

    def _give_back(self, turn: asyncio.Future[None]) -> None:
        """A turn that nobody takes: out of the queue, or the place to the next one."""
        if turn.done():
            self._starting -= 1
            self._next()
        else:
            self._waiting.remove(turn)

    def _taken(self) -> int:
        return len(self._busy) + self._starting

    def _next(self) -> None:
        """A place became free: it is the next one's who waits."""
        while self._waiting and self._taken() < self.limits.places:
            turn = self._waiting.popleft()
            if not turn.done():
                self._starting += 1
                turn.set_result(None)

    def _new_worker(self, memory: int) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self.folder, self.limits.result, memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _in_thread(self, function: Callable[..., T], *arguments: object) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)


def _exchange(connection: Connection, job: Query | Map) -> Reply | None:
    """The answer to a job; ``None`` where the worker died."""
    try:
        connection.send(job)
        reply: Reply = connection.recv()
    except (EOFError, OSError):
        return None
    return reply
