"""Words that compare: 不少于, 超过, 以上, 以内, 左右, 近, and which comparator they make."""

from __future__ import annotations

import re

from index.types import Op

NOT = r"(?:不|未|不得|不能|不应|不可|不会|不宜|不应该)"
AT_LEAST = (
    r"至少|最少|最低|保底|不亚于|超过|超出|超|突破|高于|大于|多于|高出|逾|≥|>=|>|"
    rf"{NOT}(?:低于|少于|小于|短于|下于|早于)|(?<![通超经不越])过|(?<!以)上(?=[百千])"
)
AT_MOST = (
    rf"{NOT}(?:高于|超过|多于|大于|突破|超出|超)|至多|最多|最高|低于|少于|小于|不足|不到|不满|"
    r"≤|<=|<"
)
ABOUT = r"大约|将近|接近|(?<![最远临附])近|大概|基本达到|(?<![节契公合条大特制])约"
MORE = r"新增|净增|再增"
BEFORE = rf"(?:(?P<most>{AT_MOST})|(?P<least>{AT_LEAST})|(?P<about>{ABOUT})|(?P<more>{MORE}))"
AFTER = (
    r"(?:\(?含\)?|\(含[^()]{1,4}\))?(?:(?P<up>(?:及|或|和)?以上)|(?P<down>(?:及|或|和)?(?:以下|以内)|之内|(?<=[年月天日时])内)"
    r"|(?P<around>左右|上下))"
)
LINK = r"(?:到|至|为|达到|达)?"

_BEFORE = re.compile(BEFORE)
_OPS: dict[str, Op] = {"most": "<=", "least": ">=", "about": "~", "more": "+"}


def comparison(match: re.Match[str]) -> Op:
    """The comparator of a match with the groups ``before`` and ``after``."""
    after = match["after"] or ""
    if "上下" in after or "左右" in after:
        return "~"
    if "以上" in after:
        return ">="
    if after:
        return "<="
    # 最高不超过: the comparator nearest to the numeral counts.
    op: Op = "="
    for word in _BEFORE.finditer(match.string, match.start(), match.end()):
        if word.start() >= match.end("before"):
            break
        op = _OPS[word.lastgroup or ""]
    return op
