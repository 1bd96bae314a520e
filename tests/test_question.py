"""What a question is understood to ask, before anything is looked up."""

from __future__ import annotations

import pytest

from assistant.lookup.asked import Asked
from assistant.lookup.expressions import expressions, plain
from assistant.lookup.places import foreign
from assistant.lookup.sides import asks_who_has_more, by_place, topics
from assistant.question import full_years, parts, understand, understood

KNOWN = {"六盘水市": "六盘水", "六盘水": "六盘水", "黄冈市": "黄冈", "黄冈": "黄冈"}


def read(question: str, *history: str) -> Asked:
    return understand(question, history, KNOWN, expressions())


def surfaces(asked: Asked, own: bool = True) -> set[str]:
    return {term.surface for term in asked.terms if term.own is own}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("六盘水技改投资要多少亿?", "number"),
        ("六盘水哪年完成?", "date"),
        ("黄冈的进展每月几号前报", "date"),
        ("黄冈这条归哪个局管?", "unit"),
        ("“三品”工程打头的是谁", "unit"),
        ("黄冈支持哪些创业载体", "list"),
        ("什么是“两库”", "definition"),
        ("黄冈那份方案的文号", "document_number"),
        ("六盘水是不是半年报一次?", "yesno"),
        ("能先建后验吗", "yesno"),
        ("谁的目标高?", "number"),
        ("黄冈2023年高企总共要到多少家", "number"),
    ],
)
def test_kind_of_fact(question: str, kind: str) -> None:
    assert read(question).kind == kind


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("要砸多少钱", "money"),
        ("累计投多少亿", "money"),
        ("提高几个百分点", "percent"),
        ("比重达到多少", "percent"),
        ("技改投资多少", "money"),
        ("技改投资占工业投资比重多少", "percent"),
        ("压减多少万吨", "mass"),
        ("要多少家", "count"),
        ("用多少台机器人", "machine"),
        ("几年一次", "frequency"),
        ("每年上几个亿元以上的工程", "count"),
    ],
)
def test_measure_of_the_figure(question: str, measure: str) -> None:
    assert read("黄冈" + question).measure == measure


def test_places_years_and_amounts() -> None:
    asked = read("黄冈2023年产值过10亿元的企业要几家?")
    assert (asked.places, asked.years) == (("黄冈",), ("2023",))
    assert [a.base_value for a in asked.amounts] == [10**9]
    assert "产值" in surfaces(asked)


def test_a_place_that_no_document_speaks_for() -> None:
    assert read("麻城市的专项资金多少").foreign == ("麻城市",)
    assert read("黄冈各县市的专项资金多少").foreign == ()


def test_short_years_are_made_full() -> None:
    assert full_years("15年的目标") == "2015年的目标"
    assert full_years("16、17年的任务") == "2016年、2017年的任务"
    assert full_years("5年内") == "5年内"


def test_a_year_of_comparison_is_not_the_year_asked() -> None:
    assert read("黄冈能耗到2023年要比2020年降多少").years == ("2023",)


def test_a_name_with_a_number_is_not_an_amount() -> None:
    assert read("黄冈“三品”工程谁牵头").amounts == ()
    assert read("千人计划由谁负责").amounts == ()


def test_synonyms_stand_for_one_another() -> None:
    (term,) = (t for t in read("黄冈高企多少家").terms if t.surface == "高企")
    assert "高新技术企业" in term.alternatives


def test_administrative_level_is_no_part_of_the_place() -> None:
    assert any("市级" in term.surface for term in read("进黄冈市级库吗").terms)


def test_follow_up_takes_place_year_and_metric() -> None:
    asked = read("过30亿的又是几家", "黄冈2023年产值过10亿元的企业要几家?")
    assert (asked.places, asked.years, asked.kind) == (("黄冈",), ("2023",), "number")
    assert [a.base_value for a in asked.amounts] == [3 * 10**9]
    assert "产值" in surfaces(asked) | surfaces(asked, own=False)


def test_follow_up_with_another_year_keeps_the_metric() -> None:
    asked = read("2020年的呢?", "黄冈2018年高企要几家?")
    assert asked.years == ("2020",)
    assert "高企" in surfaces(asked)


def test_follow_up_that_asks_when_is_not_bound_to_the_earlier_year() -> None:
    assert read("哪年建成?", "黄冈2023年智能工厂多少个?").years == ()


def test_follow_up_with_another_place_is_not_bound_to_the_earlier_year() -> None:
    asked = read("黄冈呢", "六盘水2020年研发投入占比多少?")
    assert (asked.places, asked.years) == (("黄冈",), ())


def test_a_full_question_takes_nothing_from_before() -> None:
    asked = read("黄冈上云企业多少家?", "六盘水2020年技改投资多少?")
    assert asked.places == ("黄冈",)
    assert surfaces(asked, own=False) == set()


def test_follow_ups_are_resolved_in_turn() -> None:
    asked = read("2021年呢", "黄冈2018年高企几家?", "2020年呢")
    assert asked.years == ("2021",)
    assert "高企" in surfaces(asked)


def test_parts_of_a_question() -> None:
    assert len(parts("煤炭压减多少?矿井最晚几月底关到位", expressions())) == 2
    asked = understood("黄冈股改多少家?新上市几家?", (), KNOWN, expressions())
    assert [one.places for one in asked] == [("黄冈",), ("黄冈",)]


def test_a_part_without_words_of_its_own_adds_to_the_one_before() -> None:
    (asked,) = understood("黄冈每年拿多少钱支持技改,哪年?", (), KNOWN, expressions())
    assert {"number", "date"} <= set(asked.kinds)


def test_sides_of_a_comparison() -> None:
    both = by_place("技改投资增速,黄冈高还是六盘水高", ("黄冈", "六盘水"), KNOWN)
    assert all("技改投资增速" in side for side in both)
    apart = by_place("黄冈到2023年几家,六盘水一年几个", ("黄冈", "六盘水"), KNOWN)
    assert "2023" in apart[0] and "2023" not in apart[1]
    assert asks_who_has_more("谁的门槛高") and not asks_who_has_more("分别是多少")


def test_topics_that_are_asked_for_together() -> None:
    split = topics("机器换人、电机能效、园区固投三个指标分别是多少")
    assert split is not None and split.things == ("机器换人", "电机能效", "园区固投")
    assert topics("园区固投是多少") is None


def test_plain_form_is_the_same_for_every_width_and_quote() -> None:
    assert plain("“百企改造”（２０２０年）") == plain('"百企改造"(2020年)')


@pytest.mark.parametrize(
    "text", ["安澜县要完成多少座水库？", "峪岭镇有多少家企业", "问一下安澜县的工业投资"]
)
def test_a_place_that_no_dictionary_holds_is_another_place(text: str) -> None:
    """Else the figure of whoever is in the library would be passed off as that county's."""
    assert read(text).foreign


def test_half_of_an_own_name_is_not_another_place() -> None:
    known = {"平岚县": "平岚", "平岚": "平岚"}
    assert foreign("平岚县完成多少座水库", known) == ()
