"""Documents that the library's documents name, and that it does not hold.

A name counts that stands in 《》 and ends as official documents do, or that has a 文号 beside it;
short names that a text gives itself (以下简称《方案》) do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.identity import title_key
from index.lines import DOC_NO
from index.types import Document, Span

_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》){2,120})》")
_BESIDE = re.compile(r"\s*[(（\[]\s*([^()（）\n]{4,40}?号)\s*[)）\]]")
_ALIAS = re.compile(r"(?:以下|下)?(?:统一)?简称[:：]?\s*[“\"]?《([^《》]{1,30})》")
_KIND = re.compile(
    r"(?:法典?|条例|规定|办法|意见|通知|方案|规划|计划|纲要|决定|决议|标准|细则|规则|规程|目录|指南|"
    r"公告|公报|通告|要点|措施|政策|命令|批复|函|清单|导则|准则|章程|协定|协议|规范|暂行办法|若干条|\d+条)"
    r"(?:[(（][^()（）]{1,20}[)）])?$"
)
# Words of the sentence that stand against a number: 落实和甲政发〔2021〕5号.
_LED = re.compile(
    r".*?(?:根据|依据|按照|依照|参照|落实|贯彻|执行|通过|以及|和|与|及|按|见|以|由)"
    r"(?=[一-鿿]{3,}[〔\[（(【〈「﹝])"
)
_LEAST = 5  # characters of a name that is not a law's: 《方案》 alone names nothing
_LAW = re.compile(r"(?:法典?|条例)$")
_STOPS = "。；：，、！？"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Mention:
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Absent:
    """A document that is not here, by its first name, and every place that names it."""

    title: str
    doc_no: str | None
    mentions: tuple[Mention, ...]


def absent(documents: Iterable[Document]) -> list[Absent]:
    """The most often named first."""
    held = list(documents)
    keys, numbers = held_keys(held), {number_key(d.doc_no) for d in held if d.doc_no}
    found: dict[str, list[tuple[str, str | None, Mention]]] = {}
    by_number: dict[str, str] = {}
    for document in held:
        for title, number, mention in named(document):
            key, mark = title_key(title), number_key(number) if number else ""
            if key in keys or mark in numbers:
                continue
            place = by_number.get(mark) or key or mark
            if mark:
                by_number[mark] = place
            found.setdefault(place, []).append((title, number, mention))
    listed = [_one(rows) for rows in found.values()]
    return sorted(listed, key=lambda one: (-len(one.mentions), one.title or one.doc_no or ""))


def _one(rows: Sequence[tuple[str, str | None, Mention]]) -> Absent:
    title = next((title for title, _, _ in rows if title), "")
    number = next((number for _, number, _ in rows if number), None)
    return Absent(title, number, tuple(mention for _, _, mention in rows))


def named(document: Document) -> Iterator[tuple[str, str | None, Mention]]:
    """Every document that a text names: its title (or nothing), its number, and where."""
    text = document.text
    aliases = {title_key(alias) for alias in _ALIAS.findall(text)}
    taken: list[Span] = []
    for match in _TITLE.finditer(text):
        beside = _BESIDE.match(text, match.end())
        number = beside[1] if beside and DOC_NO.search(beside[1]) else None
        span = Span(match.start(), beside.end() if beside and number else match.end())
        taken.append(span)
        title = " ".join(match[1].split())
        if number or (title_key(title) not in aliases and is_document(title)):
            yield title, number, Mention(document.id, span)
    own = number_key(document.doc_no) if document.doc_no else ""
    for match in DOC_NO.finditer(text):
        led = _LED.match(match.group())
        span = Span(match.start() + (led.end() if led else 0), match.end())
        if number_key(span.of(text)) != own and not any(t.contains(span) for t in taken):
            yield "", span.of(text), Mention(document.id, span)


def is_document(title: str) -> bool:
    return bool(_KIND.search(title)) and (len(title) >= _LEAST or bool(_LAW.search(title)))


def held_keys(documents: Sequence[Document]) -> set[str]:
    """Titles of documents, and lines that stand as titles inside them: plans of a notice."""
    keys = {title_key(document.title) for document in documents}
    for document in documents:
        lines = [line.strip() for line in document.text.splitlines() if line.strip()]
        short = [line if len(line) <= _LONGEST and line[-1] not in _STOPS else "" for line in lines]
        keys |= {title_key(line) for line in short if line}
        # A title may run over two lines.
        keys |= {title_key(a + b) for a, b in pairwise(short) if a and b}
    return keys - {""}


def number_key(number: str) -> str:
    """〔2016〕, [2016] and （2016） are one; spaces count for nothing."""
    plain = re.sub(r"[\s第]", "", number)
    return re.sub(r"[〔\[（(【〈「﹝〕\]）)】〉」﹞]", "|", plain)
