"""What one reader of 核查 has before them, and where a click leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.app.checking import Checked, forget
from assistant.app.drafts import Draft
from assistant.app.render.check import COUNTED, Shown, View, kinds

UNTOUCHED = Shown()


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What one reader has: files of their own, the last report, and where they look.

    ``named`` are the upper plans that were picked for the reader because the draft names them."""

    own: Mapping[str, Draft]
    named: tuple[str, ...] = ()
    checked: Checked | None = None
    shown: Shown = UNTOUCHED


def dropped(session: Session) -> None:
    forget(session.checked)


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
    match data.get("act"):
        case "row" | "step":
            row = int(number) if (number := data.get("row", "")).isdecimal() else 0
            return replace(shown, row=row if row <= len(checked.coverage.rows) else 0)
        case "filter":
            status = data.get("status", "")
            status = status if status in COUNTED else "all"
            kind = shown.kind if shown.kind in kinds(checked.coverage, status) else ""
            return Shown(status, kind)
        case "kind":
            return replace(shown, kind=data.get("kind", ""), row=0, view="table")
        case "view":
            view: View = "page" if data.get("view") == "page" else "table"
            return replace(shown, view=view, row=0)
    return replace(shown, row=0)
