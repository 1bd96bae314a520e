"""Whether a statement speaks of more than its quote: 规上企业 told as 企业."""

from __future__ import annotations

import re

from assistant.wording import same_words

HEADS = ("企业", "项目", "产业", "行业", "机构", "工厂", "园区", "平台", "中心", "学校", "县")
KINDS = (
    "规上 规下 大中型 中小微 中小 小微 大型 重点 骨干 龙头 高新技术 科技型 创新型 战略性新兴 传统 "
    "优势 国家级 省级 市级 县级 示范 试点 国有 民营 外资 上市 高成长"
).split()
REACH = 8


def widened(said: str, quoted: str) -> str | None:
    """The noun that the quote always narrows (规上, 重点, 省级) and the statement does not."""
    told, ground = same_words(said), same_words(quoted)
    for head in HEADS:
        mine = _kinds(told, head)
        theirs = _kinds(ground, head)
        for kinds in mine:
            if theirs and all(others - kinds for others in theirs):
                return f"{'、'.join(sorted(min(theirs, key=len)))}{head}"
    return None


def _kinds(text: str, head: str) -> list[frozenset[str]]:
    found = []
    for match in re.finditer(head, text):
        before = re.split(r"[^\w]", text[max(0, match.start() - REACH) : match.start()])[-1]
        found.append(frozenset(kind for kind in KINDS if kind in before))
    return found
