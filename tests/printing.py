"""Files as offices have them, made by real programs from a text of our own."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from index.parse import parse
from index.read import read
from index.types import Parsed

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice")

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), "chineseCountingThousand", "%1、"),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"\d{1,2}[.．、](?!\d)"), "decimal", "%3."),
    (re.compile(r"[（(]\d{1,2}[）)]"), "decimal", "（%4）"),
)


def lines_of(name: str) -> list[str]:
    """The lines of a bundled digest without its front matter and Markdown."""
    text = (DOCUMENTS / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    lines = (re.sub(r"^#+\s*", "", line).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def facts(parsed: Parsed) -> tuple[list[str], list[tuple[object, ...]]]:
    """What must be the same in every format: the addresses, and the targets at them."""
    targets = [
        (task.clause_id, t.metric, t.op, t.value, t.unit, t.by, t.basis)
        for task in parsed.tasks
        for t in task.targets
    ]
    return [clause.id for clause in parsed.clauses], targets


def understood(path: Path) -> Parsed:
    return parse(read(path), "x", "x")


def text_file(folder: Path, lines: Sequence[str]) -> Path:
    path = folder / "plan.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def word(
    lines: Sequence[str], *, numbered: bool = False, styled: bool = False, columns: int = 1
) -> Document:
    """A plan as python-docx writes it.

    ``numbered``: its numbers exist only in the numbering part, ``styled``: and are tied to the
    heading styles there.
    """
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].text = "某市人民政府文件"
    _page_number(section.footer.paragraphs[0])
    if columns > 1:
        section._sectPr.find(qn("w:cols")).set(qn("w:num"), str(columns))
    style = made.styles["Normal"]
    style.font.size = Pt(16 if columns == 1 else 10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    if numbered or styled:
        _define_levels(made, styled)
    begun = False
    for line in lines:
        # A list of attachments in front of 一、 is numbered by hand.
        begun = begun or bool(_LEVELS[0][0].match(line))
        if not (begun and (numbered or styled) and _headed(made, line, styled)):
            _paragraph(made, line)
    return made


def _headed(made: Document, line: str, styled: bool) -> bool:
    """A numbered line as a paragraph without its number."""
    for level, (pattern, _, _) in enumerate(_LEVELS):
        if found := pattern.match(line):
            style = f"Heading {level + 1}" if styled else None
            paragraph = made.add_paragraph(line[found.end() :], style)
            if not styled:
                paragraph._p.get_or_add_pPr().append(_number(level))
            return True
    return False


def _number(level: int) -> OxmlElement:
    return parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')


def _paragraph(made: Document, line: str) -> None:
    paragraph = made.add_paragraph(line)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.space_after = Pt(0)


def _define_levels(made: Document, styled: bool) -> None:
    numbering = made.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f"{_style_of(level) if styled else ''}"
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (_, form, text) in enumerate(_LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level in range(len(_LEVELS)) if styled else ():
        style = made.styles[f"Heading {level + 1}"]
        style.element.get_or_add_pPr().append(_number(level))


def _style_of(level: int) -> str:
    return f'<w:pStyle w:val="Heading{level + 1}"/>'


def _page_number(paragraph: docx.text.paragraph.Paragraph) -> None:
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(parse_xml(f"<w:r {W}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)
    paragraph.add_run(" —")


def converted(sources: Sequence[Path], target: str) -> list[Path]:
    """What LibreOffice makes of the files, in one run."""
    folder = sources[0].parent
    out = folder / target.replace(":", "-").replace(" ", "-")
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    suffix = target.partition(":")[0]
    return [out / f"{source.stem}.{suffix}" for source in sources]


def web_page(lines: Sequence[str]) -> bytes:
    """A government page as it is saved: GB18030, crumbs, counters, buttons, attachments."""
    body = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(line)}</p>\r\n" for line in lines[1:])
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type"
content="text/html; charset=gb2312"><title>{lines[0]}_某市人民政府</title></head><body>
<div class="top"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 文件</div>
<ul class="nav"><li><a href="/a">走进某市</a></li><li><a href="/b">新闻中心</a></li></ul>
<h1>{lines[0]}</h1>
<div class="info">发布时间：2024-03-05 来源：市政府办 浏览次数：<span>1024</span>次
【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="content">{body}<p>附件：<a href="/f/1.doc">任务分解表.doc</a></p></div>
<div class="tools"><a href="javascript:print()">【打印本页】</a>
<a href="#">【关闭窗口】</a></div>
<div>上一篇：<a href="/x">没有了</a></div><div>下一篇：<a href="/y">关于召开会议的通知</a></div>
<div class="foot">主办单位：某市人民政府办公室 版权所有 备案号：某ICP备12345678号</div>
</body></html>"""
    return page.encode("gb18030")


def ofd(path: Path, lines: Sequence[str], width: int = 27, rows: int = 22) -> Path:
    """A GB/T 33190 file, laid out as a printer would: lines of text at places on pages."""
    laid = [piece for line in lines for piece in _wrapped(line, width)]
    pages = [laid[at : at + rows] for at in range(0, len(laid), rows)]
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts: dict[str, str] = {}
    size, identity = 5.64, 100
    for number, page in enumerate(pages):
        objects = []
        for at, text in enumerate(page):
            identity += 1
            step = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
            objects.append(
                f'<ofd:TextObject ID="{identity}" Boundary="28 {37 + 9.8 * at:.2f} '
                f'{len(text) * size:.2f} {size}" Font="3" Size="{size}">'
                f'<ofd:TextCode X="0" Y="{size * 0.86:.2f}"{step}>{escape(text)}</ofd:TextCode>'
                "</ofd:TextObject>"
            )
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="{10 + number}">{"".join(objects)}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    held = "".join(
        f'<ofd:Page ID="{50 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{held}</ofd:Pages></ofd:Document>"
    )
    parts["OFD.xml"] = (
        f'<ofd:OFD {space} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{0:032x}</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{part}')
    return path


def pictured_ofd(path: Path, picture: bytes) -> None:
    """A file of one page that is a picture, as scanners write it."""
    ofd(path, [])
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"<ofd:Pages></ofd:Pages>",
        b'<ofd:Pages><ofd:Page ID="50" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>',
    )
    parts["Doc_0/Pages/Page_0/Content.xml"] = (
        f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="10"><ofd:ImageObject ID="11" '
        'ResourceID="7" Boundary="0 0 210 297"/></ofd:Layer></ofd:Content></ofd:Page>'
    ).encode()
    parts["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res {space} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        "<ofd:MediaFile>p.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    ).encode()
    parts["Doc_0/Res/p.png"] = picture
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)


def _wrapped(line: str, width: int) -> list[str]:
    text = f"　　{line}"
    return [text[at : at + width] for at in range(0, len(text), width)]
