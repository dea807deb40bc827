"""Answers of the server that are kept: what is asked twice, by how many at once, and when an answer must be a new one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kg.serve.answers import Answers
from kg.serve.jobs import Query, Reply
from kg.serve.pool import StoppedError


class Workers:
    """In place of the pool: tells what it was asked, answers with the query's text after a moment."""

    def __init__(self, store: Path) -> None:
        self.store, self.asked, self.ended = store, [], []
        self.snapshot(1)

    def snapshot(self, number: int) -> None:
        (self.store / "kg").mkdir(exist_ok=True)
        (self.store / "kg" / "current").write_text(f"{number:08d}")
        self.name = f"{number:08d}"

    async def run(self, job: Query) -> Reply:
        self.asked.append(job.text)
        try:
            await asyncio.sleep(0.02)
            if "endless" in job.text:
                raise StoppedError("stopped")
            status = "syntax" if "bad" in job.text else "ok"
            return Reply(status, job.text.encode(), snapshot=self.name)
        finally:
            self.ended.append(job.text)


@pytest.fixture
def workers(tmp_path):
    return Workers(tmp_path)


def answers(workers: Workers, limit: int = 10_000) -> Answers:
    return Answers(workers, workers.store, limit)  # type: ignore[arg-type]


def q(text: str, result_format: str = "csv") -> Query:
    return Query(text, result_format)


def test_the_same_query_is_worked_out_once_for_each_format_and_dataset(workers):
    async def ask() -> None:
        kept = answers(workers)
        for job in (q("a"), q("a"), q("a", "json"), Query("a", "csv", ("urn:g",), ()), q("a")):
            assert (await kept.run(job)).body == b"a"
        assert len(workers.asked) == 3
        assert kept.kept(q("a")) is not None

    asyncio.run(ask())


def test_who_asks_what_is_being_worked_out_waits_for_it(workers):
    async def ask() -> None:
        kept = answers(workers)
        assert {reply.body for reply in await asyncio.gather(*(kept.run(q("a")) for _ in range(50)))} == {b"a"}
        assert workers.asked == ["a"]

    asyncio.run(ask())


def test_a_newer_state_of_the_store_is_asked_anew(workers):
    async def ask() -> None:
        kept = answers(workers)
        await kept.run(q("a"))
        workers.snapshot(2)
        assert kept.kept(q("a")) is None
        assert (await kept.run(q("a"))).snapshot == "00000002"
        assert workers.asked == ["a", "a"]
        assert kept.size < 1000  # the older answer is gone

    asyncio.run(ask())


@pytest.mark.parametrize("call", ["RAND()", "now ()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_by_itself_is_never_kept(workers, call):
    async def ask() -> None:
        kept = answers(workers)
        await asyncio.gather(*(kept.run(q(f"SELECT ({call} AS ?x) {{}}")) for _ in range(2)))
        assert len(workers.asked) == 2
        assert kept.size == 0

    asyncio.run(ask())


def test_mistakes_are_told_to_all_and_not_kept(workers):
    async def ask() -> None:
        kept = answers(workers)
        found = await asyncio.gather(*(kept.run(q("endless")) for _ in range(3)), return_exceptions=True)
        assert [type(one) for one in found] == [StoppedError] * 3
        assert (await kept.run(q("bad"))).status == "syntax"
        assert kept.size == 0
        assert workers.asked == ["endless", "bad"]

    asyncio.run(ask())


def test_what_is_kept_stays_within_the_limit_and_the_last_asked_for_stays(workers):
    async def ask() -> None:
        kept = answers(workers, 10_000)
        for text in ("a", "b" * 300, "c" * 300, "a", "d" * 300, "e" * 300, "a", "f" * 300):
            await kept.run(q(text))
            assert kept.size <= kept.limit
        assert kept.kept(q("a")) is not None
        assert kept.kept(q("b" * 300)) is None
        await kept.run(q("g" * 3000))  # larger than a quarter of the limit
        assert kept.kept(q("g" * 3000)) is None
        assert answers(workers, 0).limit == 0
        nothing = answers(workers, 0)
        await nothing.run(q("a"))
        assert nothing.size == 0

    asyncio.run(ask())


def test_work_goes_on_while_somebody_waits_and_ends_with_the_last_one(workers):
    async def ask() -> None:
        kept = answers(workers)
        first, second = (asyncio.create_task(kept.run(q("a"))) for _ in range(2))
        await asyncio.sleep(0.005)
        first.cancel()
        assert (await second).body == b"a"
        third = asyncio.create_task(kept.run(q("b")))
        await asyncio.sleep(0.005)
        third.cancel()
        await asyncio.sleep(0.005)
        assert workers.ended == ["a", "b"]
        assert kept.kept(q("b")) is None
        assert (await kept.run(q("b"))).body == b"b"

    asyncio.run(ask())
