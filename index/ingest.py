"""Files into the store: read, refuse what is secret, parse, keep; then the vectors.

One bad file does not stop the rest. What is kept is at once found by words; its vectors follow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder
from index.encoding import encode_pending
from index.errors import PolicyError, ReadError, SecretFile, StoreError
from index.identity import clean_id
from index.limits import LIMITS, Limits, Progress, quiet
from index.parse import parse
from index.read import read
from index.secrecy import secrecy_mark
from index.store import Incoming, Store, Stored
from index.types import Parsed, Source

# Raise it when reading or parsing changes what is stored: files then count as changed.
READING = 6


@dataclass(frozen=True, slots=True)
class Ingested:
    """``note`` says what a user would not expect: another id, a digest that made way."""

    id: str
    path: str
    clauses: int
    tasks: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Failed:
    path: str
    error: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    ingested: tuple[Ingested, ...]
    unchanged: tuple[Unchanged, ...]
    failed: tuple[Failed, ...]


def place(path: Path) -> str:
    """Where a file is from: the same place again replaces what came from it before."""
    return str(path.resolve())


def ingest(
    paths: Iterable[Path],
    store: Store,
    encoder: Encoder | None,
    *,
    wait: bool = True,
    progress: Progress = quiet,
    origin: Callable[[Path], str] = place,
    limits: Limits = LIMITS,
) -> IngestReport:
    """Takes in files and folders. Without ``wait`` the vectors stay in the store's queue."""
    files = find_files(paths)
    outcomes: list[Ingested | Unchanged | Failed] = []
    for number, path in enumerate(files):
        progress("读入", number, len(files))
        outcomes.append(take_in(path, store, origin(path), limits, progress))
    progress("读入", len(files), len(files))
    if wait and encoder is not None:
        encode_pending(store, encoder, progress)
    return IngestReport(
        tuple(o for o in outcomes if isinstance(o, Ingested)),
        tuple(o for o in outcomes if isinstance(o, Unchanged)),
        tuple(o for o in outcomes if isinstance(o, Failed)),
    )


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Every file named or inside a folder named, once; hidden and lock files are left out."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else []
        shown = [p for p in inside if not is_hidden(p.relative_to(path))]
        found.update(dict.fromkeys(shown if path.is_dir() else [path]))
    return list(found)


def is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def take_in(
    path: Path,
    store: Store,
    origin: str,
    limits: Limits = LIMITS,
    progress: Progress = quiet,
) -> Ingested | Unchanged | Failed:
    """``progress`` hears of the pages of a scan, each of which takes seconds."""
    try:
        content = content_key(path)
        held = store.known(origin, content)
        if held is not None:
            return Unchanged(held, str(path))
        source = read_checked(path, limits, progress)
        stored = store.put(incoming(path, origin, content, source))
    except StoreError:  # the store itself is in trouble: the next file would fail as well
        raise
    except PolicyError as error:
        return Failed(str(path), str(error))
    except Exception as error:
        # A reader may meet any kind of damage; the rest of the folder must go on.
        kind = type(error).__name__
        return Failed(str(path), f"无法处理 {path.name}：文件可能已损坏（{kind}：{error}）")
    return report(path, source, stored)


def content_key(path: Path) -> str:
    try:
        return f"{READING}:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except FileNotFoundError as error:
        raise ReadError(f"没有这个文件：{path}") from error
    except OSError as error:
        raise ReadError(f"打不开文件 {path}：{error.strerror}；请检查权限") from error


def read_checked(path: Path, limits: Limits = LIMITS, progress: Progress = quiet) -> Source:
    """Reads a file unless its name or its text bears a mark of secrecy."""
    refuse_secret(path.name, "")
    source = read(path, limits, progress)
    refuse_secret(path.name, f"{source.title or ''}\n{source.text}")
    return source


def refuse_secret(name: str, text: str) -> None:
    mark = secrecy_mark(name, text)
    if mark is not None:
        raise SecretFile(
            f"{name} 标有“{mark}”，未存入，也没有保留任何内容；涉密文件不得在本系统处理"
        )


def incoming(path: Path, origin: str, content: str, source: Source) -> Incoming:
    def parse_as(document_id: str) -> Parsed:
        return parse(source, document_id, path.stem)

    return Incoming(origin, content, wanted_id(path, source), parse_as)


def wanted_id(path: Path, source: Source) -> str:
    return clean_id(str(source.front.get("id") or path.stem))


def report(path: Path, source: Source, stored: Stored) -> Ingested | Unchanged:
    if stored.outcome == "unchanged":
        return Unchanged(stored.id, str(path))
    notes = []
    wanted = wanted_id(path, source)
    if stored.id != wanted:
        notes.append(f"编号 {wanted} 已属于另一处的文件，本文件编为 {stored.id}")
    digests = [old for old in stored.digests if old != stored.id]
    if stored.digests:
        notes.append("原件已代替摘编" + "".join(f" {old}" for old in digests))
    return Ingested(stored.id, str(path), stored.clauses, stored.tasks, "；".join(notes))


def summary(report: IngestReport) -> Sequence[str]:
    """The report in lines for a reader."""
    lines = [f"已导入 {i.id}：{i.clauses} 条、{i.tasks} 项任务" for i in report.ingested]
    lines += [f"说明：{i.note}" for i in report.ingested if i.note]
    lines += [f"未变 {u.id}" for u in report.unchanged]
    return lines + [f"失败 {f.error}" for f in report.failed]
