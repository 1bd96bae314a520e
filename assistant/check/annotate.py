"""The county's own Word file with comments at what is at fault, suggestions where the repair is
exact, and the missing tasks in a table at the end; until accepted, its words stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document as open_word
from lxml import etree

from assistant.address import written
from assistant.check.inserted import inserted_paragraph, inserted_table, revisions
from assistant.check.ooxml import Node, Signature, W, bracket, isolate, suggest
from assistant.check.passages import ADDED
from assistant.check.repairs import fitted, worded
from assistant.check.report import FINDINGS, titled
from assistant.check.types import Coverage, Edit, Finding, Row
from assistant.check.wordmap import Place, WordMap
from index.errors import ReadError
from index.masking import masked
from index.types import Parsed, Span

AUTHOR = "政策助手"
LONGEST = 300  # characters of an upper text that a comment or a cell of the table quotes
_HEAD = ("序号", "上级任务", "责任单位", "上级依据", "说明")
_SHARES = (8, 41, 19, 18, 14)
_REVISIONS = f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"


@dataclass(frozen=True, slots=True)
class Annotated:
    """How many comments and suggestions were made; ``unplaced`` could only go into the table."""

    comments: int
    suggestions: int
    unplaced: int


def annotate(
    source: Path | bytes,
    coverage: Coverage,
    draft: Parsed,
    out: Path,
    titles: Mapping[str, str] | None = None,
) -> Annotated:
    """Write a .docx with comments to ``out``; ``titles`` name the upper documents by id."""
    page = _Page(_opened(source), draft.document.text, Signature.now(AUTHOR), titles or {})
    page.write([(row, finding) for row in coverage.rows for finding in row.faults])
    page.append_missing(coverage)
    page.document.save(str(out))
    return Annotated(page.comments, page.suggestions, len(page.unplaced))


def _opened(source: Path | bytes) -> Any:
    name = source.name if isinstance(source, Path) else "草案"
    data = source.read_bytes() if isinstance(source, Path) else source
    try:
        return open_word(BytesIO(data))
    except Exception as error:  # python-docx answers a file of another kind with any exception
        raise ReadError(
            f"{name} 不是可以写批注的 .docx；请用 Word/WPS 另存为 .docx 再试"
        ) from error


@dataclass(frozen=True, slots=True)
class _Note:
    """What is to be written at a place of a paragraph."""

    place: Place
    edit: Edit | None
    words: str


class _Page:
    """A document being annotated."""

    def __init__(
        self, document: Any, text: str, signed: Signature, titles: Mapping[str, str]
    ) -> None:
        self.document = document
        self.text = text
        self.signed = signed
        self.titles = titles
        self.map = WordMap(document.element.body, text)
        self.revision = _highest_revision(document.element.body)
        self.comments = self.suggestions = 0
        self.unplaced: list[tuple[Row, Finding]] = []
        self.edited: list[Span] = []

    def write(self, told: Sequence[tuple[Row, Finding]]) -> None:
        """Comments first, for they change no words; then suggestions, the last ones first, so that
        every place that was looked up still holds."""
        notes = [note for row, finding in told if (note := self._note(row, finding))]
        for note in [n for n in notes if n.edit is None]:
            if runs := self._runs(note):
                self._comment(runs[0], runs[-1], note.words)
        for note in sorted((n for n in notes if n.edit), key=lambda n: -n.place.start):
            if runs := self._runs(note):
                self._suggest(runs, note)

    def _runs(self, note: _Note) -> list[Node]:
        return isolate(note.place.paragraph, note.place.start, note.place.end)

    def _suggest(self, runs: list[Node], note: _Note) -> None:
        assert note.edit is not None
        self.revision += 2
        first, last = suggest(runs, note.edit.new, self.signed, self.revision)
        self.suggestions += 1
        self._comment(first, last, note.words)

    def _note(self, row: Row, finding: Finding) -> _Note | None:
        edit = fitted(finding.edit, self.text) if finding.edit else None
        edit = edit if edit and self._free(edit.span) else None
        place = self.map.place(edit.span) if edit else None
        if edit and place and place.exact:
            self.edited.append(edit.span)
            return _Note(place, edit, self._words(row, finding, tracked=True))
        span = finding.draft_span or (row.matches[-1].span if row.matches else None)
        place = self.map.place(span) if span else None
        if place is None:
            self.unplaced.append((row, finding))
            return None
        return _Note(place, None, self._words(row, finding, tracked=False))

    def _free(self, span: Span) -> bool:
        return not any(s.start < span.end and span.start < s.end for s in self.edited)

    def _words(self, row: Row, finding: Finding, tracked: bool) -> str:
        lines = [f"【{FINDINGS[finding.type]}】{finding.note}。"]
        quote = finding.upper_quote.strip()
        if quote and quote in finding.note:
            lines.append(f"上级依据：{self._source(row)}")
        elif quote:
            lines.append(f"上级原文（{self._source(row)}）：“{_short(quote)}”")
        if tracked:
            lines.append("已按修订方式改好，核对后接受即可。")
        elif finding.edit:
            lines.append(f"建议：{worded(fitted(finding.edit, self.text), self.text)}。")
        return "\n".join(lines)

    def _source(self, row: Row) -> str:
        title = self.titles.get(row.document_id, "")
        return f"{titled(title) if title else ''}{written(row.document_id, row.clause)}"

    def _comment(self, first: Node, last: Node, words: str) -> None:
        comment = self.document.comments.add_comment(text=words, author=AUTHOR, initials="政")
        bracket(first, last, str(comment.comment_id))
        self.comments += 1

    def append_missing(self, coverage: Coverage) -> None:
        missing = [row for row in coverage.rows if row.label == "missing"]
        told = [(row, "草案没有对应内容，请补写") for row in missing]
        told += [(row, finding.note) for row, finding in self.unplaced]
        if not told:
            return
        several = len({row.document_id for row, _ in told}) > 1
        rows: list[tuple[str, ...]] = [_HEAD]
        rows += [self._line(i, row, note, several) for i, (row, note) in enumerate(told, 1)]
        plan = "" if several else self.titles.get(told[0][0].document_id, "")
        heading = self._paragraph(
            f"附：{ADDED}{f'（对照{titled(plan)}）' if plan else ''}", bold=True
        )
        summary = self._paragraph(str(coverage.summary.get("paragraph", "")))
        table = inserted_table(rows, _SHARES, self.signed, self.revision + 2)
        self.revision += 2 + revisions(rows)
        body = self.document.element.body
        end = body.find(f"{W}sectPr")
        for element in (heading, summary, table, self._paragraph("")):
            body.append(element) if end is None else end.addprevious(element)

    def _line(self, number: int, row: Row, note: str, several: bool) -> tuple[str, ...]:
        """Of one plan the clause is enough; its title would fill a narrow column."""
        units = "、".join(row.units) or "—"
        source = self._source(row) if several else written(row.document_id, row.clause)
        return (str(number), _short(row.upper_text.strip()), units, source, note)

    def _paragraph(self, text: str, bold: bool = False) -> Node:
        self.revision += 2
        return inserted_paragraph(text, self.signed, self.revision, bold)


def _short(words: str) -> str:
    words = masked(words)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}……"


def _highest_revision(body: etree._Element) -> int:
    known = [
        value for mark in body.iter(*_REVISIONS) if (value := mark.get(f"{W}id", "")).isdigit()
    ]
    return max(map(int, known), default=100)
