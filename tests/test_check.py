from __future__ import annotations

import pytest

from assistant.check import Upper, check, to_json
from tests.checking import DRAFT, PLAN, changed, draft, faults, plan, report, row

BOTH = "县水利局、县农业农村局"


def test_every_upper_task_has_one_row_in_the_plans_order() -> None:
    rows = [one.clause.removeprefix("donghai/") for one in report().rows]
    assert rows == [
        "一", "二/(一)/1", "二/(一)/2", "二/(二)/1", "二/(二)/2", "二/(三)/1", "二/(三)/2",
        "三/(一)", "三/(二)", "三/(三)",
    ]  # fmt: skip


def test_a_faithful_draft_is_covered_without_faults() -> None:
    found = report()
    labels = {one.clause.removeprefix("donghai/"): one.label for one in found.rows}
    assert {k for k, v in labels.items() if v == "not_applicable"} == {"三/(一)", "三/(二)"}
    assert {v for v in labels.values()} == {"covered", "not_applicable"}
    assert faults(found) == {}  # 争创达标县: where counties are counted, this county is one


def test_matches_are_the_drafts_own_words() -> None:
    text = draft().document.text
    for one in report().rows:
        for match in one.matches:
            assert match.quote == text[match.span.start : match.span.end]


def test_what_the_county_added_is_told_apart() -> None:
    assert [match.quote for match in report().extra] == [
        "建设一处节水科普展馆，免费向中小学生开放。"
    ]


def test_a_task_that_nothing_answers_is_missing() -> None:
    gone = next(line for line in DRAFT.split("\n") if line.startswith("6．"))
    found = changed(gone + "\n", "")
    assert row(found, "二/(三)/2").label == "missing"
    assert row(found, "二/(三)/1").label == "covered"


def test_a_lost_part_makes_a_task_partial_and_is_quoted() -> None:
    found = changed("，编制县级再生水利用规划", "")
    one = row(found, "二/(三)/2")
    assert one.label == "partial"
    assert [f.upper_quote for f in one.findings if f.type == "subtask_dropped"] == [
        "编制再生水利用规划"
    ]
    assert "编制再生水利用规划" in one.reason


@pytest.mark.parametrize(
    ("old", "new", "clause", "kind", "sub"),
    [
        ("下降16%", "下降12%", "一", "target_lowered", "rate"),
        ("控制在9%以内", "控制在11%以内", "一", "target_lowered", "rate"),
        ("每年新增高效", "累计新增高效", "二/(一)/1", "target_changed", "per_year_to_total"),
        ("0.6万亩以上", "0.6万平方米以上", "二/(一)/1", "target_changed", "unit_of_measure"),
        ("总投资1000万元以上", "总投资500万元以上", "二/(二)/1", "target_changed", "threshold"),
        ("，2023年底前完成", "，2024年6月底前完成", "二/(三)/1", "deadline_later", ""),
        ("，2023年底前完成", "，完成", "二/(三)/1", "deadline_dropped", ""),
        ("每季度通报", "每半年通报", "二/(二)/2", "deadline_later", ""),
        (BOTH, "县水利局", "二/(一)/1", "unit_dropped", ""),
        (BOTH, "县水利局、县林业局", "二/(一)/1", "unit_wrong", ""),
        (
            "县水利局、县农业农村局",
            "县农业农村局、县水利局",
            "二/(一)/1",
            "unit_wrong",
            "lead_swapped",
        ),
    ],
)
def test_each_weakening_is_told(old: str, new: str, clause: str, kind: str, sub: str) -> None:
    one = row(changed(old, new), clause)
    assert one.label == "covered"
    told = [(finding.type, finding.sub) for finding in one.faults if finding.type == kind]
    assert told == [(kind, sub)]


@pytest.mark.parametrize(
    ("old", "new", "clause", "kind"),
    [
        ("下降16%", "下降20%", "一", "target_changed"),
        ("，2023年底前完成", "，2022年底前完成", "二/(三)/1", "deadline_earlier"),
    ],
)
def test_more_than_asked_is_a_notice(old: str, new: str, clause: str, kind: str) -> None:
    one = row(changed(old, new), clause)
    assert kind in {finding.type for finding in one.notices}
    assert kind not in {finding.type for finding in one.faults}


def test_a_share_of_a_province_wide_count_is_no_fault() -> None:
    shares = [f for f in row(report(), "二/(二)/1").findings if f.type == "local_share"]
    assert [finding.severity for finding in shares] == ["notice"]


def test_a_pilot_is_asked_after_all() -> None:
    upper = PLAN.replace("支持云溪市开展节水综合试点", "列入试点的县开展合同节水管理")
    upper = upper.replace("（责任单位：省水利厅，云溪市政府）", "（责任单位：省水利厅）")
    assert row(report(DRAFT, upper), "三/(二)").label == "not_applicable"
    pilot = DRAFT.replace("为贯彻落实", "我县被列入省级节水试点县。为贯彻落实")
    pilot = pilot.replace("一、工作目标", "一、工作目标\n我县已列入省级节水试点县。")
    assert row(report(pilot, upper), "三/(二)").label == "missing"


def test_words_for_all_set_the_time() -> None:
    text = DRAFT.replace("，2023年底前完成", "，完成")
    later = text.replace(
        "本方案自印发", "以上任务未注明完成时限的，均于2023年底前完成。\n本方案自印发"
    )
    assert "二/(三)/1" not in faults(report(later))


def test_a_copy_is_covered_with_a_notice_of_copying() -> None:
    found = report(PLAN.replace("东海省节水行动方案", "白沙县节水行动方案"))
    assert {one.label for one in found.rows} == {"covered"}
    assert faults(found) == {}
    assert any("照抄照搬" in notice for notice in found.notices)


@pytest.mark.parametrize("text", ["", "关于元旦放假的通知\n各科室：\n1月1日放假，安排好值班。"])
def test_an_empty_or_unrelated_draft_gets_a_sober_report(text: str) -> None:
    found = report(text)
    assert {one.label for one in found.rows} <= {"missing", "not_applicable"}
    assert found.notices


def test_two_levels_do_not_take_each_others_passages() -> None:
    city = PLAN.replace("东海省", "南湾市").replace("下降16%", "下降12%")
    text = DRAFT.replace("下降16%", "下降12%")
    found = check([Upper(plan()), Upper(plan(city, "nanwan"))], draft(text), None)
    goals = [one for one in found.rows if one.clause.endswith("/一")]
    assert [one.label for one in goals] == ["covered", "covered"]


def test_the_nearer_level_rules() -> None:
    city = PLAN.replace("东海省节水行动方案", "南湾市节水实施方案").replace("全省", "全市")
    city = city.replace("省水利厅", "市水利局").replace("下降16%", "下降12%")
    text = DRAFT.replace("下降16%", "下降12%")
    upper = plan(city, "nanwan")
    assert upper.document.level == "city"
    found = check([Upper(plan()), Upper(upper)], draft(text), None)
    province = row(found, "一")
    assert "target_lowered" not in {finding.type for finding in province.faults}
    assert "nearer_level" in {finding.type for finding in province.notices}
    assert "较近一级为准" in province.reason


def test_json_has_the_contracts_shape() -> None:
    told = to_json(changed("下降16%", "下降12%"))
    first = told["rows"][0]  # type: ignore[index]
    assert {"clause", "label", "matches", "findings"} <= set(first)
    lowered = next(f for f in first["findings"] if f["type"] == "target_lowered")
    assert lowered["severity"] == "fault" and lowered["sub"] == "rate"
    assert "16%" in lowered["upper_quote"] and "12%" in lowered["draft_quote"]
    assert told["summary"]["tasks"] == len(told["rows"])  # type: ignore[index,arg-type]
