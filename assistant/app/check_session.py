"""What one reader of 核查 has before them, and where a click leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.app.checking import Checked, Watch, forget
from assistant.app.drafts import Draft
from assistant.app.render.check_view import COUNTED, Order, Shown, View, kinds, mark_of

UNTOUCHED = Shown()


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What one reader has: files of their own, the last report, and where they look.

    ``named`` are the upper plans that were picked for the reader because the draft names them,
    ``running`` is the check under way."""

    own: Mapping[str, Draft]
    named: tuple[str, ...] = ()
    checked: Checked | None = None
    shown: Shown = UNTOUCHED
    running: Watch | None = None


def dropped(session: Session) -> None:
    if session.running:
        session.running.stop()
    forget(session.checked)


def afresh(session: Session) -> Shown:
    """How a new report is looked at: all of it; what was marked as done stays so."""
    return replace(UNTOUCHED, order=session.shown.order, done=session.shown.done)


def picked(session: Session, uppers: list[str], named: list[str]) -> list[str]:
    """What the reader picked stays; what an earlier draft had named makes way."""
    return uppers if uppers and tuple(uppers) != session.named else named


def ready(given: Draft, picks: Sequence[str], named: Sequence[str]) -> str:
    """What is to be done next, and a word of doubt where the draft speaks of another plan."""
    told = f"已读入 {given.name}。"
    if not picks:
        return f"{told}请选上级文件，再点“开始核查”。"
    if named and not set(named) & set(picks):
        return f"{told}草案写明落实的不是所选的上级文件，请核对后再点“开始核查”。"
    return f"{told}点“开始核查”。"


def looked(shown: Shown, checked: Checked, data: Mapping[str, str]) -> Shown:
    """Where a click leads; it comes from outside, so nothing in it is taken on trust."""
    rows = checked.coverage.rows
    number = int(told) if (told := data.get("row", "")).isdecimal() else 0
    number = number if number <= len(rows) else 0
    match data.get("act"):
        case "row" | "step":
            return replace(shown, row=number)
        case "filter":
            status = data.get("status", "")
            status = status if status in COUNTED else "all"
            kind = shown.kind if shown.kind in kinds(checked.coverage, status) else ""
            return replace(shown, status=status, kind=kind, row=0, view="table")
        case "kind":
            return replace(shown, kind=data.get("kind", ""), row=0, view="table")
        case "view":
            view: View = "page" if data.get("value") == "page" else "table"
            return replace(shown, view=view, row=0)
        case "order":
            order: Order = "weight" if data.get("value") == "weight" else "plan"
            return replace(shown, order=order, row=0, view="table")
        case "done" if number:
            return replace(shown, done=shown.done ^ {mark_of(rows[number - 1])})
        case "hide":
            return replace(shown, hide=not shown.hide, row=0)
        case "done":
            return shown
    return replace(shown, row=0)
