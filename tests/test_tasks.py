from __future__ import annotations

from index.parse import parse
from index.types import Source, Task

PLAN = """东海省节水行动方案
一、总体要求
以节水为先，坚持系统治理。
二、主要目标
到2025年，全省节水取得实效。
——农业用水更省。到2025年，灌溉水利用系数提高到0.6以上。
——工业用水更省。到2025年，万元工业增加值用水量下降16%。
三、重点任务
（一）农业节水。
1.推进灌区改造。到2025年改造大型灌区5处。（责任单位：省水利厅、省农业农村厅，列第一位者为牵头单位，以下同）
2.每年培训农技人员2000人次以上。（责任单位：各市、县（市、区）政府，省水利厅）
（二）支持云溪市开展节水综合试点。（责任单位：省水利厅，云溪市政府）
四、保障措施
（一）资金保障。省财政每年安排2亿元资金。（责任单位：省财政厅）
（二）定期报送。各地每月5日前向省水利厅报送进展。（责任单位：各市、县（市、区）政府）"""


def tasks() -> dict[str, Task]:
    return {task.clause_id[2:]: task for task in parse(Source(PLAN), "d", "方案").tasks}


def test_the_smallest_unit_with_a_list_is_a_task() -> None:
    found = tasks()
    assert set(found) == {
        "一", "二", "二/—1", "二/—2", "三/(一)/1", "三/(一)/2", "三/(二)", "四/(一)", "四/(二)",
    }  # fmt: skip


def test_kinds() -> None:
    found = tasks()
    assert found["一"].kind == "principle"
    assert found["二/—1"].kind == "goal"
    assert found["三/(一)/1"].kind == "task"
    assert found["四/(一)"].kind == "measure"


def test_the_first_unit_leads_everywhere_once_the_document_says_so() -> None:
    found = tasks()
    assert found["三/(一)/1"].lead == "省水利厅"
    assert found["三/(一)/2"].lead == "各市、县（市、区）政府"
    assert [agency.role for agency in found["三/(一)/1"].agencies] == ["lead", "support"]


def test_targets_stand_where_they_say() -> None:
    parsed = parse(Source(PLAN), "d", "方案")
    targets = [target for task in parsed.tasks for target in task.targets]
    assert targets
    for target in targets:
        assert target.span.of(parsed.document.text) == target.quote
    (per_year,) = tasks()["三/(一)/2"].targets
    assert (per_year.value, per_year.op, per_year.basis) == (2000, ">=", "per_year")


def test_who_is_bound_below() -> None:
    found = tasks()
    assert found["三/(一)/2"].county == "applies"
    assert found["三/(二)"].county == "conditional"
    assert found["四/(一)"].county == "province_only"
    assert found["四/(一)"].county_reason


def test_no_lead_is_guessed() -> None:
    text = "甲市方案\n一、任务\n（一）修路。（责任单位：市交通局、市财政局）"
    (task,) = parse(Source(text), "d", "方案").tasks
    assert task.lead is None
