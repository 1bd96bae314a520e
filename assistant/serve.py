"""The server: page and API on one port, loopback only unless users must log in."""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import typer
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.answer import answer
from assistant.api import create_api
from assistant.door import Door, FrontDoor, SameOrigin
from assistant.model.holder import Pens
from assistant.settings import Settings
from assistant.users import Users, read_users
from index.encoder import Encoder
from index.encoding import Worker
from index.errors import PolicyError, SettingsError
from index.library import BUNDLED, Bundled, Library, open_library
from index.types import Scope

WARMED = 50  # documents
LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1", "[::1]"]

log = logging.getLogger(__name__)


def serve(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 7860,
    users_file: Path | None = None,
    encoder: Encoder | Bundled | None = BUNDLED,
    settings: Settings | None = None,
) -> None:
    """Serves a library until it is told to end; prints the URL as soon as it answers.

    Of ``settings`` only the model and the limits of reading count here.
    """
    users = read_users(users_file) if users_file else {}
    refuse_open_door(host, users)
    with (
        ending_quietly(),
        listen(host, port) as listener,
        scratch_folder(),
        library_of(folder, encoder) as (library, wake),
        closing(Pens(library, settings)) as pens,
    ):
        app = create_app(library, wake, users, host, pens)
        threading.Thread(target=warmed, args=(pens,), name="model warming", daemon=True).start()
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
        Announcing(config, url_of(listener)).run(sockets=[listener])


def warmed(pens: Pens) -> None:
    """A model that cannot be opened costs the model: each question then says why."""
    try:
        pens.warm()
    except PolicyError as error:
        log.warning("%s", error)


@contextmanager
def ending_quietly() -> Iterator[None]:
    """Told to end, the server first puts its house in order: uvicorn hands the signal on."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("政策助手已停止")
    finally:
        signal.signal(signal.SIGTERM, before)


def refuse_open_door(host: str, users: Users) -> None:
    if not users and not is_loopback(host):
        raise SettingsError(
            f"监听 {host} 会让其他电脑也能打开资料库，必须要求登录："
            "请用 --users 指定用户文件，或改用 --host 127.0.0.1 只供本机使用"
        )


def is_loopback(host: str) -> bool:
    """A name other than localhost may lead anywhere, so it does not count."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, proto)
    except OSError as error:
        raise SettingsError(f"不能监听 {host}：{error.strerror or error}；请检查 --host") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"不能监听 {host} 的端口 {port}：{error.strerror}；请用 --port 换一个端口"
        ) from error
    return listener


def url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = socket.gethostname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def scratch_folder() -> Iterator[None]:
    """Uploads pass through a private folder that ends with the server."""
    with tempfile.TemporaryDirectory(prefix="policy-assistant-") as scratch:
        os.environ["GRADIO_TEMP_DIR"] = scratch
        yield


@contextmanager
def library_of(
    folder: Path, encoder: Encoder | Bundled | None = BUNDLED
) -> Iterator[tuple[Library, Callable[[], None]]]:
    """The library, and what wakes the thread that encodes its new texts."""
    library = open_library(folder, encoder)
    library.refresh()
    worker = Worker(folder, library.encoder) if library.encoder is not None else None
    try:
        with warming(library):
            yield library, worker.wake if worker else lambda: None
    finally:
        if worker:
            worker.stop()
        library.close()


@contextmanager
def warming(library: Library) -> Iterator[None]:
    """Asks each document something meanwhile, so that the first reader need not wait for it."""
    stopped = threading.Event()

    def ask() -> None:
        for document in library.documents()[:WARMED]:
            if stopped.is_set():
                return
            try:
                answer("目标是多少？", library, scope=Scope(documents=frozenset({document.id})))
            except PolicyError as error:
                log.warning("%s", error)

    thread = threading.Thread(target=ask, name="warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def create_app(
    library: Library,
    wake: Callable[[], None],
    users: Users,
    host: str = "127.0.0.1",
    pens: Pens | None = None,
) -> FastAPI:
    """API and page under one rule: with users both ask who is there."""
    from assistant.app import page  # takes seconds to import

    door = Door(users)
    pens = pens or Pens(library)
    app = create_api(library, door.guard, pens)
    app.add_middleware(SameOrigin)
    if users:
        app.add_middleware(FrontDoor, door=door)
    else:
        # A web page elsewhere must not reach us under a name of its own.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK_NAMES, host])
    door.page = page.mount(app, page.build(library, wake, pens), door.login if users else None)
    return app


class Announcing(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            typer.echo(f"政策助手已就绪：{self._url}")
