"""Markdown: the words as a reader sees them, the front matter as values."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import yaml

from index.errors import ReadError
from index.read.assemble import Block, assemble
from index.read.grid import Cell, tabulate
from index.read.html import page_blocks
from index.read.text import decode
from index.types import Source

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"\s{0,3}(?:=+|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]]+\]:\s*(.*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SPANS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^)]*\))*\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.I), "\n"),
    (
        re.compile(
            r"</?(?:a|b|i|u|s|em|strong|sup|sub|p|div|span|font|center|mark|del|ins)"
            r"(?:\s[^<>]*)?>",
            re.I,
        ),
        "",
    ),
    (re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<=[^\s\\])\1"), r"\2"),
    (re.compile(r"(?<!\\)~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    # Not between figures: 3*5*2 is a product.
    (re.compile(r"(?<![\\*\d])\*(?=[^\s*])([^*]+?)(?<=[^\s\\*])\*(?![*\d])"), r"\1"),
    (re.compile(r"(?<![\\\w])_(?=[^\s_])([^_]+?)(?<=[^\s\\_])_(?!\w)"), r"\1"),
    (re.compile(r"(?<!\\)(`+)(.+?)\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(data: bytes) -> Source:
    text = re.sub("\r\n?", "\n", decode(data))
    front: Mapping[str, object] = {}
    if found := _FRONT.match(text):
        front = _values(found[1])
        # A rule at the top of the page is no front matter.
        text = text[found.end() :] if front else text
    lines = _COMMENT.sub("", text).strip("\n").split("\n")
    title = front.get("title")
    return assemble(_blocks(lines), str(title) if title else _first_heading(lines), front)


def _values(written: str) -> Mapping[str, object]:
    try:
        values = yaml.safe_load(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ReadError("文件开头 --- 之间的说明不是合法的 YAML；请检查冒号、引号和缩进") from error
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _first_heading(lines: list[str]) -> str | None:
    for line in lines:
        if re.match(r"\s{0,3}#[ \t]", line) and (found := _HEADING.match(line)):
            return plain(found[1] or "") or None
    return None


def _blocks(lines: list[str]) -> Iterator[Block]:
    fenced = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if fence := _FENCE.match(line):
            fenced = "" if fenced and fence[1].startswith(fenced) else fenced or fence[1]
        elif fenced:
            yield line
        elif line.lstrip().lower().startswith("<table"):
            end = number
            while end < len(lines) and "</table>" not in lines[end - 1].lower():
                end += 1
            yield from page_blocks("\n".join(lines[number - 1 : end]).encode())
            number = end
        elif _begins_table(line, lines[number : number + 1]):
            end = number
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield from tabulate([_cells(row) for row in (line, *lines[number + 1 : end])])
            number = end
        elif not _RULE.match(line):
            yield _line(line)


def _begins_table(line: str, following: list[str]) -> bool:
    return (
        "|" in line
        and bool(following)
        and "|" in following[0]
        and bool(_SEPARATOR.match(following[0]))
    )


def _cells(row: str) -> list[Cell]:
    inner = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", row)
    return [Cell(plain(cell.strip()).replace("\\|", "|")) for cell in _PIPE.split(inner)]


def _line(line: str) -> str:
    if found := _NOTE.match(line):
        return f"（注：{plain(found[1])}）"
    if found := _HEADING.match(line):
        return plain(found[1] or "")
    marked = _MARKER.match(line)
    return plain(line[marked.end() if marked else 0 :].rstrip(" \\"))


def plain(text: str) -> str:
    """Inline markup off, entities as the characters that they stand for."""
    for pattern, kept in _SPANS:
        text = pattern.sub(kept, text)
    return html.unescape(text)
