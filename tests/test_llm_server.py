"""Servers as they are: slow, busy, refusing, cut off, without structured output; and the cache that makes a run repeatable.

Every server here is a local one with a script; no language model is asked.
"""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from model_server import Played, Step, playing

from conftest import CASES, Ran
from kg.article import read_article
from kg.errors import ModelError
from kg.language import parse
from kg.llm import cache
from kg.llm.extractor import Reading, extract
from kg.llm.schema import answer_schema
from kg.llm.server import Settings
from kg.model import Document

pytest.importorskip("openai", reason="no client: pip install '.[llm]'")

PASS = CASES / "llm" / "paso-libertadores.md"
GOOD = (CASES / "llm" / "good.json").read_text(encoding="utf-8")
EMPTY = json.dumps({"events": []})


@pytest.fixture(scope="module")
def document() -> Document:
    return next(parse([read_article(PASS)]))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret-key")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def settings(played: Played, **more: Any) -> Settings:
    return Settings("tiny", played.url, pause=0.01, **{"timeout": 5.0, "retries": 2, **more})


def read(document: Document, *script: Step, **more: Any) -> tuple[Reading, Played]:
    with playing(*script) as played:
        return extract(document, settings(played, **more)), played


# ---------------------------------------------------------------------------------------------------------------- protocol


def test_a_request_asks_for_the_schema_and_carries_the_key(document: Document) -> None:
    reading, played = read(document, Step(GOOD))
    assert len(reading.extraction.facts) == 5
    (asked,) = played.requests
    assert asked["model"] == "tiny"
    assert asked["temperature"] == 0
    assert asked["response_format"]["json_schema"]["schema"] == answer_schema()
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert document.article.text.strip() in asked["messages"][1]["content"]
    assert played.keys == ["Bearer secret-key"]
    usage = reading.account.usage
    assert (usage.requests, usage.prompt_tokens, usage.completion_tokens, usage.cached) == (1, 100, 20, 0)


def test_a_server_without_structured_output_is_asked_for_less_and_only_once(document: Document) -> None:
    script = (Step("response_format json_schema is not supported", 400), Step("unknown field response_format", 422), Step(GOOD))
    with playing(*script) as played:
        asked = settings(played, portion=250)
        extract(document, asked)
    formats = [request.get("response_format", {}).get("type") for request in played.requests]
    assert formats[:3] == ["json_schema", "json_object", None]
    assert set(formats[3:]) == {None}


def test_a_model_that_takes_no_temperature_is_asked_without(document: Document) -> None:
    refusal = "Unsupported value: 'temperature' does not support 0 with this model."
    _, played = read(document, Step(refusal, 400), Step(GOOD))
    assert ["temperature" in request for request in played.requests] == [True, False]
    assert "json_schema" in played.requests[1]["response_format"]


def test_later_portions_are_told_whom_and_what_the_earlier_ones_found(document: Document) -> None:
    _, played = read(document, Step(GOOD), Step(EMPTY), portion=250)
    later = played.requests[1]["messages"][1]["content"]
    assert "- Andrés Soto (Person)" in later
    assert "- lp1 (Proposal): reabrir el paso Los Libertadores" in later
    assert "Andrés Soto (Person)" not in played.requests[0]["messages"][1]["content"]


# ----------------------------------------------------------------------------------------------------------- sloppy answers


@pytest.mark.parametrize(
    "broken",
    [
        Step(GOOD[:-40]),
        Step(""),
        Step(None),
        Step("Claro, aquí tiene los hechos del artículo."),
        Step(GOOD.replace('"actors": [', '"actors": [,', 1)),
    ],
    ids=["ends too early", "empty", "null", "prose", "malformed"],
)
def test_an_unreadable_answer_is_repaired_once(document: Document, broken: Step) -> None:
    reading, played = read(document, broken, Step(f"```json\n{GOOD}\n```"))
    assert len(reading.extraction.facts) == 5
    assert (reading.account.usage.requests, reading.account.usage.repairs) == (2, 1)
    again = played.requests[1]["messages"]
    assert again[:2] == played.requests[0]["messages"]
    assert [m["role"] for m in again[2:]] == (["assistant", "user"] if broken.text else ["user"])


def test_an_answer_that_stays_unreadable_is_not_asked_for_a_third_time(document: Document) -> None:
    with playing(Step("Lo siento, no puedo ayudar con eso.")) as played:
        with pytest.raises(ModelError, match=r"gave no usable answer \(unreadable\)"):
            extract(document, settings(played))
        assert len(played.requests) == 2


@pytest.mark.parametrize(
    "refused",
    [Step(None, refusal="I cannot help with that."), Step("", finish="content_filter"), Step("stopped by content_filter", 400)],
)
def test_a_refused_portion_is_told_and_the_others_are_read(document: Document, refused: Step) -> None:
    reading, played = read(document, refused, Step(GOOD), portion=250)
    assert len(reading.extraction.facts) == 5
    assert [why for _, _, why in reading.account.failures] == ["refused"]
    assert reading.extraction.notices == (f"the model gave no usable answer to 1 of {len(played.requests)} portions",)
    assert len(played.requests) == reading.account.portions


@pytest.mark.parametrize(
    "cut",
    [Step(GOOD[:200], finish="length"), Step("This model's maximum context length is 2048 tokens.", 400)],
    ids=["answer cut off", "does not fit"],
)
def test_what_is_too_long_is_asked_in_halves(document: Document, cut: Step) -> None:
    reading, played = read(document, cut, Step(GOOD), Step(EMPTY))
    assert len(played.requests) == 3
    words = [request["messages"][1]["content"].partition("BEGIN ARTICLE")[2] for request in played.requests]
    assert "El canciller" in words[1]
    assert "El canciller" not in words[2]
    assert "Según la Cámara" in words[2]
    assert len(reading.extraction.facts) == 5
    assert reading.account.usage.repairs == 0


def test_what_stays_cut_off_ends_at_single_sentences(document: Document) -> None:
    with playing(Step("{", finish="length")) as played:
        with pytest.raises(ModelError, match="cut off"):
            extract(document, settings(played))
        assert len(played.requests) < 20


# --------------------------------------------------------------------------------------------------------- servers in trouble


def test_a_busy_server_is_asked_again_after_what_it_says(document: Document) -> None:
    begun = time.monotonic()
    reading, _ = read(document, Step("slow down", 429, headers={"Retry-After": "1"}), Step(GOOD))
    assert time.monotonic() - begun >= 1.0
    assert reading.account.usage.requests == 2


def test_retry_after_may_be_a_date(document: Document) -> None:
    when = email.utils.formatdate(time.time() + 2, usegmt=True)
    begun = time.monotonic()
    read(document, Step("slow down", 429, headers={"Retry-After": when}), Step(GOOD))
    assert 0.9 <= time.monotonic() - begun <= 4


def test_a_server_that_asks_to_wait_for_an_hour_is_an_error(document: Document) -> None:
    with pytest.raises(ModelError, match=r"answers 429 .* asks to wait 3600 s"):
        read(document, Step("quota", 429, headers={"Retry-After": "3600"}))


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        (Step("overloaded", 503), "answers 503 .*, 3 times"),
        (Step("busy", 429), "answers 429 .*, 3 times"),
        (Step(pause=0.6, text=GOOD), "does not answer within 0.2 s, 3 times"),
        (Step(body=b"<html>502</html>", headers={"Content-Type": "text/html"}), "does not speak the protocol"),
        (Step(body=b'{"choices": []}'), "does not speak the protocol"),
        (Step(body=b'{"choices": ['), "does not speak the protocol"),
    ],
    ids=["503", "429", "time-out", "a page", "no choices", "half a body"],
)
def test_trouble_is_tried_again_and_then_told(document: Document, trouble: Step, message: str) -> None:
    with playing(trouble) as played:
        with pytest.raises(ModelError, match=message):
            extract(document, settings(played, timeout=0.2))
        assert len(played.requests) == 3
    with playing(trouble, Step(GOOD)) as played:
        assert len(extract(document, settings(played, timeout=0.2)).extraction.facts) == 5


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_will_not_change_is_not_tried_again(document: Document, status: int) -> None:
    with playing(Step("Incorrect API key provided: secret-key", status)) as played:
        with pytest.raises(ModelError, match=f"answers {status}") as told:
            extract(document, settings(played))
        assert len(played.requests) == 1
    assert "secret-key" not in str(told.value)


def test_a_server_that_is_not_there_is_told_and_not_tried_for_every_article(document: Document) -> None:
    with playing(Step(GOOD)) as played:
        gone = settings(played, retries=1)
    with pytest.raises(ModelError, match=r"cannot be reached .*, 2 times; expected a server that answers chat completions"):
        extract(document, gone)
    begun = time.monotonic()
    with pytest.raises(ModelError, match="cannot be reached"):
        extract(document, gone)
    assert time.monotonic() - begun < 0.5


# ------------------------------------------------------------------------------------------------------------------- cache


def test_a_repeated_run_needs_no_server(document: Document, tmp_path: Path) -> None:
    script = (Step(GOOD[:200], finish="length"), Step("no JSON"), Step(GOOD), Step(EMPTY))
    first, played = read(document, *script, cache=tmp_path)
    assert len(played.requests) == 4
    again = extract(document, settings(played, cache=tmp_path))
    assert again.extraction == first.extraction
    usage = again.account.usage
    assert (usage.requests, usage.cached, usage.cached_prompt_tokens) == (0, 4, 400)


def test_trouble_is_not_kept(document: Document, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        read(document, Step("busy", 503), cache=tmp_path)
    assert not list(tmp_path.rglob("*.json"))
    reading, _ = read(document, Step(GOOD), cache=tmp_path)
    assert len(reading.extraction.facts) == 5


def test_a_broken_file_of_the_cache_is_written_anew(document: Document, tmp_path: Path) -> None:
    read(document, Step(GOOD), cache=tmp_path)
    (kept,) = tmp_path.rglob("*.json")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:50])
    read(document, Step(GOOD), cache=tmp_path)
    assert kept.read_bytes() == whole
    assert b"secret-key" not in whole


def test_the_key_of_an_answer_is_model_messages_and_schema() -> None:
    messages = [{"role": "user", "content": "a"}]
    keys = {
        cache.key("m", messages, {"type": "object"}),
        cache.key("n", messages, {"type": "object"}),
        cache.key("m", [{"role": "user", "content": "b"}], {"type": "object"}),
        cache.key("m", messages, {"type": "array"}),
    }
    assert len(keys) == 4


# ---------------------------------------------------------------------------------------------------------------- commands


def options(played: Played, tmp_path: Path, way: str) -> tuple[str, ...]:
    folder = str(tmp_path / "cache")
    return ("--extractor", way, "--llm-model", "tiny", "--llm-base-url", played.url, "--llm-cache", folder)


def test_build_reports_what_it_cost_and_dropped_and_repeats_it_byte_for_byte(kg: Callable[..., Ran], tmp_path: Path) -> None:
    answer = json.loads(GOOD)
    answer["events"].append({**answer["events"][0], "id": "e2", "evidence": ["El Gobierno argentino aceptó la petición"]})
    out, told = tmp_path / "out", tmp_path / "told.json"
    with playing(Step(json.dumps(answer))) as played:
        common = ("build", PASS, "-o", out, "--no-map", *options(played, tmp_path, "both"))
        ran = kg(*common, "--report", told)
    assert ran.code == 0, ran.err
    report = json.loads(told.read_text(encoding="utf-8"))
    assert (report["extractor"], report["model"], report["requests"], report["cached"]) == ("both", "tiny", 1, 0)
    assert (report["prompt_tokens"], report["completion_tokens"]) == (100, 20)
    assert report["dropped_facts"] == {"not-in-article": 1}
    (article,) = report["articles"]
    (dropped,) = article["dropped"]
    assert (dropped["class"], dropped["id"], dropped["reason"]) == ("Event", "e2", "not-in-article")
    assert dropped["detail"] == "El Gobierno argentino aceptó la petición"
    assert report["kept"] == {"Event": 1, "Indicator": 1, "Position": 1, "Proposal": 1, "Statement": 1}
    assert report["found_by"]["both"] >= 4
    first = (out / "graph.ttl").read_bytes()
    (out / "graph.ttl").unlink()
    again = kg(*common)  # the server is gone
    assert again.code == 0, again.err
    assert (out / "graph.ttl").read_bytes() == first
    assert kg("validate", out / "graph.ttl").code == 0


def test_build_by_the_model_alone_says_so_on_every_fact(kg: Callable[..., Ran], tmp_path: Path) -> None:
    with playing(Step(GOOD)) as played:
        assert kg("build", PASS, "-o", tmp_path, "--no-map", *options(played, tmp_path, "llm")).code == 0
    store = ox.Store()
    store.load(path=str(tmp_path / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    made = store.query("SELECT ?label (COUNT(*) AS ?n) { ?fact <http://www.w3.org/ns/prov#wasGeneratedBy>/<http://www.w3.org/2000/01/rdf-schema#label> ?label } GROUP BY ?label")  # noqa: E501  # fmt: skip
    ((label, number),) = [(row["label"].value, row["n"].value) for row in made]
    assert label.endswith("llm: tiny")
    assert number == "5"


def test_a_bad_answer_skips_its_article_only(kg: Callable[..., Ran], tmp_path: Path) -> None:
    other = tmp_path / "otro.md"
    other.write_text("Andrés Soto pidió a Argentina que reabra el paso.\n", encoding="utf-8")
    with playing(Step(None, refusal="no"), Step(GOOD)) as played:
        ran = kg("build", other, PASS, "-o", tmp_path / "out", "--no-map", *options(played, tmp_path, "llm"))
    assert ran.code == 1
    assert "otro.md: model 'tiny' gave no usable answer (refused)" in ran.err
    assert (tmp_path / "out" / "graph.ttl").is_file()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--extractor", "llm"), "expected --llm-model too"),
        (("--extractor", "both", "--llm-model", "m"), "expected --llm-base-url too"),
        (("--extractor", "llm", "--llm-model", "m", "--llm-base-url", "localhost:1"), "is no such URL"),
        (("--llm-model", "m"), "the rules ask no model"),
        (("--report", "r.json"), "expected --extractor llm or both"),
    ],
)
def test_options_that_do_not_go_together_are_refused(kg: Callable[..., Ran], given: tuple[str, ...], message: str) -> None:
    ran = kg("build", PASS, *given)
    assert ran.code == 2
    assert message in ran.err


def test_evaluate_sets_rules_model_and_both_side_by_side(kg: Callable[..., Ran], tmp_path: Path) -> None:
    gold = {"actors": [{"id": "soto", "name": "Andrés Soto", "type": "Person", "country": "CL"}]}
    words = "Cada día de cierre cuesta 4 millones de dólares"
    said = {"id": "q1", "speaker": ["soto"], "direct": True, "quote": words, "evidence": [f"“{words}”, dijo Soto"]}
    gold["statements"] = [{**said, "addressee": [], "via": [], "startDate": None, "endDate": None}]  # type: ignore[list-item]
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / PASS.name).write_bytes(PASS.read_bytes())
    (folder / f"{PASS.stem}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    answer = json.loads(GOOD)
    answer["positions"][0]["stance"] = "doubts"  # which no rule reads here
    with playing(Step(json.dumps(answer))) as played:
        ran = kg("evaluate", folder, *options(played, tmp_path, "each"))
        assert ran.code == 0, ran.err
        assert len(played.requests) == 1  # "both" takes the answer from the cache
        rows = [line.split() for line in ran.out.splitlines()]
        assert rows[0] == ["extractor", "class", "gold", "found", "precision", "recall", "F1"]
        assert ["llm", "statements", "1", "1", "1.000", "1.000", "1.000"] in rows
        found = {row[0]: int(row[3]) for row in rows if row[1:2] == ["facts"]}
        assert found["llm"] == 5
        assert found["rules"] < found["both"] < found["rules"] + found["llm"]
        assert [row[0] for row in rows[-3:]] == ["rules,", "llm,", "both,"]
        alone = kg("evaluate", folder, *options(played, tmp_path, "llm"), "--json")
        assert json.loads(alone.out)[0]["statements"]["f1"] == 1.0
