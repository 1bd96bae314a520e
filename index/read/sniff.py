"""What a file really is: its first bytes, and its suffix only where they leave a choice."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from index.errors import ReadError

Kind = Literal[
    "text", "markdown", "html", "mht", "docx", "xlsx", "pdf", "ofd", "doc", "xls", "image"
]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".wpt": "doc",
    ".rtf": "doc",
    ".odt": "doc",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
    ".ods": "xls",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".bmp": "image",
    ".webp": "image",
}
KNOWN = "docx、doc、wps、pdf、ofd、html、txt、md、xlsx、png、jpg、tif"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_WORD_XML = ("schemas.microsoft.com/office/word/2003/wordml", "office/2006/xmlPackage")


def sniff(data: bytes, suffix: str) -> Kind:
    """The kind of a file, or a ReadError that says what to do with it."""
    if not data.strip(b"\0\t\n\r "):
        raise ReadError("文件是空的；请确认文件已完整复制或下载后再导入")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_IMAGES) or _is_bitmap(data):
        return "image"
    _refuse_binary(data)
    return _written(data, suffix)


def _is_bitmap(data: bytes) -> bool:
    """Two letters open a .bmp, and may open a text: the length of the file follows them."""
    whole = data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)
    return whole or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            mime = package.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ReadError(
            "文件不完整或已损坏；请重新下载，或用 Word/WPS 打开后另存为 .docx"
        ) from error
    if any(name.endswith("OFD.xml") for name in names):
        return "ofd"
    if b"opendocument.spreadsheet" in mime:
        return "xls"
    if b"opendocument.text" in mime:
        return "doc"
    folders = {name.split("/")[0].lower() for name in names}
    if "word" in folders:
        return "docx"
    if "xl" in folders:
        return "xlsx"
    if "ppt" in folders:
        raise ReadError("这是演示文稿，不是公文；请把要用的文字存成 .docx 或 .txt")
    raise ReadError(f"这是压缩包或未知格式；请解压后导入其中的文件（支持 {KNOWN}）")


def _compound(data: bytes) -> Kind:
    """An OLE file by the streams named in its directory."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise ReadError("文件设有打开密码；请用 Word/WPS 去掉密码后另存再导入")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook"):
        return "xls"
    raise ReadError(f"不是 Word 或 Excel 文件，或文件已损坏；请另存为 .docx 再导入（支持 {KNOWN}）")


def _refuse_binary(data: bytes) -> None:
    if data.startswith(b"GIF8") or data[4:12] in (b"ftypheic", b"ftypmif1"):
        raise ReadError("不支持这种图片；请另存为 .jpg 或 .png 再导入")
    if data.startswith(_ARCHIVES):
        raise ReadError(f"这是压缩包；请解压后导入其中的文件（支持 {KNOWN}）")


def _written(data: bytes, suffix: str) -> Kind:
    kind = SUFFIXES.get(suffix)
    if kind is None:
        raise ReadError(f"不支持 {suffix or '无后缀'} 文件；支持的格式：{KNOWN}")
    if kind in ("pdf", "ofd", "image"):
        raise ReadError(f"内容不是 {suffix} 格式，或文件已损坏；请重新下载或另存后再导入")
    head = data[:4096]
    if re.search(rb"^mime-version:", head, re.I | re.M):
        return "mht"
    if kind in ("html", "markdown"):
        return kind
    # Only marks in ASCII are looked for, which every encoding of a page has in common.
    start = data[:200_000].decode("latin-1").removeprefix("ï»¿")
    if any(mark in start[:4096] for mark in _WORD_XML):
        return "doc"
    return "html" if _HTML.match(start) else "text"
