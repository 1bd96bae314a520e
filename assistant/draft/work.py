"""A draft that is being worked on: what a version in the store keeps, whole.

``plain`` is the plan with its placeholders as they were asked; ``fills`` are the answers given so
far, so that an answer can be taken back. What a person did to a clause stands in ``touches``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.draft.filling import Fills, filled
from assistant.draft.profile import Profile
from assistant.draft.types import Draft, DraftClause
from assistant.draft.word.write import Stage
from index.codec import dump, load
from index.errors import PolicyError

How = Literal["edited", "confirmed", "added"]
State = Literal["done", "pending", "edited", "confirmed", "county", "unsourced", "machine"]


@dataclass(frozen=True, slots=True)
class Touch:
    """What a person did to a clause. ``own`` are facts that stand in no source and that the
    person keeps as the county's own; ``open`` are such that nobody has decided about."""

    clause: str
    how: How
    who: str
    at: str
    own: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    reworded: bool = False  # the words are a person's, whatever was done after that

    @property
    def note(self) -> str:
        how = {"edited": "人工改写", "confirmed": "人工确认", "added": "本县新增"}[self.how]
        lines = [f"{how}：{self.who}，{self.at[:10]}"]
        lines += [f"本县自拟：{'、'.join(self.own)}"] if self.own else []
        lines += [f"没有依据，待核定：{'、'.join(self.open)}"] if self.open else []
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Work:
    uppers: tuple[str, ...]
    titles: Mapping[str, str]  # upper id → its title
    profile: Mapping[str, Any]
    plain: Draft
    fills: Fills = field(default_factory=dict)
    touches: tuple[Touch, ...] = ()
    stage: Stage = "征求意见稿"

    @property
    def draft(self) -> Draft:
        return filled(self.plain, self.fills)

    @property
    def county(self) -> Profile:
        return Profile.model_validate(dict(self.profile))

    def touch_of(self, clause_id: str) -> Touch | None:
        return next((one for one in self.touches if one.clause == clause_id), None)

    def state_of(self, clause: DraftClause) -> State:
        """The clause of the filled draft: what still has to be done about it comes first."""
        touch = self.touch_of(clause.id)
        if touch and touch.open:
            return "unsourced"
        if clause.placeholders or clause.units.placeholders:
            return "pending"
        if clause.is_machine_made:
            return "machine"
        if touch and touch.how != "added":
            return touch.how
        return "county" if clause.origin == "county" else "done"

    @property
    def notes(self) -> dict[str, str]:
        """What people did, by clause: written beside the sources in the Word file's comments."""
        return {one.clause: one.note for one in self.touches}

    def refuse_unsourced(self) -> None:
        """A clean copy must not carry what stands in no source and nobody has answered for."""
        held = {one.id for one in (self.plain.opening, *self.plain.clauses)}
        left = [one for one in self.touches if one.open and one.clause in held]
        if left:
            some = "、".join(f"“{words}”" for one in left for words in one.open[:2])
            raise PolicyError(
                f"有{len(left)}条写进了上级条款和县情里没有的内容（{some}），还没有人核定，不能出清稿"
            )


def written_down(work: Work) -> str:
    return dump(work)


def read_back(text: str) -> Work:
    """A field that a later program added takes its default; what it dropped is passed over."""
    return load(Work, text)


def work_on(
    plain: Draft, uppers: tuple[str, ...], titles: Mapping[str, str], profile: Profile
) -> Work:
    return Work(uppers, titles, profile.model_dump(mode="json", exclude_defaults=True), plain)
