"""A clause's address as an office reads it."""

from __future__ import annotations

import re


def parts(document_id: str, clause_id: str) -> list[str]:
    """``lps-2016/一/(三)/—2`` → ``一`` ``（三）`` ``第2点``."""
    return [worded(part) for part in clause_id.removeprefix(f"{document_id}/").split("/")]


def worded(part: str) -> str:
    name, _, repeat = part.partition("~")
    if bullet := re.fullmatch(r"—(\d+)", name):
        name = f"第{bullet[1]}点"
    elif plan := re.fullmatch(r"P(\d+)", name):
        name = f"方案{plan[1]}"
    elif grid := re.fullmatch(r"T(\d+)", name):
        name = f"表{grid[1]}"
    elif row := re.fullmatch(r"R(\d+)", name):
        name = f"第{row[1]}行"
    elif inner := re.fullmatch(r"\((.+)\)", name):
        name = f"（{inner[1]}）"
    return f"{name}（第{repeat}处）" if repeat else name


def shown(document_id: str, clause_id: str) -> str:
    return " › ".join(parts(document_id, clause_id))


def written(document_id: str, clause_id: str) -> str:
    """In running text: ``第一部分（三）第2点``."""
    words = parts(document_id, clause_id)
    return "".join(
        f"第{word}部分" if re.fullmatch("[一二三四五六七八九十]+", word) else word for word in words
    )
