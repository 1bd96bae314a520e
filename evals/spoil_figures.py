"""Ways to spoil the figures of a task, each as a county's draft does it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from evals.county_text import Told
from evals.spoiling import Made, changed, home, whole_parts
from index.period import periods
from index.quantity import quantities
from index.types import Target, Task

_OTHER_METRICS = (
    ("工业增加值", "工业总产值"),
    ("主营业务收入", "资产总额"),
    ("技改投资", "固定资产投资"),
    ("技术改造投资", "固定资产投资"),
    ("工业投资", "房地产投资"),
    ("研发经费", "广告经费"),
    ("税收", "用电量"),
    ("利润率", "负债率"),
    ("能耗", "水耗"),
    ("高新技术企业", "贸易企业"),
    ("工业企业", "商贸企业"),
)
_SMALLER = (("亿元", "万元"), ("个百分点", "%"))
_SIZE = re.compile(r"投资(?:额)?(\d+)(?=[万亿]元以上)")


def lower_rate(task: Task, told: Told, rng: random.Random) -> Made:
    for target in task.targets:
        figure = _figure(target)
        rate = target.unit in ("%", "个百分点", "百分点") and target.op != "<=" and target.value > 2
        if not rate or figure is None or not re.fullmatch(r"[\d.]+", figure[1]):
            continue
        words = figure[0].replace(figure[1], f"{round(target.value * 0.8, 2):g}")
        if words != figure[0] and (made := _replaced(told, figure[0], words)):
            return made, figure[0]
    return None


def to_total(task: Task, told: Told, rng: random.Random) -> Made:
    """每年10家 becomes 累计10家: the same number, for one year's work."""
    for target in task.targets:
        word = next((w for w in ("每年", "年均") if w in target.quote), None)
        if target.basis != "per_year" or word is None:
            continue
        at = home(told, (_figure(target) or (target.quote,))[0])
        text = "" if at is None else told.sentences[at]
        if at is not None and text.count(word) == 1 and "累计" not in text:
            return changed(told, at, text.replace(word, "累计")), target.quote
    return None


def smaller_projects(task: Task, told: Told, rng: random.Random) -> Made:
    """10个亿元以上项目 becomes 10个千万元以上项目."""
    for target in task.targets:
        size = target.threshold or ""
        found = re.match(r"(\d+)(?=[万亿])", size)
        smaller = (
            size.replace(found[1], str(max(int(found[1]) // 2, 1)), 1)
            if found
            else size.replace("亿元", "千万元")
        )
        if size and smaller != size and (made := _replaced(told, size, smaller)):
            return made, size
    return None


def higher_bar(task: Task, told: Told, rng: random.Random) -> Made:
    """Support from 500万元 on becomes support from 2500万元 on: fewer get it."""
    for at, text in enumerate(told.sentences):
        found = _SIZE.search(text)
        counted = found and any(found[1] in target.quote for target in task.targets)
        if found and not counted and len(_SIZE.findall(text)) == 1:
            higher = f"{text[: found.start(1)]}{int(found[1]) * 5}{text[found.end(1) :]}"
            return changed(told, at, higher), found[0]
    return None


def other_unit(task: Task, told: Told, rng: random.Random) -> Made:
    for target in task.targets:
        figure = _figure(target)
        for old, new in _SMALLER:
            if figure and figure[0].endswith(old) and target.op != "<=":
                words = f"{figure[0].removesuffix(old)}{new}"
                if made := _replaced(told, figure[0], words):
                    return made, figure[0]
    return None


def other_metric(task: Task, told: Told, rng: random.Random) -> Made:
    for target in task.targets:
        figure = _figure(target)
        at = home(told, figure[0]) if figure else None
        for old, new in _OTHER_METRICS:
            if at is not None and old in target.metric and told.sentences[at].count(old) == 1:
                return changed(told, at, told.sentences[at].replace(old, new)), target.quote
    return None


def drop_target(task: Task, told: Told, rng: random.Random) -> Made:
    """What stands between commas and states one target alone goes."""
    for target in reversed(task.targets):
        figure = _figure(target)
        at = home(told, figure[0]) if figure else None
        if figure is None or at is None:
            continue
        parts = whole_parts(told.sentences[at])
        mine = [part for part in parts if figure[0] in part]
        if len(mine) == 1 and len(parts) > 1 and _alone(mine[0], target, task.targets):
            rest = "".join(part for part in parts if part is not mine[0]).rstrip("，,。；; ")
            return changed(told, at, f"{rest}。"), mine[0]
    return None


def _alone(part: str, target: Target, targets: Sequence[Target]) -> bool:
    """Nothing but this target, and no time that would go with it."""
    others = [(_figure(t) or ("\0",))[0] for t in targets if t is not target]
    return not any(words in part for words in others) and not periods(part) and "、" not in part


def _replaced(told: Told, old: str, new: str) -> Told | None:
    at = home(told, old)
    return None if at is None else changed(told, at, told.sentences[at].replace(old, new))


def _figure(target: Target) -> tuple[str, str] | None:
    """The figure as written, and its numeral."""
    for quantity in quantities(target.quote):
        if abs(quantity.value - target.value) < 1e-6 and quantity.unit == target.unit:
            return quantity.span.of(target.quote), quantity.number.of(target.quote)
    return None
