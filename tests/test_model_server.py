"""The scripted server keeps the OpenAI protocol, and fails as it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import httpx
import pytest

from evals.model_server import (
    Dropped,
    Endless,
    Failure,
    Garbage,
    Server,
    Text,
    always,
    in_turn,
    serving,
)

ASKED = {"model": "scripted", "messages": [{"role": "user", "content": "到哪年？"}]}


@contextmanager
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=5, trust_env=False) as one:
        yield one


def post(server: Server, **more: Any) -> httpx.Response:
    with client(server) as one:
        return one.post("/chat/completions", json={**ASKED, **more})


def streamed(server: Server) -> Iterator[str]:
    with (
        client(server) as one,
        one.stream("POST", "/chat/completions", json={**ASKED, "stream": True}) as response,
    ):
        for line in response.iter_lines():
            if line.startswith("data: ") and line != "data: [DONE]":
                choice = json.loads(line[6:])["choices"][0]
                yield choice["delta"].get("content", "")


def test_a_script_answers_from_the_messages() -> None:
    with serving(lambda request: f"问：{request.prompt}") as server:
        body = post(server).json()
    assert body["choices"][0]["message"]["content"] == "问：到哪年？"
    assert body["choices"][0]["finish_reason"] == "stop"
    assert server.requests[0].schema is None


def test_a_streamed_reply_comes_in_pieces() -> None:
    with serving(always(Text("到2020年，建成公共服务平台3个。", size=4))) as server:
        pieces = list(streamed(server))
    assert "".join(pieces) == "到2020年，建成公共服务平台3个。"
    assert len(pieces) > 3


def test_replies_come_in_turn_and_the_last_one_stays() -> None:
    with serving(in_turn("甲", Failure(500), "乙")) as server:
        statuses = [post(server).status_code for _ in range(4)]
    assert statuses == [200, 500, 200, 200]


def test_a_schema_is_taken_or_refused() -> None:
    schema = {"type": "object"}
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    with serving(always("{}")) as server:
        assert post(server, response_format=form).status_code == 200
        assert server.requests[0].schema == schema
    with serving(always("{}"), schemas=False) as server:
        assert post(server, response_format=form).status_code == 400
        assert post(server).status_code == 200


def test_models_are_listed_and_a_key_is_asked_for() -> None:
    with serving(always(""), model="qwen", key="k") as server, client(server) as one:
        assert one.get("/models").status_code == 401
        listed = one.get("/models", headers={"Authorization": "Bearer k"}).json()
    assert [model["id"] for model in listed["data"]] == ["qwen"]


def test_failures_have_their_status() -> None:
    with serving(always(Failure(429, "慢一点", after=2))) as server:
        response = post(server)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "2")
    assert response.json()["error"]["message"] == "慢一点"


def test_garbage_is_no_json() -> None:
    with serving(always(Garbage())) as server, pytest.raises(json.JSONDecodeError):
        post(server).json()


def test_a_dropped_connection_breaks_both_ways_of_reading() -> None:
    with serving(always(Dropped("到2020年"))) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            post(server)
        with pytest.raises(httpx.RemoteProtocolError):
            list(streamed(server))


def test_an_endless_stream_goes_on_until_the_reader_leaves() -> None:
    with serving(always(Endless("嗯"))) as server:
        assert list(islice(streamed(server), 20)) == ["嗯"] * 20


def test_a_slow_server_outlasts_a_timeout() -> None:
    with (
        serving(always(Text("迟", first=30))) as server,
        client(server) as one,
        pytest.raises(httpx.ReadTimeout),
    ):
        one.post("/chat/completions", json=ASKED, timeout=0.2)
