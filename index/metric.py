"""The words that say what a figure measures."""

from __future__ import annotations

import re

from index.passage import Passage, Piece
from index.quantity import HOLE, Quantity

_VERB_TAIL = re.compile(
    r"(?:(?:年均|年度均|逐年|每年|稳步|逐步|进一步|平均|全部|均|都|各|分别|力争|争取|确保|基本)*"
    r"(?:提高|提升|增长|增加|下降|降低|减少|上升|扩大|发展|压减|压缩|缩短|稳定|保持|控制|达|实现|完成|突破|超过|为|是|升|降)"
    r"(?:到|至|在|达到)?|达到|到达|达|至|到|约|近)$"
)
_LEAD = re.compile(
    r"^(?:[\s□、,和及与:(]|力争|争取|确保|到(?=□|$)|其中|全部|并|使|要|实现(?=.{4})|努力|积极|推动(?=.{6})|"
    r"每年|年均|分别|[将把使](?=.{3}))+"
)
_VERB_HEAD = re.compile(
    r"^.{0,24}?(?:滚动|组织|持续)?(?:培育|创建|打造|建设(?!用地)|建成|支持|实施|引进|培养|新建|开展|推动|完成|组织|选择|建立|设立)"
    r"(?=[^,;。)”的]{4,})(?<![和与及、].)(?<![和与及、]..)"
)
_LIST_MARKS = "、和及与"


def head_words(passage: Passage, q: Quantity, piece: Piece) -> str:
    """The words that govern a figure: its piece up to it, or the list before it in its sentence.

    新增A25家、B80家 and 累计引进A260人以上，B100个以上 say the verb once.
    """
    own = passage.text[piece.start : q.number.start]
    item = own
    for other in passage.quantities:
        if piece.start <= other.number.start < q.number.start and not _goes_on(passage, other, q):
            item = passage.text[other.span.end : q.number.start]
    dated = passage.times_in(piece.start, q.number.start)
    if item is own and not dated and _says_no_verb(item):
        previous = passage.before(piece)
        if previous is not None and any(
            previous.start <= o.number.start < previous.end and o.kind == q.kind
            for o in passage.quantities
        ):
            return head_words_of_piece(passage, previous) + item
    return item


def head_words_of_piece(passage: Passage, piece: Piece) -> str:
    return passage.text[piece.start : piece.end]


def _goes_on(passage: Passage, other: Quantity, q: Quantity) -> bool:
    """Whether a list runs from one figure to the next, so that the first verb holds for both."""
    between = passage.text[other.span.end : q.number.start]
    return "、" in between or "和" in between or "及" in between or not between.strip()


_PREDICATE = re.compile(
    r"达|为|增长|增加|提高|提升|下降|降低|超过|突破|实现|完成|建成|建设|新建|改建|扩建|培育|新增|实施|创建|打造|支持|"
    r"累计|改造|整治|治理|开展|推动|推进|推广|引进|引育|保持|控制|占比|比重|比例|率|总数|总量|组织|举办|制定"
)


def _says_no_verb(words: str) -> bool:
    return not _PREDICATE.search(words)


def metric_of(passage: Passage, q: Quantity, piece: Piece) -> str:
    """The noun phrase of a figure: before it (X达到5家) or behind it (新增5家X)."""
    behind = _behind(passage, q, piece)
    before = _before(passage, q, piece)
    if behind and q.kind in ("percent", "amount") and len(before) <= 4 and _ONLY_VERB.match(before):
        return behind
    if _NEEDS_SUBJECT.match(before) and (subject := _subject(passage, piece)):
        return subject + before
    if behind and not before and passage.text[q.span.end : q.span.end + 1] == "的":
        return behind
    if not before and q.kind not in ("count", "measure"):
        return _borrowed(passage, q, piece) or behind
    if behind and q.kind in ("count", "measure"):
        said = passage.text[max(piece.start, q.number.start - 4) : q.number.start]
        verb = "新增" if "新增" in said else ""
        return verb + behind
    return before or behind or _borrowed(passage, q, piece)


_ONLY_VERB = re.compile(
    r"^(?:推动|推进|安排|投入|统筹|整合|争取|筹集|加强|完成|实现|确保|支持|设立|建立|预留|引导|全[省市县区])+$"
)
_NEEDS_SUBJECT = re.compile(r"^(?:占|累计|总数|总量|总额|增速|增幅|高于|快于)")


def _subject(passage: Passage, piece: Piece) -> str:
    """技改投资年均增长20%，占工业投资比重提高…: the second piece speaks of the first one's."""
    previous = passage.before(piece)
    while previous is not None:
        for q in passage.quantities:
            if previous.start <= q.number.start < previous.end:
                subject = _before(passage, q, previous)
                if subject and not _NEEDS_SUBJECT.match(subject):
                    return "" if len(subject) > 20 else subject
        previous = passage.before(previous)
    return ""


def _before(passage: Passage, q: Quantity, piece: Piece) -> str:
    start = piece.start
    for other in passage.quantities:
        apart = passage.text[other.span.end : q.number.start]
        # Only a list goes on behind a figure; 过亿元企业 and 从0.68%提升到 hold theirs inside.
        if piece.start <= other.number.start < q.number.start and apart[:1] in _LIST_MARKS:
            start = other.span.end
    words = _shown(passage, start, q.span.start)
    words = re.sub(
        r"[从由]的?\s*[\d.,]+\S{0,8}?(?:提|增|上|下|降|扩|发|压|减|缩)\S{0,3}$", "", words
    )
    for _ in range(2):
        words = re.sub(
            r"(?:年均|累计|较|(?<!占)(?<!对)比|(?<=\D)年|每年递)$", "", _VERB_TAIL.sub("", words)
        )
    words = _LEAD.sub("", words)
    if q.kind in ("count", "measure") and "新增" not in words:
        words = _VERB_HEAD.sub("", words)
    return words.strip(" 、,和的").strip()


def _behind(passage: Passage, q: Quantity, piece: Piece) -> str:
    after = _shown(passage, q.span.end, piece.end)
    nearer = next(
        (
            o
            for o in passage.quantities
            if q.span.end < o.number.start < piece.end and not (o.kind == "amount" and o.op != "=")
        ),
        None,
    )
    if nearer is not None:
        after = _shown(passage, q.span.end, nearer.span.start)
    if after[:1] in _LIST_MARKS + "()" or not after.strip():
        return ""
    return re.split(r"[、,;。]$|(?<=.{30})[、的]", after.strip(" 的"))[0].strip(" 、和及")


def _borrowed(passage: Passage, figure: Quantity, piece: Piece) -> str:
    """2018年1家企业进入名单,2020年达到5家: the second figure counts what the first did."""
    for other in reversed(passage.quantities):
        if piece.start <= other.number.start < figure.number.start:
            return metric_of(passage, other, piece)
    previous = passage.before(piece)
    while previous is not None:
        for q in reversed(passage.quantities):
            if previous.start <= q.number.start < previous.end:
                return metric_of(passage, q, previous)
        words = _LEAD.sub("", _shown(passage, previous.start, previous.end))
        if len(words) >= 4:
            return words[-30:]
        previous = passage.before(previous)
    return ""


def _shown(passage: Passage, start: int, end: int) -> str:
    """The words between two places, without time expressions."""
    chars = list(passage.text[start:end])
    for time in passage.times:
        if start <= time.span.start and time.span.end <= end and time.kind != "recurring":
            chars[time.span.start - start : time.span.end - start] = [HOLE] * (
                time.span.end - time.span.start
            )
    return "".join(chars).replace(HOLE, "")


def shared_metrics(passage: Passage, q: Quantity, piece: Piece) -> tuple[str, ...]:
    """A、B分别达到70%和60%: the metric of one figure; A、B均达到70%: those of the one figure."""
    words = passage.text[piece.start : q.span.start]
    mark = re.search(r"分别|依次|均(?!衡|等|匀|价)|都(?=达|实)", words)
    if mark is None or "年均" in words[max(mark.start() - 1, 0) : mark.end() + 1]:
        return ()
    figures = [
        o
        for o in passage.quantities
        if piece.start + mark.end() <= o.number.start < piece.end and o.kind == q.kind
    ]
    names = _names(_shown(passage, piece.start, piece.start + mark.start()), len(figures))
    if len(names) < 2 or q not in figures:
        return ()
    rest = _LEAD.sub("", _shown(passage, piece.start + mark.end(), figures[0].span.start))
    rest = _VERB_TAIL.sub("", _VERB_TAIL.sub("", rest)).removeprefix("实现")
    if len(figures) == len(names):
        return (names[figures.index(q)] + rest,)
    return tuple(name + rest for name in names) if len(figures) == 1 else ()


def _names(words: str, wanted: int) -> list[str]:
    """The list that 分别 distributes over: 、 first, the last 和 too."""
    words = _LEAD.sub("", words)
    etcetera = re.search(
        r"(?<![高中初平同对])等(?=[一二三四五六七八九十\d各]|重点|主要|行业|产业|领域|指标|$)[^、]*$",
        words,
    )
    tail = ""
    if etcetera and etcetera.start():
        tail = re.sub(r"^等(?:[一二三四五六七八九十\d]+大?[个类项家]?)?", "", etcetera[0])
        words = words[: etcetera.start()]
    parts = [part for part in words.split("、") if part]
    for joint in ("和", "以及", "及", "与"):
        if parts and joint in parts[-1] and (joint == "和" or len(parts) < wanted):
            parts[-1:] = [p for p in parts[-1].split(joint, 1) if p]
    return [part + tail for part in parts]
