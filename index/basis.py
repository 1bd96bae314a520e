"""How a target counts: in all, each year, summed up, as a change, or as a share of who has it."""

from __future__ import annotations

import re

from index.passage import Passage, Piece
from index.quantity import Quantity
from index.types import Basis

_YEARLY = re.compile(
    r"年均|(?<!\d)年增(?:长|速|幅)|(?<!\d)年递增|每年递增|年度?平均|逐年|每年度?|月均"
)
_YEARLY_VERB = re.compile(r"每年(?!度)")
_SUMMED = re.compile(r"累计")
_ADDS = re.compile(r"新增|净增|再增|增加(?!值|到|至)|新增加")
_CHANGES = re.compile(
    r"(?:提高|提升|增长|增加|下降|降低|减少|上升|下调|上调|压减|压缩|缩短|削减|增幅|降幅|高于|快于|低于|下浮|翻)"
    r"(?:了|率|幅度|比例|约|近|[^\w到至]|分别|均|各|不低于|不少于|超过|达到?|在|幅|保持在|力争){0,3}$"
)
_REACHED = re.compile(
    r"(?:提高|提升|增长|增加|下降|降低|减少|上升|压减|压缩|缩短|控制)[^,;。]{0,4}[到至在]"
)
# Shares of who has or has done something.
_HAS = re.compile(
    r"覆盖[率面]|普及率|技改面|改造面|参保率|参合率|建档率|签约率|入网率|上云率|入园率|入学率|入托率|毛入学率|巩固率|接种率|"
    r"管理率|配备率|安装率|持有率|建成率|通达率|通车率|通畅率|联网率|筛查率|服务率|参与率|受检率|检查率|注册率|知晓率|"
    r"设立[^,;。]{0,16}比例|处置[^,;。]{0,8}比例|(?:建有|拥有|设有|开展|完成|实施|配备|建立|参加|接受|应用|使用|具备|签订|办理|"
    r"提供|实现|达到|取得|设置)[^,;。]{0,24}(?:比例|占比|比率)|[^,;。]{0,12}(?:户|家|个|总)数\d*%?$|面$|覆盖"
)
_WORK = re.compile(
    r"^\s*(?:以上|左右)?的?[^,;。]{0,12}(?:处置|改造|整治|建设|任务|工作|企业|单位|县|乡镇|村|医院|学校|机构)"
)
# 100%的乡镇卫生院完成…: a share of the bodies that do it.
_DOERS = re.compile(
    r"^\s*(?:以上|左右)?的[^,;。]{2,20}?(?:完成|设置|建成|建立|配备|达到|达标|开展|实现|提供|具备|通过|纳入|设有|应用|使用|参加)"
)
_FULL = re.compile(r"全覆盖|全面覆盖")


def basis(passage: Passage, q: Quantity, piece: Piece, metric: str, head: str) -> Basis:
    """``head`` are the words that govern the figure, from the head of its list."""
    own = passage.text[piece.start : passage.run_start(q, piece)]
    if is_yearly(passage, q, piece, head):
        return "per_year"
    if _SUMMED.search(head):
        return "cumulative"
    if q.kind in ("percent", "points", "multiple"):
        if _FULL.search(passage.text[q.span.start : q.span.end]):
            return "coverage"
        if q.kind == "points" or (_CHANGES.search(_trim(own)) and not _REACHED.search(own)):
            return "increase"
        if q.kind == "multiple" and "翻" in passage.text[q.span.start : q.span.end]:
            return "increase"
        after = passage.text[q.span.end : piece.end]
        return (
            "coverage"
            if _HAS.search(metric) or _WORK.match(after) or _DOERS.match(after)
            else "total"
        )
    if q.kind != "duration" and (_ADDS.search(head) or q.op == "+"):
        return "increase"
    if re.search(r"[较比][^,;。]{0,12}(?:减少|增加|下降|增长|提高|降低|压减)$", _trim(own)):
        return "increase"
    if q.kind == "measure" and re.search(
        r"(?<!改造)(?<!提质)提升(?:能力)?$|提高$|增长$|增加$", _trim(own)
    ):
        return "increase"
    return "total"


def is_yearly(passage: Passage, q: Quantity, piece: Piece, head: str) -> bool:
    if _YEARLY.search(head):
        return True
    times = passage.times_in(piece.start, q.number.start)
    since = max((t.span.end for t in times if t.binds), default=piece.start)
    if _YEARLY_VERB.search(passage.text, since, q.number.start):
        return not re.search(r"累计|总数|总量", passage.text[since : q.number.start])
    # 每年支持1家…，支持1家…: the adverb holds until another time or the sentence ends.
    before = passage.before(piece)
    while before is not None:
        times = passage.times_in(before.start, q.number.start)
        if any(
            t.binds or t.kind in ("within", "since") for t in times if t.span.start >= before.start
        ):
            words = passage.text[before.start : before.end]
            last = max(t.span.end for t in times if t.binds or t.kind in ("within", "since"))
            return bool(_YEARLY_VERB.search(words, max(last - before.start, 0)))
        if _YEARLY_VERB.search(passage.text, before.start, before.end):
            return not re.search(r"累计|总数|总量|达到", passage.text[before.end : q.number.start])
        before = passage.before(before)
    return False


def _trim(words: str) -> str:
    return (
        re.sub(r"[\s约近]|不(?:得|能|应)?(?:低|少|高|多)于|不(?:得)?超过|超过|至少$", "", words)
        if words
        else words
    )
