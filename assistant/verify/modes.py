"""How a figure counts: each year, in all, on top; from where to where; up or down."""

from __future__ import annotations

import re

from assistant.verify.reading import (
    FROM,
    PART_END,
    Reading,
    any_figure,
    binds,
    stretch,
    words_of,
)
from assistant.verify.subjects import idle_words
from assistant.verify.wording import DOWN, UP, pairs, same_words, without_words
from index.period import Period
from index.quantity import Quantity
from index.types import Span

_TO = re.compile(r"(?:到|至|为|达|达到|达至|成)$")
_STEP = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|降低|下降|减少|压减|缩减|下调|上调)了?$")
SHARED = (("累计", "累计"), ("新增", "新增"), ("净增", "新增"), ("年均", "年均"))
TURN = 6  # characters after a figure in which its direction may stand


def modes(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    """How the figure counts, by the words of its own segment and a 每年 in force before it."""
    text = read.text[segment.start : segment.end]
    before = read.text[segment.start : q.number.start]
    found = set()
    behind = read.text[q.span.end : min(q.span.end + 2, segment.end)]
    if re.search(r"每年|逐年", before + behind) or _yearly(read, q, near=True):
        found.add("每年")
    if "每年" in found and re.search("年度(?!均)", before):
        found.add("年度")  # 年度每年最高 is no way to say 年度最高
    if re.search(r"年均|年度均", text):
        found.add("年均")
    if re.search("累计", text):
        found.add("累计")
    if re.search(r"新增|净增", before):
        found.add("新增")
    return frozenset(found)


def move(read: Reading, q: Quantity) -> str:
    """step (降低18%), level (降到18%) or neither."""
    before = read.text[: q.span.start]
    # 由0.68%提高2017年末的1.0% is no level either.
    closing = next((p for p in read.periods if _closes(p, before)), None)
    if closing is not None and not closing.span.of(before).startswith(("到", "至")):
        before = before[: closing.span.start]
    return "step" if _STEP.search(before) else "level" if _TO.search(before) else ""


def _closes(period: Period, before: str) -> bool:
    return period.span.end <= len(before) and before[period.span.end :] in ("", "的")


def turns(read: Reading, q: Quantity, segment: Span) -> frozenset[str]:
    part = stretch(read.text, q.span, PART_END)
    # 压减186万吨，其中2017年66万吨: the parts move as the whole does.
    start = part.start if "其中" in read.text[part.start : q.span.start] else segment.start
    text = read.text[start : q.span.start] + read.text[q.span.end : segment.end][:TURN]
    return frozenset(name for name, word in (("up", UP), ("down", DOWN)) if re.search(word, text))


def _yearly(read: Reading, q: Quantity, near: bool) -> bool:
    """A 每年 stands before the figure, with no other time in between (and no comma, if near)."""
    part = stretch(read.text, q.span, PART_END)
    for p in reversed([p for p in read.periods if part.start <= p.span.start < q.span.start]):
        if p.kind == "recurring" and p.every == "year" and p.span.of(read.text).startswith("每"):
            between = read.text[p.span.end : q.span.start]
            return not (near and "," in between and any_figure(read, p.span.end, q.span.start))
        if binds(read, p):
            return False
    return False


def shared_modes(read: Reading, q: Quantity, part: Span) -> frozenset[str]:
    """Modes that stand before the list that the figure is in."""
    lead = read.text[part.start : q.number.start]
    found = {"每年"} if _yearly(read, q, near=False) else set()
    for word, mode in SHARED:
        at = lead.rfind(word)
        # 新增甲的目标是，到2020年达到5家: nothing of another name may stand between.
        cut = re.search("[,:](?!以及|及|和|并|与)", lead[at:]) if at >= 0 else None
        between = Span(part.start + at + cut.end(), q.number.start) if cut else None
        if at >= 0 and (between is None or not _says(words_of(read, between, q))):
            found.add(mode)
    return frozenset(found)


def _says(words: str) -> bool:
    return bool(pairs(without_words(same_words(words), idle_words())))


def role(read: Reading, q: Quantity) -> str:
    """baseline (由0.68%…), end (…提高到1.0%) or plain."""
    before = read.text[: q.span.start]
    if _starts_from(read, q):
        return "baseline"
    earlier = [o for o in read.quantities if o.span.end <= q.span.start]
    between = before[earlier[-1].span.end :] if earlier else "。"
    moved = re.fullmatch(r",?[一-鿿]{0,6}", between)
    return "end" if moved and _starts_from(read, earlier[-1]) else "plain"


def _starts_from(read: Reading, q: Quantity) -> bool:
    before = read.text[: q.span.start]
    for p in read.periods:
        if p.span.end <= q.span.start and before[p.span.end :] in ("", "的"):
            before = before[: p.span.start]
            break
    after = read.text[q.span.end : q.span.end + 10]
    moves = re.match(r",?[一-鿿]{0,4}(?:到|至|为|达)|[一-鿿]{2,4}\d", after)
    return bool(FROM.search(before) and moves)
