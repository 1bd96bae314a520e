"""Page, grid, fonts and page numbers by GB/T 9704-2012 (5.1, 5.2, 7.5)."""

from __future__ import annotations

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
SAN = Pt(16)  # 三号
SI = Pt(14)  # 四号
ER = Pt(22)  # 二号
LINE = Pt(28.95)  # 22 lines in 225 mm
_GRID = "579"
# 28 characters of 16 pt in 156 mm (5.2.3): each 0.25 pt narrower, in twentieths. A negative pitch
# of the grid would say the same, but not every office program reads it alike.
_NARROWER = "-5"
# What may follow w:spacing in w:rPr (CT_RPr).
_AFTER_SPACING = tuple(
    f"w:{name}"
    for name in (
        "w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
        "eastAsianLayout specVanish oMath"
    ).split()
)
# Order of w:pPr's children (ISO/IEC 29500, CT_PPr).
_TAIL = (
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
_AFTER = {name: tuple(f"w:{after}" for after in _TAIL[i + 1 :]) for i, name in enumerate(_TAIL)}


def blank() -> Docx:
    """An empty A4 document: 156 by 225 mm of type, 22 lines a page."""
    doc = Document()
    style = doc.styles["Normal"]
    style.font.size = SAN
    set_fonts(style.element.get_or_add_rPr(), FANG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    narrower = OxmlElement("w:spacing")
    narrower.set(qn("w:val"), _NARROWER)
    style.element.get_or_add_rPr().insert_element_before(narrower, *_AFTER_SPACING)
    plain(style.paragraph_format)
    _line_breaks(style.element.get_or_add_pPr())
    doc.settings.odd_and_even_pages_header_footer = True
    shape(doc.sections[0])
    _numbers(doc.sections[0])
    return doc


def plain(spacing: object) -> None:
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY  # type: ignore[attr-defined]
    spacing.line_spacing = LINE  # type: ignore[attr-defined]
    spacing.space_before = Pt(0)  # type: ignore[attr-defined]
    spacing.space_after = Pt(0)  # type: ignore[attr-defined]
    spacing.widow_control = False  # type: ignore[attr-defined]


def _line_breaks(properties: object) -> None:
    """No mark opens a line, and none hangs outside the type area."""
    for name, value in (("kinsoku", "1"), ("overflowPunct", "0")):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value)
        properties.insert_element_before(element, *_AFTER[name])  # type: ignore[attr-defined]


def off_grid(paragraph: Paragraph) -> None:
    """Type larger than the grid's would take two of its lines."""
    element = OxmlElement("w:snapToGrid")
    element.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(element, *_AFTER["snapToGrid"])


def shape(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _GRID)
    properties.append(grid)


def set_fonts(properties: object, name: str) -> None:
    """The face for Latin and for Chinese: without eastAsia Word falls back to its own."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), name)
    # “ ” — … stand in both scripts: here they are Chinese, in width and at the ends of lines.
    fonts.set(qn("w:hint"), "eastAsia")
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def run_of(paragraph: Paragraph, text: str, font: str = FANG, size: Pt = SAN) -> Run:
    run = paragraph.add_run(text)
    run.font.size = size
    set_fonts(run._r.get_or_add_rPr(), font)
    return run


def indent(paragraph: Paragraph, chars: float = 2, side: str = "firstLine", size: Pt = SAN) -> None:
    """In characters as well as points, so that the indent follows the size of type."""
    ind = paragraph._p.get_or_add_pPr().get_or_add_ind()
    ind.set(qn(f"w:{side}Chars"), str(int(chars * 100)))
    ind.set(qn(f"w:{side}"), str(int(chars * size.pt * 20)))


def _numbers(section: Section) -> None:
    """— 1 — in 四号宋体: odd pages right, even pages left, one character in (7.5)."""
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        indent(paragraph, 1, side, SI)
        run_of(paragraph, "— ", SONG, SI)
        _field(run_of(paragraph, "", SONG, SI), "PAGE")
        run_of(paragraph, " —", SONG, SI)


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in {"begin", "separate", "end"}:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)
