"""A check as the command line and the page ask for it: ids in the library, a draft on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.check.compare import Upper, check
from assistant.check.progress import READING, Progress, Watched, quiet, sentences_in
from assistant.check.types import Coverage
from assistant.check.vectors import Remembering
from index.errors import NotFound, ReadError, SecretFile
from index.ingest import read_checked
from index.library import Library
from index.parse import parse
from index.types import Parsed, Source

_EMPTY = r"没有可读的文字|文件是空的"
_VECTORS = "check-vectors.npz"


def check_files(uppers: Sequence[str], draft: Path, library: Library) -> Coverage:
    """Hold a draft against documents of the library, or parts of them (jiaozuo-2017/P4)."""
    return check_parsed(uppers, read_draft(draft), library)


def check_parsed(
    uppers: Sequence[str], draft: Parsed, library: Library, progress: Progress = quiet
) -> Coverage:
    """``progress`` is told how far the check is; Stopped, raised in it, ends the check."""
    progress(READING, "正在读取上级任务")
    plans = upper_plans(uppers, library)
    if library.encoder is None:
        return check(plans, draft, None)
    texts = [draft.document.text, *(text for plan in plans for text in _texts(plan))]
    remembering = Remembering(library.encoder, library.store.folder / _VECTORS)
    try:
        return check(plans, draft, Watched(remembering, sentences_in(texts), progress))
    finally:
        remembering.save()  # also of a check that was stopped: it goes on from there next time


def _texts(plan: Upper) -> Iterator[str]:
    for clause in plan.parsed.clauses:
        part = clause.id.removeprefix(f"{plan.parsed.document.id}/").partition("/")[0]
        if not plan.parts or part in plan.parts:
            yield clause.text


def read_draft(path: Path) -> Parsed:
    """The county's file, understood; a secret one is refused and nothing of it is kept."""
    return parse(_source(path), path.stem, path.stem)


def _source(path: Path) -> Source:
    try:
        return read_checked(path)
    except SecretFile:
        raise
    except ReadError as error:
        # An empty draft covers nothing; that is a result, not an error.
        if re.search(_EMPTY, str(error)) and path.suffix.lower() in (".txt", ".md", ".docx"):
            return Source("")
        raise


def upper_plans(names: Sequence[str], library: Library) -> list[Upper]:
    """The plans by id; parts of one document are held against together."""
    parts: dict[str, list[str]] = {}
    for name in names:
        document, _, part = name.strip().partition("/")
        held = parts.setdefault(document, [])
        if part:
            held.append(part)
    return [_upper(document, some, names, library) for document, some in parts.items()]


def _upper(document_id: str, parts: Sequence[str], names: Sequence[str], library: Library) -> Upper:
    document = library.document(document_id)
    parsed = Parsed(
        document, tuple(library.clauses(document_id)), tuple(library.tasks(document_id))
    )
    known = {clause.id.partition("/")[2].partition("/")[0] for clause in parsed.clauses}
    if wrong := [part for part in parts if part not in known]:
        having = "、".join(sorted(k for k in known if k.startswith("P"))) or "没有分部分"
        raise NotFound(f"{document_id} 没有部分 {'、'.join(wrong)}；该文件的部分：{having}")
    # The whole document asked for beside a part of it means the whole.
    return Upper(parsed, () if document_id in names else tuple(parts))
