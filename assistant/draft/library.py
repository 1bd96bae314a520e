"""Drafting from what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.draft.plan import draft
from assistant.draft.profile import read_profile
from assistant.draft.types import Draft
from index.errors import NotFound
from index.library import Library
from index.types import Parsed


def draft_from(uppers: Sequence[str], profile_path: Path, library: Library) -> Draft:
    """The draft for document ids or parts (``jiaozuo-2017/P4``) of a library."""
    profile = read_profile(profile_path)
    chosen = [_parsed(upper, library) for upper in uppers]
    return draft(chosen, profile, held=library.documents())


def _parsed(upper: str, library: Library) -> tuple[Parsed, str]:
    document_id = upper.split("/")[0]
    try:
        document = library.document(document_id)
    except NotFound as error:
        raise NotFound(
            f"资料库里没有上级文件 {document_id}；请先用 assistant ingest 导入"
        ) from error
    clauses = tuple(library.clauses(document_id))
    tasks = tuple(library.tasks(document_id))
    return Parsed(document, clauses, tasks), upper if "/" in upper else ""
