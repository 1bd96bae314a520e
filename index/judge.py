"""Which figures of a passage are set as targets, and which are only said.

A project's threshold, a tax or subsidy rate, a reward, a condition, what was already reached and
how many bodies somebody speaks of are figures too; nobody has to reach them.
"""

from __future__ import annotations

import re
from typing import Literal

from index.passage import Passage, Piece
from index.quantity import HOLE, Quantity
from index.rules import REACHES, Said, is_condition, is_done, is_money_rule, is_threshold
from index.timing import Years

Role = Literal["target", "baseline", "threshold", "parameter"]

_NOT_ITS_OBJECT = re.compile(
    r"(?:(?<!控制|稳定|保持|维持)在|等|将|把|由|向|从|于|依托|围绕|聚焦|针对|突出|抓住|把握|坚持|涉及|包括|包含|按照|按|符合|结合|"
    r"以|为抓手|分为|分|共|上述|这|该|其他|其余|各|同|与)(?:全[省市县区])?$"
)
# 每新吸引1家, 每人每年2次, 最多申报10个: how much for one, or at most.
_EACH = re.compile(
    r"按(?:照)?每|每[人户]每[年月日]|每新?(?:吸引|培训|引进|培育|增加|新增|举办|建设|完成|收住|招用|吸纳)$|"
    r"(?:最多|至多|任选|可选)[^,;。]{0,10}$|其中$"
)
_SPOKEN_OF = re.compile(r"(?:对|全[省市县区国]|我[省市县区]|本[省市县区]|^|的)$")
_TIME_METRIC = re.compile(r"时间|时限|周期|寿命|年限|天数|时长|办结|审批|环节|停电|期限")
_INDEX = re.compile(
    r"(?:指数|系数|得分|评分|分值|总数|总量|数量|满意度|浓度|比值|师生比|系数|值|率|比|数)"
    r"[^,;。、\d]{0,8}$"
)
_BASELINE = re.compile(r"(?:从|由|自)(?:目前|现有|现在|当前|□)*(?:的|末的|底的)?\s*(?:约|近)?$")
_TURNS = re.compile(
    r"^\s*(?:左右|以上|以下)?\s*(?:分别)?(?:逐步|进一步|稳步)?(?:提|增|上|下|降|压|减|扩|发|缩|升|调|到|至|攀)"
)
# What makes a rate or a sum without a year a demand.
_DEMANDS = re.compile(
    r"达到|达(?=[^成标])|提高|提升|增长|增加(?!值)|降低|下降|减少|不低于|不少于|不得低于|不得少于|控制在|保持|稳定|力争|争取|"
    r"确保|翻|下调|上调|递增|扩大|发展到|增至|降至|减负|减轻|整合|撬动|带动|募集|设立|建立|组建|发行|授信|发放|争取|(?:率|占?比|比重|比例|面|度)(?:超过|突破)|(?:高|快)于[^,;。]*(?:增速|增长|水平|平均|增幅)|覆盖|实现|完成|压减|压缩|上升|每年|年均|累计|安排|投入|吸引|引进|筹集|化解|淘汰|新增|建成|建设"
)
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零\d]+条")


def role(passage: Passage, q: Quantity, years: Years | None = None) -> Role:
    """What a figure is in its sentence; ``years`` are those that the passage sets."""
    said = _said(passage, q, years or Years(passage, None))
    if _BASELINE.search(said.before) and (_TURNS.search(said.after) or not said.after):
        return "baseline"
    if q.kind == "ordinal" or is_condition(said):
        return "parameter"
    if is_threshold(said):
        return "threshold"
    if is_done(said) or is_money_rule(said):
        return "parameter"
    if said.ruled and not said.dated:
        return "parameter"
    return "target" if _JUDGES[q.kind](said) else "parameter"


def _said(passage: Passage, q: Quantity, years: Years) -> Said:
    piece = passage.piece_at(q.number.start)
    timed = _is_timed(passage, piece, q)
    line = passage.text.rfind("\n", 0, piece.start) + 1
    return Said(
        passage,
        q,
        piece,
        passage.clear[piece.start : q.span.start],
        passage.clear[q.span.end : piece.end],
        timed,
        timed or years.due(q, piece, yearly=False) is not None,
        bool(_ARTICLE.match(passage.text) or _ARTICLE.match(passage.text, line)),
    )


def _is_timed(passage: Passage, piece: Piece, q: Quantity) -> bool:
    start = passage.sentence_start(piece)
    return any(
        t.binds or t.kind in ("recurring", "within") for t in passage.times_in(start, q.span.start)
    )


def _rate(said: Said) -> bool:
    start = said.passage.sentence_start(said.piece)
    words = re.sub(r"[□\s]", "", said.passage.clear[start : said.q.number.start])
    if len(words) < 2:  # 70%以上的卫生院设立…: what it is a share of follows
        return said.dated and said.after.startswith("的")
    before = said.passage.clear[said.piece.start : said.passage.run_start(said.q, said.piece)]
    if re.search(r"[的为]\s*$", before) and not _DEMANDS.search(before):
        return False  # 核准容量的50%: a share that a formula takes
    return said.dated or bool(_DEMANDS.search(said.words) or _DEMANDS.search(_list_words(said)))


def _sum(said: Said) -> bool:
    return _counted(said) and (said.dated or bool(_DEMANDS.search(_list_words(said))))


def _counted(said: Said) -> bool:
    before, after, clear = said.before.rstrip(" □"), said.after.strip(), said.passage.clear
    in_words = not clear[said.q.number.start].isascii() and clear[said.q.number.start] != HOLE
    reached = re.search(r"(?:达到?|突破|超过|发展到|总数|总量)$", before)
    if in_words and said.q.op == "=" and not said.timed and not reached:
        return False
    if "增" in clear[said.q.span.start : said.q.number.start]:
        return True
    if _NOT_ITS_OBJECT.search(before) or _EACH.search(_in_full(said)):
        return False
    if said.q.op == "<=" and said.q.kind == "count" and not said.dated and "控制" not in before:
        return False  # 不超过3次 limits, it sets nothing to reach
    reaches = bool(REACHES.search(_list_words(said)))
    if not after or after[0] in "、和及与,)或":
        named = len(re.sub(r"[□\s]", "", before)) >= 2
        return (named and (reaches or said.dated)) or said.timed or _continues(said)
    if reaches:
        return said.timed or not _SPOKEN_OF.search(before)
    return said.timed and not in_words and bool(REACHES.search(after))


def _in_full(said: Said) -> str:
    return said.passage.text[said.piece.start : said.q.number.start].rstrip()


def _continues(said: Said) -> bool:
    """关停机组6台,10.4万千瓦: the same thing measured in another unit."""
    previous = said.passage.before(said.piece)
    return previous is not None and any(
        other.span.end == previous.end and other.unit != said.q.unit
        for other in said.passage.quantities
    )


def _list_words(said: Said) -> str:
    """The words from the head of the list that the figure stands in.

    国家级2家以上，省级3家以上: the later pieces leave the verb to the first."""
    passage, start = said.passage, said.piece.start
    own = re.sub(r"[□\s]", "", said.before)
    previous = passage.before(said.piece)
    while previous is not None and (
        len(own) < 2 or own.startswith("其中") or (len(own) <= 8 and not REACHES.search(own))
    ):
        start = previous.start
        own = re.sub(r"[□\s\d]", "", passage.clear[start : previous.end])
        previous = passage.before(previous)
    return passage.clear[start : said.q.number.start]


def _lasting(said: Said) -> bool:
    if not _TIME_METRIC.search(said.before):
        return False
    shortened = re.search(r"压缩|缩短|压减|减少|提高|提升|延长|降", said.lead)
    reached = re.search(r"(?:天数|寿命|年限)[^,;。]{0,6}达到", said.lead)
    return bool(shortened or reached) or (
        said.dated and bool(re.search(r"达到|控制在|不超过", said.lead))
    )


def _index(said: Said) -> bool:
    return bool(_INDEX.search(said.lead)) and (said.dated or bool(_DEMANDS.search(said.words)))


def _never(said: Said) -> bool:
    return False


_JUDGES = {
    "amount": _sum,
    "percent": _rate,
    "points": _rate,
    "multiple": _rate,
    "count": _counted,
    "measure": _counted,
    "duration": _lasting,
    "number": _index,
    "ordinal": _never,
}
