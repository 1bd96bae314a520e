"""A draft made for the page: from picks and form, with fills, its files and its check."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gradio.utils import get_upload_folder

from assistant.app.county import as_toml
from assistant.app.drafts import plain_title
from assistant.check import Coverage, check_parsed, read_draft
from assistant.draft import (
    Draft,
    Profile,
    Stage,
    extract,
    to_markdown,
    write_calendar,
    write_docx,
    write_ledger,
)
from assistant.draft import draft as drawn_up
from assistant.draft.edit import Wording
from assistant.draft.keep import LONGEST_NAME
from assistant.draft.renew import renewed
from assistant.draft.unsourced import Fact
from assistant.draft.word.marks import Origin
from assistant.draft.work import Work, work_on
from index.drafts import Version
from index.errors import NotFound, PolicyError
from index.library import Library
from index.types import Parsed

BROKEN = "程序出错，没有完成起草；请换一件上级文件再试，或请管理员查看日志"
NOT_WRITTEN = "程序出错，文件没有写成；请管理员查看日志"
BROKEN_ACT = "程序出错，没有做成；草案没有改动，请管理员查看日志"
NOT_CHECKED = "程序出错，没有完成核查；请管理员查看日志"
STAGES: tuple[Stage, ...] = ("征求意见稿", "送审稿", "签发稿")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Editing:
    """A clause under somebody's pen: the words as they were typed, and what was found in them."""

    clause: str
    words: Wording
    facts: tuple[Fact, ...] = ()
    problem: str = ""
    follows: str = ""  # a new clause: the one that it is to stand behind


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What one reader has: the rest of a county file, the draft in hand, and where they look.

    ``saved`` is the version in the store that ``work`` began from or was saved as; ``loose`` says
    that there are changes that it does not hold. ``pair`` are two versions shown side by side."""

    rest: Mapping[str, Any] = field(default_factory=dict)
    work: Work | None = None
    name: str = ""
    saved: Version | None = None
    loose: bool = False
    stage: Stage = "征求意见稿"
    place: str = ""
    editing: Editing | None = None
    pair: tuple[int, int] | None = None
    folder: Path | None = None
    serial: int = 0
    remark: str = ""  # what is to be said of a draft that was drawn up anew

    @property
    def draft(self) -> Draft | None:
        return self.work.draft if self.work else None


def forget(session: Session) -> None:
    if session.folder:
        shutil.rmtree(session.folder, ignore_errors=True)


def drafted(session: Session, uppers: Sequence[str], profile: Profile, library: Library) -> Session:
    """A new draft. From the same upper plans it is the draft in hand drawn up anew: what people
    filled in, reworded and added stays."""
    if not uppers:
        raise PolicyError("请先选上级文件")
    try:
        chosen = [parsed(one, library) for one in uppers]
        plain = drawn_up(chosen, profile, held=library.documents())
    except PolicyError:
        raise
    except Exception as error:
        log.exception("draft failed")
        raise PolicyError(BROKEN) from error
    titles = {one: title_of(one, library) for one in uppers}
    work = replace(work_on(plain, tuple(uppers), titles, profile), stage=session.stage)
    fresh = Session(
        session.rest,
        work,
        name=plain.title[:LONGEST_NAME],
        loose=True,
        stage=session.stage,
        folder=session.folder,
        serial=session.serial,
    )
    before = session.work
    if before is None or before.uppers != work.uppers or before.plain.county != plain.county:
        return fresh
    again = renewed(before, work)
    told = f"保留了人工改过、确认过的{again.kept}条。" if again.kept else ""
    if again.lost:
        told += f"有{len(again.lost)}条改过的现在没有对应的上级条款，没有保留，可在“版本”里找回。"
    return replace(fresh, work=again.work, name=session.name, saved=session.saved, remark=told)


def title_of(upper: str, library: Library) -> str:
    """A plan's own title, also of one among several in a document."""
    if "/" in upper:
        return library.clause(upper).heading or upper
    return plain_title(library.document(upper).title)


def parsed(upper: str, library: Library) -> tuple[Parsed, str]:
    """A document of the library with the part that was picked of it."""
    document_id = upper.partition("/")[0]
    try:
        document = library.document(document_id)
    except NotFound as error:
        raise NotFound("所选的上级文件已移出资料库，请重新选择") from error
    held = tuple(library.clauses(document_id)), tuple(library.tasks(document_id))
    return Parsed(document, *held), upper if "/" in upper else ""


def with_folder(session: Session) -> Session:
    if session.folder and session.folder.is_dir():
        return session
    base = Path(get_upload_folder())
    base.mkdir(parents=True, exist_ok=True)
    return replace(session, folder=Path(tempfile.mkdtemp(prefix="draft-", dir=base)))


def written(session: Session, work: Work, what: str, unit: str = "") -> Path:
    """One file of the draft; PolicyError says why there is none."""
    assert session.folder is not None
    try:
        if what in ("ledger", "markdown", "calendar", "county"):
            return other_file(work, session.folder, what)
        return word_file(session, session.folder, work, what, unit)
    except PolicyError:
        raise
    except Exception as error:
        log.exception("file not written")
        raise PolicyError(NOT_WRITTEN) from error


def word_file(session: Session, folder: Path, work: Work, what: str, unit: str) -> Path:
    """A file of a saved version says which one it is, so that it finds back when edited."""
    draft, stage = work.draft, session.stage
    if what == "unit":
        own = extract(draft, unit)
        path = folder / f"{plain_name(own.title)}.docx"
        write_docx(own, path, stage=stage, comments=False)
        return path
    clean, comments = what == "clean", what == "word"
    if clean:
        refuse_clean(work)
    printed = what == "printed"
    stage = "签发稿" if printed else stage
    kind = {"clean": "清稿", "word": "批注", "printed": "预印纸"}.get(what, "")
    path = folder / f"{plain_name(draft.title)}（{stage}）{kind}.docx"
    saved = session.saved if not session.loose else None
    origin = Origin(saved.draft, saved.number) if saved else None
    write_docx(
        draft,
        path,
        stage=stage,
        comments=comments,
        printed=printed,
        clean=clean,
        origin=origin,
        notes=work.notes,
    )
    return path


def with_open(coverage: Coverage, work: Work) -> str:
    """The check's paragraph with the number of placeholders that the page asks for: the check
    counts them in the Word file, where the table behind the text repeats most of them."""
    said = str(coverage.summary["paragraph"])
    for counted in (one for one in coverage.notices if "待定" in one):
        said = said.replace(counted, "")
    left = len(work.draft.placeholders)
    return f"{said}另有 {left} 处待定须补。" if left else said


def refuse_clean(work: Work) -> None:
    if left := len(work.draft.placeholders):
        raise PolicyError(f"还有{left}处待定，不能出清稿：请先在右侧“待定”里填完")
    work.refuse_unsourced()


def other_file(work: Work, folder: Path, what: str) -> Path:
    draft = work.draft
    stem = plain_name(draft.title)
    match what:
        case "ledger":
            path = folder / f"{stem}-任务台账.xlsx"
            write_ledger(draft, path)
        case "calendar":
            path = folder / f"{stem}-时限.ics"
            if not write_calendar(draft, path):
                raise PolicyError("方案里没有写明日期的时限，没有可以写入日历的内容")
        case "county":
            path = folder / f"{plain_name(draft.county)}县情.toml"
            path.write_text(as_toml(work.county), encoding="utf-8")
        case _:
            path = folder / f"{stem}.md"
            path.write_text(to_markdown(draft), encoding="utf-8")
    return path


def plain_name(title: str) -> str:
    """A title as the name of a file."""
    return re.sub(r'[\\/:*?"<>|《》〈〉\s]', "", title)[:60]


def checked(session: Session, work: Work, library: Library) -> Coverage:
    """What the check says of the draft as its Word file has it."""
    assert session.folder is not None
    path = session.folder / "check.docx"
    try:
        write_docx(work.draft, path, comments=False)
        return check_parsed(work.uppers, read_draft(path), library)
    except PolicyError:
        raise
    except Exception as error:
        log.exception("check failed")
        raise PolicyError(NOT_CHECKED) from error
    finally:
        path.unlink(missing_ok=True)
