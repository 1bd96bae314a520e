"""Plain text and Markdown: encodings, white space, front matter, markup."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.read import read
from index.read.assemble import Block, assemble, normalise
from index.read.grid import Grid
from index.types import Source

TEXT = "一、总体要求\n到2025年，规模以上工业增加值年均增长6%左右。\n（一）主要目标\n"
DIGESTS = Path(__file__).parents[1] / "corpus" / "documents"


def read_bytes(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
        TEXT.replace("\n", "\r").encode("utf-8"),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, data: bytes):
    assert read_bytes(tmp_path, "a.txt", data).text == TEXT


def test_rare_characters_of_gb18030_are_read(tmp_path: Path):
    text = "䶮溆㙍镇、𠮷安村的责任人\n"
    assert read_bytes(tmp_path, "a.txt", text.encode("gb18030")).text == text


def test_only_spaces_newlines_and_invisible_characters_change(tmp_path: Path):
    written = "\u3000\u3000第一条\xa0总则\u200b　１．５％\t〔2021〕\u2028附件\ufeff\u00ad "
    assert read_bytes(tmp_path, "a.txt", written.encode()).text == (
        "  第一条 总则 １．５％\t〔2021〕\n附件 "
    )


def test_utf8_with_broken_bytes_is_refused_instead_of_read_as_other_characters(tmp_path: Path):
    data = (TEXT * 5).encode("utf-8")
    with pytest.raises(ReadError, match=r"a\.txt：.*损坏"):
        read_bytes(tmp_path, "a.txt", data[:200] + b"\xff" + data[200:])


def test_binary_data_named_txt_is_refused(tmp_path: Path):
    with pytest.raises(ReadError, match=r"a\.txt："):
        read_bytes(tmp_path, "a.txt", bytes(range(256)) * 40)


CELLS = st.text(alphabet="一二。%1 \t\n\u3000\u200b\r|", max_size=8)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=5
    ).map(lambda rows: Grid(tuple(rows), 1))
)


@given(st.lists(st.one_of(CELLS, GRIDS), max_size=6))
def test_the_spans_of_every_table_row_stand_in_the_text(blocks: list[Block]):
    source = assemble(blocks)
    lines = source.text.split("\n")
    for table in source.tables:
        assert 1 <= table.header_rows <= len(table.rows)
        for row in table.rows:
            assert row.of(source.text) in lines
            assert row.start == 0 or source.text[row.start - 1] == "\n"
    assert normalise(source.text) == source.text


MARKDOWN = """---
id: some-2024
title: 某市方案
implements: [《上级方案》（省发〔2020〕1号）]
date: 2024-01-02
---
# 某市方案

## 一、总体要求

**坚持**问题导向，*分类*施策。见[通知](https://example.org/a_(b).html)第3条。

- 到2025年，建成 `3*5*2` 个平台。
* 力争达到80%以上\\*。
1. 保留编号[^1]
> 引文

——技改提升。到2023年，增幅10%以上。

| 序号 | 任务 | 责任单位 |
|:---:|------|------|
| 1 | **智能**改造 | 市工信局<br>市财政局 |
| 2 | a \\| b |  |

---

[^1]: 说明文字
责任单位：市工信局&nbsp;牵头
"""


def test_markdown_is_read_as_its_reader_sees_it(tmp_path: Path):
    source = read_bytes(tmp_path, "a.md", MARKDOWN.encode())
    lines = [line for line in source.text.split("\n") if line]
    assert lines == [
        "某市方案",
        "一、总体要求",
        "坚持问题导向，分类施策。见通知第3条。",
        "到2025年，建成 3*5*2 个平台。",
        "力争达到80%以上*。",
        "1. 保留编号",
        "引文",
        "——技改提升。到2023年，增幅10%以上。",
        "序号\t任务\t责任单位",
        "1\t智能改造\t市工信局 市财政局",
        "2\ta | b\t",
        "（注：说明文字）",
        "责任单位：市工信局 牵头",
    ]


def test_front_matter_becomes_values(tmp_path: Path):
    source = read_bytes(tmp_path, "a.md", MARKDOWN.encode())
    assert source.front["id"] == "some-2024"
    assert source.front["implements"] == ["《上级方案》（省发〔2020〕1号）"]
    assert source.title == "某市方案"
    assert "some-2024" not in source.text


def test_a_pipe_table_becomes_a_table_with_spans(tmp_path: Path):
    source = read_bytes(tmp_path, "a.md", MARKDOWN.encode())
    (table,) = source.tables
    assert table.header_rows == 1
    assert [row.of(source.text).split("\t")[0] for row in table.rows] == ["序号", "1", "2"]


def test_a_table_written_in_html_is_a_table(tmp_path: Path):
    text = (
        "# 某方案\n\n<table><tr><td>任务</td><td>单位</td></tr>\n"
        "<tr><td>技改</td><td>市工信局</td></tr></table>\n\n末段\n"
    )
    source = read_bytes(tmp_path, "a.md", text.encode())
    assert [line for line in source.text.split("\n") if line] == [
        "某方案",
        "任务\t单位",
        "技改\t市工信局",
        "末段",
    ]
    assert len(source.tables) == 1


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path):
    source = read_bytes(tmp_path, "a.md", "---\n正文一段\n---\n第二段\n".encode())
    assert source.front == {}
    assert "正文一段" in source.text


def test_broken_front_matter_says_so(tmp_path: Path):
    with pytest.raises(ReadError, match=r"a\.md：.*YAML"):
        read_bytes(tmp_path, "a.md", "---\na: [1\nb: }\n---\n正文\n".encode())


@pytest.mark.parametrize("path", sorted(DIGESTS.glob("*.md")), ids=lambda path: path.stem)
def test_bundled_digests_read_without_markup(path: Path):
    source = read(path)
    lines = source.text.split("\n")
    assert source.front["id"] == path.stem
    assert source.front["title"] in lines
    assert not [line for line in lines if line.startswith(("#", "- ", "**"))]
    assert any(line.startswith("一、") for line in lines)
