"""What a draft says of a passage from elsewhere: headings, tables, introductions, definitions."""

from __future__ import annotations

import pytest

from assistant.check import Coverage, Upper, check
from assistant.check.names import declared_in, functions_of
from tests.checking import draft, plan

PLAN = """南湾市河湖治理行动方案（2019—2022年）
一、工作目标
到2022年，全市水质优良断面比例达到85%以上，建成美丽河湖12个。
二、重点任务
（一）清理河道。2019年完成城区黑臭水体排查，2020年底前完成城区黑臭水体整治销号。（牵头单位：市水利局；责任单位：市住房城乡建设局、市生态环境局）
（二）管控岸线。划定河湖管理范围，拆除违法占用岸线的建筑。到2021年，河湖岸线划界全覆盖。（牵头单位：市水利局；责任单位：市自然资源和规划局）
（三）治理养殖污染。对存栏500头以上的养殖场配建粪污处理设施，设施配套率达到95%以上。（牵头单位：市农业农村局；责任单位：市生态环境局）
（四）扶持护河队伍。对护河公益组织连续3年给予场地租金减免，每月5日前报送巡河情况。（牵头单位：市水利局；责任单位：市民政局）"""

INTRODUCTION = "为落实市里的河湖治理行动方案，制定本方案。"


def told(text: str, upper: str = PLAN) -> Coverage:
    return check([Upper(plan(upper))], draft(text), None)


def faults(report: Coverage, clause: str) -> set[tuple[str, str]]:
    row = next(one for one in report.rows if one.clause == f"donghai/{clause}")
    return {(finding.type, finding.sub) for finding in row.faults}


BY_YEAR = f"""清溪县河湖治理年度任务书
{INTRODUCTION}
一、工作目标
到2022年，实现以下目标：
全县水质优良断面比例达到85%以上，建成美丽河湖1个。
二、2019年任务
序号｜工作内容｜责任单位
1｜完成县城黑臭水体排查。｜县水利局、县住建局、县生态环境分局
三、2020年任务
序号｜工作内容｜责任单位
2｜完成县城黑臭水体整治销号。｜县水利局、县住建局、县生态环境分局
四、2021年任务
序号｜工作内容｜责任单位
3｜划定河湖管理范围，拆除违法占用岸线的建筑，河湖岸线划界全覆盖。｜县水利局、县自然资源和规划局
"""


def test_the_years_of_headings_date_the_rows_below_them() -> None:
    found = told(BY_YEAR)
    assert faults(found, "一") == set()
    assert faults(found, "二/(一)") == set()
    assert faults(found, "二/(二)") == set()


def test_a_task_under_a_later_year_is_late() -> None:
    later = BY_YEAR.replace("三、2020年任务", "三、2021年任务").replace("四、2021年", "四、2022年")
    assert ("deadline_later", "") in faults(told(later), "二/(一)")
    assert ("deadline_later", "") in faults(told(later), "二/(二)")


def test_the_units_of_a_typed_table_are_units() -> None:
    dropped = BY_YEAR.replace("县水利局、县自然资源和规划局", "县水利局")
    assert faults(told(dropped), "二/(二)") == {("unit_dropped", "")}


BY_DEPARTMENT = f"""清溪县河湖治理任务分工方案
{INTRODUCTION}自然资源和林业职能由县自然资源和林业局（以下简称县自然林业局）承担。
一、工作安排
标题所列单位为牵头单位，括号内为配合单位。第二、第三部分所列任务，除另有注明外，均须于2020年底前完成。
二、县水利局牵头事项
1．排查整治县城黑臭水体，完成整治销号。（配合：县住建局、县生态环境分局）
2．划定河湖管理范围，拆除违法占用岸线的建筑，河湖岸线划界全覆盖。（配合：县自然林业局）
三、县农业农村局牵头事项
1．对存栏500头以上的养殖场配建粪污处理设施，设施配套率达到95%以上。（配合：县生态环境分局）
"""


def test_the_department_of_a_heading_leads_and_words_for_all_set_the_time() -> None:
    found = told(BY_DEPARTMENT)
    assert [faults(found, f"二/({n})") for n in "二三"] == [set(), set()]
    assert ("unit_dropped", "") not in faults(found, "二/(一)")


def test_a_task_under_another_department_has_lost_its_lead() -> None:
    moved = BY_DEPARTMENT.replace("三、县农业农村局牵头", "三、县生态环境分局牵头")
    moved = moved.replace("95%以上。（配合：县生态环境分局）", "95%以上。（配合：县农业农村局）")
    assert faults(told(moved), "二/(三)") == {("unit_wrong", "lead_swapped")}


def test_words_for_some_parts_set_no_time_elsewhere() -> None:
    some = BY_DEPARTMENT.replace("第二、第三部分", "第三部分")
    assert ("deadline_dropped", "") in faults(told(some), "二/(二)")


@pytest.mark.parametrize(
    ("text", "name", "functions"),
    [
        ("水利工作由县农林水利局承担。", "县农林水利局", {"水利"}),
        ("县科学技术和工业信息化局（以下简称县科工局）", "县科工局", {"科技", "工信"}),
        ("粮食和物资储备职责划入县发展和改革局。", "县发展和改革局", {"发改", "粮食"}),
        ("县教育局加挂县体育局牌子。", "县教育局", {"教育", "体育"}),
    ],
)
def test_a_draft_defines_its_bodies(text: str, name: str, functions: set[str]) -> None:
    assert functions <= functions_of(name, declared_in(text))


PROSE = f"""清溪县河湖治理实施方案
{INTRODUCTION}
一、治理养殖污染。对存栏500头以上的养殖场配建粪污处理设施，设施配套率达到95%以上。以上工作由县农业农村局牵头，会同县生态环境分局落实。
二、扶持护河队伍。对护河公益组织连续三年给予场地租金减免，每月5日前报送巡河情况。由县水利局牵头，县民政局配合。
"""


def test_who_leads_and_helps_is_read_from_prose() -> None:
    found = told(PROSE)
    assert faults(found, "二/(三)") == set()
    assert faults(found, "二/(四)") == set()


@pytest.mark.parametrize(
    ("old", "new", "clause", "fault"),
    [
        ("由县农业农村局牵头，会同县生态环境分局", "由县生态环境分局牵头，会同县农业农村局",
         "二/(三)", ("unit_wrong", "lead_swapped")),
        ("存栏500头以上", "存栏2000头以上", "二/(三)", ("target_changed", "threshold")),
        ("连续三年", "连续两年", "二/(四)", ("target_lowered", "rate")),
        ("每月5日前报送", "及时报送", "二/(四)", ("deadline_dropped", "")),
        ("每月5日前报送", "每季度报送", "二/(四)", ("deadline_later", "")),
    ],
)  # fmt: skip
def test_conditions_periods_and_rhythms(
    old: str, new: str, clause: str, fault: tuple[str, str]
) -> None:
    assert PROSE.count(old) == 1
    assert fault in faults(told(PROSE.replace(old, new)), clause)


@pytest.mark.parametrize(
    ("metric", "sub"),
    [
        ("全县水质优良断面比例达到80%以上", "rate"),
        ("全县工业用水量达到85%以上", "metric_changed"),
    ],
)
def test_a_goal_in_other_figures_or_of_another_measure(metric: str, sub: str) -> None:
    text = BY_YEAR.replace("全县水质优良断面比例达到85%以上", metric)
    assert sub in {kind for _, kind in faults(told(text), "一")}


def test_a_clause_about_another_place_asks_nothing() -> None:
    words = "以云川县为重点，2020年建成云川县滨河示范段，支持云川县办好现场会。"
    other = f"{PLAN}\n（五）建设示范段。{words}（牵头单位：市水利局）"
    row = next(one for one in told(BY_YEAR, other).rows if one.clause.endswith("二/(五)"))
    assert row.label == "not_applicable" and "云川县" in row.reason
    mine = told(BY_YEAR.replace("清溪县", "云川县"), other)
    assert next(one for one in mine.rows if one.clause.endswith("二/(五)")).label == "missing"


def test_what_the_draft_leaves_to_those_above_is_not_held_against_it() -> None:
    left = BY_YEAR.replace(
        "划定河湖管理范围，拆除违法占用岸线的建筑，河湖岸线划界全覆盖。",
        "河湖岸线划界由市里统一组织、统一发布，我县不另行划定管理范围。",
    )
    row = next(one for one in told(left).rows if one.clause == "donghai/二/(二)")
    assert (row.label, row.faults) == ("not_applicable", ())
    assert "上级" in row.reason


def test_a_fault_that_several_figures_of_a_sentence_share_is_told_once() -> None:
    upper = PLAN.replace(
        "设施配套率达到95%以上。", "到2021年、2022年分别新建粪污处理中心3个、5个。"
    )
    row = next(
        one
        for one in told(
            BY_YEAR + "五、养殖\n对存栏500头以上的养殖场配建粪污处理设施，"
            "新建粪污处理中心。（责任单位：县农业农村局、县生态环境分局）",
            upper,
        ).rows
        if one.clause == "donghai/二/(三)"
    )
    dropped = [one for one in row.faults if one.type == "target_dropped"]
    assert len(dropped) == 1
    assert "3个" in dropped[0].note and "5个" in dropped[0].note
