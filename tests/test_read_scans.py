"""Scans: a rendered plan gives the clauses and targets of its text; turned pages; tables; marks."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
import docx.shared
import pypdfium2
import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from PIL import Image

from assistant.answer import answer
from assistant.api import create_api
from assistant.app.goals import Goals
from assistant.app.panes import Desk
from assistant.app.render.paper import source_html
from assistant.app.source import source_view
from assistant.app.upload import take_in
from index.errors import ReadError, SecretFile
from index.ingest import ingest, read_checked
from index.library import open_library
from index.limits import Limits
from index.parse import parse
from index.read import read
from index.store import Store
from tests.printing import (
    converted,
    facts,
    lines_of,
    needs_office,
    pictured_ofd,
    text_file,
    understood,
    word,
)

pytestmark = [
    needs_office,
    pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="没有 rapidocr"),
    # The models' own packages, not ours.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
DPI = 200
FORM = [
    ["序号", "任务", "牵头单位", "完成时限"],
    ["1", "建成县级工业互联网平台3个", "县经济和信息化局", "2025年6月底前"],
    ["2", "规模以上企业技改面达到80%以上", "县经济和信息化局、县发展和改革局", "2025年底前"],
    ["3", "新增高新技术企业12家", "县科学技术局", "2026年底前"],
]


def anyone(request: Request) -> None:
    return None


def rendered(pdf: Path) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    document.close()
    return pages


def scan(path: Path, pages: Sequence[Image.Image]) -> Path:
    """Pages as a scanner saves them: pictures without any text."""
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=DPI)
    return path


def tabled() -> docx.document.Document:
    made = word(["云岭县技改任务分解表"])
    table = made.add_table(rows=0, cols=4, style="Table Grid")
    for row in FORM:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Image.Image]]:
    """Pages of a short plan, of a table, and of a paper with a mark of secrecy."""
    folder = tmp_path_factory.mktemp("scans")
    plan = lines_of("lps-2016")
    shown = plan[: next(at for at, line in enumerate(plan) if line.startswith("三、"))]
    text_file(folder, shown)
    papers = {"plan": word(shown), "table": tabled(), "secret": word(["机密★1年", *shown[:6]])}
    for name, paper in papers.items():
        paper.save(str(folder / f"{name}.docx"))
    pdfs = converted([folder / f"{name}.docx" for name in papers], "pdf")
    return {
        **{name: rendered(pdf) for name, pdf in zip(papers, pdfs, strict=True)},
        "text": [folder / "plan.txt"],
    }


@pytest.fixture(scope="module")
def scanned(
    made: Mapping[str, list[Image.Image]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return scan(tmp_path_factory.mktemp("scan") / "plan.pdf", made["plan"])


def test_a_clean_scan_gives_the_clauses_and_targets_of_the_text(
    made: Mapping[str, list[Image.Image]], scanned: Path
):
    heard: list[tuple[str, int, int]] = []
    source = read(scanned, progress=lambda *told: heard.append(told))
    ids, targets = facts(understood(made["text"][0]))
    parsed = parse(source, "x", "x")
    found_ids, found_targets = facts(parsed)
    assert found_ids == ids
    assert len(targets) >= 10
    assert sum(target in found_targets for target in targets) >= 0.97 * len(targets)
    pages = len(made["plan"])
    assert heard[0] == ("识别扫描页", 0, pages) and heard[-1] == ("识别扫描页", pages, pages)
    assert parsed.document.scanned
    assert [scan.page for scan in parsed.document.scans] == list(range(1, pages + 1))
    for picture in source.pictures:
        assert Image.open(BytesIO(picture.image)).format == "WEBP"
        assert all(line.span.of(source.text).strip() for line in picture.lines)


@pytest.mark.parametrize("turn", [270, 180, 2])
def test_a_page_on_its_side_is_turned_first(
    made: Mapping[str, list[Image.Image]], tmp_path: Path, turn: int
):
    page = made["plan"][0].crop((0, 0, 1654, 1100)).rotate(turn, expand=True, fillcolor=255)
    page.save(tmp_path / "page.png")
    lines = read(tmp_path / "page.png").text.split("\n")
    assert any(line.startswith("一、总体要求") for line in lines)
    assert any(line.startswith("六盘水市实施“百企改造”工程") for line in lines)


def test_a_table_keeps_its_rows(made: Mapping[str, list[Image.Image]], tmp_path: Path):
    made["table"][0].save(tmp_path / "table.jpg", quality=85)
    source = read(tmp_path / "table.jpg")
    rows = [row.of(source.text).split("\t") for row in source.tables[0].rows]
    assert rows == FORM


def test_pages_of_text_and_scanned_ones_keep_their_order(
    made: Mapping[str, list[Image.Image]], scanned: Path, tmp_path: Path
):
    word(
        ["云岭县技改方案", "一、目标", "到2025年技改投资增长10%以上，各乡镇、各部门要抓好落实。"]
    ).save(str(tmp_path / "a.docx"))
    printed = pypdfium2.PdfDocument(converted([tmp_path / "a.docx"], "pdf")[0])
    pictures = pypdfium2.PdfDocument(scan(tmp_path / "s.pdf", made["table"]))
    printed.import_pages(pictures)
    printed.save(tmp_path / "mixed.pdf")
    source = read(tmp_path / "mixed.pdf")
    assert source.text.index("技改投资增长10%") < source.text.index("高新技术企业12家")
    assert [picture.page for picture in source.pictures] == [2]


def test_all_pages_of_a_tif_are_read(made: Mapping[str, list[Image.Image]], tmp_path: Path):
    pages = (made["table"][0], made["plan"][0].crop((0, 0, 1654, 700)))
    first, *rest = [page.convert("1") for page in pages]
    first.save(tmp_path / "a.tif", save_all=True, append_images=rest, compression="group4")
    text = read(tmp_path / "a.tif").text
    assert "高新技术企业12家" in text and "百企改造" in text


@pytest.mark.parametrize("kind", ["docx", "ofd"])
def test_pictures_in_place_of_pages_are_read(
    made: Mapping[str, list[Image.Image]], tmp_path: Path, kind: str
):
    made["table"][0].crop((0, 0, 1654, 1300)).save(tmp_path / "page.png")
    path = tmp_path / f"a.{kind}"
    if kind == "docx":
        document = docx.Document()
        document.add_picture(str(tmp_path / "page.png"), width=docx.shared.Mm(150))
        document.save(str(path))
    else:
        pictured_ofd(path, (tmp_path / "page.png").read_bytes())
    source = read(path)
    assert "新增高新技术企业12家" in source.text and source.scanned
    assert [picture.page for picture in source.pictures] == [1]


def test_a_mark_of_secrecy_is_seen_in_a_scan(made: Mapping[str, list[Image.Image]], tmp_path: Path):
    made["secret"][0].crop((0, 0, 1654, 900)).save(tmp_path / "a.png")
    with pytest.raises(SecretFile):
        read_checked(tmp_path / "a.png")


def test_a_blank_or_endless_scan_is_refused_in_one_line(tmp_path: Path):
    store = Store(tmp_path / "store")
    Image.new("L", (800, 1100), 255).save(tmp_path / "blank.png")
    with pytest.raises(ReadError, match="没有认出文字"):
        read(tmp_path / "blank.png")
    scan(tmp_path / "long.pdf", [Image.new("L", (80, 110), 255)] * 4)
    report = ingest([tmp_path / "long.pdf"], store, None, limits=Limits(scan_pages=3))
    assert "扫描页有 4 页，超过上限 3 页" in report.failed[0].error


def test_the_page_is_kept_shown_and_removed_with_its_document(
    made: Mapping[str, list[Image.Image]], tmp_path: Path
):
    library = open_library(tmp_path / "store", encoder=None)
    desk = Desk(library, lambda: None, Goals(library))
    made["plan"][0].crop((0, 0, 1654, 1800)).save(tmp_path / "plan.png")
    steps = [step[0] for step in take_in([str(tmp_path / "plan.png")], desk)]
    assert any(step.stage == "识别扫描页：1 / 1 页" for step in steps)
    assert steps[-1].document_id == "plan"
    clause = library.clauses("plan")[-1]
    html = source_html(source_view(desk, clause.id))
    assert "扫描识别" in html and 'src="api/documents/plan/pages/1"' in html
    with TestClient(create_api(library, anyone)) as client:
        page = client.get("/api/documents/plan/pages/1")
        assert page.headers["content-type"] == "image/webp" and len(page.content) > 1000
        assert client.get("/api/documents/plan/pages/2").status_code == 404
    given = answer("六盘水百企改造有哪些基本原则", library)
    assert any("扫描识别" in note and "第1页" in note for note in given.notes)
    library.store.remove(["plan"])
    with library.store.reading() as db:
        assert db.execute("SELECT count(*) FROM pictures").fetchone() == (0,)
    library.close()
