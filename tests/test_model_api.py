"""The HTTP API with a model: statements as they are verified, and a reader who leaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from assistant.api import create_api
from assistant.model.holder import Pens
from assistant.settings import load
from evals.model_server import Endless, Script, Server, always, serving
from index.library import Library
from tests.running import running
from tests.telling import INVESTMENT, TRUE, bundled, says

SECOND = "“十三五”期间，六盘水工业技术改造投资年均增长达到20%"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = bundled(tmp_path_factory.mktemp("store"))
    yield opened
    opened.close()


def anybody(request: Request) -> None:
    """A door that stands open."""


def pens_at(server: Server, library: Library) -> Pens:
    return Pens(library, load({"model": "m", "model_url": server.url, "model_timeout": 20}, {}))


def streamed(script: Script, library: Library) -> list[dict]:
    with serving(script) as server:
        app = create_api(library, anybody, pens_at(server, library))
        with TestClient(app) as web:
            body = {"question": INVESTMENT, "stream": True}
            lines = web.post("/api/ask", json=body).text.splitlines()
    return [json.loads(line) for line in lines if line]


def test_the_stream_gives_each_stage_and_then_the_whole(library):
    stages = streamed(says((TRUE, "700亿元"), (SECOND, "700亿元"), between=0.02), library)
    assert all(stage["doing"] for stage in stages[:-1]) and stages[-1]["doing"] == ""
    told = [stage["answer"] for stage in stages]
    assert f"{TRUE}[1]。" in told and told[-1] == f"{TRUE}[1]。{SECOND}[1]。"
    assert stages[-1]["mode"] == "model" and stages[-1]["citations"][0]["quote"]


def test_without_a_stream_the_contract_stays(library):
    with serving(says((TRUE, "700亿元"))) as server:
        app = create_api(library, anybody, pens_at(server, library))
        with TestClient(app) as web:
            reply = web.post("/api/ask", json={"question": INVESTMENT}).json()
    assert reply["mode"] == "model" and "doing" not in reply


def test_without_a_model_a_stream_is_one_line(library):
    with TestClient(create_api(library, anybody)) as web:
        reply = web.post("/api/ask", json={"question": INVESTMENT, "stream": True})
    (stage,) = [json.loads(line) for line in reply.text.splitlines() if line]
    assert stage["mode"] == "extractive" and stage["doing"] == ""


def test_a_reader_who_leaves_ends_the_request_to_the_model(tmp_path):
    folder = tmp_path / "library"
    bundled(folder).close()
    with (
        serving(always(Endless(between=0.02))) as server,
        running(folder, model="m", model_url=server.url, model_timeout="60") as here,
    ):
        body = {"question": INVESTMENT, "stream": True}
        with httpx.stream("POST", f"{here.url}api/ask", json=body, timeout=20) as reply:
            next(line for line in reply.iter_lines() if "模型正在作答" in line)
        until = time.monotonic() + 10
        while busy() and time.monotonic() < until:
            time.sleep(0.05)
        assert not busy()


def busy() -> bool:
    """Whether a request is being answered: each has a thread of its own while it lasts."""
    return any("process_request_thread" in thread.name for thread in threading.enumerate())


def test_changed_settings_hold_from_the_next_question(library):
    with serving(says((TRUE, "700亿元"))) as server:
        pens = Pens(library)
        app = create_api(library, anybody, pens)
        with TestClient(app) as web:
            body = {"question": INVESTMENT}
            assert web.post("/api/ask", json=body).json()["mode"] == "extractive"
            pens.change(load({"model": "m", "model_url": server.url}, {}))
            assert web.post("/api/ask", json=body).json()["mode"] == "model"
            pens.close()
            assert web.post("/api/ask", json=body).json()["mode"] == "extractive"


def test_a_model_that_cannot_be_opened_costs_its_words_only(library):
    app = create_api(library, anybody, Pens(library, load({"model": "gguf:/nowhere.gguf"}, {})))
    with TestClient(app) as web:
        reply = web.post("/api/ask", json={"question": INVESTMENT}).json()
    assert reply["mode"] == "extractive" and "700亿元" in reply["answer"]
    assert "/nowhere.gguf" in reply["notes"][0]
