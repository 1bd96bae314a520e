"""Zip packages of XML, opened without trusting them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from index.errors import ReadError

_MOST_BYTES = 400 * 2**20
_MOST_XML = 80 * 2**20  # as a tree it takes ten times as much memory
_MOST_RATIO = 200
_SMALL = 50 * 2**20
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The ISO edition of the format names the same elements by other namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_BROKEN = "文件不完整或已损坏；请重新下载，或用 Word/WPS 打开后另存再导入"


def check_package(data: bytes) -> None:
    """Refuse a package that would unpack to more than a document can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadError(_BROKEN) from error
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("文件设有打开密码；请去掉密码后另存再导入")
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if total > _MOST_BYTES or swollen:
        raise ReadError("文件解压后异常巨大（疑似压缩炸弹），已拒绝；请向发文单位索取正常文件")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file by name, each read at most at its declared size."""

    parts: zipfile.ZipFile

    def read(self, name: str) -> bytes | None:
        try:
            info = self.parts.getinfo(name)
            with self.parts.open(info) as part:
                return part.read(info.file_size)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            zlib.error,
        ) as error:
            raise ReadError(_BROKEN) from error

    def xml(self, name: str) -> etree._Element | None:
        info = self.parts.NameToInfo.get(name)
        if info is not None and info.file_size > _MOST_XML:
            raise ReadError("文件正文异常巨大，已拒绝；请拆分文件，或向发文单位索取正常文件")
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id -> (last word of its type, target part)."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            if target.startswith("/"):
                path = target.lstrip("/")
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, path)
        return found


def open_package(data: bytes) -> Package:
    check_package(data)
    return Package(zipfile.ZipFile(io.BytesIO(data)))


def parse_xml(data: bytes) -> etree._Element:
    """XML without entities, document types or the network."""
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(_BROKEN) from error
    if root.getroottree().docinfo.doctype:
        raise ReadError("文件含有不允许的文档类型声明（DTD），已拒绝；请用 Word/WPS 另存再导入")
    return root
