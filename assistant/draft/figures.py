"""Numbers of an upper clause in the county's plan: rates as they are, totals as its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.draft.held import Held
from assistant.draft.setting import Setting
from assistant.draft.types import Placeholder
from index.quantity import Quantity, quantities
from index.types import Target

_SHARED = {"count", "amount", "measure"}
_ZERO = re.compile(r"[“\"]?零[”\"]?的?突破")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_CLOSE = 90
_BIG = re.compile(r"\d|[百千万][项家户个台]")
_NEVER = {"岁", "周岁", "届", "期", "批", "级", "类", "种", "轮", "条", "分"}
_WHOLE_UNITS = {"家", "户", "万家", "万户", "台", "万台", "台套", "人", "万人", "名", "万名"}
_COUNTED = re.compile(
    r"[^，。；、]{0,12}?(?:企业|项目|园区|平台|基地|工厂|车间|中心|实验室|小镇|品牌|工程|机构|示范点|试点)"
)
_EACH = re.compile(r"每[百千万十]?(?:万|千|名|个|户|家|所|村|镇|人|社区|常住|亩)|人均|户均|亩均")
_EACH_COUNTY = re.compile(
    r"(?:各|每个?)(?:市州?、)?(?:[一-鿿]{0,4}?县|区市县|旗)[^，。；]{0,16}?(?:至少|不少于|均|都|各|要|建|培育|打造)|"
    r"各区(?:至少|均|都)|市、?县(?:人民政府|政府)?(?:至少|均|都)|县级?(?:人民政府|政府)?至少"
)
_SUM = re.compile(
    r"总量|总数|总额|总规模|排放|消费|消耗|产能|产量|规模|全[省市国区州]|以下的?(?:企业|项目)"
)
_NO_TOTAL = re.compile(
    r"以[上下内]|及以上|户|的[，、]|床位|(?:重点)?(?:行业|产业|领域|传统|方面|部门|环节|专项|月)"
)
_LIMIT = re.compile(
    r"(?:不超过|超过|不低于|低于|高于|每[一-鿿]{0,4}|不得超过|最高|最多|至少|不少于|每[家户个名人]|第|前|按|每万|近|"
    r"(?:聘用|从业|职工|员工)[^，。；]{0,8}|（[^（）]*)$"
)


@dataclass(frozen=True, slots=True)
class Figured:
    text: str
    placeholders: tuple[Placeholder, ...]


def figured(
    line: str,
    start: int,
    targets: Sequence[Target],
    setting: Setting,
    clause_id: str,
    held: Held,
) -> Figured:
    """The line with every level-wide count replaced; ``start`` is the line's place in the text."""
    found = list(quantities(line))
    edits: list[tuple[int, int, str]] = []
    asked: list[Placeholder] = []
    for target in targets:
        at = _place(line, start, target, found, edits)
        if at is None:
            continue
        words = line[at[0] : at[1]]
        often = _often(line[: at[0]], words, target)
        value, placeholder = _county_value(words, often, target, setting, clause_id, at[0] + start)
        if placeholder:
            asked.append(placeholder)
        elif line[: at[0]].endswith(("突破", "超过")):
            # The county's figure is what it will reach, not what it will exceed.
            at, value = (at[0] - 2, at[1]), f"达到{value}"
        edits.append((*at, held.keep(value, words)))
    for quantity in found:
        at = (min(quantity.number.start, quantity.span.end), quantity.span.end)
        each = _due_to_each(line[: at[0]])
        if _free(at, edits) and not each and is_shared_count(line, quantity):
            value, placeholder = _question(
                line[at[0] : at[1]], "", setting, clause_id, at[0] + start
            )
            edits.append((*at, held.keep(value, line[at[0] : at[1]])))
            asked.append(placeholder)
    for left, right, value in sorted(edits, reverse=True):
        line = line[:left] + value + line[right:]
    return Figured(line, tuple(asked))


def binds_everyone(target: Target) -> bool:
    """A rate, a ratio, an index or a frequency holds for the county; a count is shared out."""
    if target.unit in {"次", "轮", "遍"} and (
        target.basis == "per_year" or re.search(r"每(?:半年|季度?|月|周|人|名|个|户)", target.quote)
    ):
        return True
    if target.op == "<=" and not _SUM.search(target.metric + target.quote):
        return True  # a ceiling for each one (宗地面积控制在3公顷以下), not a total to be shared
    if _EACH.search(target.metric) or _EACH.search(target.quote[:24]):
        return True
    return target.unit in {"", "%", "‰", "个百分点", "百分点", "倍", "番"} and not _ZERO.search(
        target.quote
    )


def _place(
    line: str,
    start: int,
    target: Target,
    found: Sequence[Quantity],
    taken: Sequence[tuple[int, int, str]],
) -> tuple[int, int] | None:
    """Where the target's number stands in the line: within its quote, same value and unit."""
    left, right = target.span.start - start, target.span.end - start
    if right <= 0 or left >= len(line) or binds_everyone(target):
        return None
    zero = _ZERO.search(line, max(left, 0)) if target.value == 1 else None
    if zero and zero.end() <= right + 1 and _free(zero.span(), taken):
        return zero.span()
    for quantity in found:
        at = (min(quantity.number.start, quantity.span.end), quantity.span.end)
        if (
            left <= quantity.span.start
            and quantity.span.end <= right + 1
            and quantity.kind in _SHARED
            and quantity.unit not in _NEVER
            and abs(quantity.value - target.value) < 1e-6
            and quantity.unit == target.unit
            and _free(at, taken)
            and not line[at[0] : at[1]].startswith("一批")
            and not _is_size(line, at)
            and not _due_to_each(line[: at[0]])
        ):
            return at
    return None


def _due_to_each(before: str) -> bool:
    """各县（市、区）至少建成…: what each county owes is the county's own figure already."""
    return bool(_EACH_COUNTY.search(re.split(r"[。；，]", before)[-1]))


def _free(at: tuple[int, int], taken: Sequence[tuple[int, int, str]]) -> bool:
    return all(at[1] <= left or right <= at[0] for left, right, _ in taken)


def _often(before: str, words: str, target: Target) -> str:
    """每年 goes into the question, unless the number is a sum over the years (累计达到700亿元)."""
    part = re.split(r"[，。；、]", before)[-1]
    counted = target.basis == "per_year" and "累计" not in part and "每" not in words
    return "每年" if counted else ""


def _county_value(
    words: str, often: str, target: Target, setting: Setting, clause_id: str, place: int
) -> tuple[str, Placeholder | None]:
    if own := county_figure(target, setting, clause_id):
        return own, None
    return _question(f"{often}{words}", target.metric, setting, clause_id, place)


def _question(
    words: str, metric: str, setting: Setting, clause_id: str, place: int
) -> tuple[str, Placeholder]:
    whole = f"{setting.level_word}定目标{words}（{setting.scope_word}）"
    text = f"【待定：{whole}，请填本{setting.own}数】"
    return text, Placeholder(f"{clause_id}@{place}", text, clause_id, "figure", metric, words)


def is_shared_count(line: str, quantity: Quantity) -> bool:
    """A count of the whole level that the reader of targets passed over (排查出的2292家企业).

    Asking once too often costs the county a glance; another place's count as the county's own
    would be an invented fact. Thresholds, ceilings and what is due to each are left alone.
    """
    words = line[quantity.number.start : quantity.span.end]
    before, after = line[: quantity.number.start], line[quantity.span.end :]
    if quantity.kind != "count" or not _BIG.match(words) or _LIMIT.search(before):
        return False
    if re.search(r"以[上下内]|左右", words) or _NO_TOTAL.match(after) or quantity.value < 2:
        return False
    if quantity.unit in _WHOLE_UNITS:
        return True
    return bool(_COUNTED.match(after))


def _is_size(line: str, at: tuple[int, int]) -> bool:
    """过10亿元、过30亿元的企业: how large each is, not how much there is to be."""
    return bool(
        set(line[max(at[0] - 1, 0) : at[0] + 1]) & {"过", "超"}
        and re.match(r"(?:以上)?(?:、[过超]|的?企业|的?项目|（含)", line[at[1] :])
        and re.search(r"[万亿]元$", line[at[0] : at[1]])
    )


def county_figure(target: Target, setting: Setting, clause_id: str) -> str:
    """The county's own figure for a target: by clause id, else by the nearest metric."""
    figures = setting.profile.figures
    if clause_id in figures:
        return figures[clause_id]
    best, score = "", 0.0
    for key, value in figures.items():
        years = _YEAR.findall(key)
        if not years and _bare(target.metric) in setting.several_years:
            continue  # 2018年 and 2020年 differ: the profile must say for which year
        if years and target.by and years[0].rstrip("年") != target.by[-4:]:
            continue
        near = _nearness(_YEAR.sub("", key), target)
        if near > score:
            best, score = value, near
    return best if score >= _CLOSE else ""


def with_several_years(targets: Iterable[Target]) -> frozenset[str]:
    """Metrics that a plan sets for more than one year."""
    years: dict[str, set[str]] = {}
    for target in targets:
        if target.by:
            years.setdefault(_bare(target.metric), set()).add(target.by[:4])
    return frozenset(metric for metric, known in years.items() if len(known) > 1)


def _nearness(key: str, target: Target) -> float:
    metric = _bare(target.metric)
    if target.threshold:
        metric += _bare(target.threshold)
    key = _bare(key)
    if not key or not metric:
        return 0.0
    if key == metric:
        return 100.0
    if len(key) >= 4 and metric.endswith(key):
        return 95.0
    if len(metric) >= 4 and key.endswith(metric) and len(metric) * 3 >= len(key) * 2:
        return 95.0
    return float(fuzz.ratio(key, metric))


def _bare(words: str) -> str:
    words = re.sub(r"[“”\"（）()〔〕\s]", "", words)
    return re.sub(r"^(?:全[省市县]|重点传统制造业|新增|培育|建设|创建|完成|实施)+", "", words)
