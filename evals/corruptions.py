"""Ways in which a model spoils a paragraph of a draft; each gives None where it has no occasion."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Corruption = Callable[[str, Random], str | None]
_HOLE = re.compile(r"【[^】]*】")
_FIGURE = re.compile(r"(?<![\d.〔])\d+(?:\.\d+)?(?=[家个项户人亿万%台所]|平方)")
_YEAR = re.compile(r"20\d\d(?=年)")
_SENTENCE = re.compile(r"[^。]+。")


def _figures(text: str) -> list[re.Match[str]]:
    holes = [m.span() for m in _HOLE.finditer(text)]
    found = _FIGURE.finditer(text)
    return [m for m in found if not any(a <= m.start() < b for a, b in holes)]


def _put(text: str, found: re.Match[str], other: str) -> str:
    return text[: found.start()] + other + text[found.end() :]


def number(text: str, random: Random) -> str | None:
    figures = _figures(text)
    if not figures:
        return None
    one = random.choice(figures)
    return _put(text, one, f"{float(one[0]) + random.choice((1, 2, 5)):g}")


def tenfold(text: str, random: Random) -> str | None:
    figures = _figures(text)
    return _put(text, one := random.choice(figures), f"{float(one[0]) * 10:g}") if figures else None


def swapped(text: str, random: Random) -> str | None:
    figures = _figures(text)
    if len(figures) < 2 or figures[0][0] == figures[1][0]:
        return None
    first, second = figures[:2]
    between = text[first.end() : second.start()]
    return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]


def year(text: str, random: Random) -> str | None:
    years = [*_YEAR.finditer(_HOLE.sub(lambda m: "□" * len(m[0]), text))]
    return _put(text, one := random.choice(years), str(int(one[0]) + 1)) if years else None


def _replacing(*changes: tuple[str, str]) -> Corruption:
    def corrupt(text: str, random: Random) -> str | None:
        bare = _HOLE.sub(lambda m: "□" * len(m[0]), text)
        fitting = [(old, new) for old, new in changes if old in bare]
        if not fitting:
            return None
        old, new = random.choice(fitting)
        at = bare.index(old)
        return text[:at] + new + text[at + len(old) :]

    return corrupt


def sentence_lost(text: str, random: Random) -> str | None:
    sentences = _SENTENCE.findall(text)
    return text.replace(random.choice(sentences), "", 1) if len(sentences) > 1 else None


def item_lost(text: str, random: Random) -> str | None:
    items = [m for m in re.finditer(r"、[\u3400-\u9fff]{2,8}(?=[、，。和等])", _HOLE.sub("", text))]
    lost = random.choice(items)[0] if items else ""
    return text.replace(lost, "", 1) if lost and text.count(lost) == 1 else None


def hole_changed(text: str, random: Random) -> str | None:
    holes = _HOLE.findall(text)
    return text.replace(random.choice(holes), "5家", 1) if holes else None


def _adding(*sentences: str) -> Corruption:
    return lambda text, random: text.rstrip() + random.choice(sentences)


CORRUPTIONS: dict[str, Corruption] = {
    "数字": number,
    "十倍": tenfold,
    "互换": swapped,
    "年份": year,
    "单位": _replacing(("亿元", "万元"), ("万元", "亿元"), ("%", "个百分点"), ("个百分点", "%")),
    "比较": _replacing(("以上", "以下"), ("不低于", "不高于"), ("不少于", "不超过")),
    "丢比较": _replacing(("以上", ""), ("左右", ""), ("不低于", ""), ("不少于", "")),
    "口径": _replacing(("每年", ""), ("累计", ""), ("年均", "累计"), ("新增", "累计新增")),
    "力度": _replacing(("力争", "确保"), ("鼓励", "要求"), ("引导", "强制"), ("支持", "必须支持")),
    "丢力度": _replacing(("鼓励", ""), ("引导", ""), ("探索", "")),
    "否定": _replacing(("严禁", "允许"), ("不得", "可以"), ("严防", "推动"), ("未", "已")),
    "范围": _replacing(("规模以上", ""), ("重点企业", "企业"), ("全县", "全省"), ("大中型", "")),
    "层级": _replacing(("省级", "国家级"), ("市级", "省级"), ("国家级", "县级")),
    "丢句": sentence_lost,
    "丢项": item_lost,
    "占位": hole_changed,
    "加数": _adding("县财政每年安排专项资金500万元予以支持。", "力争完成投资3亿元。"),
    "加事": _adding("对完成任务好的单位给予表彰。", "建立县长牵头的协调机制。"),
    "加单位": _adding("此项工作由县审计局牵头。", "各乡镇每月向县委组织部报告。"),
    "加文号": _adding("具体按清政发〔2019〕8号执行。", "按照《清川县工业发展条例》办理。"),
    "加时限": _adding("上述工作于2019年6月底前完成。"),
}
