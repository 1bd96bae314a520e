"""Marks of state secrecy on a file, told from the same words in ordinary sentences.

GB/T 9704-2012, 7.2.2 and the regulation on marks: the level stands at the upper left of the
first page, alone or with ★ and a term (机密★1年, 秘密★长期).
"""

from __future__ import annotations

import re
import unicodedata

_LEVEL = r"(绝\s*密|机\s*密|秘\s*密)"
_STAR = r"[★☆⭐🟊✭✯＊*]"
_TERM = r"(?:长期|永久|启用前|解密前|[一二三四五六七八九十\d]+\s*(?:年|个?月|天|日))"
_STARRED = re.compile(rf"{_LEVEL}(?:\s*级)?\s*{_STAR}\s*(?:{_TERM})?")
# What may stand on the line of the mark: copy number, urgency, the caption 密级.
_BESIDE = (
    r"(?:\s|№|No\.?|编号|份号|密\s*级|保密期限|特急|加急|急件|平急|特提|"
    r"[:：\d\[\]【】()（）<>《》—-])*"
)
_ALONE = re.compile(
    rf"{_BESIDE}{_LEVEL}(?:\s*级)?(?:\s*(?:文件|资料|材料|{_TERM}))?{_BESIDE}", re.I
)
_HEAD_LINES = 15
_LONGEST_MARK = 30


def secrecy_mark(name: str, text: str) -> str | None:
    """The mark that a file bears in its name, at its head or with a star anywhere; else None."""
    return _in_name(name) or _starred(text) or _at_head(text)


def _in_name(name: str) -> str | None:
    plain = unicodedata.normalize("NFKC", name)
    for found in re.finditer(_LEVEL, plain):
        before, after = plain[: found.start()], plain[found.end() :]
        starred = re.match(rf"\s*级?\s*{_STAR}", after)
        if starred:
            return found[0] + starred[0]
        open_left = not before or not before[-1].isalnum()
        open_right = not after or bool(re.match(rf"(?:级|文件|资料|{_TERM})*(?:\W|_|$)", after))
        if open_left and open_right:
            return _plain(found[1])
    return None


def _starred(text: str) -> str | None:
    for line in text.split("\n"):
        if "密" not in line:
            continue
        for found in _STARRED.finditer(line):
            # 标注“秘密★”字样 speaks of marks; a mark opens its line or stands in a table's cell.
            if _begins(line[: found.start()]):
                return re.sub(r"\s+", "", found[0])
    return None


def _begins(before: str) -> bool:
    return bool(re.fullmatch(_BESIDE, before.rsplit("\t", 1)[-1]))


def _at_head(text: str) -> str | None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:_HEAD_LINES]:
        for cell in line.split("\t"):
            if len(cell) <= _LONGEST_MARK and (found := _ALONE.fullmatch(cell)):
                return _plain(found[1])
    return None


def _plain(level: str) -> str:
    return "".join(level.split())
