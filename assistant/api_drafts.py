"""Drafts over HTTP, to be read: the same JSON as ``assistant drafts``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.contracts import Json
from assistant.draft.compared import changes_json, compared
from assistant.draft.keep import open_draft, opened_json, shelved_json, version_json
from index import drafts as shelf
from index.library import Library

Number = Annotated[int, Query(ge=1)]


def add_drafts(router: APIRouter, library: Library) -> None:
    @router.get("/drafts")
    def drafts() -> list[Json]:
        return [shelved_json(one) for one in shelf.drafts(library.store)]

    @router.get("/drafts/{draft}")
    def draft(draft: int, version: Annotated[int | None, Query(ge=1)] = None) -> Json:
        found = opened_json(open_draft(library.store, draft, version))
        return found | {
            "versions": [version_json(one) for one in shelf.versions(library.store, draft)]
        }

    @router.get("/drafts/{draft}/compare")
    def compare(draft: int, before: Number, after: Number) -> Json:
        old, new = (open_draft(library.store, draft, one).work.draft for one in (before, after))
        changes = changes_json(compared(old, new))
        return {"draft": draft, "before": before, "after": after, "changes": changes}
