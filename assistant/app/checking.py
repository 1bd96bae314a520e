"""A check that runs while the page says how far it is, and the files that come of it."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from gradio.utils import get_upload_folder

from assistant.app.drafts import Draft
from assistant.check import Coverage, check_parsed
from assistant.check.annotate import annotate
from assistant.check.asword import as_word
from assistant.check.brief import write_brief
from assistant.check.excel import write_excel
from assistant.check.progress import WRITING, Stopped
from index.errors import NotFound, PolicyError
from index.identity import clean_id
from index.library import Library
from index.types import Clause, Document

BROKEN = "程序出错，没有完成核查；请换一个文件再试，或请管理员查看日志"
NO_COMMENTS = "批注没有写成：请用 Word/WPS 把草案另存为 .docx 后重新上传"
STOPPED = "已停止核查；已读懂的语句留着，再次核查会接着做"
GLANCE = 0.5  # seconds between two words about how far it is
LEFT = 20.0  # seconds without a glance after which the page has been left
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A report with the texts that its spans point into, and its files."""

    coverage: Coverage
    draft: Draft
    documents: Mapping[str, Document]
    clauses: Mapping[str, Clause]
    folder: Path
    excel: Path
    brief: Path
    word: Path | None
    remark: str = ""
    uppers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """``seconds`` and ``share`` are None while others are being served."""

    words: str
    seconds: int | None = None
    share: float | None = None


class Watch:
    """A check under way, seen from the page: how far it is, and whether anybody still waits."""

    def __init__(self, left: float = LEFT) -> None:
        self.share, self.words = 0.0, "正在读取草案"
        self._left = left
        self._glanced = time.monotonic()
        self._stopped = Event()

    def stop(self) -> None:
        self._stopped.set()

    def glance(self) -> None:
        self._glanced = time.monotonic()

    def told(self, share: float, words: str) -> None:
        """Called by the check; a page that was closed glances no more."""
        if self._stopped.is_set() or time.monotonic() - self._glanced > self._left:
            raise Stopped(STOPPED)
        self.share, self.words = max(self.share, share), words


def checking(
    uppers: Sequence[str], draft: Draft, library: Library, seat: Executor, watch: Watch
) -> Iterator[Stage | Checked]:
    """One check at a time on ``seat``; last comes the report. PolicyError says what is wrong."""
    if not uppers:
        raise PolicyError("请先选上级文件")
    asked: Future[Checked] = seat.submit(made, uppers, draft, library, watch)
    began: float | None = None
    try:
        while not wait([asked], GLANCE).done:
            watch.glance()
            began = began or (time.monotonic() if asked.running() else None)
            if began is None:
                yield Stage("前面还有草案在核查，正在排队")
            else:
                yield Stage(watch.words, int(time.monotonic() - began), watch.share)
    finally:
        asked.cancel()
        watch.stop()
    try:
        yield asked.result()
    except PolicyError:
        raise
    except CancelledError as error:
        raise Stopped(STOPPED) from error
    except Exception as error:
        log.exception("check failed")
        raise PolicyError(BROKEN) from error


def made(uppers: Sequence[str], draft: Draft, library: Library, watch: Watch) -> Checked:
    coverage = check_parsed(uppers, draft.parsed, library, watch.told)
    watch.told(WRITING, "正在写对照表和批注稿")
    return filed(coverage, uppers, draft, library)


def filed(coverage: Coverage, uppers: Sequence[str], draft: Draft, library: Library) -> Checked:
    """The report with its files."""
    names = {row.document_id for row in coverage.rows} | {one.partition("/")[0] for one in uppers}
    documents = {name: library.document(name) for name in sorted(names)}
    titles = {name: document.title for name, document in documents.items()}
    folder = Path(tempfile.mkdtemp(prefix="check-", dir=made_sure(Path(get_upload_folder()))))
    stem = clean_id(draft.parsed.document.title)[:60]
    excel = folder / f"{stem}-对照检查表.xlsx"
    write_excel(coverage, excel, titles)
    brief = folder / f"{stem}-核查小结.docx"
    write_brief(coverage, brief, titles)
    word, remark = annotated(coverage, draft, folder, stem, titles)
    return Checked(
        coverage=coverage,
        draft=draft,
        documents=documents,
        clauses=dict(clauses_of(coverage, library)),
        folder=folder,
        excel=excel,
        brief=brief,
        word=word,
        remark=remark,
        uppers=tuple(uppers),
    )


def made_sure(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def clauses_of(coverage: Coverage, library: Library) -> Iterator[tuple[str, Clause]]:
    for row in coverage.rows:
        try:
            yield row.clause, library.clause(row.clause)
        except NotFound:  # replaced meanwhile: the row still has its own words
            continue


def annotated(
    coverage: Coverage, draft: Draft, folder: Path, stem: str, titles: Mapping[str, str]
) -> tuple[Path | None, str]:
    """The draft as Word with comments; a file that resists costs only this one."""
    out = folder / f"{stem}-批注.docx"
    try:
        word, remark = as_word(draft.file, draft.suffix, draft.parsed.document.text)
        annotate(word, coverage, draft.parsed, out, titles)
    except Exception:
        log.exception("no comments")
        return None, NO_COMMENTS
    return out, remark


def forget(checked: Checked | None) -> None:
    """The files of a report that nobody looks at any more."""
    if checked:
        shutil.rmtree(checked.folder, ignore_errors=True)
