"""Reads statements out of a model's reply while it is still being written.

A statement counts as soon as its own braces close, whatever surrounds it: thoughts, prose, code
fences, an outer object that is never finished. A reply without any JSON is read as sentences that
end in marks ``[1]``. What cannot be read is no statement; nothing is completed by guessing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 40_000  # characters; a reply that goes on is cut
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_MARKS = re.compile(r"(?:[\[【]\d{1,4}(?:[,，、]\d{1,4})*[\]】] ?)+")
_THINK, _THOUGHT_END = "<think", re.compile(r"</think(?:ing)?>")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the model wrote it; ``clauses`` are its own references, unchecked."""

    text: str
    clauses: tuple[str, ...]
    place: str = ""
    aspect: str = ""


class ReplyReader:
    """Takes pieces, gives statements; ``full`` once there is more than any honest reply has."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0
        self._open: list[int] = []
        self._quoted = False
        self._escaped = False

    @property
    def full(self) -> bool:
        return len(self._text) > LONGEST

    def feed(self, piece: str) -> list[Said]:
        self._text += piece
        return list(self._scan())

    def rest(self) -> list[Said]:
        """What a reply without JSON says; call it once, at the end."""
        said = _THOUGHT.sub("", self._text)
        return [] if "{" in said else list(_marked(said))

    def _past_thought(self) -> bool:
        """Skips what a model thinks aloud before it answers; False while it is still at it."""
        ahead = self._text[self._at : self._at + len(_THINK)]
        if ahead != _THINK:
            return not _THINK.startswith(ahead) or len(ahead) == 0
        end = _THOUGHT_END.search(self._text, self._at)
        self._at = end.end() if end else self._at
        return end is not None

    def _scan(self) -> Iterator[Said]:
        while self._at < len(self._text):
            if self._text[self._at] == "<" and not self._open and not self._past_thought():
                return
            if self._at == len(self._text):
                return
            char = self._text[self._at]
            self._at += 1
            if self._quoted:
                self._inside(char)
            elif char == '"' and self._open:
                self._quoted = True
            elif char == "{":
                self._open.append(self._at - 1)
            elif char == "}" and self._open:
                said = _said(self._text[self._open.pop() : self._at])
                if said is not None:
                    yield said

    def _inside(self, char: str) -> None:
        if self._escaped:
            self._escaped = False
        elif char == "\\":
            self._escaped = True
        elif char == '"':
            self._quoted = False


def _said(raw: str) -> Said | None:
    try:
        value = json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
        return None
    text = value["text"].strip()
    if not text:
        return None
    return Said(
        text, _references(value.get("clauses")), _word(value, "place"), _word(value, "aspect")
    )


def _word(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _references(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    named = (str(one).strip().strip("[]【】") for one in given if isinstance(one, int | str))
    return tuple(dict.fromkeys(one for one in named if one))


def _marked(text: str) -> Iterator[Said]:
    for line in text.split("\n"):
        start = 0
        for found in _MARKS.finditer(line):
            words = line[start : found.start()].strip().lstrip("。；;-*、 ")
            start = found.end()
            if words:
                yield Said(words, tuple(dict.fromkeys(_NUMBER.findall(found.group()))))
