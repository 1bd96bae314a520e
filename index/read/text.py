"""Plain text, in whichever of its encodings."""

from __future__ import annotations

import codecs
import re

from index.errors import ReadError
from index.read.assemble import assemble
from index.types import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(data: bytes) -> Source:
    return assemble([decode(data)])


def decode(data: bytes, whole: bool = True) -> str:
    """The text of the bytes; ``whole`` is False for a piece that may end inside a character."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strictly(data[len(mark) :], encoding, whole))
    if b"\0" in data[:4096]:
        return _checked(_strictly(data, _wide(data), whole))
    try:
        return _checked(_strictly(data, "utf-8", whole))
    except ReadError:
        _refuse_broken_utf8(data)
    return _checked(_strictly(data, "gb18030", whole))


def _strictly(data: bytes, encoding: str, whole: bool) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeError as error:
        raise ReadError(
            "文字编码无法识别，或文件已损坏；请用记事本打开并另存为 UTF-8 编码的 .txt"
        ) from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: the zero bytes of its ASCII stand on one side."""
    head = data[:4096]
    little = head[1::2].count(0) >= head[0::2].count(0)
    return "utf-16-le" if little else "utf-16-be"


def _refuse_broken_utf8(data: bytes) -> None:
    """UTF-8 with a few bad bytes also decodes as GB18030: into other, plausible characters."""
    text = data.decode("utf-8", errors="replace")
    beyond = sum(char > "\x7f" for char in text)
    broken = text.count("\ufffd")
    if broken * 20 < beyond:
        raise ReadError(
            f"UTF-8 文本中有 {broken} 处损坏的字节；请重新下载，或用记事本改正后另存为 UTF-8"
        )


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text[:20_000])) * 100 > len(text[:20_000]):
        raise ReadError("内容不是文字（含大量控制字符）；请确认文件格式后另存为 .docx 或 .txt")
    return text
