"""Web pages: the document on the page, without the page around it."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

from selectolax.lexbor import LexborHTMLParser

from index.errors import ReadError
from index.read.assemble import Block, assemble
from index.read.webmain import document_blocks
from index.types import Source

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_NESTING = re.compile(
    r"<(/?)(?:div|span|ul|ol|dl|table|section|article|font|b|i|u|em|strong|a|center|blockquote)\b",
    re.I,
)
_DEEPEST = 5000
_NARROW = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030", "hz-gb-2312"}


def read_html(data: bytes) -> Source:
    text = decode_page(data)
    _refuse_pit(text)
    page = LexborHTMLParser(text)
    title, blocks = document_blocks(page)
    if not blocks:
        raise ReadError(
            "网页里没有正文（可能由脚本生成）；请在浏览器中打开后复制正文，存为 .txt 或 .docx"
        )
    return assemble(blocks, title)


def _refuse_pit(text: str) -> None:
    """Elements in elements without end: the parser's time grows with the square of their depth."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            raise ReadError("网页的层次异常地深，已拒绝；请在浏览器中复制正文，存为 .txt 或 .docx")


def page_blocks(data: bytes) -> list[Block]:
    """The document of a page that is embedded in another file."""
    return document_blocks(LexborHTMLParser(decode_page(data)))[1]


def read_mht(data: bytes) -> Source:
    return read_html(archived_page(data))


def archived_page(data: bytes) -> bytes:
    """A web page saved with its pictures: the first HTML part of the message."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return _marked(page, part.get_content_charset())
    raise ReadError("网页存档中没有 HTML 正文；请用浏览器打开后另存为 .html 再导入")


def _marked(page: bytes, charset: str | None) -> bytes:
    if not charset or _CHARSET.search(page[:4096]):
        return page
    return b'<meta charset="%s">' % charset.encode("ascii", "ignore") + page


def decode_page(data: bytes) -> str:
    """UTF-8 where it fits (it fits nothing else by chance), else what the page declares."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    declared = [found.decode("ascii").lower() for found in _CHARSET.findall(data[:8192])]
    candidates = ["gb18030" if name in _NARROW else name for name in declared]
    best, fewest = "", len(data) + 1
    for encoding in dict.fromkeys(["utf-8", *candidates, "gb18030"]):
        try:
            text = data.decode(encoding, errors="replace")
        except (LookupError, UnicodeError):
            continue
        faults = text.count("\ufffd")
        if not faults:
            return text
        if faults < fewest:
            best, fewest = text, faults
    if fewest * 100 > len(best):
        raise ReadError("网页编码无法识别，或文件已损坏；请用浏览器打开后另存为 UTF-8 网页再导入")
    return best
