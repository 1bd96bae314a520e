"""Word documents: automatic numbers, tracked changes, tables, notes, boxes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from index.read import read
from index.read.numerals import written
from index.types import Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def level(depth: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(num: int, depth: int, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def plain(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def build(body: str, numbering: str = "", styles: str = "") -> Document:
    document = docx.Document()
    element = document.element.body
    for child in list(element)[:-1]:
        element.remove(child)
    for child in reversed(list(parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))):
        element.insert(0, child)
    if numbering:
        part = document.part.numbering_part
        part._element = parse_xml(f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>")
    for style in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    return document


def text_of(folder: Path, body: str, numbering: str = "", styles: str = "") -> list[str]:
    return source_of(folder, body, numbering, styles).text.split("\n")


def source_of(folder: Path, body: str, numbering: str = "", styles: str = "") -> Source:
    build(body, numbering, styles).save(str(folder / "a.docx"))
    return read(folder / "a.docx")


OUTLINE = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "japaneseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_levels_count_and_restart(tmp_path: Path):
    places = [0, 1, 1, 2, 3, 2, 0, 1, 2]
    body = "".join(numbered(1, depth, f"标题{i}") for i, depth in enumerate(places))
    assert text_of(tmp_path, body, OUTLINE) == [
        "一、标题0",
        "（一）标题1",
        "（二）标题2",
        "1. 标题3",
        "① 标题4",
        "2. 标题5",
        "二、标题6",
        "（一）标题7",
        "1. 标题8",
    ]


def test_a_second_list_goes_on_or_starts_where_it_says(tmp_path: Path):
    body = numbered(1, 0, "甲") + numbered(2, 0, "乙") + numbered(2, 0, "丙") + numbered(1, 0, "丁")
    assert text_of(tmp_path, body, OUTLINE) == ["一、甲", "五、乙", "六、丙", "七、丁"]


def test_number_zero_switches_numbering_off(tmp_path: Path):
    body = numbered(1, 0, "甲") + numbered(0, 0, "一、手写") + numbered(1, 0, "乙")
    assert text_of(tmp_path, body, OUTLINE) == ["一、甲", "一、手写", "二、乙"]


def test_articles_keep_the_space_of_their_tab_unless_it_is_off(tmp_path: Path):
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">'
        + level(0, "chineseCountingThousand", "第%1条", extra, start=101)
        + f'</w:abstractNum><w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, extra in ((1, ""), (2, '<w:suff w:val="nothing"/>'))
    )
    body = numbered(1, 0, "本办法施行。") + numbered(2, 0, "本办法废止。")
    assert text_of(tmp_path, body, numbering) == [
        "第一百零一条 本办法施行。",
        "第一百零一条本办法废止。",
    ]


def test_restart_rules_and_legal_numbering(tmp_path: Path):
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "第%1章")
        + level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')
        + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "".join(numbered(1, depth, "某") for depth in (0, 1, 1, 0, 1, 2))
    assert text_of(tmp_path, body, numbering) == [
        "第一章 某",
        "第一条 某",
        "第二条 某",
        "第二章 某",
        "第三条 某",
        "2.3.1 某",
    ]


def test_numbers_that_come_with_a_style(tmp_path: Path):
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1x"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2x"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}<w:pPr>'
        f"<w:numPr>{num}</w:numPr></w:pPr></w:style>"
        for name, base, num in (
            ("H1x", "", '<w:numId w:val="1"/>'),
            ("H2x", "", '<w:numId w:val="1"/>'),
            ("H1child", '<w:basedOn w:val="H1x"/>', ""),
            ("H1off", '<w:basedOn w:val="H1x"/>', '<w:numId w:val="0"/>'),
        )
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{style}</w:t></w:r></w:p>'
        for style in ("H1x", "H2x", "H2x", "H1child", "H1off", "H2x")
    )
    assert text_of(tmp_path, body, numbering, styles) == [
        "一、H1x",
        "（一）H2x",
        "（二）H2x",
        "二、H1child",
        "H1off",
        "（一）H2x",
    ]


def test_a_list_that_points_to_a_list_style_counts_with_it(tmp_path: Path):
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Lst"/>'
        + level(0, "chineseCounting", "%1、")
        + '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Lst"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Lst"><w:name w:val="Lst"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = numbered(2, 0, "甲") + numbered(1, 0, "乙")
    assert text_of(tmp_path, body, numbering, styles) == ["一、甲", "二、乙"]


def test_bullets_of_symbol_fonts_become_bullets(tmp_path: Path):
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "bullet", "\uf0d8")
        + level(1, "bullet", "——")
        + '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/><w:rPr>'
        '<w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = numbered(1, 0, "甲") + numbered(1, 1, "乙") + numbered(1, 2, "丙")
    assert text_of(tmp_path, body, numbering) == ["•甲", "——乙", "•丙"]


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1003, "一千零三"),
        ("japaneseCounting", 21, "二十一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 15, "１５"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 4, "IV"),
        ("lowerLetter", 28, "bb"),
        ("decimalEnclosedCircle", 21, "21"),
        ("cardinalText", 3, "3"),
    ],
)
def test_number_formats(form: str, number: int, text: str):
    assert written(number, form) == text


def test_insertions_are_kept_and_deletions_dropped(tmp_path: Path):
    body = (
        '<w:p><w:r><w:t>到2025年达到</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>80%'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>90%</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>旧处</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="x"><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="5" w:author="x"/></w:rPr></w:pPr>'
        "<w:r><w:t>前半</w:t></w:r>"
        "</w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>"
        '<w:tbl><w:tr><w:trPr><w:del w:id="6" w:author="x"/></w:trPr><w:tc><w:p><w:del w:id="7">'
        "<w:r><w:delText>删</w:delText></w:r></w:del></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of(tmp_path, body) == ["到2025年达到90%新处", "前半后半"]


def test_wrappers_fields_and_hidden_text(tmp_path: Path):
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr="DATE">'
        "<w:r><w:t>域</w:t></w:r></w:fldSimple><w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>末</w:t><w:br/><w:t>次行</w:t>"
        '<w:noBreakHyphen/><w:t>尾</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>ab</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r>"
        "</m:den></m:f><m:d><m:e><m:r><m:t>x+y</m:t></m:r></m:e></m:d><m:nary><m:naryPr><m:chr "
        'm:val="∑"/></m:naryPr><m:sub/><m:sup/><m:e><m:r><m:t>z</m:t></m:r></m:e></m:nary>'
        "</m:oMath></w:p>"
    )
    assert text_of(tmp_path, body) == ["控件", "链接域标记末", "次行-尾☑", "(ab)/c(x+y)∑z"]


def test_a_text_box_is_read_once(tmp_path: Path):
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(tmp_path, body) == ["正文", "框内"]


def test_a_footnote_follows_its_paragraph(tmp_path: Path):
    document = build(
        '<w:p><w:r><w:t>授信总额</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>达到1亿元。</w:t></w:r></w:p>" + plain("下一段")
    )
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>定义同细则。</w:t></w:r>'
        "</w:p>"
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.split("\n") == [
        "授信总额达到1亿元。",
        "（注：定义同细则。）",
        "下一段",
    ]


def test_heads_and_feet_are_left_out_but_for_a_mark_of_secrecy(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "某市文件"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text == "正文"
    document.sections[0].header.paragraphs[0].text = "机密★1年"
    document.save(str(tmp_path / "b.docx"))
    assert read(tmp_path / "b.docx").text == "机密★1年\n正文"


def test_merged_cells(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(rows=5, cols=4)
    texts = [
        ["序号", "任务", "目标", ""],
        ["", "", "2023年", "2025年"],
        ["1", "智能改造", "20%", "30%"],
        ["", "绿色改造", "", "40%"],
        ["到2025年达到90%。下同。", "其他", "1", "2"],
    ]
    for row, values in zip(table.rows, texts, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    document.save(str(tmp_path / "a.docx"))
    source = read(tmp_path / "a.docx")
    assert source.text.split("\n") == [
        "序号\t任务\t目标\t目标",
        "序号\t任务\t2023年\t2025年",
        "1\t智能改造\t20%\t30%",
        "1\t绿色改造\t\t40%",
        "到2025年达到90%。下同。\t其他\t1\t2",
    ]
    assert [row.of(source.text) for row in source.tables[0].rows] == source.text.split("\n")
    assert source.tables[0].header_rows == 2


def test_running_text_of_a_merged_cell_stands_once(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, values in zip(
        table.rows, [["任务", "单位"], ["建成5个平台。达到80%。", "甲"], ["", "乙"]], strict=True
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.count("达到80%") == 1


def test_automatic_numbers_in_empty_cells_are_text(tmp_path: Path):
    row = "<w:tr><w:tc>{}</w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "decimal", "%1")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "<w:tbl>{}{}{}</w:tbl><w:p/>".format(
        row.format(plain("序号"), "任务"),
        row.format(numbered(1, 0, ""), "甲"),
        row.format(numbered(1, 0, ""), "乙"),
    )
    assert text_of(tmp_path, body, numbering) == ["序号\t任务", "1\t甲", "2\t乙"]


def test_tables_that_only_frame_text_are_lines(tmp_path: Path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "专栏1 重点工程\n一是智能改造。"
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "说明"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for cell, text in zip(inner._cells, "甲乙丙丁", strict=True):
        cell.text = text
    document.save(str(tmp_path / "a.docx"))
    source = read(tmp_path / "a.docx")
    assert source.text.split("\n") == [
        "专栏1 重点工程",
        "一是智能改造。",
        "说明",
        "甲\t乙",
        "丙\t丁",
    ]
    assert len(source.tables) == 1


def test_a_table_cut_by_a_page_is_one_table(tmp_path: Path):
    document = docx.Document()
    for rows in (
        [["序号", "任务"], ["1", "甲"]],
        [["2", "乙"], ["3", "丙"]],
        [["序号", "任务"], ["4", "丁"]],
    ):
        table = document.add_table(rows=0, cols=2)
        for values in rows:
            for cell, value in zip(table.add_row().cells, values, strict=True):
                cell.text = value
        document.add_paragraph()
    document.save(str(tmp_path / "a.docx"))
    source = read(tmp_path / "a.docx")
    assert source.text.split("\n") == ["序号\t任务", "1\t甲", "2\t乙", "3\t丙", "4\t丁"]
    assert len(source.tables) == 1


def test_a_table_of_contents_is_left_out(tmp_path: Path):
    entries = ["目 录", "一、总体要求………1", "二、主要任务", "……………3", "三、保障措施\t5"]
    body = ["一、总体要求", "坚持。", "二、主要任务", "三、保障措施"]
    document = docx.Document()
    for line in ["某规划", *entries, *body]:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.split("\n") == ["某规划", *body]


def test_page_numbers_of_a_conversion_go_and_their_sentence_is_whole(tmp_path: Path):
    document = docx.Document()
    first = "为贯彻落实上级文件精神，进一步推动全市工业企业技术改"
    for line in [first, "- 12 -", "造，现就有关事项通知如下。", "—13—", "一、总体要求"]:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.split("\n") == [
        f"{first}造，现就有关事项通知如下。",
        "一、总体要求",
    ]


def test_an_embedded_web_page_is_read(tmp_path: Path):
    document = build(plain("前文"))
    page = "<html><body><p>一、要求</p><p>各单位要抓好落实，确保完成任务。</p></body></html>"
    part = Part(PackURI("/word/chunk.html"), "text/html", page.encode(), document.part.package)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    number = document.part.relate_to(part, kind)
    names = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    document.element.body.insert(
        1, parse_xml(f'<w:altChunk {NAMESPACES} {names} r:id="{number}"/>')
    )
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text.split("\n") == [
        "前文",
        "一、要求",
        "各单位要抓好落实，确保完成任务。",
    ]
