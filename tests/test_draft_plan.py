"""Drafting: an upper plan in the county's mouth, with nothing lost and nothing invented."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
from docx import Document

from assistant.draft import Draft, draft, fill, profile_of, to_json, write_docx
from assistant.draft.calendar import events_of
from evals.draft_scan import broken, invented, leftovers, lost, misnumbered
from index.parse import parse
from index.read import read
from index.types import Parsed

ROOT = Path(__file__).parents[1]
BUNDLED = sorted((ROOT / "corpus" / "documents").glob("*.md"))
WITH_COUNTIES = [p for p in BUNDLED if "level: county" not in p.read_text(encoding="utf-8")]

PLAN = dedent(
    """\
    云川省冷链物流高质量发展行动方案（2022—2025年）

    为贯彻落实《国务院办公厅关于印发“十四五”冷链物流发展规划的通知》（国办发〔2021〕46号）精神，加快补齐全省冷链物流短板，结合我省实际，制定本方案。

    一、总体要求

    坚持市场主导、政府引导，健全全省冷链物流体系。到2025年，全省建成骨干冷链物流基地8个，果蔬冷链流通率达到35%以上，产地预冷覆盖面达到60%。

    二、重点任务

    （一）完善冷链设施网络。

    1.支持农产品主产区建设产地冷藏保鲜设施，力争到2025年，全省新增冷库库容120万吨。（责任单位：省农业农村厅、省发展改革委，列第一位者为牵头单位，以下同）

    2.依托全省统一的冷链追溯平台，推动重点企业接入，每年开展2次数据质量核查。（责任单位：省市场监管局、省大数据局）

    （二）培育冷链企业。

    1.支持龙头企业建成省级冷链物流示范园区15家，推动我省企业制定行业标准。（责任单位：省商务厅、省工业和信息化厅）

    2.各市、县（市、区）政府要结合本地实际制定冷链用地保障办法，优先安排冷链项目用地。（责任单位：各市、县（市、区）政府，省自然资源厅）

    3.支持南屏市开展国家骨干冷链物流基地建设。（责任单位：南屏市政府，省发展改革委）

    三、保障措施

    （一）加大资金支持。省政府每年安排5亿元专项资金支持骨干基地建设。鼓励金融机构开发冷链信贷产品。（责任单位：省财政厅、省地方金融监管局）

    （二）严格考核督导。省政府每年组织对各市、县（市、区）冷链物流工作进行评估。各地各部门要于每季度末月25日前将工作进展情况报省商务厅。（责任单位：省商务厅）
    """
)


def parsed(tmp_path: Path, text: str = PLAN, name: str = "cold-chain") -> Parsed:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return parse(read(path), name, name)


def made(tmp_path: Path, **profile: object) -> Draft:
    return draft([(parsed(tmp_path), "")], profile_of({"name": "柳河县", "year": 2022, **profile}))


def words(one: Draft) -> str:
    return "\n".join(c.number + c.heading + c.text for c in (one.opening, *one.clauses))


def test_a_rate_that_binds_everyone_is_carried_over(tmp_path: Path) -> None:
    text = words(made(tmp_path))
    assert "果蔬冷链流通率达到35%以上" in text
    assert "产地预冷覆盖面达到60%" in text


def test_a_provinces_count_becomes_the_countys_question(tmp_path: Path) -> None:
    text = words(made(tmp_path))
    assert "【待定：省定目标8个（全省），请填本县数】" in text
    assert "【待定：省定目标120万吨（全省），请填本县数】" in text


def test_the_countys_own_figure_takes_the_place(tmp_path: Path) -> None:
    text = words(made(tmp_path, figures={"新增冷库库容": "3万吨"}))
    assert "新增冷库库容3万吨" in text
    assert "120万吨" not in text


def test_agencies_are_the_countys_with_the_lead_first(tmp_path: Path) -> None:
    text = words(made(tmp_path, agencies=["县农业农村和水利局", "县发展和改革局"]))
    assert "（牵头单位：县农业农村和水利局；配合单位：县发展和改革局）" in text
    assert "省农业农村厅" not in text


def test_the_county_itself_leads_by_the_department_of_its_choice(tmp_path: Path) -> None:
    assert "（牵头单位：县商务局；配合单位：县自然资源局）" in words(
        made(tmp_path, lead="县商务局")
    )
    assert "请定牵头部门" in words(made(tmp_path))


def test_what_only_the_province_does_is_left_out_and_named(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert "5亿元" not in words(one)
    assert any("5亿元" in o.quote for o in one.omitted)
    assert any("南屏市" in o.reason for o in one.not_applicable)


def test_reports_still_go_up(tmp_path: Path) -> None:
    text = words(made(tmp_path))
    assert "各有关部门要于每季度末月25日前将工作进展情况报省商务厅" in text


def test_townships_stand_only_where_the_county_says_so(tmp_path: Path) -> None:
    assert "乡镇" not in words(made(tmp_path))
    named = words(made(tmp_path, townships="各乡镇（街道）"))
    assert "县政府每年组织对各乡镇（街道）冷链物流工作进行评估" in named


def test_titles_that_the_province_awards_are_striven_for(tmp_path: Path) -> None:
    assert "争创省级冷链物流示范园区" in words(made(tmp_path))


def test_opening_names_documents_in_full_and_the_missing_number(tmp_path: Path) -> None:
    opening = made(tmp_path).opening.text
    assert "《云川省冷链物流高质量发展行动方案（2022—2025年）》（【待定：" in opening
    assert "（国办发〔2021〕46号）" in opening
    assert opening.endswith("制定本方案。")


def test_nothing_lost_nothing_invented_nobody_elses_voice(tmp_path: Path) -> None:
    source, one = parsed(tmp_path), made(tmp_path)
    assert invented(one, source, "柳河县2022") == []
    assert leftovers(one, source.document, "柳河县") == []
    assert lost(one, source, {}) == []
    assert broken(one) == []
    assert misnumbered(one.clauses) == []
    assert one.unplaced == ()


def test_a_county_task_stands_under_its_heading(tmp_path: Path) -> None:
    task = {
        "heading": "办好鲜桃节",
        "text": "每年举办一届鲜桃节",
        "under": "培育冷链企业",
        "lead": "县文旅局",
    }
    one = made(tmp_path, tasks=[task])
    numbers = {c.heading: c.number for c in one.clauses}
    assert numbers["办好鲜桃节"] == "3."
    assert "（牵头单位：县文旅局）" in words(one)


@pytest.mark.parametrize(
    ("deadline", "said", "due"),
    [
        ("2024年底前", "2024年底前，推动30家企业完成改造。", "2024年底前"),
        ("2024年6月", "2024年6月前，推动30家企业完成改造。", "2024年6月前"),
        ("长期坚持", "推动30家企业完成改造。完成时限：长期坚持。", "长期坚持"),
        ("2024年", "到2024年，推动30家企业完成改造。", "到2024年"),
    ],
)
def test_the_deadline_of_a_county_task_stands_in_body_and_table(
    tmp_path: Path, deadline: str, said: str, due: str
) -> None:
    task = {"heading": "竹木加工数字化改造", "text": "推动30家企业完成改造", "deadline": deadline}
    one = made(tmp_path, tasks=[task])
    assert said in words(one)
    (row,) = [row for row in one.rows if row.title == task["heading"]]
    assert row.deadline == due
    days = {event.when: f"{event.day}" for event in events_of(one)}
    assert (due in days) == ("年" in due)


def test_a_deadline_that_the_county_task_says_is_not_said_twice(tmp_path: Path) -> None:
    task = {"heading": "办好鲜桃节", "text": "到2024年底办成三届", "deadline": "2024年底前"}
    one = made(tmp_path, tasks=[task])
    (own,) = [c for c in one.clauses if c.heading == task["heading"]]
    assert own.paragraphs[0] == "到2024年底办成三届。"


def test_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    out = json.loads(json.dumps(to_json(made(tmp_path)), ensure_ascii=False))
    assert {"title", "clauses", "not_applicable", "unplaced"} <= out.keys()
    assert {"number", "heading", "text", "from", "placeholders"} <= out["clauses"][0].keys()
    known = {c.id for c in parsed(tmp_path).clauses}
    assert all(set(c["from"]) <= known for c in out["clauses"])


def test_an_upper_plan_without_general_part_is_named_as_missing(tmp_path: Path) -> None:
    text = PLAN.replace("一、总体要求\n", "一、总体要求（略）\n").split("坚持市场主导")[0]
    text += "二、重点任务" + PLAN.split("二、重点任务")[1]
    one = draft([(parsed(tmp_path, text), "")], profile_of({"name": "柳河县"}))
    assert any("略" in m.what for m in one.missing)
    assert "请对照原文补写" in words(one)


@pytest.mark.parametrize("path", WITH_COUNTIES, ids=lambda p: p.stem)
def test_bundled_plans_are_drafted_clean(path: Path) -> None:
    source = parse(read(path), path.stem, path.stem)
    one = draft([(source, "")], profile_of({"name": "柳河县"}))
    assert invented(one, source, "柳河县") == []
    assert leftovers(one, source.document, "柳河县") == []
    assert one.unplaced == ()


CITY = dedent(
    """\
    柳河市推进冷链物流高质量发展工作方案（2022—2025年）

    为贯彻落实《云川省冷链物流高质量发展行动方案（2022—2025年）》精神，结合我市实际，制定本方案。

    一、工作目标

    到2025年，全市建成骨干冷链物流基地2个，果蔬冷链流通率达到32%以上，产地预冷覆盖面达到60%。

    二、重点任务

    （一）完善冷链设施网络。支持农产品主产区建设产地冷藏保鲜设施，到2025年，全市新增冷库库容20万吨。加强老旧冷库改造。（牵头单位：市农业农村局；配合单位：市发改委、市财政局）

    （二）培育冷链企业。支持龙头企业建成省级冷链物流示范园区2家。（牵头单位：市商务局；配合单位：市工信局）

    三、保障措施

    （一）强化用地保障。各县（市、区）要优先安排冷链项目用地。（牵头单位：市自然资源和规划局；配合单位：各县（市、区）人民政府）
    """
)


@pytest.fixture
def two_levels(tmp_path: Path) -> Draft:
    province, city = parsed(tmp_path), parsed(tmp_path, CITY, "city")
    return draft([(province, ""), (city, "")], profile_of({"name": "柳河县", "year": 2022}))


def test_two_levels_are_merged_task_by_task(two_levels: Draft) -> None:
    facility = next(c for c in two_levels.clauses if c.heading == "完善冷链设施网络")
    assert {s.split("/")[0] for s in facility.sources} == {"cold-chain", "city"}
    assert "市定目标20万吨（全市）、省定目标120万吨（全省）" in facility.text
    assert facility.text.count("产地冷藏保鲜设施") == 1
    assert "加强老旧冷库改造" in facility.text


def test_what_only_the_province_asks_is_added(two_levels: Draft) -> None:
    assert "依托省统一的冷链追溯平台" in words(two_levels)
    assert "每年开展2次数据质量核查" in words(two_levels)


def test_where_two_levels_disagree_a_person_decides(two_levels: Draft) -> None:
    assert "【待定：省要求35%，市要求32%，请定】" in words(two_levels)
    assert any(p.asks == "choice" for p in two_levels.placeholders)


def test_where_two_levels_name_different_leads_or_years_a_person_decides(tmp_path: Path) -> None:
    text = CITY.replace(
        "牵头单位：市农业农村局；配合单位：市发改委", "牵头单位：市发改委；配合单位：市供销社"
    )
    text = text.replace("到2025年，全市新增冷库库容20万吨", "到2026年，全市新增冷库库容20万吨")
    province, city = parsed(tmp_path), parsed(tmp_path, text, "city")
    one = draft([(province, ""), (city, "")], profile_of({"name": "柳河县", "year": 2022}))
    asked = {p.text for p in one.conflicts}
    assert "【待定：省定由县农业农村局牵头，市定由县发改局牵头，请定】" in asked
    assert "【待定：省要求2025年，市要求2026年，请定】" in asked
    assert all(p.text in words(one) for p in one.conflicts)


def test_the_annex_of_two_levels_sets_them_side_by_side(two_levels: Draft, tmp_path: Path) -> None:
    write_docx(two_levels, tmp_path / "a.docx")
    (table,) = Document(str(tmp_path / "a.docx")).tables
    head = [cell.text for cell in table.rows[0].cells]
    assert head[2:5] == ["省要求", "市要求", "本县拟定"]
    row = next(r for r in table.rows if r.cells[1].text == "完善冷链设施网络")
    assert "120万吨" in row.cells[2].text
    assert "20万吨" in row.cells[3].text


def test_the_ledger_shows_what_each_level_asks(two_levels: Draft) -> None:
    row = next(r for r in two_levels.rows if r.title == "完善冷链设施网络")
    assert {level for level, _ in row.demands} == {"省", "市"}


def test_a_plan_that_the_library_does_not_hold_is_named_as_missing(tmp_path: Path) -> None:
    cited = "国务院办公厅关于印发“十四五”冷链物流发展规划的通知"
    assert any(cited in m.what for m in made(tmp_path).missing)
    above = parsed(
        tmp_path, f"{cited}\n国办发〔2021〕46号\n\n一、总体要求\n\n健全体系。\n", "above"
    )
    profile = profile_of({"name": "柳河县"})
    one = draft([(parsed(tmp_path), "")], profile, held=[above.document])
    assert not any(cited in m.what for m in one.missing)


def test_an_opinion_is_issued_without_a_notice(tmp_path: Path) -> None:
    one = made(tmp_path, title_form="实施意见")
    assert one.title.startswith("柳河县人民政府办公室关于贯彻落实《云川省冷链物流")
    assert one.title.endswith("》的实施意见")
    assert not one.letter.attached
    assert one.opening.text.endswith("提出以下实施意见。")
    assert "本方案" not in words(one)


def test_what_counties_are_encouraged_to_do_stays_a_wish(tmp_path: Path) -> None:
    text = PLAN.replace(
        "鼓励金融机构开发冷链信贷产品。", "鼓励各市、县（市、区）加大冷链贴息力度。"
    )
    one = draft([(parsed(tmp_path, text), "")], profile_of({"name": "柳河县"}))
    assert "积极加大冷链贴息力度" in words(one)


def test_an_untitled_file_is_asked_for_once_and_filled_everywhere(tmp_path: Path) -> None:
    text = PLAN.split("\n", 2)[2]
    one = draft([(parsed(tmp_path, text, "x1"), "")], profile_of({"name": "柳河县"}))
    (hole,) = [p for p in one.placeholders if "标题" in p.text]
    done = fill(one, {hole.id: "云川省冷链物流行动方案"})
    assert done.title == "柳河县贯彻落实《云川省冷链物流行动方案》实施方案"
    assert "云川省冷链物流行动方案" in done.letter.notice_title
    assert "请补上级文件标题" not in words(done)
