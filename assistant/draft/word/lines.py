"""Paragraphs of the plan: titles in balanced lines, numbered levels, highlighted placeholders."""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.draft.types import DraftClause
from assistant.draft.word.page import ER, FANG, HEI, KAI, SAN, TITLE, indent, off_grid, run_of

_PENDING = re.compile(r"(【待定[^】]*】|×|　号)")
_FACES = {1: HEI, 2: KAI, 3: FANG, 4: FANG, 5: FANG}
_TITLE_CHARS = 19


def add_title(doc: Docx, title: str, size: Pt = ER, font: str = TITLE) -> list[Paragraph]:
    """二号小标宋, centred, broken where words end (7.3.1)."""
    out = []
    for line in balanced(title):
        paragraph = doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        off_grid(paragraph)
        run_of(paragraph, line, font, size)
        out.append(paragraph)
    return out


def balanced(title: str, width: int = _TITLE_CHARS) -> list[str]:
    """Few lines of about equal length that break between words, by least raggedness."""
    if _width(title) <= width:
        return [title]
    ends = [0, *(end for end in _word_ends(title) if end < len(title)), len(title)]
    ideal = _width(title) / -(-_width(title) // width)
    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    for end in ends[1:]:
        costs = [
            (best[start][0] + _raggedness(_width(title[start:end]), ideal, width), start)
            for start in ends
            if start < end and start in best
        ]
        best[end] = min(costs)
    lines: list[str] = []
    at = len(title)
    while at > 0:
        start = best[at][1]
        lines.insert(0, title[start:at])
        at = start
    return lines


def _width(words: str) -> float:
    """In characters of the title: a digit is half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in words)


def _raggedness(length: float, ideal: float, width: int) -> float:
    """A further line costs more than an uneven one; too long a line is out of the question."""
    return (length - ideal) ** 2 + 60 + (10_000 if length > width + 1 else 0)


def _word_ends(title: str) -> list[int]:
    ends, at = [], 0
    for word in rjieba.cut(title):
        at += len(word)
        closing = at < len(title) and title[at] in "》〉）)”、，的"
        inside = any(title.rfind(a, 0, at) > title.rfind(b, 0, at) for a, b in ("（）", "“”"))
        if not closing and not inside and title[at - 1] not in "《〈（“":
            ends.append(at)
    return ends


def add_blank(doc: Docx, count: int = 1) -> None:
    for _ in range(count):
        doc.add_paragraph()


def add_text(
    doc: Docx, text: str, *, first: float = 2, highlight: bool = True, font: str = FANG
) -> Paragraph:
    """One body paragraph, two characters in."""
    paragraph = doc.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if first:
        indent(paragraph, first)
    add_words(paragraph, text, font, highlight=highlight)
    return paragraph


def add_words(
    paragraph: Paragraph, text: str, font: str = FANG, size: Pt = SAN, *, highlight: bool = True
) -> list[Run]:
    """The words, with what is still to be decided on yellow."""
    runs = []
    for piece in _PENDING.split(text):
        if not piece:
            continue
        run = run_of(paragraph, piece, font, size)
        if highlight and _PENDING.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        runs.append(run)
    return runs


def add_clause(doc: Docx, clause: DraftClause, *, highlight: bool = True) -> list[Paragraph]:
    """A numbered unit: 一、 stands alone; below it a heading runs in before a single paragraph."""
    texts = [line for line in clause.text.split("\n") if line]
    if clause.level == 0:
        return [add_text(doc, text, highlight=highlight) for text in texts]
    alone = clause.level == 1 or (len(texts) > 1 and bool(clause.heading))
    face = _FACES[clause.level]
    if alone or not texts:
        head = add_text(doc, clause.number + clause.heading, font=face, highlight=highlight)
        head.alignment = WD_ALIGN_PARAGRAPH.LEFT
        head.paragraph_format.keep_with_next = True
        return [head, *(add_text(doc, text, highlight=highlight) for text in texts)]
    return [_run_in(doc, clause, texts, face, highlight), *_more(doc, texts[1:], highlight)]


def _run_in(
    doc: Docx, clause: DraftClause, texts: Sequence[str], face: str, highlight: bool
) -> Paragraph:
    paragraph = add_text(doc, "", highlight=highlight)
    only_units = texts[0].startswith("（") and texts[0] == clause.units.shown
    stop = "。" if clause.heading and not only_units else ""
    add_words(paragraph, clause.number + clause.heading + stop, face, highlight=highlight)
    add_words(paragraph, texts[0], highlight=highlight)
    if only_units:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _more(doc: Docx, texts: Sequence[str], highlight: bool) -> list[Paragraph]:
    return [add_text(doc, text, highlight=highlight) for text in texts]
