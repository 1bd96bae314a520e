"""Statements that say the same thing in other words have the same facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.claims import Facts, document_number, same_amount, statement_facts
from index.quantity import quantities


def _figures(facts: Facts) -> list[tuple[float, str, str, str, str | None]]:
    return [
        (f.quantity.base_value, f.quantity.base_unit, f.quantity.op, f.basis, f.by)
        for f in facts.figures
    ]


SAME = [
    ("到2025年，参保率不低于95%。", "到2025年，参保率在百分之九十五以上。"),
    ("到2025年，建成驿站650个。", "到２０２５年，建成驿站六百五十个。"),
    ("2024年引进企业3000家以上。", "2024年引进企业不少于0.3万家。"),
    ("每年投入不超过500万元。", "每年投入不高于五百万元。"),
    ("到2030年，造林10万亩左右。", "到2030年，造林约10万亩。"),
]

DIFFERENT = [
    ("到2025年，参保率不低于95%。", "到2025年，参保率达到95%。"),
    ("产值年均增长10%。", "产值累计增长10%。"),
    ("到2025年，新增学位2000个。", "到2025年，学位达到2000个。"),
    ("到2025年，建成驿站60个。", "到2026年，建成驿站60个。"),
    ("比重达到10%。", "比重提高10个百分点。"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_fact_are_equal(one: str, other: str) -> None:
    assert _figures(statement_facts(one)) == _figures(statement_facts(other)) != []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_facts_that_differ_are_told_apart(one: str, other: str) -> None:
    assert _figures(statement_facts(one)) != _figures(statement_facts(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("700亿元", "7000000万元", True),
        ("80亿", "80亿元", True),
        ("三分之一", "33.3%", True),
        ("5‰", "0.5%", True),
        ("1—2个", "一至两个", True),
        ("1—2个", "1—3个", False),
        ("60家", "60%", False),
        ("10公里", "10千米", True),
        ("10万家", "10家", False),
    ],
)
def test_amounts_are_compared_in_base_units(one: str, other: str, same: bool) -> None:
    (a,), (b,) = quantities(one), quantities(other)
    assert same_amount(a, b) is same is same_amount(b, a)


@pytest.mark.parametrize(
    "written", ["皖政〔2022〕7号", "皖政[2022]7号", "皖政（2022）7号", "根据皖政【2022】第7号"]
)
def test_document_numbers_have_one_spelling(written: str) -> None:
    assert document_number(written) == "皖政〔2022〕7号"
    assert statement_facts(f"{written}要求").document_numbers == ("皖政〔2022〕7号",)


def test_names_negations_and_force_are_read() -> None:
    facts = statement_facts("力争按《产业 目录》执行，不得新增产能，确保2024年完成[1]，热线12345。")
    assert facts.titles == ("产业目录",)
    assert facts.strengths == ("力争", "不得", "确保")
    assert len(facts.negations) == 1
    assert facts.years == {"2024"}
    assert facts.numbers == {"12345"}


def test_a_comparator_is_no_negation() -> None:
    assert statement_facts("占比不得低于30%。").negations == ()


def test_a_baseline_is_marked() -> None:
    facts = statement_facts("占比由12%提高到20%。")
    assert [f.baseline for f in facts.figures] == [True, False]


@given(st.integers(min_value=1, max_value=10**6), st.sampled_from(["家", "亩", "万元", "%"]))
def test_no_digit_is_lost(number: int, unit: str) -> None:
    facts = statement_facts(f"到2027年，目标值为{number}{unit}，代号{number}。")
    assert [f.quantity.value for f in facts.figures] == [number]
    assert facts.numbers == {str(number)}
