"""Deadlines and recurring duties of a plan as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.draft.types import Draft, TaskRow

_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(20\d\d)年(\d{1,2})月")
_YEAR = re.compile(r"(20\d\d)年?")
_MONTHLY = re.compile(r"每月(\d{1,2})日")
_QUARTERLY = re.compile(r"每(?:个)?季度?(?:末月|最后一个?月)?(\d{1,2})日")
_YEARLY = re.compile(r"每年(\d{1,2})月(?:(\d{1,2})日)?")


@dataclass(frozen=True, slots=True)
class Event:
    """``rule`` is an RRULE where the duty comes back."""

    row: TaskRow
    when: str
    day: date
    rule: str = ""


def events_of(draft: Draft) -> tuple[Event, ...]:
    """What has a day: a date, the end of a month or year, a day that comes back."""
    first = _first_year(draft)
    return tuple(
        Event(row, when, *found)
        for row in draft.rows
        for when in row.deadline.split("；")
        if (found := _placed(when, first)) is not None
    )


def write_calendar(draft: Draft, path: Path) -> int:
    """Writes the .ics and says how many entries it holds."""
    events = events_of(draft)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//policy-assistant//draft//ZH",
        "CALSCALE:GREGORIAN",
    ]
    for event in events:
        lines += _lines(event, draft)
    lines.append("END:VCALENDAR")
    text = "\r\n".join(folded for line in lines for folded in _folded(line)) + "\r\n"
    path.write_bytes(text.encode("utf-8"))
    return len(events)


def _first_year(draft: Draft) -> int:
    found = _YEAR.search(draft.letter.date or draft.letter.doc_no) or re.search(
        r"(20\d\d)", draft.letter.doc_no
    )
    return int(found.group(1)) if found else date.today().year


def _placed(when: str, first: int) -> tuple[date, str] | None:
    if found := _MONTHLY.search(when):
        day = min(int(found.group(1)), 28)
        return date(first, 1, day), f"FREQ=MONTHLY;BYMONTHDAY={found.group(1)}"
    if found := _QUARTERLY.search(when):
        due = found.group(1)
        return date(first, 3, min(int(due), 28)), f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={due}"
    if found := _YEARLY.search(when):
        month, day = int(found.group(1)), int(found.group(2) or 0)
        last = calendar.monthrange(first, month)[1]
        return date(first, month, min(day or last, last)), "FREQ=YEARLY"
    return _dated(when)


def _dated(when: str) -> tuple[date, str] | None:
    if found := _DAY.search(when):
        year, month, day = (int(part) for part in found.groups())
        return date(year, month, min(day, calendar.monthrange(year, month)[1])), ""
    if (found := _MONTH.search(when)) and 1 <= int(found.group(2)) <= 12:
        year, month = int(found.group(1)), int(found.group(2))
        return date(year, month, calendar.monthrange(year, month)[1]), ""
    years = [int(year) for year in _YEAR.findall(when)]
    return (date(max(years), 12, 31), "") if years else None


def _lines(event: Event, draft: Draft) -> Iterable[str]:
    row = event.row
    key = hashlib.sha1(f"{row.id}|{event.when}".encode()).hexdigest()[:20]
    units = "；".join(part for part in (row.lead, row.support) if part)
    yield "BEGIN:VEVENT"
    yield f"UID:{key}@policy-assistant"
    yield "DTSTAMP:20000101T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY:{_escaped(f'{row.title}（{event.when}）')}"
    yield f"DESCRIPTION:{_escaped(f'{draft.title}；{row.number}；{units}；{row.id}')}"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(row.title)}"
    yield "TRIGGER:-P7D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(words: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """At most 75 octets a line, never inside a character (RFC 5545, 3.1)."""
    start, size = 0, 0
    for i, char in enumerate(line):
        width = len(char.encode("utf-8"))
        if size + width > (75 if start == 0 else 74):
            yield ("" if start == 0 else " ") + line[start:i]
            start, size = i, 0
        size += width
    yield ("" if start == 0 else " ") + line[start:]
