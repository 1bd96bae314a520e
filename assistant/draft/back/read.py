"""The paragraphs of an edited Word file, as they would be printed, with our bookmarks on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from assistant.draft.word.marks import Origin, is_ours, origin_of
from index.errors import ReadError, SecretFile
from index.read.package import Package, open_package
from index.read.wordnumbers import W
from index.read.wordtext import GONE, words_of
from index.secrecy import secrecy_mark

_MAIN = "word/document.xml"
_CUSTOM = "docProps/custom.xml"
_LARGEST = 60 * 2**20


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that is not empty; ``marks`` are the bookmarks of ours that its words bear."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """``cells`` are the words of its tables, which are not taken back."""

    lines: tuple[Line, ...]
    cells: tuple[str, ...]
    origin: Origin | None


def read_returned(path: Path) -> Returned:
    """Tracked changes count as accepted; a file with a mark of secrecy is refused unread."""
    if path.suffix.lower() != ".docx":
        raise ReadError(f"{path.name} 不是 .docx；请在 Word/WPS 里另存为 .docx 再收回")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name} 打不开：{error.strerror}；请检查路径") from error
    if len(data) > _LARGEST:
        raise ReadError(f"{path.name} 太大，不像由本程序写出的方案")
    package = open_package(data)
    body = _body(package, path.name)
    found = _Reading()
    found.walk(body)
    lines = tuple(found.lines)
    text = "\n".join([*(line.text for line in lines), *found.cells])
    if mark := secrecy_mark(path.name, text):
        raise SecretFile(f"{path.name} 标有密级“{mark}”，已拒收，没有保留任何内容")
    return Returned(lines, tuple(found.cells), origin_of(package.read(_CUSTOM)))


def _body(package: Package, name: str) -> etree._Element:
    root = package.xml(_MAIN)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise ReadError(f"{name} 缺少正文部分；请用 Word/WPS 打开后另存再收回")
    return body


@dataclass(slots=True)
class _Reading:
    lines: list[Line] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)  # bookmark id → its name
    carried: str = ""  # words of a paragraph whose end was deleted: they run into the next
    borne: tuple[str, ...] = ()

    def walk(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.cells += [text for text in map(_words, child.iter(f"{W}p")) if text]
                self.bookmarks(child)
            elif child.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self.bookmark(child)
            elif child.tag not in GONE:
                self.walk(child)

    def paragraph(self, paragraph: etree._Element) -> None:
        marks = dict.fromkeys([*self.borne, *self.marked(paragraph)])
        text = self.carried + _words(paragraph)
        if _joins_next(paragraph):
            self.carried, self.borne = text, tuple(marks)
            return
        self.carried, self.borne = "", ()
        # A break inside a paragraph (Shift+Enter) is a line of its own to a reader.
        for line in text.split("\n"):
            if kept := line.strip("　 \t\xa0"):
                self.lines.append(Line(kept, tuple(marks)))

    def marked(self, paragraph: etree._Element) -> Iterator[str]:
        """Bookmarks that are open where a word of the paragraph stands."""
        found: dict[str, None] = {}
        for element in paragraph.iter():
            if element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self.bookmark(element)
            elif element.tag == f"{W}t" and (element.text or "").strip():
                found |= dict.fromkeys(self.open.values())
        return iter(found)

    def bookmarks(self, element: etree._Element) -> None:
        for one in element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            self.bookmark(one)

    def bookmark(self, element: etree._Element) -> None:
        key, name = element.get(f"{W}id", ""), element.get(f"{W}name", "")
        if element.tag == f"{W}bookmarkEnd":
            self.open.pop(key, None)
        elif is_ours(name):
            # Ours never overlap; LibreOffice writes one over several paragraphs twice and
            # closes it once.
            self.open = {key: name}


def _words(paragraph: etree._Element) -> str:
    return "".join(words_of(paragraph).text)


def _joins_next(paragraph: etree._Element) -> bool:
    """Its paragraph mark was deleted while changes were tracked."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
