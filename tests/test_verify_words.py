"""Words of one meaning pass, and the lies that look like them do not."""

from __future__ import annotations

import pytest

from assistant.verify.compared import turned_over
from assistant.verify.cover import uncovered
from assistant.verify.denial import denial_added, denial_lost
from assistant.verify.strengths import strength_fault
from assistant.verify.subjects import widened
from assistant.verify.wording import plain

TOLD = [
    ("如果确实需要新增用地，按照用地政策统筹保障", "确需新增用地的，依照用地政策统筹保障"),
    ("各县在年底前全部设立担保机构", "年底前，各县均应设立担保机构"),
    ("打造全球化产业链", "打造全球化的产业链"),
    ("尽早投产", "促使早日投产"),
    ("遴选骨干企业", "选取骨干企业"),
    ("带动社会资本", "撬动社会资本"),
]
FALSE = [
    ("如果财力允许，每年统筹专项资金", "每年统筹专项资金。确需新增用地的，统筹保障"),
    ("各县全部设立担保机构", "各县年均设立担保机构"),
    ("已设立担保机构", "设立担保机构"),
]


@pytest.mark.parametrize(("said", "quoted"), TOLD)
def test_other_words_for_one_thing_are_covered(said: str, quoted: str) -> None:
    assert uncovered(plain(said), plain(quoted)) == ()


@pytest.mark.parametrize(("said", "quoted"), FALSE)
def test_conditions_extents_and_ends_are_not_added(said: str, quoted: str) -> None:
    assert uncovered(plain(said), plain(quoted))


def test_a_denial_kept_in_a_longer_word_is_not_lost() -> None:
    quoted = "防治设施不全的,停产整治"
    assert denial_lost("设施不全的企业停产整治", quoted) is None
    assert denial_lost("设施全的企业停产整治", quoted) == "全的"


def test_a_goal_not_reached_is_told_by_either_word() -> None:
    quoted = plain("未实现超低排放的机组")
    assert denial_added(plain("没有达到超低排放的机组"), quoted) is None
    assert denial_lost(plain("达到超低排放的机组"), quoted) is not None


def test_the_duty_of_one_word_is_no_more_than_its_own() -> None:
    assert strength_fault("必须向渔业部门报备", ["须向渔业部门报备"], "须向渔业部门报备") is None
    assert strength_fault("必须向渔业部门报备", ["可向渔业部门报备"], "可向渔业部门报备")
    assert strength_fault("必须向渔业部门报备", ["无须向渔业部门报备"], "无须向渔业部门报备")


def test_what_narrows_a_noun_is_seen_from_farther() -> None:
    quoted = "省级试点单位先行建设产业综合体"
    assert widened("省级试点单位可先行建设产业综合体", quoted) is None
    assert widened("单位可先行建设产业综合体", quoted)


def test_a_comparison_is_not_turned_over() -> None:
    quoted = "技改投资的增速每年高于工业投资的增速|"
    assert turned_over("技改投资增速高于工业投资增速|", quoted) is None
    assert turned_over("工业投资的增速高于技改投资的增速|", quoted)
