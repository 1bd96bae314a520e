"""The county's own Word file with comments at what is at fault, suggestions where the repair is
exact, and the missing tasks in a table at the end; until accepted, its words stay as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document as open_word
from lxml import etree

from assistant.check.ooxml import (
    Signature,
    W,
    bracket,
    find,
    inserted_paragraph,
    inserted_table,
    isolate,
    squeezed,
    suggest,
    text_of,
)
from assistant.check.passages import ADDED
from assistant.check.report import FINDINGS
from assistant.check.types import Coverage, Edit, Finding, Row
from index.errors import ReadError
from index.types import Parsed, Span

AUTHOR = "政策助手"


@dataclass(frozen=True, slots=True)
class Annotated:
    """How many comments and suggestions were made; ``unplaced`` could only go into the table."""

    comments: int
    suggestions: int
    unplaced: int


def annotate(source: Path, coverage: Coverage, draft: Parsed, out: Path) -> Annotated:
    """Write ``source`` with comments to ``out``; only .docx can carry them."""
    if source.suffix.lower() != ".docx":
        raise ReadError(
            f"{source.name} 不是 .docx，无法带批注返回；请用 Word/WPS 另存为 .docx 再试"
        )
    document = open_word(str(source))
    page = _Page(document, draft.document.text, Signature.now(AUTHOR))
    page.write([(row, finding) for row in coverage.rows for finding in row.faults])
    page.append_missing(coverage)
    document.save(str(out))
    return Annotated(page.comments, page.suggestions, len(page.unplaced))


@dataclass(frozen=True, slots=True)
class _Note:
    """What is to be written at a place of a paragraph."""

    paragraph: etree._Element
    start: int
    end: int
    edit: Edit | None
    words: str


class _Page:
    """A document being annotated; its paragraphs are looked up by the words that they hold."""

    def __init__(self, document: Any, text: str, signed: Signature) -> None:
        self.document = document
        self.text = text
        self.signed = signed
        self.paragraphs = list(_paragraphs(document.element.body))
        self.keys = [squeezed(text_of(p))[0] for p in self.paragraphs]
        self.revision = _highest_revision(document.element.body)
        self.comments = self.suggestions = 0
        self.unplaced: list[tuple[Row, Finding]] = []
        self.edited: list[Span] = []

    def write(self, told: Sequence[tuple[Row, Finding]]) -> None:
        """Comments first, for they change no words; then suggestions, the last ones first, so that
        every place that was looked up still holds."""
        notes = [note for row, finding in told if (note := self._note(row, finding))]
        for note in [n for n in notes if n.edit is None]:
            if runs := isolate(note.paragraph, note.start, note.end):
                self._comment(runs[0], runs[-1], note.words)
        for note in sorted((n for n in notes if n.edit), key=lambda n: -n.start):
            assert note.edit is not None
            runs = isolate(note.paragraph, note.start, note.end)
            if not runs:
                continue
            self.revision += 2
            first, last = suggest(runs, note.edit.new, self.signed, self.revision)
            self.suggestions += 1
            self._comment(first, last, note.words)

    def _note(self, row: Row, finding: Finding) -> _Note | None:
        edit = finding.edit if finding.edit and self._free(finding.edit.span) else None
        span = edit.span if edit else finding.draft_span or _anchor(row)
        place = self._place(span) if span else None
        if place is None:
            self.unplaced.append((row, finding))
            return None
        if edit:
            self.edited.append(edit.span)
        return _Note(*place, edit, _words(row, finding))

    def _free(self, span: Span) -> bool:
        return not any(s.start < span.end and span.start < s.end for s in self.edited)

    def _comment(self, first: etree._Element, last: etree._Element, words: str) -> None:
        comment = self.document.comments.add_comment(text=words, author=AUTHOR, initials="政")
        bracket(first, last, str(comment.comment_id))
        self.comments += 1

    def _place(self, span: Span) -> tuple[etree._Element, int, int] | None:
        """The paragraph that holds the words at a span of the draft's text."""
        words = _around(self.text, span)
        wanted, _ = squeezed(words.of(self.text))
        holding = [i for i, key in enumerate(self.keys) if wanted and wanted in key]
        if not holding:
            return None
        before = squeezed(self.text[: words.start])[0].count(wanted)
        paragraph = self.paragraphs[holding[min(before, len(holding) - 1)]]
        line = find(paragraph, words.of(self.text))
        own = find(paragraph, span.of(self.text))
        if line is None or own is None:
            return own and (paragraph, *own)
        lead, _ = squeezed(self.text[words.start : span.start])
        offset = line[0] + _reach(text_of(paragraph)[line[0] :], len(lead))
        length = _reach(text_of(paragraph)[offset:], len(squeezed(span.of(self.text))[0]))
        return paragraph, offset, offset + length

    def append_missing(self, coverage: Coverage) -> None:
        missing = [row for row in coverage.rows if row.label == "missing"]
        if not missing and not self.unplaced:
            return
        rows = [["序号", "上级条款", "任务要求", "责任单位", "说明"]]
        told = [(row, "草案没有对应内容") for row in missing]
        told += [(row, finding.note) for row, finding in self.unplaced]
        for i, (row, note) in enumerate(told, 1):
            place = row.clause.removeprefix(f"{row.document_id}/")
            rows.append([str(i), place, row.upper_text, "、".join(row.units), note])
        body = self.document.element.body
        end = body.find(f"{W}sectPr")
        self.revision += 2
        heading = inserted_paragraph(f"附：{ADDED}", self.signed, self.revision, bold=True)
        self.revision += 2
        table = inserted_table(rows, self.signed, self.revision)
        self.revision += 2 * len(rows)
        tail = inserted_paragraph("", self.signed, self.revision)
        for element in (heading, table, tail):
            body.append(element) if end is None else end.addprevious(element)


def _paragraphs(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == f"{W}p":
            yield child
        if child.tag not in (f"{W}del", f"{W}moveFrom"):
            yield from _paragraphs(child)


def _highest_revision(body: etree._Element) -> int:
    marks = body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
    known = [value for mark in marks if (value := mark.get(f"{W}id", "")).isdigit()]
    return max(map(int, known), default=100)


def _anchor(row: Row) -> Span | None:
    """Where to speak of what is not there: the last passage of its task."""
    return row.matches[-1].span if row.matches else None


def _around(text: str, span: Span) -> Span:
    """The span with up to a dozen characters of its own line on each side, to know it again."""
    left = max(text.rfind("\n", 0, span.start) + 1, text.rfind("\t", 0, span.start) + 1)
    ends = [at for mark in "\n\t" if (at := text.find(mark, span.end)) >= 0]
    return Span(max(left, span.start - 12), min([*ends, span.end + 12, len(text)]))


def _reach(text: str, count: int) -> int:
    """How many characters of ``text`` give ``count`` squeezed ones."""
    _, origin = squeezed(text)
    if count >= len(origin):
        return len(text)
    return origin[count]


def _words(row: Row, finding: Finding) -> str:
    upper = finding.upper_quote.strip()
    return f"【{FINDINGS[finding.type]}】{finding.note}。\n上级（{row.clause}）：{upper}"
