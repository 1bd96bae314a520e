"""What a click in 起草 does to the draft in hand; whatever changes it is saved as a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.app.drafting import Editing, Session
from assistant.app.render.plan import places
from assistant.draft.back import Taken, read_returned, take_back
from assistant.draft.compared import Change
from assistant.draft.edit import (
    Wording,
    clause_of,
    confirmed,
    edited,
    new_facts,
    wording,
    wording_of,
)
from assistant.draft.filling import cleaned
from assistant.draft.keep import named, open_draft, save_again, save_as
from assistant.draft.lettering import Head, lettered
from assistant.draft.restructure import added, dropped, facts_of_new, in_order
from assistant.draft.types import DraftClause
from assistant.draft.work import Work
from index import drafts as shelf
from index.errors import PolicyError, StoreError
from index.rows import now
from index.store import Store

Data = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """The session after an act, and what to say about it; ``problem``: it did not work."""

    session: Session
    words: str = ""
    problem: bool = False


def kept(store: Store, session: Session, work: Work, who: str, why: str) -> Done:
    """The work as a new version. Where the store refuses it stays in the page, and is said so."""
    session = replace(session, work=work, loose=True)
    lost = session.saved is not None and not is_there(store, session.saved.draft)
    try:
        if session.saved is None or lost:
            version = save_as(store, session.name, work, who, why)
        else:
            version = save_again(store, session.saved, work, who, why)
    except StoreError as error:
        return Done(session, f"没有存上：{error}。改动还在页面上，请稍后点“保存”", True)
    session = replace(session, saved=version, loose=False)
    words = "原来的草案已被删除，另存为新的草案，" if lost else ""
    words += f"已存为第{version.number}版"
    if version.crossed:
        words += f"；你打开第{version.base}版之后别人又存过，那些改动不在这一版里，请到“版本”对照"
    return Done(session, words)


def is_there(store: Store, draft: int) -> bool:
    """Somebody else may have removed it meanwhile; the words in hand must not go with it."""
    return draft in {one.id for one in shelf.drafts(store)}


def drawn(store: Store, session: Session, work: Work, who: str) -> Done:
    """A draft that was just drawn up, or drawn up anew."""
    done = kept(store, session, work, who, "重新生成" if session.saved else "生成")
    return replace(done, words=f"{session.remark}{done.words}", session=done.session)


def clause_at(work: Work, place: str) -> DraftClause:
    found = {anchor: clause for clause, anchor in places(work.draft)}.get(place)
    if found is None:
        raise PolicyError("草案里没有这一条，请重新打开草案")
    return found


def fill(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    asked = {one.id for one in work.plain.placeholders}
    given = {key: cleaned(value) for key, value in data.items() if key in asked}
    fills = {key: value for key, value in given.items() if value}
    if fills == work.fills:
        return Done(session, "没有新填的内容")
    count = sum(work.fills.get(key) != value for key, value in fills.items())
    done = kept(store, session, replace(work, fills=fills), who, f"填待定{count}处")
    left = len(done.session.work.draft.placeholders) if done.session.work else 0
    return replace(done, words=f"{done.words}，还有待定{left}处") if not done.problem else done


def edit(session: Session, work: Work, data: Data) -> Done:
    """Opens a clause, or a new one behind it, under the pen."""
    clause = clause_at(work, data.get("place", ""))
    if data.get("act") == "add":
        pen = Editing("", Wording("", ()), follows=clause.id)
    else:
        pen = Editing(clause.id, wording_of(clause))
    place = data.get("place", "")
    return Done(replace(session, editing=pen, place=place, serial=session.serial + 1))


def reword(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    """The form of the editor: kept where it states nothing new, or what is new is owned."""
    pen = session.editing
    if pen is None:
        return Done(session)
    own = tuple(value for key, value in data.items() if key.startswith("own-"))
    words = pen.words
    try:
        words = wording(*(data.get(key, "") for key in ("heading", "text", "leads", "others")))
        facts = facts_of_new(work, words) if pen.follows else new_facts(work, pen.clause, words)
        if any(one.words not in own for one in facts):
            pen = replace(pen, words=words, facts=facts, problem="")
            return Done(replace(session, editing=pen, serial=session.serial + 1))
        if pen.follows:
            work = added(work, pen.follows, words, who, now(), own)
            why = f"新增“{(words.heading or words.paragraphs[0])[:12]}”"
        else:
            why = f"改写{spoken(clause_of(work.draft, pen.clause))}"
            work = edited(work, pen.clause, words, who, now(), own)
    except PolicyError as error:
        pen = replace(pen, words=words, problem=str(error))
        return Done(replace(session, editing=pen, serial=session.serial + 1))
    done = kept(store, replace(session, editing=None), work, who, why)
    return replace(done, words=f"{why}，{done.words}")


def spoken(clause: DraftClause) -> str:
    words = clause.heading or clause.text.partition("\n")[0]
    return f"“{clause.number}{words[:12]}{'…' if len(words) > 12 else ''}”"


def confirm(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    clause = clause_at(work, data.get("place", ""))
    work = confirmed(work, clause.id, who, now())
    why = f"人工确认{spoken(clause)}"
    done = kept(store, session, work, who, why)
    return replace(done, words=f"{why}，{done.words}")


def drop(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    clause = clause_at(work, data.get("place", ""))
    why = f"删去{spoken(clause)}"
    done = kept(store, replace(session, editing=None), dropped(work, clause.id), who, why)
    told = "；它所依据的上级任务会在核查中列为缺失" if clause.sources and clause.text else ""
    return replace(done, words=f"{why}，{done.words}{told}")


def letter(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    keys = ("title", "doc_no", "date", "recipients", "copied_to")
    work = lettered(work, Head(*(data.get(key, "") for key in keys)))
    return kept(store, session, work, who, "填标题、文号、日期")


def renumber(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    return kept(store, session, in_order(work), who, "重排序号")


def note(store: Store, session: Session, work: Work, data: Data, who: str) -> Done:
    """A version with a reason in the person's own words, and the draft's name."""
    name = named(data.get("name", session.name))
    why = " ".join(data.get("why", "").split())[:200] or "保存"
    if session.saved is not None and name != session.name:
        shelf.rename(store, session.saved.draft, name)
    return kept(store, replace(session, name=name), work, who, why)


def opened(store: Store, session: Session, data: Data) -> Done:
    """A draft from the list, or one of its versions."""
    draft, number = data.get("draft", ""), data.get("number", "")
    if not draft.isdecimal():
        return Done(session)
    found = open_draft(store, int(draft), int(number) if number.isdecimal() else None)
    fresh = Session(folder=session.folder, serial=session.serial + 1)
    session = replace(
        fresh, work=found.work, name=found.name, saved=found.version, stage=found.work.stage
    )
    at = f"已打开“{found.name}”第{found.version.number}版"
    return Done(session, at)


def compare(store: Store, session: Session, data: Data) -> Done:
    """Shows the list of versions, with two of them side by side."""
    if session.saved is None:
        return Done(session, "草案还没有存过，没有版本可比", True)
    newest = shelf.versions(store, session.saved.draft)[0].number
    before, after = data.get("before", ""), data.get("after", "")
    late = int(after) if after.isdecimal() else newest
    early = int(before) if before.isdecimal() else max(late - 1, 1)
    pair = (min(max(early, 1), newest), min(max(late, 1), newest))
    return Done(replace(session, pair=pair, editing=None))


@dataclass(frozen=True, slots=True)
class Back:
    """An edited file that has come back as a version."""

    done: Done
    taken: Taken

    @property
    def counts(self) -> str:
        return counted(self.taken.changes)


def counted(changes: tuple[Change, ...]) -> str:
    kinds = (("changed", "改动"), ("added", "新增"), ("removed", "删去"))
    told = [(sum(one.kind == kind for one in changes), words) for kind, words in kinds]
    return "、".join(f"{words}{count}条" for count, words in told if count) or "没有改动"


def take(store: Store, session: Session, path: Path, who: str) -> Back:
    """An edited .docx against the version that it was written from, else the draft in hand."""
    origin = read_returned(path).origin
    if origin is not None and not is_there(store, origin.draft):
        origin = None  # of a draft that is gone, or of another store
    base = session
    if origin is not None and (session.saved is None or origin.draft == session.saved.draft):
        data = {"draft": str(origin.draft), "number": str(origin.version)}
        base = opened(store, session, data).session
    elif origin is not None:
        name = shelf.draft_name(store, origin.draft)
        raise PolicyError(f"这份文件是草案“{name}”的；请先在草案库里打开它，再收回")
    if base.work is None:
        raise PolicyError("请先打开这份文件所属的草案，再收回")
    if base.saved is None:  # the file's changes are a version: what it began from must be one too
        base = kept(store, base, base.work, who, "生成").session
    assert base.work is not None
    taken = take_back(base.work, path, who, now())
    early = base.saved.number if base.saved else 1
    done = kept(store, base, taken.work, who, f"收回改过的 Word（{path.name[:40]}）")
    saved = done.session.saved
    pair = (early, saved.number) if saved and not done.problem else None
    found = Back(replace(done, session=replace(done.session, pair=pair)), taken)
    words = f"已收回：{found.counts}，{done.words}"
    if waiting := sum(bool(one.open) for one in taken.work.touches):
        words += f"。有{waiting}条写了上级条款和县情里没有的内容，已标“待核”，请逐条核定"
    if taken.table_changed:
        words += "。附件任务分解表里的改动没有收回，由正文重新生成"
    return replace(found, done=replace(found.done, words=words))


def summary(work: Work, done: Done | None = None) -> str:
    draft = work.draft
    left = len(draft.not_applicable)
    out = f"，未列入上级条款{left}条" if left else ""
    waiting = len(draft.placeholders)
    open_ones = f"待定{waiting}处" if waiting else "没有待定"
    saved = f"{done.words}。" if done else "示例没有保存，填写、改写之后自动保存。"
    return f"草案已生成：任务{len(draft.rows)}项，{open_ones}{out}。{saved}"
