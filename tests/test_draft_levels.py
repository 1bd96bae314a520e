"""Plans of every level: a ministry's, an autonomous region's, a city's for a county-level city."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from assistant.draft import Draft, draft, profile_of
from evals.draft_scan import broken, misnumbered
from index.parse import parse
from index.read import read

STATE = dedent(
    """\
    国务院办公厅关于推进县域充电基础设施建设的实施意见
    国办发〔2024〕12号
    各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
    为加快推进县域充电基础设施建设，经国务院同意，现提出以下意见。
    一、总体要求
    到2026年，全国县域公共充电桩覆盖率达到90%以上，全国新增公共充电桩100万个。
    二、主要任务
    （一）优化网络布局。各省（区、市）人民政府要制定县域充电网络专项规划，实现乡乡有站。（国家能源局牵头，国家发展改革委、自然资源部、住房城乡建设部按职责分工负责）
    （二）提升运维水平。建立全国统一的充电设施监测平台，定期公布可用率，公共充电设施可用率不低于98%。（国家能源局、工业和信息化部、市场监管总局按职责分工负责）
    （三）加强财政支持。中央财政对示范县给予奖励，每县最高4500万元。地方各级人民政府要落实配套资金。（财政部、工业和信息化部）
    三、组织实施
    （一）压实责任。各地区、各有关部门要加强组织领导，每年12月底前将工作进展报国家能源局。
    """
)

REGION = dedent(
    """\
    桂岭壮族自治区人民政府办公厅关于印发桂岭壮族自治区口腔健康行动方案的通知

    各市、县人民政府，自治区人民政府各组成部门、各直属机构：
    《桂岭壮族自治区口腔健康行动方案》已经自治区人民政府同意，现印发给你们，请认真组织实施。

    桂岭壮族自治区口腔健康行动方案（2023—2025年）

    一、行动目标
    到2025年，全区12岁儿童龋患率控制在32%以内，全区二级以上公立医院设立口腔科比例达到100%，建成自治区级口腔诊疗中心6个。
    二、重点任务
    （一）开展口腔健康服务。自治区卫生健康委组织对全区适龄儿童开展窝沟封闭，每年完成窝沟封闭20万人次。各市、县（市、区）要将口腔健康纳入基本公共卫生服务。（牵头单位：自治区卫生健康委；配合单位：自治区教育厅、自治区财政厅，各市、县〔市、区〕人民政府）
    （二）规范口腔医疗市场。加强对口腔诊疗机构的监管，依法查处无证行医。（牵头单位：自治区卫生健康委；配合单位：自治区市场监管局、自治区公安厅）
    """
)

CITY = dedent(
    """\
    海陵市人民政府关于加快海陵市数字乡村建设的实施意见
    为贯彻落实省委、省政府关于数字乡村建设的决策部署，加快推进我市数字乡村建设，结合我市实际，提出如下实施意见。
    一、目标任务
    到2025年，全市农村地区5G网络覆盖率达到95%以上，农产品网络零售额突破60亿元，培育市级数字乡村示范镇20个、示范村100个。
    二、重点工作
    1、建设数字基础设施。推进农村千兆光网建设。责任单位：市工信局、市通信发展管理办公室，各县（市、区）
    2、发展智慧农业。每个涉农县（市、区）建成1个以上智慧农业基地，市财政对验收合格的每个基地奖补30万元。责任单位：市农业农村局、市财政局
    3、强化督导。市委网信办牵头建立工作专班，每季度调度一次。各县（市、区）于每季度首月10日前报送进展。责任单位：市委网信办
    """
)


def made(tmp_path: Path, text: str, **profile: object) -> Draft:
    path = tmp_path / "upper.txt"
    path.write_text(text, encoding="utf-8")
    one = draft([(parse(read(path), "upper", "upper"), "")], profile_of(dict(profile)))
    assert broken(one) == []
    assert misnumbered(one.clauses) == []
    return one


def words(one: Draft) -> str:
    return "\n".join(c.number + c.heading + c.text for c in (one.opening, *one.clauses))


def test_a_plan_of_the_state(tmp_path: Path) -> None:
    text = words(made(tmp_path, STATE, name="清川县", year=2024))
    assert "全县公共充电桩覆盖率达到90%以上" in text
    assert "【待定：国家定目标100万个（全国），请填本县数】" in text
    assert "（责任单位：县发改局、县自然资源局、县住建局）" in text
    assert "对接全国统一的充电设施监测平台" in text
    assert "各省" not in text
    assert "4500万元" not in text


def test_a_pilot_county_takes_the_clause_for_pilots(tmp_path: Path) -> None:
    one = made(tmp_path, STATE, name="清川县", standing=["充电基础设施示范县"])
    assert not any("二/(三)" in o.clause_id for o in one.not_applicable)


def test_an_autonomous_region_says_region(tmp_path: Path) -> None:
    text = words(made(tmp_path, REGION, name="青田县", year=2023))
    assert "全县12岁儿童龋患率控制在32%以内" in text
    assert "自治区级口腔诊疗中心【待定：自治区定目标6个（全区），请填本县数】" in text
    assert "县卫健局组织对全县适龄儿童开展窝沟封闭" in text
    assert "省级" not in text


def test_a_county_level_city_keeps_the_upper_citys_name(tmp_path: Path) -> None:
    text = words(made(tmp_path, CITY, name="临江市", year=2022, agencies=["市工信局"]))
    assert "积极争取海陵市财政对验收合格的每个基地奖补30万元" in text
    assert "全市建成1个以上智慧农业基地" in text
    assert "（责任单位：市农业农村局、市财政局）" in text
    assert "于每季度首月10日前报送进展" in text


DISTRICTS = dedent(
    """\
    滨海市老年助餐服务提升行动方案

    为落实《中共滨海市委 滨海市人民政府关于养老服务的意见》（滨发〔2021〕3号），制定本方案。

    一、重点任务

    （一）完善网络。支持各区建设助餐点（市民政局牵头，市财政局配合），推广中央厨房（市商务局、市市场监管局负责）。各区至少建成2个长者食堂。区民政部门负责日常管理，所需经费由区财政保障。责任单位：市民政局、市财政局

    （二）打造品牌。重点办好滨海老年文化节、滨海银龄博览会、滨海助餐技能大赛，把滨海建设成为全国养老名城。率先在东湖、西山、南岗试点智能助餐。单个助餐点面积控制在800平方米以下。责任单位：市民政局、滨海海关

    二、其他

    （一）施行。本方案自2022年1月1日起施行，有效期5年。
    """
)


def test_a_city_of_districts_and_brackets_within_a_sentence(tmp_path: Path) -> None:
    one = made(tmp_path, DISTRICTS, name="清川县", year=2022)
    text = words(one)
    assert "（责任单位：县民政局、县财政局），推广" in text
    assert "（责任单位：县商务局、县市场监管局）。至少建成2个长者食堂" in text
    assert "县民政部门负责日常管理，所需经费由县财政保障" in text
    row = next(r for r in one.rows if r.title == "完善网络")
    assert {"县民政局", "县财政局", "县商务局", "县市场监管局"} <= set(row.support.split("、"))


def test_what_is_the_upper_places_own(tmp_path: Path) -> None:
    one = made(tmp_path, DISTRICTS, name="清川县", year=2022)
    text = words(one)
    asked = "【待定：市里点名滨海老年文化节、滨海银龄博览会、滨海助餐技能大赛，请核定本县对象】"
    assert asked in text
    assert "控制在800平方米以下" in text
    assert "养老名城" not in text
    assert "有效期" not in text
    left = {o.quote: o.reason for o in one.omitted}
    assert any("海关" in quote and "商请" in reason for quote, reason in left.items())
    assert any("定位" in reason for reason in left.values())


def test_names_that_bear_the_whole_country_stay(tmp_path: Path) -> None:
    text = STATE.replace(
        "建立全国统一的", "迎接第二十次全国代表大会，建设全国爱国主义教育示范基地，建立全国统一的"
    )
    assert "第二十次全国代表大会" in words(made(tmp_path, text, name="清川县", year=2024))
