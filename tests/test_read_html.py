"""Web pages: encodings, the document among the page's furniture, tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReadError
from index.read import read

SENTENCE = "各县区要落实主体责任，加大投入，到2025年技改投资年均增长10%以上。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET">
<title>某市技改方案_某市人民政府网站</title><style>p {{ color: red }}</style></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">文件</a></div>
<table><tr><td>文号：</td><td>某政发〔2024〕5号</td></tr><tr><td>成文日期：</td><td>2024年3月1日</td></tr>
</table>
<h1>某市人民政府关于印发某市技改方案的通知</h1>
<div class="attr">发布日期：2024-03-05 <span>浏览次数：<b>100</b></span></div>
<div id="zoom">
<p>各县区人民政府：</p><p>&nbsp;&nbsp;现将方案印发给你们。</p>
<p>一、总体要求</p><p>{SENTENCE}</p><p>（一）<strong>完善</strong><span>无障碍</span>设施，方便分享到各方。<br>责任单位：市工信局</p>
<div style="display: none">{SENTENCE.replace("10%", "99%")}</div>
<table><tbody><tr><td colspan="3">附件 任务分工表</td></tr>
<tr><td>序号</td><td>任务</td><td>牵头单位</td></tr>
<tr><td rowspan="2">1</td><td><p>智能</p><p>改造</p></td><td>市工信局</td></tr>
<tr><td>绿色改造</td><td>/</td></tr></tbody></table>
<p>附件：</p><p><a href="1.doc">1.申报表</a></p><p><a href="2.doc">2.汇总表</a></p>
</div>
<div><a href="/x">上一篇：另一个通知</a> <a href="/y">下一篇：又一个通知</a></div>
<div class="foot">版权所有：某市人民政府 粤ICP备12345678号</div>
<script>document.write("脚本")</script></body></html>"""


def page(folder: Path, charset: str, encoding: str) -> Path:
    path = folder / "page.html"
    path.write_bytes(PAGE.replace("CHARSET", charset).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "gb18030"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_document_is_read_in_any_encoding(tmp_path: Path, charset: str, encoding: str):
    assert SENTENCE in read(page(tmp_path, charset, encoding)).text.split("\n")


def test_the_page_around_the_document_is_left_out(tmp_path: Path):
    assert read(page(tmp_path, "utf-8", "utf-8")).text.split("\n") == [
        "某市人民政府关于印发某市技改方案的通知",
        "文号：某政发〔2024〕5号",
        "成文日期：2024年3月1日",
        "发布日期：2024-03-05",
        "各县区人民政府：",
        "现将方案印发给你们。",
        "一、总体要求",
        SENTENCE,
        "（一）完善无障碍设施，方便分享到各方。",
        "责任单位：市工信局",
        "附件 任务分工表",
        "序号\t任务\t牵头单位",
        "1\t智能改造\t市工信局",
        "1\t绿色改造\t/",
        "附件：",
        "1.申报表",
        "2.汇总表",
    ]


def test_title_and_tables(tmp_path: Path):
    source = read(page(tmp_path, "utf-8", "utf-8"))
    assert source.title == "某市人民政府关于印发某市技改方案的通知"
    (table,) = source.tables
    assert table.header_rows == 1
    assert table.rows[1].of(source.text) == "1\t智能改造\t市工信局"


def test_a_table_that_only_places_things_is_flattened(tmp_path: Path):
    path = tmp_path / "a.htm"
    path.write_text(
        "<html><body><table><tr><td><a href='/'>导航</a></td><td><table><tr><td>"
        f"<p>一、要求</p><p>{SENTENCE}</p></td></tr></table></td></tr></table></body></html>"
    )
    source = read(path)
    assert source.text.split("\n") == ["一、要求", SENTENCE]
    assert source.tables == ()


def test_a_page_without_text_says_so(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("<html><body><div id='app'></div><script>run()</script></body></html>")
    with pytest.raises(ReadError, match=r"a\.html：.*没有正文"):
        read(path)


def test_deep_nesting_is_read_without_recursion(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 3000 + SENTENCE + "</div>" * 3000)
    assert SENTENCE in read(path).text


def test_a_saved_web_archive_is_read(tmp_path: Path):
    path = tmp_path / "a.doc"
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + f"<html><body><p>{SENTENCE}</p></body></html>".encode("gb18030")
        + b"\r\n--b--\r\n"
    )
    assert read(path).text == SENTENCE


def test_lines_broken_in_the_source_are_whole_on_the_page(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><p>各县区要落实\r\n   主体责任，加大\n投入。\nGDP\nper capita</p></html>"
    )
    assert read(path).text == "各县区要落实主体责任，加大投入。 GDP per capita"


def test_a_few_broken_bytes_do_not_lose_a_page(tmp_path: Path):
    path = page(tmp_path, "utf-8", "utf-8")
    data = path.read_bytes().replace(b"</body>", b"<p>\xff</p></body>")
    path.write_bytes(data)
    assert SENTENCE in read(path).text.split("\n")


def test_ordered_lists_keep_their_numbers(tmp_path: Path):
    path = tmp_path / "a.html"
    items = "<li>落实主体责任，加大投入。</li><li>强化考核，定期通报。</li>"
    path.write_text(f"<html><p>{SENTENCE}</p><ol start='3'>{items}</ol><ul>{items}</ul></html>")
    assert read(path).text.split("\n") == [
        SENTENCE,
        "3. 落实主体责任，加大投入。",
        "4. 强化考核，定期通报。",
        "落实主体责任，加大投入。",
        "强化考核，定期通报。",
    ]
