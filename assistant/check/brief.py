"""The report on one page, for the leader who signs: what is missing, what is to be changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.address import written
from assistant.check.asword import dressed
from assistant.check.report import FINDINGS, named, titled, weight
from assistant.check.types import Coverage, Row

NOTE = "AI 结果仅供参考，以原件为准。"
_LONGEST = 72  # characters of what is told of one task
_PAGE = 8  # lines of a section on one page; the rest is in the table
_OWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    row: int = 0  # the number of the row that it speaks of


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


def title_of(coverage: Coverage) -> str:
    return f"{titled(coverage.draft)}核查小结"


def against(titles: Mapping[str, str]) -> str:
    return f"对照{'、'.join(titled(title) for title in titles.values())}"


def sections(coverage: Coverage, most: int = _PAGE) -> Iterator[Section]:
    """What weighs most comes first; nothing where there is nothing to say."""
    rows = list(enumerate(coverage.rows, 1))
    overview = str(coverage.summary.get("overview", ""))
    more = [Line(notice) for notice in coverage.notices if notice not in overview]
    yield Section("总体情况", (Line(overview), *more))
    missing = [Line(_task(row), number) for number, row in rows if row.label == "missing"]
    yield from _section(f"缺失任务（{len(missing)}项）", missing, most)
    heavy = sorted((one for one in rows if one[1].faults), key=lambda one: -weight(one[1]))
    wrong = [Line(f"{named(row)}：{_faults(row)}", number) for number, row in heavy]
    yield from _section(f"须修改的任务（{len(wrong)}项）", wrong, most)
    notices = Counter(f.type for row in coverage.rows for f in row.notices)
    told = "、".join(f"{FINDINGS[kind]}{count}处" for kind, count in notices.most_common())
    yield from _section("供参考", [Line(f"{told}，不作问题处理。")] if told else [], most)
    own = [Line(_short(match.quote.strip())) for match in coverage.extra]
    yield from _section(f"本县自行增加的内容（{len(own)}处）", own, _OWN)


def _section(heading: str, lines: list[Line], most: int) -> Iterator[Section]:
    """What does not fit is said to be elsewhere."""
    if not lines:
        return
    most = most if len(lines) > most + 1 else len(lines)
    more = len(lines) - most
    rest = [Line(f"其余{more}项见对照检查表。")] if more > 0 else []
    yield Section(heading, (*lines[:most], *rest))


def _task(row: Row) -> str:
    units = f"，{'、'.join(row.units[:_OWN])}" if row.units else ""
    more = f"等{len(row.units)}家" if len(row.units) > _OWN else ""
    return f"{named(row)}（{written(row.document_id, row.clause)}{units}{more}）"


def _faults(row: Row) -> str:
    return _short("；".join(finding.note for finding in row.faults))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def plain(title: str, told: Sequence[Section]) -> str:
    """The page as text to paste."""
    parts = [title]
    for section in told:
        parts.append(section.heading)
        if len(section.lines) == 1:
            parts.append(section.lines[0].text)
        else:
            parts += [f"{n}. {line.text}" for n, line in enumerate(section.lines, 1)]
    return "\n".join([*parts, NOTE])


def write_brief(coverage: Coverage, path: Path, titles: Mapping[str, str]) -> None:
    """The page as a Word file."""
    document = dressed()
    document.add_heading(title_of(coverage), 1)
    document.add_paragraph(against(titles))
    for section in sections(coverage):
        document.add_heading(section.heading, 2)
        for number, line in enumerate(section.lines, 1):
            mark = f"{number}．" if len(section.lines) > 1 else ""
            document.add_paragraph(f"{mark}{line.text}")
    document.add_paragraph(NOTE)
    document.save(str(path))
