"""Titles and numbers of documents: a statement bears only those of its quotes and documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.passages import Passage
from assistant.verify.wording import plain
from index.quantity import DOCUMENT_NUMBER, TITLE

_ISSUING = re.compile(r"(?:印发|转发|发布)(.{4,})的通知$")
_NUMBERED = re.compile(rf"文号(?:是|为|:)?({DOCUMENT_NUMBER.pattern})")
_TITLE_NUMBER = re.compile(rf"({TITLE.pattern})\(?({DOCUMENT_NUMBER.pattern})")


def name_fault(said: str, passages: Sequence[Passage]) -> str | None:
    """A title or a number of a document that the quotes and the cited documents do not bear."""
    ground = [p.quoted for p in passages]
    titles = {_bare(t) for text in ground for t in _titles(text)}
    for p in passages:
        titles |= {_bare(p.document.title), *map(_bare, _titles(plain(p.document.title)))}
        titles |= {_bare(step) for step in p.clause.path}
    titles |= {inner for title in titles for inner in _issued(title)}
    for title in _titles(said):
        if _bare(title) not in titles:
            return f"引文没有{title}"
    numbers = {_number(n) for text in ground for n in DOCUMENT_NUMBER.findall(text)}
    numbers |= {_number(p.document.doc_no) for p in passages if p.document.doc_no}
    for number in DOCUMENT_NUMBER.findall(said):
        if not any(_number(number).endswith(n) for n in numbers):
            return f"引文没有文号{number}"
    own = {_number(p.document.doc_no) for p in passages if p.document.doc_no}
    for number in _NUMBERED.findall(said):
        if "《" not in said and not any(_number(number).endswith(n) for n in own):
            return f"文号{number}不是所引文件的文号"
    return _pair_fault(said, passages)


def _issued(title: str) -> list[str]:
    """甲市人民政府关于印发乙方案的通知 issues 乙方案."""
    return [found[1]] if (found := _ISSUING.search(title)) else []


def _titles(text: str) -> list[str]:
    return TITLE.findall(text)


def _bare(title: str) -> str:
    return re.sub(r"[《》〈〉<>\s]", "", plain(title)).replace("-", "—")


def _number(number: str) -> str:
    return re.sub(r"[〔\[【(](\d{4})[〕\]】)]第?", r"〔\1〕", re.sub(r"\s", "", plain(number)))


def _pair_fault(said: str, passages: Sequence[Passage]) -> str | None:
    """A number that is written after a title must be that document's."""
    pairs = {(_bare(t), _number(n)) for p in passages for t, n in _TITLE_NUMBER.findall(p.raw)}
    pairs |= {
        (_bare(t), _number(p.document.doc_no))
        for p in passages
        if p.document.doc_no
        for t in (p.document.title, *_titles(plain(p.document.title)))
    }
    pairs |= {(inner, number) for title, number in pairs for inner in _issued(title)}
    for title, number in _TITLE_NUMBER.findall(said):
        if (_bare(title), _number(number)) not in pairs:
            return f"文号{number}不是{title}的文号"
    return None
