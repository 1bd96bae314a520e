"""The whole document: head, notice, plan, annex, imprint, with comments on every paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from assistant.draft.types import Draft, DraftClause
from assistant.draft.word.annex import add_annex
from assistant.draft.word.label import label, machine_made
from assistant.draft.word.lines import add_blank, add_clause, add_text, add_title, add_words
from assistant.draft.word.marks import TITLE, Origin, mark, sign
from assistant.draft.word.page import KAI, blank, indent
from assistant.draft.word.tail import add_head, add_imprint, add_note, add_signature
from index.errors import PolicyError
from index.masking import masked

Stage = Literal["征求意见稿", "送审稿", "签发稿"]
_LONGEST_QUOTE = 600
_AUTHOR = "政策助手"


def write_docx(
    draft: Draft,
    path: Path,
    *,
    stage: Stage = "征求意见稿",
    comments: bool = True,
    printed: bool = False,
    clean: bool = False,
    origin: Origin | None = None,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Writes the plan. ``clean`` strips comments and highlights, and refuses while 待定 stands.

    ``origin`` is the saved version that the plan is, so that an edited file finds back to it;
    ``notes`` say by clause what people did to it, and stand in its comment."""
    if clean:
        refuse_pending(draft, stage)
    doc = blank()
    if stage == "签发稿":
        add_head(doc, draft.letter, printed=printed)
        add_blank(doc, 2)
    if draft.letter.attached:
        _notice(doc, draft, highlight=not clean)
    _plan(doc, draft, stage, comments=comments and not clean, clean=clean, notes=notes or {})
    if origin is not None and not clean:
        sign(doc, origin)
    if draft.rows:
        add_annex(doc, draft.rows, highlight=not clean)
    if stage == "签发稿":
        add_imprint(doc, draft.letter)
    doc.core_properties.title = draft.title
    doc.core_properties.author = draft.letter.office
    doc.core_properties.language = "zh-CN"
    label(doc, draft)
    doc.save(str(path))


def refuse_pending(draft: Draft, stage: str = "") -> None:
    """A clean copy comes out only when nothing is left to be decided."""
    if made := machine_made(draft):
        raise PolicyError(f"有{len(made)}段模型改写的文字没有人确认，不能出清稿：请先逐段确认")
    left = [p.text for p in draft.placeholders]
    if stage == "签发稿" and "×" in draft.letter.doc_no:
        left.append("发文字号")
    if stage == "签发稿" and not draft.letter.date:
        left.append("成文日期")
    if left:
        kinds = list(dict.fromkeys(left))
        some = "；".join(kinds[:3]) + ("……" if len(kinds) > 3 else "")
        raise PolicyError(f"还有{len(left)}处待定，不能出清稿：{some}")


def _notice(doc: Docx, draft: Draft, *, highlight: bool) -> None:
    """通知 in front: title, 主送机关, one sentence, signature, date, 附注."""
    letter = draft.letter
    add_title(doc, letter.notice_title)
    add_blank(doc)
    add_text(doc, letter.recipients, first=0, highlight=highlight)
    add_text(doc, letter.notice, highlight=highlight)
    add_signature(doc, letter, highlight=highlight)
    add_note(doc, draft.letter.note)


def _plan(
    doc: Docx,
    draft: Draft,
    stage: str,
    *,
    comments: bool,
    clean: bool,
    notes: Mapping[str, str],
) -> None:
    highlight = not clean
    head = add_title(doc, draft.title)
    if not clean:
        mark(head, TITLE, 0)
    head[0].paragraph_format.page_break_before = draft.letter.attached
    if stage != "签发稿":
        below = doc.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_words(below, f"（{stage}）", KAI)
    add_blank(doc)
    if not draft.letter.attached:
        add_text(doc, draft.letter.recipients, first=0, highlight=highlight)
    for number, clause in enumerate((draft.opening, *draft.clauses), start=1):
        paragraphs = add_clause(doc, clause, highlight=highlight)
        if not clean:
            mark(paragraphs, clause.id, number)
        if comments:
            words = [comment_of(clause, draft), notes.get(clause.id, "")]
            _comment(doc, paragraphs, "\n".join(filter(None, words)))
    if draft.rows:
        add_blank(doc)
        indent(note := doc.add_paragraph(), 2, "left")
        add_words(note, "附件：任务分解表")
    if not draft.letter.attached:
        add_signature(doc, draft.letter, highlight=highlight)
        add_note(doc, draft.letter.note)


def _comment(doc: Docx, paragraphs: Sequence[Paragraph], words: str) -> None:
    """One comment a clause: the ids that it stands on, and their words."""
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    if runs and words:
        doc.add_comment(runs=[runs[0], runs[-1]], text=words, author=_AUTHOR, initials="政")


def comment_of(clause: DraftClause, draft: Draft) -> str:
    if clause.level == 1 and not clause.paragraphs:
        return ""
    if clause.origin == "county":
        return f"{clause.id}：本县自定任务（县情档案）"
    lines = ["AI 生成：这段文字由模型改写，尚未经人确认"] if clause.is_machine_made else []
    for source in clause.sources:
        quote = masked(re.sub(r"\s+", " ", draft.quote_of(source)).strip())
        cut = quote[:_LONGEST_QUOTE] + ("……" if len(quote) > _LONGEST_QUOTE else "")
        lines.append(f"依据 {source}：{cut}" if cut else f"依据 {source}")
    lines += [
        f"未写入：{masked(o.quote)}（{o.reason}）"
        for o in draft.omitted
        if o.clause_id == clause.id
    ]
    return "\n".join(lines)
