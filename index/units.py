"""Units that stand behind numerals in administrative Chinese, and what folds into what."""

from __future__ import annotations

import re
from typing import Literal

UnitKind = Literal["amount", "percent", "points", "count", "measure", "multiple", "duration"]

AMOUNT = "元人民币 人民币 美元 欧元 港元 日元 英镑 元"
PERCENT = "% ‰"
POINTS = "个百分点 百分点"
MEASURE = (
    "吨标准煤 吨标煤 标准煤 吨油当量 蒸吨 载重吨 总吨 吨 公斤 千克 斤 毫克 微克 克 "
    "毫升 升 吉瓦时 兆瓦时 千瓦时 吉瓦 兆瓦 千瓦 瓦 千伏安 兆伏安 千伏 标准立方米 "
    "立方米 立方 平方公里 平方千米 平方米 平米 平方 公顷 亩 延米 公里 千米 厘米 "
    "毫米 海里 米 大卡 摄氏度 ℃ 分贝 标准箱 标箱 兆帕 兆 kWh KWh "
    "MWh GWh MWp MW GW kW KW kVA MVA kV KV Mbps Gbps "
    "TB PB GB TEU km² km2 km KM m² m2 ㎡ m³ m3 "
    "hm2 hm² ppm PFLOPS EFLOPS kgce tce kg mg dB MPa 当量 度"
)
COUNT = (
    "人次 户次 场次 批次 台次 车次 架次 班次 例次 件次 家次 台套 台件 人年 人天 标台 学时 课时 "
    "周岁 家 户 个 名 人 项 件 台 套 条 座 处 所 间 栋 幢 辆 "
    "艘 架 张 只 头 羽 株 棵 门 部 册 篇 例 口 眼 盏 根 颗 "
    "块 支 组 款 笔 宗 起 票 位 席 岁 分 类 种 次 场 站 对 "
    "枚 片 队 届 轮 期 批 幅 孔 期次 份 路 列 趟 环 段 层 道 "
    "厂 校 村 县 镇"
)
DURATION = "个工作日 工作日 个月 个小时 小时 分钟 个季度 秒 年 月 天 日 周"
MULTIPLE = "倍"

# These stand behind Chinese numerals too often as ordinary words (三批, 一期, 两点, 一分).
ONLY_ARABIC = frozenset("度分期批届轮部门口对道层段环路位起片组队村县镇厂校月日周年站份米")

KINDS: dict[str, UnitKind] = {unit: "count" for unit in COUNT.split()}
KINDS |= {unit: "measure" for unit in MEASURE.split()}
KINDS |= {unit: "duration" for unit in DURATION.split()}
KINDS |= {unit: "amount" for unit in AMOUNT.split()}
KINDS |= {unit: "percent" for unit in PERCENT.split()}
KINDS |= {unit: "points" for unit in POINTS.split()}
KINDS |= {unit: "multiple" for unit in MULTIPLE.split()}

# Words that begin like a unit, so that 16部门, 100周年 and 3月份 are not counts.
NOT_UNITS = (
    r"部门|部委|部分|周年|年级|年度|年期|年代|年份|月份|日报|个人所得|分之|分钟钟|项目化|点|场所|人口普查|人大|"
    r"位一体|级|所有|对[一1口]|条件|组织|年制|小时代|类似|种植|种子|件套|次方|周边|台账|层次|道路|片区|村级|县级|镇级|县域"
)
_ALTERNATIVES = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
MULTIPLIER = r"(?:万亿|[十百千万亿]万?)"
BASE = rf"(?!(?:{NOT_UNITS}))(?:{_ALTERNATIVES})"
PER = rf"(?:/(?:{_ALTERNATIVES}|{MULTIPLIER}(?:{_ALTERNATIVES})|吨产品|人·?[月年天日]|标米))"
# 700亿 and 80万 stand without a unit; 4000万平方米 and 10万家 with one; 万千瓦 is 万 of 千瓦.
UNIT = rf"(?:(?:{BASE}){PER}*|{MULTIPLIER}(?:{BASE}){PER}*|万亿|[万亿])"

MAGNITUDE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ALIASES = {
    "个百分点": "百分点",
    "元人民币": "元",
    "人民币": "元",
    "千米": "公里",
    "km": "公里",
    "KM": "公里",
    "平方千米": "平方公里",
    "平米": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "kW": "千瓦",
    "KW": "千瓦",
    "MW": "兆瓦",
    "kWh": "千瓦时",
    "KWh": "千瓦时",
    "吨标煤": "吨标准煤",
    "个月": "月",
    "个工作日": "工作日",
    "个小时": "小时",
    "周岁": "岁",
    "公斤": "千克",
    "kg": "千克",
}


def split_unit(unit: str) -> tuple[int, str]:
    """(magnitude, unit without it): 万千瓦 → (10000, 千瓦), 千瓦 → (1, 千瓦), 亿 → (10**8, "")."""
    scale, rest = 1, unit
    while rest and rest not in KINDS and rest.split("/")[0] not in KINDS and rest[0] in MAGNITUDE:
        scale, rest = scale * MAGNITUDE[rest[0]], rest[1:]
    head, slash, per = rest.partition("/")
    return scale, _ALIASES.get(head, head) + slash + per


def kind_of(unit: str) -> UnitKind | None:
    """What a unit counts; None for a bare 万 or 亿."""
    _, rest = split_unit(unit)
    head = rest.split("/")[0]
    return KINDS.get(head) or ("count" if head in _ALIASES.values() else None)
