"""Whether a figure or a time of a statement is one of its quotes, said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verify.cover import uncovered
from assistant.verify.denial import denial_lost
from assistant.verify.frames import Frame
from assistant.verify.names import without_agencies
from assistant.verify.passages import Passage, region_names
from assistant.verify.subjects import counted, idle_words, widened
from assistant.verify.wording import pairs, same_words, without_words, wording

TAIL = 3  # pairs of characters
# 全市, 市里 … of a city's document: the place that it speaks of.
_OWN = (("全", ""), ("我", ""), ("本", ""), ("", "里"), ("", "内"), ("该", ""))
_PER = re.compile(r"每(?=[一-鿿]{0,2}(?:个|家|户|项|名|人|县|市|镇|园|企业|项目))")
MODES = ("新增", "净增", "累计")  # compared by themselves
LASTING = ("年", "个月", "月", "天", "日")
Found = tuple[Passage, Frame]


def figure_fault(frame: Frame, passages: Sequence[Passage], places: frozenset[str]) -> str | None:
    """Why no figure of the quotes is this one, or None; ``places`` are the documents it names."""
    shown = frame.shown
    same = [(p, f) for p in passages for f in p.frames if f.amount == frame.amount]
    if not same:
        return f"引文中没有“{shown}”"
    faults = [_fault(frame, found, passages, places) for found in same]
    return None if None in faults else f"“{shown}”与引文不符：{min(map(str, faults), key=len)}"


def _fault(
    frame: Frame, found: Found, passages: Sequence[Passage], places: frozenset[str]
) -> str | None:
    passage, quoted = found
    if places and passage.document.id not in places:
        return "引文是另一地区的文件"
    return (
        _mode_fault(frame, quoted)
        or _total_fault(frame, found)
        or _time_fault(frame, quoted, passage)
        or _strength_fault(frame, quoted)
        or _word_fault(frame, quoted, passage)
        or _rival_fault(frame, found, passages)
        or _condition_fault(frame, found, passages)
    )


def _mode_fault(frame: Frame, quoted: Frame) -> str | None:
    if frame.row != quoted.row:
        return "“分别”所列名目与数字不能一一对应"
    # 分别为5家、3家左右: 左右 may be meant of both, and still 约5家 stands nowhere.
    told = frame.quantity.number.start > frame.quantity.span.start
    if not frame.ops & quoted.ops or (told and "=" in quoted.ops and "=" not in frame.ops):
        return "比较方式（以上、以下、左右）不同"
    # 新增财力连续3年返还: what is new is not the years.
    own = {"新增"} if frame.quantity.base_unit in LASTING else set()
    lost = quoted.modes - frame.modes - frame.shared
    if (frame.modes - quoted.modes - quoted.shared | lost) - own:
        return "计算口径（每年、累计、新增）不同"
    if "down" in (frame.turns ^ quoted.turns) or frame.turns - quoted.turns - {"down"}:
        return "升降方向不同"
    if {frame.move, quoted.move} == {"step", "level"}:
        return "“提高到”与“提高”不同"
    if quoted.move == "step" and not frame.turns:
        return "引文说的是变动的幅度"
    if quoted.role == "baseline" and frame.role != "baseline":
        years = {w.by for w in frame.when}
        return None if years and years <= quoted.base else "引文中这是基数，不是目标"
    return "引文中这不是基数" if frame.role == "baseline" != quoted.role else None


def _total_fault(frame: Frame, found: Found) -> str | None:
    """A sum of what is one figure for each: 甲、乙均为5家 told as 共5家."""
    passage, quoted = found
    if _PER.search(frame.scope) and not (quoted.single or re.search("[每各均都]", quoted.near)):
        return "引文没有说这是每一个的数"
    if not frame.total or quoted.total:
        return None
    told, own = pairs(frame.scope), pairs(quoted.own)
    others = [
        f
        for f in passage.around
        if f is not quoted and f.amount == frame.amount and not _mode_fault(frame, f)
    ]
    each = any((pairs(other.own) - own) & told for other in others)
    return "引文说的不是合计数" if quoted.single or each else None


def _time_fault(frame: Frame, quoted: Frame, passage: Passage) -> str | None:
    if quoted.role == "baseline" and {w.by for w in frame.when} <= quoted.base:
        return None
    if frame.base - quoted.base:
        return "比较的基期不同"
    allowed = quoted.when or quoted.carried or passage.inherited
    if frame.quantity.kind != "ordinal" and frame.when and not frame.when & allowed:
        return "时间不同"
    return None


def _strength_fault(frame: Frame, quoted: Frame) -> str | None:
    for row in wording().strengths:
        # 力争 at the head of a paragraph is in force to its end.
        lead = quoted.earlier + quoted.lead if "力争" in row else quoted.lead
        if _has(row, frame.near) and not _has(row, lead):
            return "力度用语（力争、确保等）不同"
    return None


def _has(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _word_fault(frame: Frame, quoted: Frame, passage: Passage) -> str | None:
    near = f"{quoted.scope}\n{quoted.own}"
    for level in wording().levels:
        if level in frame.words and level not in near:
            return f"引文中此数不是{level}的"
    tail = counted(quoted.own)
    if tail and tail not in same_words(frame.scope):
        return f"引文中此数说的是“{tail}”"
    if narrower := widened(frame.words, near):
        return f"引文中此数说的是{narrower}"
    if denied := denial_lost(same_words(frame.near), same_words(quoted.near)):
        return f"引文中此数以否定“{denied}”为条件"
    ground = f"{near}\n{passage.head}"
    told = same_words(f"{frame.scope}\n{frame.own}\n{frame.part}")
    for word in (*wording().restricting, *wording().measures):
        if word in same_words(quoted.own) and word not in told:
            return f"引文中此数说的是{word}"
    if other := _other_predicate(frame, quoted, passage):
        return f"引文中此数后面说的不是“{other}”"
    if (undone := unfinished(frame.own + frame.words, near, wording().making)) is not None:
        return f"引文中此数不是“{undone}”的"
    words = without_words(frame.words, [*MODES, *(w for row in wording().strengths for w in row)])
    missing = uncovered(without_agencies(words, [passage]), ground, free_words(passage))
    return f"引文中此数说的不是“{'、'.join(missing)}”" if missing else None


def _other_predicate(frame: Frame, quoted: Frame, passage: Passage) -> str:
    """800家企业完成股改，上市公司新增80家 told as 800家企业上市."""
    said = without_words(same_words(frame.own.partition("|")[2]), idle_words())
    after = pairs(quoted.own.partition("|")[2])
    if len(after) < TAIL or len(after & pairs(frame.part)) * 2 > len(after):
        return ""
    strange = pairs(said) - pairs(quoted.scope) - pairs(quoted.own)
    theirs = (pairs(f.own) for f in passage.around if f.amount != frame.amount)
    return "、".join(sorted(strange & frozenset[str]().union(*theirs)))


def unfinished(said: str, quoted: str, making: Sequence[str] = ()) -> str | None:
    """A word that says that something is finished, where the quote does not say so."""
    done = [word for word in wording().finished if word in said]
    left = [word for word in done if word not in quoted]
    return left[0] if left and not _has(making, quoted) else None


def _condition_fault(frame: Frame, found: Found, passages: Sequence[Passage]) -> str | None:
    """认定为甲的，给予1万元: the condition before a figure is the figure's own."""
    _, quoted = found
    rivals = [f for p in passages for f in p.around if f.amount != frame.amount]
    for condition in _conditions(frame):
        told = pairs(condition)
        mine = len(told & pairs("\n".join(_conditions(quoted))))
        if any(len(told & pairs("\n".join(_conditions(f)))) > mine for f in rivals):
            return f"引文中此数不以“{condition}”为条件"
    return None


def _conditions(frame: Frame) -> list[str]:
    pieces = re.split(r"[,:]", frame.near)[:-1]
    return [piece.removesuffix("的") for piece in pieces if piece.endswith("的")]


def free_words(passage: Passage) -> tuple[str, ...]:
    """The document's place, and 全市 for a city: said by the document as a whole."""
    names = region_names(passage.document)
    unit = names[-2][-1] if len(names) > 1 else (passage.document.region or " ")[-1]
    unit = unit if unit in "省市县区州旗" else ""
    level = tuple(f"{a}{unit}{b}" for a, b in _OWN) if unit else ()
    return (*names, *level)


def _rival_fault(frame: Frame, found: Found, passages: Sequence[Passage]) -> str | None:
    """Another figure's words tell this one: two targets were swapped."""
    passage, quoted = found
    if quoted.role == "name":
        return None
    free = free_words(passage)
    said = pairs_without(frame.own, free) - pairs_without(quoted.head, free)
    own = pairs_without(quoted.own, free)
    whole, around = pairs_without(frame.scope, free), pairs_without(quoted.scope, free)
    for other in _rivals(frame, found, passages):
        theirs = pairs_without(other.own, free)
        swapped = bool(own - said) and _nearer(said, own, theirs) and _swapped(frame, quoted, other)
        alike = _alike(own, theirs)
        if swapped or (alike and _nearer(whole, around, pairs_without(other.scope, free), 2)):
            return f"引文中这些字说的是“{other.shown}”"
    return None


def _swapped(frame: Frame, quoted: Frame, other: Frame) -> bool:
    """Whether the nouns beside the figures were swapped, too; a list's head is of all of it."""
    said, own, theirs = (pairs(core(f.own)) for f in (frame, quoted, other))
    return not (said and own and theirs) or _nearer(said, own, theirs)


def core(own: str) -> str:
    """What stands nearest to a figure: in 在甲地培育乙企业 it is 乙企业."""
    before, bar, after = own.partition("|")
    pieces = [
        piece for piece in without_words(same_words(before), wording().doing).split() if piece
    ]
    return f"{pieces[-1] if pieces else before}{bar}{after}"


def _nearer(
    said: frozenset[str], own: frozenset[str], theirs: frozenset[str], least: int = 1
) -> bool:
    """Whether what is said is told of the rival rather than of the figure."""
    against, for_it = (said & theirs) - own, (said & own) - theirs
    return len(against) >= least and len(against) >= len(for_it)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two figures that their own words do not tell apart: 给予10万元, 给予20万元."""
    return len(one & other) * 5 >= 4 * len(one | other)


def _rivals(frame: Frame, found: Found, passages: Sequence[Passage]) -> Iterator[Frame]:
    """The document's figures that are not the one told: another amount, mode or time."""
    passage, quoted = found
    for p in (p for p in passages if p.document.id == passage.document.id):
        for other in p.around:
            same = other.amount == frame.amount and not _mode_fault(frame, other)
            if other is not quoted and (not same or _time_fault(frame, other, p)):
                yield other


def pairs_without(text: str, free: Sequence[str]) -> frozenset[str]:
    for word in free:
        text = text.replace(word, "|")
    return pairs(text)
