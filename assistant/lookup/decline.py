"""What is said when the documents do not say: which fact is missing, and what there is instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lookup.asked import Asked
from assistant.lookup.choose import Found
from assistant.lookup.compose import Claim, stated
from assistant.types import Nearest

_FACT = {
    "number": "数字",
    "date": "时间",
    "unit": "责任单位",
    "list": "具体内容",
    "definition": "解释",
    "document_number": "文号",
}
_MEASURE = {
    "money": "金额",
    "percent": "比例或幅度",
    "count": "数量",
    "mass": "吨数",
    "area": "面积",
}


def decline(
    asked: Asked, found: Sequence[Found], close: Sequence[Found]
) -> tuple[str, Claim | None, tuple[Nearest, ...]]:
    """What is missing, the nearest that the documents do say, and where that stands."""
    shown = [one for one in close if one.match.score >= 0.4][:1] or list(found[:1])
    least = 0.6 if asked.foreign and not asked.places else 0.25
    shown = [one for one in shown if one.match.score >= least]
    if not shown:
        return _missing(asked, None), None, ()
    return _missing(asked, shown[0]), stated(shown[0].passage), (_nearest(shown[0]),)


def _missing(asked: Asked, shown: Found | None) -> str:
    if asked.foreign and not asked.places:
        return f"资料库没有{'、'.join(asked.foreign)}的文件"
    where = "、".join(asked.places)
    if asked.years and shown is not None and shown.standing == "wrong":
        years = "、".join(f"{year}年" for year in asked.years)
        return f"资料库没有{where}{years}的这项数据"
    fact = _MEASURE.get(asked.measure) or _FACT.get(asked.kind, "这项内容")
    if asked.kind == "unit" and not re.search(r"单位|部门|局|委|厅|负责|牵头|配合", asked.text):
        fact = "人或单位"
    return f"{where or '资料库'}的文件没有写明所问的{fact}"


def _nearest(one: Found) -> Nearest:
    passage = one.passage
    document = passage.document
    return Nearest(
        document.id,
        document.title,
        passage.clause.id,
        passage.sentence.of(document.text),
        passage.sentence,
    )
