"""A scripted server that speaks the OpenAI protocol over HTTP, for tests and evaluations.

``with serving(script) as server:`` listens on a free port of this machine; ``server.url`` is the
base URL. A script looks at each request and says what is sent back: honest text, or one of the
ways in which real servers fail.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

LONGEST = 120.0


@dataclass(frozen=True, slots=True)
class Request:
    """One call of chat/completions. ``number`` counts the calls of this server from 0."""

    number: int
    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any] | None
    stream: bool
    body: Mapping[str, Any]

    @property
    def prompt(self) -> str:
        """All messages, one after the other."""
        return "\n".join(str(message.get("content", "")) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Text:
    """What the model says: streamed in pieces, the first late, the others seconds apart."""

    text: str
    first: float = 0.0
    between: float = 0.0
    size: int = 8


@dataclass(frozen=True, slots=True)
class Endless:
    """The same piece for ever (until the client leaves, the server closes, or two minutes)."""

    piece: str = "好的，"
    between: float = 0.01


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection is cut after ``text``."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """An HTTP status with an error of the protocol's form; ``after`` is its Retry-After."""

    status: int
    message: str = "scripted failure"
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Garbage:
    """A body that is not of the protocol at all, with status 200."""

    body: str = "<html>502 Bad Gateway</html>"


Reply = Text | Endless | Dropped | Failure | Garbage
Script = Callable[[Request], Reply | str]


def always(reply: Reply | str) -> Script:
    return lambda request: reply


def in_turn(*replies: Reply | str) -> Script:
    """The replies one after another, the last one again and again."""
    return lambda request: replies[min(request.number, len(replies) - 1)]


@dataclass
class Server:
    """What the tests hold: where it is, and what it was asked so far."""

    script: Script
    model: str
    key: str | None
    schemas: bool
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def received(self, body: Mapping[str, Any]) -> Request:
        form = body.get("response_format") or {}
        schema = form.get("json_schema", {}).get("schema") if isinstance(form, dict) else None
        with self.lock:
            request = Request(
                number=len(self.requests),
                messages=tuple(body.get("messages", ())),
                schema=schema,
                stream=bool(body.get("stream")),
                body=body,
            )
            self.requests.append(request)
        return request

    def wait(self, seconds: float) -> bool:
        """Whether to go on after so many seconds."""
        return not (self.closing.wait(seconds) if seconds else self.closing.is_set())


@contextmanager
def serving(
    script: Script, model: str = "scripted", key: str | None = None, schemas: bool = True
) -> Iterator[Server]:
    """``key`` is then required of clients; without ``schemas`` a response_format is refused."""
    state = Server(script, model, key, schemas)
    handler = type("Handler", (_Handler,), {"state": state})
    http = _Quiet(("127.0.0.1", 0), handler)
    state.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    state: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to stderr."""

    def do_GET(self) -> None:
        if self._denied():
            return
        if self.path.rstrip("/") == "/v1/models":
            one = {"id": self.state.model, "object": "model", "created": 0, "owned_by": "test"}
            self._json(200, {"object": "list", "data": [one]})
        else:
            self._failure(Failure(404, f"no such path: {self.path}"))

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(size)
        if self._denied():
            return
        if self.path.rstrip("/") != "/v1/chat/completions":
            self._failure(Failure(404, f"no such path: {self.path}"))
            return
        body = json.loads(raw)
        if body.get("response_format") and not self.state.schemas:
            self._failure(Failure(400, "response_format is not supported by this server"))
            return
        request = self.state.received(body)
        reply = self.state.script(request)
        self._reply(Text(reply) if isinstance(reply, str) else reply, request.stream)

    def _denied(self) -> bool:
        wrong = self.state.key and self.headers.get("Authorization") != f"Bearer {self.state.key}"
        if wrong:
            self._failure(Failure(401, "invalid api key"))
        return bool(wrong)

    def _reply(self, reply: Reply, stream: bool) -> None:
        if isinstance(reply, Failure):
            self._failure(reply)
        elif isinstance(reply, Garbage):
            self._send(200, reply.body.encode(), "text/html")
        elif stream or isinstance(reply, Endless):
            self._stream(reply, stream)
        elif isinstance(reply, Dropped):
            self._cut(_whole(self.state.model, reply.text))
        elif self.state.wait(reply.first):
            self._json(200, _whole(self.state.model, reply.text))

    def _failure(self, reply: Failure) -> None:
        error = {"message": reply.message, "type": "scripted", "code": str(reply.status)}
        after = {} if reply.after is None else {"Retry-After": f"{reply.after:g}"}
        self._json(reply.status, {"error": error}, after)

    def _json(self, status: int, value: object, more: Mapping[str, str] | None = None) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), more=more or {})

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        more: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _cut(self, value: object) -> None:
        """Half of what was promised, and then nothing."""
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def _stream(self, reply: Text | Endless | Dropped, events: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if events else "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in self._pieces(reply):
            self._event(_delta(self.state.model, {"content": piece}))
        if not isinstance(reply, Text):
            self.close_connection = True
            return
        self._event(_delta(self.state.model, {}, "stop"))
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _pieces(self, reply: Text | Endless | Dropped) -> Iterator[str]:
        if isinstance(reply, Endless):
            until = time.monotonic() + LONGEST
            while self.state.wait(reply.between) and time.monotonic() < until:
                yield reply.piece
            return
        size, first, between = (
            (reply.size, reply.first, reply.between) if isinstance(reply, Text) else (8, 0.0, 0.0)
        )
        for at in range(0, len(reply.text), size):
            if not self.state.wait(between if at else first):
                return
            yield reply.text[at : at + size]

    def _event(self, value: object) -> None:
        self._chunk(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())

    def _chunk(self, body: bytes) -> None:
        self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        self.wfile.flush()


def _whole(model: str, text: str) -> dict[str, object]:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 0, "completion_tokens": len(text), "total_tokens": len(text)}
    return {**_head(model, "chat.completion"), "choices": [choice], "usage": usage}


def _delta(model: str, delta: Mapping[str, str], finish: str | None = None) -> dict[str, object]:
    choices: Sequence[object] = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {**_head(model, "chat.completion.chunk"), "choices": choices}


def _head(model: str, kind: str) -> dict[str, object]:
    return {"id": "scripted", "object": kind, "created": 0, "model": model}
