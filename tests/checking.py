"""A plan and a county draft in words of our own, for the tests of the check."""

from __future__ import annotations

from assistant.check import Coverage, Row, Upper, check
from index.parse import parse
from index.types import Parsed, Source

PLAN = """东海省节水行动方案（2021—2025年）
一、主要目标
到2025年，全省万元工业增加值用水量比2020年下降16%，城镇供水管网漏损率控制在9%以内，建成节水型社会达标县40个。
二、重点任务
（一）农业节水
1．推进大中型灌区续建配套，推广喷灌、微灌和水肥一体化技术。到2025年，每年新增高效节水灌溉面积20万亩以上。（责任单位：省水利厅、省农业农村厅，列第一位者为牵头单位，以下同）
2．加强农业用水计量，建立灌溉用水台账。（责任单位：省水利厅）
（二）工业节水
1．组织高耗水企业开展水平衡测试，推动园区中水回用。到2025年，实施总投资1000万元以上节水改造项目60个。（责任单位：省经济和信息化厅、省水利厅）
2．开展节水型企业创建，每季度通报进展。（责任单位：省经济和信息化厅）
（三）城镇节水
1．改造老旧供水管网，推广节水器具。2023年底前，各县（市、区）完成老城区管网普查。（责任单位：省住房城乡建设厅、省水利厅）
2．鼓励再生水用于市政杂用和生态补水，编制再生水利用规划。（责任单位：省住房城乡建设厅、省生态环境厅）
三、保障措施
（一）省财政每年安排1亿元资金，对节水工作给予奖励。（责任单位：省财政厅）
（二）支持云溪市开展节水综合试点。（责任单位：省水利厅，云溪市政府）
（三）利用世界水日和中国水周开展节水宣传。（责任单位：各市、县（市、区）政府，省水利厅）"""

DRAFT = """白沙县节水实施方案
为贯彻落实省节水行动方案，制定本方案。
一、工作目标
到2025年，全县万元工业增加值用水量比2020年下降16%，城镇供水管网漏损率控制在9%以内，争创节水型社会达标县。
二、工作任务
1．推进两处中型灌区续建配套，因地制宜推广喷灌、微灌、水肥一体化技术。到2025年，每年新增高效节水灌溉面积0.6万亩以上。（责任单位：县水利局、县农业农村局）
2．强化农业用水计量，逐户建立灌溉用水台账。（责任单位：县水利局）
3．组织高耗水企业开展水平衡测试，推动工业园区中水回用。到2025年，实施总投资1000万元以上节水改造项目2个。（责任单位：县经信局、县水利局）
4．创建节水型企业，每季度通报进展。（责任单位：县经信局）
5．分期改造老旧供水管网，推广节水器具，2023年底前完成老城区管网普查。（责任单位：县住建局、县水利局）
6．鼓励再生水用于市政杂用、生态补水，编制县级再生水利用规划。（责任单位：县住建局、县生态环境分局）
7．结合世界水日、中国水周，组织节水宣传进校园进社区。（责任单位：各乡镇政府，县水利局）
8．建设一处节水科普展馆，免费向中小学生开放。（责任单位：县水利局）
本方案自印发之日起施行。"""


def plan(text: str = PLAN, name: str = "donghai") -> Parsed:
    return parse(Source(text), name, name)


def draft(text: str = DRAFT) -> Parsed:
    return parse(Source(text), "draft", "draft")


def report(changed: str = DRAFT, upper: str = PLAN) -> Coverage:
    """Checked by words alone, so that no encoder is needed."""
    return check([Upper(plan(upper))], draft(changed), None)


def row(coverage: Coverage, clause: str) -> Row:
    return next(one for one in coverage.rows if one.clause == f"donghai/{clause}")


def faults(coverage: Coverage) -> dict[str, set[str]]:
    """Fault types by the clause's address inside the plan."""
    return {
        one.clause.removeprefix("donghai/"): {finding.type for finding in one.faults}
        for one in coverage.rows
        if one.faults
    }


def changed(old: str, new: str) -> Coverage:
    assert DRAFT.count(old) == 1
    return report(DRAFT.replace(old, new))
