"""Uploaded files on their way into the store; nothing of them is left in the upload folder."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from assistant.app.panes import Desk
from assistant.app.render.library import Upload
from index import ingest
from index.errors import PolicyError
from index.identity import title_key
from index.ingest import Failed, Ingested, Unchanged
from index.limits import LIMITS, Limits, Progress, quiet
from index.parse import parse
from index.store import Store

WAITING, READING, STORED = "等待读取", "正在读取、拆分条款", "已入库，可以检索"


def take_in(paths: Sequence[str], desk: Desk) -> Iterator[list[Upload]]:
    """The state of every file after each step; one bad file does not stop the rest."""
    uploads = [Upload(Path(path).name, WAITING) for path in paths]
    for at, path in enumerate(map(Path, paths)):
        uploads[at] = replace(uploads[at], stage=READING, done=None)
        yield list(uploads)
        uploads[at] = yield from watched(uploads, at, path, desk)
        desk.wake()
    yield uploads


def watched(
    uploads: Sequence[Upload], at: int, path: Path, desk: Desk
) -> Generator[list[Upload], None, Upload]:
    """How far a scan is, page by page; returns what became of the file."""
    told: SimpleQueue[Upload | None] = SimpleQueue()

    def progress(what: str, done: int, total: int) -> None:
        told.put(Upload(path.name, f"{what}：{done} / {total} 页", done / max(total, 1)))

    with ThreadPoolExecutor(1, "reading") as pool:
        reading = pool.submit(taken, path, desk.library.store, desk.limits, progress)
        reading.add_done_callback(lambda _: told.put(None))
        while (step := told.get()) is not None:
            yield [*uploads[:at], step, *uploads[at + 1 :]]
    return reading.result()


def taken(path: Path, store: Store, limits: Limits = LIMITS, progress: Progress = quiet) -> Upload:
    name = path.name
    try:
        outcome = ingest.take_in(path, store, origin_of(path, store), limits, progress)
    except PolicyError as error:
        outcome = Failed(name, str(error))
    finally:
        discard(path)
    match outcome:
        case Failed(error=problem):
            return Upload(name, "", problem=problem.removeprefix(name).lstrip("： "))
        case Unchanged():
            return Upload(name, "资料库里已有同样的内容，没有改动", 1.0)
        case Ingested(id=document_id, clauses=clauses, tasks=tasks, note=note):
            counts = f"{STORED}：{clauses} 条、{tasks} 项任务"
            words = f"{counts}（{note}）" if note else counts
            return Upload(name, words, 1.0, document_id=document_id)


def discard(path: Path) -> None:
    """Also its folder, which gradio makes for each upload and shares between equal files."""
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def origin_of(path: Path, store: Store) -> str:
    """An upload replaces the one of the same name that bears the same title, and no other.

    Offices call half of their files 通知.docx: the name alone must not throw a document away.
    """
    base = f"upload:{path.name}"
    held = uploaded(store, base)
    if not held:
        return base
    try:
        source = ingest.read_checked(path)
        title = parse(source, "upload", path.stem).document.title
    except Exception:  # whatever it is, taking it in meets it again and reports it
        return base
    return held.get(title_key(title)) or f"{base}#{ingest.content_key(path)[-12:]}"


def uploaded(store: Store, base: str) -> dict[str, str]:
    """Title key → origin of the documents that were uploaded under this name."""
    query = "SELECT title_key, origin FROM documents WHERE origin = ? OR origin GLOB ?"
    pattern = "".join(f"[{c}]" if c in "*?[" else c for c in base) + "#*"
    with store.reading() as db:
        return dict(db.execute(query, (base, pattern)))
