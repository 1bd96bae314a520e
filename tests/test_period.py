"""Time expressions: what they bind to and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.period import periods

CASES = [
    ("力争到2025年，", "deadline", "到2025年", "2025"),
    ("2022年底前，", "deadline", "2022年底前", "2022"),
    ("2026年前，", "deadline", "2026年前", "2026"),
    ("2024年末", "deadline", "2024年末", "2024"),
    ("2023年6月底前", "deadline", "2023年6月底前", "2023"),
    ("2023年上半年", "deadline", "2023年上半年", "2023"),
    ("2021年，启动", "year", "2021年", "2021"),
    ("2019—2022年", "range", "2019—2022年", "2022"),
    ("2019年至2022年", "range", "2019年至2022年", "2022"),
    ("“十二五”期间", "range", "“十二五”期间", "2015"),
    ("“十三五”期间", "range", "“十三五”期间", "2020"),
    ("十四五末", "range", "十四五末", "2025"),
    ("“十五五”时期", "range", "“十五五”时期", "2030"),
    ("“十六五”期间", "range", "“十六五”期间", "2035"),
    ("二〇二五年底", "deadline", "二〇二五年底", "2025"),
    ("2022年3月8日", "date", "2022年3月8日", "2022"),
    ("2022-03-08", "date", "2022-03-08", "2022"),
    ("从2023年起", "since", "从2023年起", None),
    ("10月底前", "deadline", "10月底前", None),
    ("当年4月底前", "deadline", "当年4月底前", None),
    ("今年年底前", "deadline", "今年年底前", None),
    ("五年内", "within", "五年内", None),
    ("用3年左右时间", "within", "用3年左右时间", None),
    ("未来五年", "within", "未来五年", None),
    ("15个工作日内", "within", "15个工作日内", None),
    ("每年组织", "recurring", "每年", None),
    ("每月5日前", "recurring", "每月5日前", None),
    ("每季度末", "recurring", "每季度末", None),
    ("年均增长", "recurring", "年均", None),
    ("逐年提高", "recurring", "逐年", None),
    ("定期通报", "recurring", "定期", None),
]


@pytest.mark.parametrize(("text", "kind", "said", "by"), CASES)
def test_reads_times(text: str, kind: str, said: str, by: str | None) -> None:
    (period,) = periods(text)
    assert (period.kind, period.span.of(text), period.by) == (kind, said, by)


@pytest.mark.parametrize(
    "text", ["三年行动计划", "“十四五”规划纲要", "1号机组", "5G", "2020家企业", "20.5%"]
)
def test_leaves_what_is_no_time(text: str) -> None:
    assert periods(text) == ()


def test_a_recurring_date_keeps_all_its_days() -> None:
    (period,) = periods("每年6月15日、12月15日前报送")
    assert (period.every, period.days, period.edge) == ("year", ((6, 15), (12, 15)), "前")


def test_month_and_day_are_read() -> None:
    (period,) = periods("2024年9月30日前")
    assert (period.by, period.month, period.day, period.edge) == ("2024", 9, 30, "前")


@pytest.mark.parametrize(("text", "every"), [("每月", "month"), ("每季度", "quarter")])
def test_says_how_often(text: str, every: str) -> None:
    assert [p.every for p in periods(text)] == [every]


def test_within_is_measured_in_years() -> None:
    assert [p.years for p in periods("18个月内")] == [pytest.approx(1.5)]


@pytest.mark.parametrize(("text", "binds"), [("到2025年", True), ("每年", False), ("5年内", False)])
def test_only_a_year_binds(text: str, binds: bool) -> None:
    assert [p.binds for p in periods(text)] == [binds]


_WORDS = (
    "到 2025年 底前 “十四五” 期间 — 2030年 每年 3月 5日 前 、 五年 内 左右 ， 。 定期 从 起 至 "
    "( 20 家"
)
_words = st.sampled_from(_WORDS.split(" "))


@given(st.lists(_words, max_size=12).map("".join))
def test_times_stand_in_order_and_apart(text: str) -> None:
    last = 0
    for period in periods(text):
        assert last <= period.span.start < period.span.end <= len(text)
        last = period.span.end


@given(st.integers(min_value=2000, max_value=2049))
def test_any_year_is_read(year: int) -> None:
    (period,) = periods(f"到{year}年底，完成改造")
    assert period.by == str(year)


@given(st.text(alphabet="每年度月季均按分逐定期点千百一五十到至前底20年日第,.—", max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    for period in periods(text):
        assert 0 <= period.span.start < period.span.end <= len(text)
