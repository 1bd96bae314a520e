"""What is not readable says so in one line of Chinese that names the file."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from index.errors import PolicyError, ReadError
from index.limits import Limits
from index.read import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def word_bytes() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "甲"
    document.add_paragraph("到2025年达到90%。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def excel_bytes() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["指标", 1])
    book.active.append(["目标", 2])
    book.save(stream)
    return stream.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def with_document(xml: str) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(word_bytes()))
    parts = {name: source.read(name) for name in source.namelist()}
    return packed({**parts, "word/document.xml": xml.encode()})


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def cases() -> list[tuple[str, bytes, str]]:
    whole = word_bytes()
    return [
        ("a.txt", b"", "空的"),
        ("a.docx", b"\0" * 100, "空的"),
        ("a.docx", whole[: len(whole) // 2], "不完整或已损坏"),
        ("a.docx", whole[:200] + b"x" * 300 + whole[500:], "损坏"),
        ("a.docx", packed({"word/document.xml": b"<w:document"}), "损坏"),
        ("a.docx", packed({"word/styles.xml": b"<a/>"}), "缺少正文"),
        ("a.docx", packed({"word/document.xml": b"0" * 60_000_000}), "压缩炸弹"),
        ("a.docx", with_document(BOMB), "DTD"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le") + b"\0" * 8, "另存"),
        ("a.doc", OLE + b"\0" * 2000, "不是 Word 或 Excel"),
        ("a.xlsx", excel_bytes()[:1500], "损坏"),
        ("a.pptx", packed({"ppt/presentation.xml": b"<a/>"}), "演示文稿"),
        ("a.zip", packed({"方案.docx": b"x"}), "压缩包"),
        ("a.rar", b"Rar!\x1a\x07\0 data", "压缩包"),
        ("a.pdf", b"%PDF-1.7\n%broken", "损坏"),
        ("a.pdf", b"just words", "不是 .pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0 picture", "图片"),
        ("a.docx", b"\x89PNG\r\n\x1a\n data", "图片"),
        ("a.xyz", "文字".encode(), "不支持 .xyz"),
        ("noname", "文字".encode(), "不支持 无后缀"),
        ("a.ofd", packed({"OFD.xml": b"<a/>"}), "a.ofd："),
    ]


@pytest.mark.parametrize(("name", "data", "reason"), cases())
def test_a_bad_file_gives_one_clear_line(tmp_path: Path, name: str, data: bytes, reason: str):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{name}：")
    assert reason in message
    assert "\n" not in message
    assert "；" in message or "请" in message


def test_missing_files_folders_and_size(tmp_path: Path):
    with pytest.raises(ReadError, match=r"none\.txt：找不到文件"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="这是文件夹"):
        read(tmp_path)
    big = tmp_path / "big.txt"
    big.write_text("一" * 1000)
    with pytest.raises(ReadError, match=r"big\.txt：.*超过上限"):
        read(big, Limits(bytes=1000))


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.doc", word_bytes(), "到2025年达到90%。"),
        ("a.wps", word_bytes(), "到2025年达到90%。"),
        ("a.txt", word_bytes(), "到2025年达到90%。"),
        (
            "a.doc",
            "<html><body><p>网页存成的文档，共一句。</p></body></html>".encode("gb18030"),
            "网页存成的文档，共一句。",
        ),
        ("a.docx", "其实是纯文本".encode("gb18030"), "其实是纯文本"),
        ("a.docx", excel_bytes(), "指标\t1\n目标\t2"),
    ],
)
def test_the_first_bytes_decide_over_the_suffix(tmp_path: Path, name: str, data: bytes, text: str):
    path = tmp_path / name
    path.write_bytes(data)
    assert text in read(path).text


@pytest.mark.parametrize("make", [word_bytes, excel_bytes])
def test_damage_of_any_kind_never_escapes_as_another_error(tmp_path: Path, make):
    whole = make()
    chance = random.Random(7)
    path = tmp_path / "a.docx"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data[: chance.randrange(1, len(data) + 1)]))
        try:
            read(path)
        except PolicyError as error:
            assert str(error).startswith("a.docx：")


def test_external_entities_are_not_followed(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("本机文件")
    xml = BOMB.replace('"aaaaaaaaaa"', f'SYSTEM "{(tmp_path / "secret.txt").as_uri()}"')
    (tmp_path / "a.docx").write_bytes(with_document(xml))
    with pytest.raises(ReadError, match="DTD"):
        read(tmp_path / "a.docx")
