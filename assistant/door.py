"""Who may come in: a login on the page, HTTP Basic for programs, the same users for both."""

from __future__ import annotations

import asyncio
import base64
import binascii
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.users import Users, admits

READING = {"GET", "HEAD", "OPTIONS"}
LOGIN = Path(__file__).parent / "app" / "static" / "login.html"


class Door:
    """Stands open where there are no users; the server is then on loopback only."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self.page: Any = None  # the mounted page keeps who has logged in

    async def login(self, name: str, password: str) -> bool:
        # Hashing takes a while on purpose; others are served meanwhile.
        return await asyncio.to_thread(admits, self._users, name, password)

    def guard(self, request: Request) -> None:
        if self.knows(request) or self._basic(request):
            return
        raise HTTPException(401, "请先登录", headers={"WWW-Authenticate": "Basic"})

    def knows(self, request: Request) -> bool:
        if not self._users:
            return True
        mark = self.page.cookie_id
        names = (f"access-token-{mark}", f"access-token-unsecure-{mark}")
        return any(request.cookies.get(name) in self.page.tokens for name in names)

    def _basic(self, request: Request) -> bool:
        scheme, _, words = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            decoded = base64.b64decode(words, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return False
        name, _, password = decoded.partition(":")
        return admits(self._users, name, password)


class FrontDoor:
    """Shows strangers our own login instead of gradio's, which speaks English."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door
        self._login = LOGIN.read_text(encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        at_root = scope["type"] == "http" and scope["path"] == "/" and scope["method"] == "GET"
        if at_root and not self._door.knows(Request(scope)):
            answer = HTMLResponse(self._login, headers={"Cache-Control": "no-store"})
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class SameOrigin:
    """Refuses what another site's page sends in the name of a reader who is logged in here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READING and foreign(scope):
            answer = JSONResponse({"error": "请求来自别的网站，已拒绝"}, 403)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def foreign(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    ours = (headers.get("host"), headers.get("x-forwarded-host"))
    return origin is not None and urlsplit(origin).netloc not in ours
