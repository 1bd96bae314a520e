"""The states of clauses and drafts in the reader's words: chips, progress, times."""

from __future__ import annotations

from datetime import datetime
from html import escape

from assistant.app.render.parts import chip
from assistant.draft.keep import progress
from assistant.draft.types import DraftClause
from assistant.draft.work import State, Work

NAMES: dict[State, str] = {
    "done": "已成文",
    "county": "县拟",
    "pending": "待定",
    "edited": "已改",
    "confirmed": "人工确认",
    "unsourced": "待核",
    "machine": "AI 生成",
}
CHIPS: dict[State, str] = {
    "done": "done",
    "county": "none",
    "pending": "pending",
    "edited": "edited",
    "confirmed": "confirmed",
    "unsourced": "flawed",
    "machine": "machine",
}


def state_chip(work: Work, clause: DraftClause) -> str:
    state = work.state_of(clause)
    return chip(NAMES[state], CHIPS[state], why(work, clause))


def why(work: Work, clause: DraftClause) -> str:
    """Who did it and when, and what is the county's own."""
    touch = work.touch_of(clause.id)
    if touch is None:
        return ""
    parts = [f"{touch.who}，{local(touch.at)}"]
    if touch.own:
        parts.append(f"本县自拟：{'、'.join(touch.own)}")
    if touch.open:
        parts.append(f"上级条款和县情里没有：{'、'.join(touch.open)}")
    return "；".join(parts)


def local(at: str) -> str:
    """2026-03-01T01:05:00+00:00 as the clock on the wall says it."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def progress_html(work: Work) -> str:
    """How far the draft is: a bar in the colours of the states, and the counts in words."""
    counts = progress(work)
    total = sum(counts.values()) or 1
    told = [(NAMES[state], count, state) for state, count in counts.items() if count]  # type: ignore[index]
    bars = "".join(
        f'<i class="pg--{state}" style="width:{100 * count / total:.2f}%"></i>'
        for _, count, state in told
    )
    words = "　".join(f"{escape(name)}{count}" for name, count, _ in told)
    settled = total - counts["pending"] - counts["unsourced"] - counts["machine"]
    label = f"共{total}条，写定{settled}条：{words}"
    return (
        f'<div class="pg" title="{escape(label)}"><span class="pg__bar" role="img" '
        f'aria-label="{escape(label)}">{bars}</span><small>写定 {settled}/{total} 条</small></div>'
    )
