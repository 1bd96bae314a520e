"""What a passage sets: targets, and by when; deadlines and duties are read next door.

A target's quote is the piece of text that states it; its span is the quote's place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.basis import basis
from index.duties import deadlines, deadlines_in_lines, duties
from index.judge import Role, role
from index.metric import head_words, metric_of, shared_metrics
from index.passage import Passage, Piece, read_passage
from index.quantity import Quantity
from index.timing import Years
from index.types import Op, Span, Target

__all__ = ["deadlines", "deadlines_in_lines", "duties", "lead_year", "targets", "targets_in_lines"]

_STRENGTH = re.compile(r"力争|争取|鼓励|确保|必须|务必|原则上|基本|全部|严禁|不得")
_APART = re.compile(
    r"(?:至少|最少|不(?:得)?(?:低|少|小)于|(?P<most>不(?:得)?(?:高于|超过|多于|大于)))[^,;。、\d]{1,16}$"
)


def targets(text: str, offset: int, inherited_year: str | None = None) -> tuple[Target, ...]:
    """The targets of a passage that stands at ``offset`` in its document."""
    return tuple(
        replace(t, span=Span(t.span.start + offset, t.span.end + offset))
        for t in _read(text, inherited_year)
    )


def targets_in_lines(
    lines: Sequence[tuple[Span, str]], inherited_year: str | None = None
) -> tuple[Target, ...]:
    """The targets of several lines of one clause, read together.

    A year carries from line to line, and 时间节点 dates the lines beside it.
    """
    text = "\n".join(words for _, words in lines)
    starts: list[tuple[int, int]] = []
    place = 0
    for span, words in lines:
        starts.append((place, span.start))
        place += len(words) + 1
    return tuple(_moved(target, starts) for target in _read(text, inherited_year))


def lead_year(text: str) -> str | None:
    """The one year that a goal's opening words set for the items below them, if it is one."""
    passage = read_passage(text)
    years = {t.by for t in passage.times if t.binds and t.kind != "date"}
    return years.pop() if len(years) == 1 else None


def _moved(target: Target, starts: Sequence[tuple[int, int]]) -> Target:
    local, there = next(s for s in reversed(starts) if s[0] <= target.span.start)
    shift = there - local
    return replace(target, span=Span(target.span.start + shift, target.span.end + shift))


@dataclass(frozen=True, slots=True)
class _Figure:
    quantity: Quantity
    piece: Piece
    role: Role


def _read(text: str, inherited: str | None) -> list[Target]:
    passage = read_passage(text)
    years = Years(passage, inherited)
    figures = [
        _Figure(q, passage.piece_at(q.number.start), role(passage, q, years))
        for q in passage.quantities
    ]
    found: list[Target] = []
    for at, figure in enumerate(figures):
        if figure.role == "target":
            found.extend(_targets(text, passage, years, figures, at))
    return found


def _targets(
    text: str, passage: Passage, years: Years, figures: Sequence[_Figure], at: int
) -> list[Target]:
    q, piece = figures[at].quantity, figures[at].piece
    head = head_words(passage, q, piece)
    metrics = shared_metrics(passage, q, piece) or (metric_of(passage, q, piece),)
    span = _quote(text, passage, q, piece)
    built = []
    for metric in metrics:
        how = basis(passage, q, piece, metric, head)
        op = _op(passage, q, piece, head, how)
        built.append(
            Target(
                metric=metric,
                op=op,
                value=round(q.value, 6),
                unit=q.unit,
                by=years.due(q, piece, how == "per_year" and "每" in head),
                basis=how,
                quote=span.of(text),
                span=span,
                baseline=_baseline(figures, at),
                threshold=_threshold(text, figures, at),
                strength=_strength(passage, piece, q),
            )
        )
    return built


def _op(passage: Passage, q: Quantity, piece: Piece, head: str, how: str) -> Op:
    if q.op != "=":
        return q.op
    shared = _shared_op(passage, q, piece)
    if shared is not None:
        return shared
    own = passage.text[piece.start : q.number.start]
    if apart := _APART.search(own):
        # 不低于项目总面积的2%, 至少培育1家: the comparator stands before the thing measured.
        return "<=" if apart["most"] else ">="
    if re.search(r"控制在[^,;。]*$|压减到|控制到", own):
        return "<="
    if re.search(r"基本(?!公共|医|养|农|建|药|民|保|面|单位)", own):
        return "~"
    if (
        how == "increase"
        and re.search(r"新增|净增|再增", head)
        and q.kind in ("count", "amount", "measure")
    ):
        return "+"
    return "="


def _shared_op(passage: Passage, q: Quantity, piece: Piece) -> Op | None:
    """分别控制在10%和4%以下, 分别超过500亿元、300亿元: one comparator for the whole list."""
    words = passage.text[piece.start : piece.end]
    if "分别" not in words:
        return None
    same = [
        other
        for other in passage.quantities
        if piece.start <= other.number.start < piece.end and other.unit == q.unit
    ]
    last, first = same[-1], same[0]
    if last.op != "=" and last.span.end > last.number.end + len(last.unit) and last is not q:
        return last.op
    if first.op != "=" and first.span.start < first.number.start and first is not q:
        return first.op
    return None


def _baseline(figures: Sequence[_Figure], at: int) -> float | None:
    if at and figures[at - 1].role == "baseline":
        same = figures[at - 1].piece.sentence == figures[at].piece.sentence
        return figures[at - 1].quantity.value if same else None
    return None


def _threshold(text: str, figures: Sequence[_Figure], at: int) -> str | None:
    """The size that a counted thing must have: 10亿元以上 in 总投资10亿元以上项目100个."""
    piece = figures[at].piece
    near = [f for f in figures[max(at - 1, 0) : at + 2] if f.role == "threshold"]
    return next((f.quantity.span.of(text) for f in near if f.piece == piece), None)


def _strength(passage: Passage, piece: Piece, q: Quantity) -> str | None:
    words = passage.text[passage.sentence_start(piece) : q.number.start]
    said = _STRENGTH.findall(words)
    return said[-1] if said else None


def _quote(text: str, passage: Passage, q: Quantity, piece: Piece) -> Span:
    """The piece, led by the one before where it says too little (2020年达到5家)."""
    start, end = piece.start, piece.end
    previous = passage.before(piece)
    if previous is not None and (
        len(text[start:end].strip()) < 8
        or (
            passage.times_in(previous.start, previous.end)
            and len(previous_words(passage, previous)) <= 2
        )
    ):
        start = previous.start
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def previous_words(passage: Passage, piece: Piece) -> str:
    """The words of a piece beside its dates: 力争 in 力争到2020年."""
    return re.sub(r"[□\s]", "", passage.clear[piece.start : piece.end])
