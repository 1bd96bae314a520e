"""The HTTP API, under the same server and the same rule of who may use it as the page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing
from typing import Annotated
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant.answer import Step
from assistant.api_drafts import add_drafts
from assistant.contracts import Json, answer_json, clause_json, document_json, evidence_json
from assistant.holdings import holdings
from assistant.model.holder import Pens
from index.errors import NotFound, PolicyError
from index.library import Library
from index.types import Scope

Guard = Callable[[Request], None]  # raises HTTPException for those who may not
Names = Annotated[list[str], Field(max_length=1000)]


class Ask(BaseModel):
    """A question, the questions before it (oldest first), and where to look.

    ``stream``: one JSON a line for each stage of the answer, ``doing`` empty in the last; empty
    lines only keep the connection.
    """

    question: str = Field(min_length=1, max_length=2000)
    history: Names = []
    documents: Names = []
    regions: Names = []
    stream: bool = False


def create_api(library: Library, guard: Guard, pens: Pens | None = None) -> FastAPI:
    app = FastAPI(title="政策助手", docs_url=None, redoc_url=None, openapi_url=None)
    router = APIRouter(prefix="/api", dependencies=[Depends(guard)])
    add_asking(router, library, pens or Pens(library))
    add_reading(router, library)
    add_drafts(router, library)
    app.include_router(router)
    app.add_exception_handler(PolicyError, explained)
    app.add_exception_handler(RequestValidationError, misread)
    app.add_exception_handler(Exception, broken)
    return app


def misread(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = dict.fromkeys(".".join(map(str, one["loc"][1:])) for one in error.errors())
    wrong = "、".join(filter(None, fields)) or "正文"
    return JSONResponse({"error": f"请求的格式不对，请检查：{wrong}"}, 422)


def broken(request: Request, error: Exception) -> JSONResponse:
    """The server's log has the rest."""
    return JSONResponse({"error": "程序出错，没有给出结果；请管理员查看日志"}, 500)


def explained(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": str(error)}, 404 if isinstance(error, NotFound) else 500)


def add_asking(router: APIRouter, library: Library, pens: Pens) -> None:
    @router.post("/ask", response_model=None)
    def ask(body: Ask) -> Json | StreamingResponse:
        scope = Scope(documents=frozenset(body.documents), regions=frozenset(body.regions))
        stages = pens.steps(body.question, body.history, scope)
        if body.stream:
            return StreamingResponse(lines(stages), media_type="application/x-ndjson")
        *_, last = stages
        return answer_json(last.answer)

    @router.get("/search")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=2000)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        document: Annotated[list[str] | None, Query()] = None,
        region: Annotated[list[str] | None, Query()] = None,
    ) -> list[Json]:
        scope = Scope(documents=frozenset(document or ()), regions=frozenset(region or ()))
        return [evidence_json(found) for found in library.search(q, k=k, scope=scope)]


async def lines(stages: Generator[Step, None, None]) -> AsyncIterator[str]:
    """A reader who leaves ends the request to the model at once, whatever it is doing."""
    with closing(stages):
        while (step := await to_thread.run_sync(next, stages, None)) is not None:
            stage = {"doing": step.doing, **answer_json(step.answer)}
            yield (json.dumps(stage, ensure_ascii=False) if step.changed else "") + "\n"


def add_reading(router: APIRouter, library: Library) -> None:
    @router.get("/documents")
    def documents() -> list[Json]:
        return [
            document_json(one.document, one.clauses, one.tasks, one.encoded)
            for one in holdings(library)
        ]

    @router.get("/documents/{document_id}/text")
    def text(document_id: str) -> PlainTextResponse:
        document = library.document(document_id)
        name = quote(f"{document_id}.txt")
        disposition = f"attachment; filename*=UTF-8''{name}"
        # The mark lets older Windows editors read the Chinese.
        return PlainTextResponse(
            "\ufeff" + document.text, headers={"Content-Disposition": disposition}
        )

    @router.get("/documents/{document_id}/pages/{number}")
    def page(document_id: str, number: int) -> Response:
        """The picture of a scanned page."""
        picture = library.store.picture(library.document(document_id).id, number)
        if picture is None:
            raise NotFound(f"{document_id} 没有第 {number} 页的影像")
        return Response(picture.image, media_type="image/webp")

    @router.get("/documents/{document_id}/clauses")
    def clauses(document_id: str) -> list[Json]:
        return [clause_json(clause) for clause in library.clauses(document_id)]

    @router.get("/clauses/{clause_id:path}")
    def clause(clause_id: str) -> Json:
        return clause_json(library.clause(clause_id))
