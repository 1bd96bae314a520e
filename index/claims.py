"""What a statement claims, typed, so that two texts can be compared fact by fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.basis import basis
from index.judge import role
from index.metric import head_words, metric_of
from index.numerals import halved
from index.passage import Passage, read_passage
from index.period import Period
from index.quantity import DOCUMENT_NUMBER, TITLE, Quantity
from index.timing import Years
from index.types import Basis, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it measures: ``metric`` are the words nearest to it, ``basis`` how it
    counts, ``by`` the year that binds it in its sentence, ``baseline`` True for 由10%… ."""

    quantity: Quantity
    basis: Basis
    metric: str
    by: str | None
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Every typed fact of a text; strings are normalised (half width, no white space).

    ``numbers`` are the numerals that no figure, time or document number accounts for."""

    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    years: frozenset[str]
    document_numbers: tuple[str, ...]
    titles: tuple[str, ...]
    negations: tuple[Span, ...]
    strengths: tuple[str, ...]
    numbers: frozenset[str]


_NEGATION = re.compile(
    r"不得(?!低于|少于|高于|超过)|严禁|禁止|不准|不许|不再|不予|不能(?!低于|少于|高于|超过)|不可(?!低于|少于)|不应(?!低于|少于)|"
    r"不宜|不必|无需|无须|不需要?|没有|尚未|未(?!来)|并非|不是|取消|不包括|除外|不含"
)
_STRENGTH = re.compile(r"力争|争取|鼓励|确保|必须|务必|应当|原则上|可以|支持|严禁|不得")
_ISSUER_LEAD = re.compile(
    r"^.*?(?:根据|按照|依据|依照|参照|落实|执行|印发|详见|[见与和的即由])(?=[一-鿿])"
)
_MARK = re.compile(r"\[\d{1,2}\]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def statement_facts(text: str) -> Facts:
    """The facts of any text: an answer, a drafted clause, a model's sentence, a quote."""
    passage = read_passage(_MARK.sub(lambda m: " " * len(m[0]), text))
    plain = passage.text
    numbers = [m for m in DOCUMENT_NUMBER.finditer(plain)]
    return Facts(
        figures=_figures(passage),
        periods=passage.times,
        years=_years(passage),
        document_numbers=tuple(document_number(m[0]) for m in numbers),
        titles=tuple(re.sub(r"\s", "", m[0][1:-1]) for m in TITLE.finditer(plain)),
        negations=tuple(Span(m.start(), m.end()) for m in _NEGATION.finditer(plain)),
        strengths=tuple(dict.fromkeys(_STRENGTH.findall(plain))),
        numbers=_unread(passage, [Span(m.start(), m.end()) for m in numbers]),
    )


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities state one value in one unit, whatever spelling (comparator aside)."""
    (value, unit), (other, other_unit) = _canonical(a), _canonical(b)
    if unit != other_unit and not ({unit, other_unit} == {"", "元"} and a.kind == b.kind):
        return False
    return abs(value - other) <= 1e-6 * max(1.0, abs(value)) and a.upper_base == b.upper_base


def document_number(text: str) -> str:
    """A document number in one spelling: 浙政发〔2017〕23号."""
    compact = re.sub(r"\s|第(?=\d)", "", halved(text))
    compact = re.sub(r"[\[【(〔]((?:19|20)\d\d)[\]】)〕]", r"〔\1〕", compact)
    return _ISSUER_LEAD.sub("", compact)


def _canonical(q: Quantity) -> tuple[float, str]:
    value, unit = q.base_value, q.base_unit
    if unit == "‰":
        return value / 10, "%"
    # 三分之一 and 33.3% are one share, to the digits that the percentage shows.
    return (round(q.value * 100, 1), "%") if q.kind == "percent" and unit == "" else (value, unit)


def _figures(passage: Passage) -> tuple[Figure, ...]:
    years = Years(passage, None)
    found = []
    for q in passage.quantities:
        piece = passage.piece_at(q.number.start)
        metric, head = metric_of(passage, q, piece), head_words(passage, q, piece)
        how = basis(passage, q, piece, metric, head)
        by = years.due(q, piece, how == "per_year" and "每" in head)
        found.append(Figure(q, how, metric, by, role(passage, q) == "baseline"))
    return tuple(found)


def _years(passage: Passage) -> frozenset[str]:
    stated = {year for t in passage.times for year in (t.by, t.since) if year}
    return frozenset(stated | set(_YEAR.findall(passage.text)))


def _unread(passage: Passage, read: Sequence[Span]) -> frozenset[str]:
    spans = [*read, *(q.span for q in passage.quantities), *(t.span for t in passage.times)]
    return frozenset(
        m[0].replace(",", "")
        for m in re.finditer(r"\d[\d,]*(?:\.\d+)?", passage.text)
        if not any(s.start <= m.start() < s.end for s in spans)
    )
