"""The pictures that stand in a Word or OFD file for its pages: scans in another wrapping."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from index.read.package import Package, open_package

_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_SMALLEST = 20_000  # bytes: a seal or a logo is no page


def pictures_in(data: bytes) -> list[bytes]:
    """The pictures of page size, each once, in the order in which the file shows them."""
    package = open_package(data)
    names = dict.fromkeys((*_of_word(package), *_of_ofd(package)))
    found = (package.read(name) for name in names if name.lower().endswith(_SUFFIXES))
    return [picture for picture in found if picture and len(picture) >= _SMALLEST]


def _of_word(package: Package) -> Iterator[str]:
    main = next(
        (path for kind, path in package.related("").values() if kind == "officeDocument"),
        "word/document.xml",
    )
    root = package.xml(main)
    related = package.related(main)
    for element in () if root is None else root.iter():
        if _name(element) in ("blip", "imagedata"):
            for value in element.attrib.values():
                if str(value) in related:
                    yield related[str(value)][1]


def _of_ofd(package: Package) -> Iterator[str]:
    names = package.parts.namelist()
    held: dict[str, str] = {}
    for name in (n for n in names if n.endswith("Res.xml")):
        root = package.xml(name)
        base = posixpath.join(
            posixpath.dirname(name), "" if root is None else root.get("BaseLoc", "")
        )
        for media in () if root is None else root.iter("{*}MultiMedia"):
            file = media.findtext("{*}MediaFile") or ""
            held[media.get("ID", "")] = posixpath.normpath(posixpath.join(base, file))
    for name in sorted((n for n in names if n.endswith("Content.xml")), key=_numbered):
        root = package.xml(name)
        for picture in () if root is None else root.iter("{*}ImageObject"):
            if path := held.get(picture.get("ResourceID", "")):
                yield path.lstrip("/")


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _numbered(name: str) -> tuple[int, str]:
    """Page_10 comes after Page_9."""
    digits = "".join(char for char in posixpath.dirname(name) if char.isdigit())
    return int(digits or 0), name
