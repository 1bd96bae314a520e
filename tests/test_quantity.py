"""Quantities: values, units, comparators, and what is no quantity at all."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import chinese_value, halved
from index.quantity import Quantity, quantities

# (text, [(value, unit, op, kind), …]); the sentences are invented for these tests.
CASES = [
    ("建成公园20个。", [(20, "个", "=", "count")]),
    ("不少于1,250户", [(1250, "户", ">=", "count")]),
    ("达到３．５万吨", [(3.5, "万吨", "=", "measure")]),
    ("六百五十名", [(650, "名", "=", "count")]),
    ("两万人次", [(2, "万人次", "=", "count")]),
    ("一亿两千万元", [(120000000, "元", "=", "amount")]),
    ("三千万元以上", [(3000, "万元", ">=", "amount")]),
    ("百分之五左右", [(5, "%", "~", "percent")]),
    ("三分之一以上", [(1 / 3, "", ">=", "percent")]),
    ("七成", [(70, "%", "=", "percent")]),
    ("九成五", [(95, "%", "=", "percent")]),
    ("过半", [(0.5, "", ">=", "percent")]),
    ("提高2个百分点", [(2, "个百分点", "=", "points")]),
    ("翻两番", [(4, "倍", "=", "multiple")]),
    ("增长1.5倍", [(1.5, "倍", "=", "multiple")]),
    ("十家以上、百家企业", [(10, "家", ">=", "count"), (100, "家", "=", "count")]),
    ("实现零的突破", [(1, "个", ">=", "count")]),
    ("实现“零”的突破", [(1, "个", ">=", "count")]),
    ("全覆盖", [(100, "%", "=", "percent")]),
    ("上百家", [(100, "家", ">=", "count")]),
    ("近百家", [(100, "家", "~", "count")]),
    ("约3000人", [(3000, "人", "~", "count")]),
    ("3000余人", [(3000, "人", ">=", "count")]),
    ("8个亿元以上项目", [(8, "个", "=", "count"), (1, "亿元", ">=", "amount")]),
    ("产值过亿元", [(1, "亿元", ">=", "amount")]),
    ("产值过10亿元", [(10, "亿元", ">=", "amount")]),
    ("最高不超过300万元", [(300, "万元", "<=", "amount")]),
    ("不得低于80%", [(80, "%", ">=", "percent")]),
    ("不高于0.5%", [(0.5, "%", "<=", "percent")]),
    ("低于5%", [(5, "%", "<=", "percent")]),
    ("50%（含）以上", [(50, "%", ">=", "percent")]),
    ("320克/千瓦时", [(320, "克/千瓦时", "=", "measure")]),
    ("35微克/立方米", [(35, "微克/立方米", "=", "measure")]),
    ("10蒸吨/小时以下", [(10, "蒸吨/小时", "<=", "measure")]),
    ("指数达到88。", [(88, "", "=", "number")]),
    ("系数提高到0.58以上", [(0.58, "", ">=", "number")]),
    ("30个工作日内", [(30, "个工作日", "<=", "duration")]),
    ("5年内", [(5, "年", "<=", "duration")]),
    ("1号机组", [(1, "号", "=", "ordinal")]),
    ("第三条", [(3, "条", "=", "ordinal")]),
    ("新增12家", [(12, "家", "+", "count")]),
    ("80亿", [(80, "亿", "=", "amount")]),
    ("用户超过2000家", [(2000, "家", ">=", "count")]),
    ("通过12家企业", [(12, "家", "=", "count")]),
]

RANGES = [
    ("40至50家", 40, 50, "家"),
    ("5—10个", 5, 10, "个"),
    ("1-2个", 1, 2, "个"),
    ("1～3个百分点", 1, 3, "个百分点"),
    ("5万至10万元", 5, 10, "万元"),
    ("10%—15%", 10, 15, "%"),
    ("两三家", 2, 3, "家"),
    ("三至五所", 3, 5, "所"),
]

NOT_QUANTITIES = [
    "培育一批龙头企业",
    "一企一策、一对一帮扶",
    "推进“三品”战略和“两化”融合",
    "位居全省第一",
    "“十三五”规划",
    "十四五规划",
    "《关于支持发展的28条意见》",
    "皖政办〔2022〕15号",
    "16部门联合印发",
    "建党100周年",
    "一个平台办理",
    "三大产业齐头并进",
    "十几家",
    "数百家",
    "2021年6月30日",
    "2019—2021年",
    "5G网络",
    "每千人口",
    "电话0371-12345678",
    "9:30开始",
    "三五家",
    "第二十次会议",
    "4.1.2分布式电源",
    "1.加快建设",
    "千方百计",
]


def _shape(q: Quantity) -> tuple[object, str, str, str]:
    return (pytest.approx(q.value, abs=1e-9), q.unit, q.op, q.kind)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reads_quantities(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert [_shape(q) for q in quantities(text)] == expected


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES)
def test_reads_ranges(text: str, low: float, high: float, unit: str) -> None:
    (q,) = quantities(text)
    assert (q.value, q.upper, q.unit, q.op) == (low, high, unit, "~")


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_leaves_names_and_idioms(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("700亿元", 700e8, "元"),
        ("0.3万家", 3000, "家"),
        ("10.4万千瓦", 104000, "千瓦"),
        ("5千瓦", 5, "千瓦"),
        ("2个百分点", 2, "百分点"),
        ("1.2万亿元", 1.2e12, "元"),
        ("5千万元", 5e7, "元"),
    ],
)
def test_folds_to_base_units(text: str, value: float, unit: str) -> None:
    (q,) = quantities(text)
    assert (q.base_value, q.base_unit) == (pytest.approx(value), unit)


def test_a_distributed_list_gives_each_figure() -> None:
    assert [q.value for q in quantities("普及率、利用率分别达到75%和65%")] == [75, 65]


def test_baseline_and_target_are_two_quantities() -> None:
    assert [q.value for q in quantities("从0.9%提升到1.6%")] == [0.9, 1.6]


@given(st.integers(min_value=1, max_value=10**9))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert chinese_value(cn2an.an2cn(number)) == number


@given(st.integers(min_value=2, max_value=99999))
def test_digits_and_chinese_numerals_count_the_same(number: int) -> None:
    (digits,) = quantities(f"新建驿站{number}座")
    (chinese,) = quantities(f"新建驿站{cn2an.an2cn(number)}座")
    assert digits.base_value == chinese.base_value
    assert digits.base_unit == chinese.base_unit


_WORDS = (
    "到2025年， 建成学校 不少于 12所 3.5万亩 以上 ， 、 每年 “两山” 百分之六十 达到 近 左右 。 "
    "40至50家 《若干意见》 约 第 一批 零 （ ） 1 万 亿元 % 年 · x"
)
_words = st.sampled_from([*_WORDS.split(" "), "　", "\n"])


@given(st.lists(_words, max_size=14).map("".join))
def test_spans_are_places_in_the_text(text: str) -> None:
    last = 0
    for q in quantities(text):
        assert 0 <= q.span.start <= q.number.start < q.number.end <= q.span.end <= len(text)
        assert q.number.start >= last
        last = q.span.end


@given(st.lists(_words, max_size=14).map("".join))
def test_full_width_reads_as_half_width(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert [(q.value, q.unit, q.op, q.span) for q in quantities(halved(wide))] == [
        (q.value, q.unit, q.op, q.span) for q in quantities(text)
    ]
    assert len(halved(wide)) == len(text)


@given(st.text(alphabet="四千七百六十五点一万亿零两○半成倍分之几.,% 千伏家个元至-—", max_size=14))
def test_no_run_of_numerals_breaks_it(text: str) -> None:
    for quantity in quantities(text):
        assert quantity.span.of(text).strip()


def test_a_unit_that_looks_like_a_number_does_not_stop_the_reading():
    assert quantities("每千瓦补贴0.03元")
