"""Red head, signature and 版记 (GB/T 9704-2012, 7.2, 7.3.5, 7.4)."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.draft.types import Letter
from assistant.draft.word.lines import add_blank, add_words
from assistant.draft.word.page import FANG, SI, TITLE, indent, run_of

_RED = RGBColor(0xFF, 0x00, 0x00)
_WIDTH = Mm(156)
_ROW = Pt(24)
# Order of w:pPr's children (ISO/IEC 29500, CT_PPr): Word refuses a file where it is broken.
_AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl rPr sectPr"
    ).split()
)
_AFTER_FRAME = ("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", *_AFTER_BORDERS)


def add_head(doc: Docx, letter: Letter, *, printed: bool = False) -> None:
    """发文机关标志, 发文字号, red line; on pre-printed paper the same height stays blank."""
    if printed:
        add_blank(doc, 7)
        _number(doc, letter)
        add_blank(doc, 1)
        return
    add_blank(doc, 2)
    mark = doc.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    name = letter.office if letter.office.endswith("文件") else letter.office + "文件"
    run = run_of(mark, name, TITLE, Pt(_mark_size(name)))
    run.font.color.rgb = _RED
    mark.paragraph_format.line_spacing = Pt(28.95 * 2)
    add_blank(doc, 2)
    _red_line(_number(doc, letter))


def _mark_size(name: str) -> float:
    """As large as fits one line of 156 mm, never above 小初."""
    return max(22.0, min(36.0, 440 / max(len(name), 1)))


def _number(doc: Docx, letter: Letter) -> Paragraph:
    paragraph = doc.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_words(paragraph, letter.doc_no)
    return paragraph


def _red_line(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "FF0000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def add_signature(doc: Docx, letter: Letter, *, highlight: bool = True) -> None:
    """署名 over 成文日期, which stands four characters from the right."""
    add_blank(doc)
    date = letter.date or "20××年×月×日"
    office = doc.add_paragraph()
    office.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    office.paragraph_format.keep_with_next = True
    wider = (len(letter.office) - len(date)) / 2
    indent(office, max(4 - wider, 2), "right")
    add_words(office, letter.office, highlight=highlight)
    day = doc.add_paragraph()
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    indent(day, 4, "right")
    add_words(day, date, highlight=highlight)


def add_note(doc: Docx, words: str) -> None:
    """附注 in brackets, two characters in, under the date; none unless the county gives one."""
    if words:
        indent(paragraph := doc.add_paragraph(), 2, "left")
        add_words(paragraph, words if words[0] in "（(" else f"（{words}）")


def add_imprint(doc: Docx, letter: Letter) -> None:
    """版记 at the foot of the last page: copies to, who printed it and when (7.4)."""
    between = doc.add_paragraph()
    between.paragraph_format.line_spacing = Pt(1)
    rows = [f"抄送：{letter.copied_to.rstrip('。')}。"] if letter.copied_to else []
    printed = f"{letter.date}印发" if letter.date else "20××年×月×日印发"
    rows.append(f"{letter.office}\t{printed}")
    for i, words in enumerate(rows):
        paragraph = doc.add_paragraph()
        paragraph.paragraph_format.line_spacing = _ROW
        _at_foot(paragraph, len(rows))
        _rules(paragraph, first=i == 0, last=i == len(rows) - 1)
        indent(paragraph, 1, "left", SI)
        indent(paragraph, 1, "right", SI)
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Pt(_WIDTH.pt - SI.pt), WD_TAB_ALIGNMENT.RIGHT
        )
        add_words(paragraph, words, FANG, SI)


def _at_foot(paragraph: Paragraph, rows: int) -> None:
    """A frame whose lower edge is that of the type area."""
    frame = OxmlElement("w:framePr")
    top = Mm(297 - 35).pt - (_ROW.pt + 2) * rows
    for key, value in (
        ("w", str(int(_WIDTH.pt * 20))),
        ("hSpace", "0"),
        ("wrap", "around"),
        ("vAnchor", "page"),
        ("hAnchor", "margin"),
        ("x", "1"),
        ("y", str(int(top * 20))),
    ):
        frame.set(qn(f"w:{key}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(frame, *_AFTER_FRAME)


def _rules(paragraph: Paragraph, *, first: bool, last: bool) -> None:
    """First and last line 0.35 mm, the one between 0.25 mm (7.4.1)."""
    borders = OxmlElement("w:pBdr")
    for side, size in (("top", "8" if first else "6"), ("bottom", "8" if last else "6")):
        if side == "bottom" and not last:
            continue
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
