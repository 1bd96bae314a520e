"""Drafts in the store: saved whole as versions, opened again, listed, taken back from Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.draft.back import Taken, read_returned, take_back
from assistant.draft.contract import to_json
from assistant.draft.types import Draft
from assistant.draft.work import State, Work, read_back, written_down
from index import drafts as shelf
from index.drafts import Shelved, Version
from index.errors import PolicyError
from index.rows import now
from index.store import Store

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a draft, open to be worked on."""

    name: str
    version: Version
    work: Work


def save_as(store: Store, name: str, work: Work, who: str, why: str = "起草") -> Version:
    """A new draft in the store; what is returned has been written to the disk."""
    return shelf.save_new(store, named(name), written_down(work), who, why)


def save_again(store: Store, opened: Version, work: Work, who: str, why: str) -> Version:
    """One more version. ``version.crossed`` tells that others have saved since it was opened."""
    return shelf.save_version(store, opened.draft, written_down(work), who, why, opened.number)


def named(name: str) -> str:
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST_NAME:
        raise PolicyError(f"草案名称应为1到{LONGEST_NAME}个字")
    return kept


def open_draft(store: Store, draft: int, number: int | None = None) -> Opened:
    version, value = shelf.read_version(store, draft, number)
    return Opened(shelf.draft_name(store, draft), version, read_back(value))


@dataclass(frozen=True, slots=True)
class Received:
    """``base`` is the version that the file was held against, ``saved`` the new one."""

    base: Version
    saved: Version
    taken: Taken


def receive(store: Store, draft: int, path: Path, who: str, why: str = "") -> Received:
    """An edited .docx as a new version. It is held against the version that it was written from,
    where the file says so; words that were changed in between are then listed as changed too."""
    origin = read_returned(path).origin
    if origin is not None and origin.draft != draft:
        raise PolicyError(
            f"{path.name} 是草案 {origin.draft} 第{origin.version}版写出的文件，"
            f"不是草案 {draft} 的；请打开草案 {origin.draft} 再收回"
        )
    opened = open_draft(store, draft, origin.version if origin else None)
    taken = take_back(opened.work, path, who, now())
    saved = save_again(store, opened.version, taken.work, who, why or f"收回 {path.name}")
    return Received(opened.version, saved, taken)


def shelved_json(one: Shelved) -> dict[str, Any]:
    """``{"id","name","created","versions","saved","who","why"}``: times in UTC, ISO 8601."""
    last = one.last
    return {
        "id": one.id,
        "name": one.name,
        "created": one.created,
        "versions": last.number,
        "saved": last.at,
        "who": last.who,
        "why": last.why,
    }


def version_json(one: Version) -> dict[str, Any]:
    """``{"draft","version","at","who","why","base","crossed"}``."""
    return {
        "draft": one.draft,
        "version": one.number,
        "at": one.at,
        "who": one.who,
        "why": one.why,
        "base": one.base,
        "crossed": one.crossed,
    }


def opened_json(one: Opened) -> dict[str, Any]:
    """``{"id","name",…version…,"uppers","stage","progress":{state: count},"draft":{…}}``; the
    draft is that of ``assistant draft --json``, each clause with ``"state"``, ``"own"`` (本县自拟)
    and ``"unsourced"`` (facts that nobody has decided about)."""
    work = one.work
    return {
        "id": one.version.draft,
        "name": one.name,
        **version_json(one.version),
        "uppers": list(work.uppers),
        "stage": work.stage,
        "progress": progress(work),
        "draft": with_states(work),
    }


def progress(work: Work) -> dict[str, int]:
    """How many clauses are in which state; a bare heading is nobody's work."""
    counts = dict.fromkeys(get_args(State), 0)
    draft = work.draft
    for clause in (draft.opening, *draft.clauses):
        if clause.text:
            counts[work.state_of(clause)] += 1
    return counts


def with_states(work: Work) -> dict[str, Any]:
    draft: Draft = work.draft
    found = to_json(draft)
    clauses = (draft.opening, *draft.clauses)
    for data, clause in zip(found["clauses"], clauses, strict=True):
        touch = work.touch_of(clause.id)
        data["state"] = work.state_of(clause)
        data["own"] = list(touch.own) if touch else []
        data["unsourced"] = list(touch.open) if touch else []
    return found
