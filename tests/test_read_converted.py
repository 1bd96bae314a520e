"""PDF and old Word files: made with LibreOffice where it is installed, real ones where present."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import docx.shared
import pytest
from docx.oxml import parse_xml

from index.errors import ReadError
from index.read import read

SHARED = Path(__file__).parents[1].parent / "shared"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LONG = (
    "为深入贯彻落实上级关于推进工业企业技术改造的决策部署，加快传统产业转型升级，"
    "提高全要素生产率，到2025年全市技改投资年均增长10%以上，规模以上企业数字化改造覆盖率达到80%，"
    "现结合实际制定本方案，请各县区、各部门认真贯彻执行，确保各项任务按期完成。"
)
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice")


def document() -> docx.document.Document:
    made = docx.Document()
    made.add_paragraph("某市技术改造实施方案").alignment = 1
    for number in range(1, 13):
        made.add_paragraph(f"（{'一二三四五六七八九十'[number % 10]}）第{number}项任务")
        made.add_paragraph(f"{LONG}（责任单位：市工信局第{number}科）")
    section = made.sections[0]
    section.header.paragraphs[0].text = "某市人民政府文件汇编"
    run = section.footer.paragraphs[0].add_run("— ")
    for xml in (
        '<w:fldSimple {} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        "<w:r {}><w:t> —</w:t></w:r>",
    ):
        run._r.getparent().append(parse_xml(xml.format(W)))
    return made


def convert(source: Path, target: str) -> Path:
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(source.parent),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return source.with_suffix(f".{target.partition(':')[0]}")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("pdf")
    document().save(str(folder / "a.docx"))
    yield convert(folder / "a.docx", "pdf")


@needs_office
def test_lines_of_a_pdf_become_its_paragraphs(pdf: Path):
    lines = read(pdf).text.split("\n")
    assert lines[0] == "某市技术改造实施方案"
    assert lines[1] == "（二）第1项任务"
    assert lines.count(lines[0]) == 1
    for number in range(1, 13):
        assert f"{LONG}（责任单位：市工信局第{number}科）" in lines


@needs_office
def test_running_heads_and_page_numbers_of_a_pdf_are_left_out(pdf: Path):
    text = read(pdf).text
    assert "文件汇编" not in text
    assert "—" not in text


@needs_office
def test_columns_are_read_one_after_the_other(tmp_path: Path):
    made = docx.Document()
    made.add_paragraph("某市人民政府公报").alignment = 1
    made.add_section(0)
    articles = [f"第{number}条 {LONG}" for number in range(1, 16)]
    for article in articles:
        made.add_paragraph(article).paragraph_format.first_line_indent = docx.shared.Pt(22)
    columns = made.sections[-1]._sectPr.find("{*}cols")
    columns.getparent().replace(columns, parse_xml(f'<w:cols {W} w:num="2" w:space="425"/>'))
    made.save(str(tmp_path / "a.docx"))
    source = read(convert(tmp_path / "a.docx", "pdf"))
    assert source.text.split("\n") == ["某市人民政府公报", *articles]


@needs_office
def test_ruled_tables_of_a_pdf_are_tables(tmp_path: Path):
    made = docx.Document()
    made.add_paragraph("任务分工表")
    table = made.add_table(rows=3, cols=3, style="Table Grid")
    values = [
        ["类别", "任务", "责任单位"],
        ["智能化", "建成智能工厂，" * 8 + "到2025年达到5家", "市工信局"],
        ["", "培育服务商", "市财政局"],
    ]
    for row, texts in zip(table.rows, values, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    made.add_paragraph("表后一段。")
    made.save(str(tmp_path / "a.docx"))
    source = read(convert(tmp_path / "a.docx", "pdf"))
    values[2][0] = "智能化"
    rows = ["\t".join(row) for row in values]
    assert source.text.split("\n") == ["任务分工表", *rows, "表后一段。"]
    assert [row.of(source.text) for row in source.tables[0].rows] == rows


@needs_office
def test_old_word_files_keep_numbers_and_tables(tmp_path: Path):
    made = docx.Document()
    made.add_paragraph("甲", style="List Number")
    made.add_paragraph("乙", style="List Number")
    for cell, text in zip(made.add_table(rows=2, cols=2)._cells, "序任1干", strict=True):
        cell.text = text
    made.add_paragraph("末段")
    made.save(str(tmp_path / "a.docx"))
    for target, suffix in (("doc:MS Word 97", ".doc"), ("rtf", ".rtf"), ("odt", ".odt")):
        old = convert(tmp_path / "a.docx", target)
        assert old.suffix == suffix
        source = read(old)
        assert source.text.split("\n") == ["1. 甲", "2. 乙", "序\t任", "1\t干", "末段"]
        assert len(source.tables) == 1


@needs_office
@pytest.mark.skipif(shutil.which("antiword") is None, reason="没有 antiword")
def test_without_an_office_antiword_reads_and_without_both_the_user_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    document().save(str(tmp_path / "a.docx"))
    old = convert(tmp_path / "a.docx", "doc:MS Word 97")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(ReadError, match=r"a\.doc：.*请安装 LibreOffice"):
        read(old)
    (programs / "antiword").symlink_to("/usr/bin/antiword")
    lines = read(old).text.split("\n")
    assert f"{LONG}（责任单位：市工信局第12科）" in lines


def test_a_picture_of_a_page_is_told_from_text(tmp_path: Path):
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    made = pdfium.PdfDocument.new()
    page = made.new_page(595, 842)
    picture = pdfium.PdfImage.new(made)
    bitmap = pdfium.PdfBitmap.new_native(50, 70, raw.FPDFBitmap_BGR)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    made.save(str(tmp_path / "scan.pdf"))
    made.close()
    with pytest.raises(ReadError, match=r"scan\.pdf：.*扫描件"):
        read(tmp_path / "scan.pdf")


def outlines() -> list[dict[str, object]]:
    listed = SHARED / "realdocs" / "outline.jsonl"
    if not listed.exists():
        return []
    return [json.loads(line) for line in listed.read_text("utf-8").splitlines()]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_real_documents_keep_every_heading_and_quote():
    if not outlines():
        pytest.skip("没有真实文件样本（../shared/realdocs）")
    for outline in outlines():
        path = SHARED / "realdocs" / str(outline["file"])
        if path.suffix == ".doc" and shutil.which("soffice") is None:
            continue
        text = squeezed(read(path).text)
        wanted = [*outline["top_level"], *(spot["quote"] for spot in outline["spot"])]
        assert [one for one in wanted if squeezed(one) not in text] == [], path.name


@needs_office
def test_a_real_wps_file_is_read():
    path = SHARED / "realdocs" / "formatonly" / "f001.wps"
    if not path.exists():
        pytest.skip("没有真实文件样本（../shared/realdocs）")
    assert len(read(path).text) > 50


def test_an_ofd_is_read_where_its_component_is_installed(tmp_path: Path):
    pytest.importorskip("ofdkit", reason="没有 ofdkit")
    recipe = SHARED / "recipes" / "mkofd.py"
    if not recipe.exists():
        pytest.skip("没有 OFD 样本的做法（../shared/recipes）")
    made = runpy.run_path(str(recipe))
    made["write_ofd"](str(tmp_path / "a.ofd"), [["某市方案", LONG], ["一、总体要求"]])
    lines = [line.strip() for line in read(tmp_path / "a.ofd").text.split("\n")]
    assert lines == ["某市方案", LONG, "一、总体要求"]
