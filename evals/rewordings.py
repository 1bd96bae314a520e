"""True ways to say a true statement otherwise: each keeps every fact.

A rewording gives None where the truth gives no occasion to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evals.bundled import Corpus
from evals.numerals import chinese_numeral
from evals.retold import WITH_TASKS, told_alone
from evals.truths import Truth, truths
from index.quantity import Quantity, quantities
from index.types import Document

Rewording = Callable[[Truth], str | None]


def _figures(text: str) -> list[Quantity]:
    return [q for q in quantities(text) if q.kind != "ordinal" and q.number.of(text)[0].isascii()]


def in_chinese_numerals(truth: Truth) -> str | None:
    text, changed = truth.text, False
    for q in reversed(_figures(text)):
        numeral = chinese_numeral(q.value)
        if numeral is None or q.upper is not None or q.unit in ("亿", "万") or not q.unit:
            continue
        end = q.number.end
        if q.unit == "%":
            numeral, end = "百分之" + numeral, end + 1
        elif q.unit[0] in "万亿" and numeral[-1] in "十百千万":
            continue
        text, changed = text[: q.number.start] + numeral + text[end:], True
    return text if changed else None


_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789%."}


def in_full_width(truth: Truth) -> str | None:
    wide = re.sub(r"[\d.%]+", lambda m: m[0].translate(_WIDE), truth.text)
    return wide if wide != truth.text else None


def at_least(truth: Truth, word: str = "不低于") -> str | None:
    """80%以上 → 不低于80%."""
    text, changed = truth.text, False
    for q in reversed(_figures(text)):
        span, unit = q.span.of(text), q.unit
        if span.endswith("以上") and q.op == ">=" and q.number.start == q.span.start:
            body = text[q.number.start : q.number.end] + unit
            if span == body + "以上":
                text = text[: q.span.start] + word + body + text[q.span.end :]
                changed = True
    return text if changed else None


def not_fewer(truth: Truth) -> str | None:
    return at_least(truth, "不少于")


def above(truth: Truth) -> str | None:
    """不低于6% → 6%以上."""
    text, changed = truth.text, False
    for word in ("不低于", "不少于"):
        for q in reversed(_figures(text)):
            if q.span.of(text).startswith(word) and q.span.end >= q.number.end + len(q.unit):
                body = q.number.of(text) + q.unit
                if q.span.of(text) == word + body:
                    text = text[: q.span.start] + body + "以上" + text[q.span.end :]
                    changed = True
    return text if changed else None


def other_magnitude(truth: Truth) -> str | None:
    """4000万平方米 → 0.4亿平方米, 20000台 → 2万台."""
    text, changed = truth.text, False
    for q in reversed(_figures(text)):
        body = q.number.of(text) + q.unit
        if q.upper is not None or not q.span.of(text).count(body):
            continue
        told = _retold(q)
        if told:
            at = q.number.start
            text, changed = text[:at] + told + text[at + len(body) :], True
    return text if changed else None


def _retold(q: Quantity) -> str | None:
    if q.unit.startswith("万") and q.value >= 1000 and len(q.unit) > 1:
        return f"{q.value / 10**4:g}亿{q.unit[1:]}"
    if q.unit.startswith("亿") and q.value < 10 and len(q.unit) > 1:
        return f"{q.value * 10**4:g}万{q.unit[1:]}"
    if q.kind == "count" and q.value >= 10**4 and q.value % 1000 == 0 and q.unit[0] not in "万亿":
        return f"{q.value / 10**4:g}万{q.unit}"
    return None


def money_in_short(truth: Truth) -> str | None:
    """700亿元 → 700亿."""
    short = re.sub(r"(?<=\d)亿元(?![\w以]*项目)", "亿", truth.text)
    return short if short != truth.text else None


def money_in_yuan(truth: Truth) -> str | None:
    """80亿 → 80亿元."""
    long = re.sub(r"(?<=\d)亿(?=[。，、；]|$)", "亿元", truth.text)
    return long if long != truth.text else None


def year_otherwise(truth: Truth) -> str | None:
    """到2020年 ↔ 2020年, 2017年末 ↔ 2017年底, 底前 ↔ 到…底, “十三五”期间 ↔ 2016—2020年."""
    text = truth.text
    told = re.sub(r"到(20\d\d)年(?![底末初\d])(?!\d*月)", r"\1年", text)
    told = re.sub(r"到(20\d\d)年末", r"到\1年底", told)
    told = re.sub(r"(?<!到)(20\d\d)年底前", r"到\1年底", told)
    told = told.replace("“十三五”期间", "2016—2020年")
    return told if told != text else None


def year_within(truth: Truth) -> str | None:
    """到2020年，甲达到5家 → 甲到2020年达到5家 (one figure only)."""
    lead = re.match(r"^(到20\d\d年末?)，", truth.text)
    rest = truth.text[lead.end() :] if lead else ""
    if not lead or len(_figures(rest)) != 1 or rest.count("达到") != 1:
        return None
    return rest.replace("达到", f"{lead[1]}达到")


def parts_reordered(truth: Truth) -> str | None:
    """到2020年，甲；乙 → 到2020年，乙；到2020年，甲."""
    lead = re.match(r"^((?:到)?20\d\d年(?:末)?(?:的主要目标是)?|“十三五”期间)，", truth.text)
    body = truth.text[lead.end() :].rstrip("。") if lead else ""
    parts = body.split("；")
    if not lead or len(parts) < 2 or any(re.search(r"20\d\d年|其中|上述|该", p) for p in parts):
        return None
    weak = "力争" if body.startswith("力争") else ""
    if weak:
        return None
    return "；".join(f"{lead[1]}，{part}" for part in reversed(parts)) + "。"


def in_short_words(truth: Truth) -> str | None:
    if re.search(r"《|领导小组|联席会议", truth.text):
        return None
    told = truth.text.replace("规模以上工业企业", "规上工业企业").replace("技术改造", "技改")
    return told if told != truth.text else None


def in_long_words(truth: Truth) -> str | None:
    told = truth.text.replace("规上企业", "规模以上企业").replace("技改", "技术改造")
    return told if told != truth.text else None


def with_place(truth: Truth) -> str | None:
    """Told with the document's place; a slip of numbering goes."""
    place = _place(truth.document)
    return f"{place}：{truth.text}" if place and quantities(truth.text) else None


def with_title(truth: Truth) -> str | None:
    title = truth.document.title
    name = title if title.startswith("《") else f"《{title}》".replace("《《", "《")
    return f"根据{name}，{truth.text}" if "《" not in title else None


def without_strength(truth: Truth) -> str | None:
    told = truth.text.replace("力争", "")
    return told if told != truth.text and quantities(told) else None


def with_spaces(truth: Truth) -> str | None:
    told = re.sub(r"(\d+(?:\.\d+)?)", r" \1 ", truth.text)
    return told if told != truth.text else None


def one_part(truth: Truth) -> str | None:
    """One stretch between semicolons, with the year that is in force over it."""
    lead = re.match(r"^((?:到)?20\d\d年(?:末)?)，", truth.text)
    parts = truth.text.rstrip("。").split("；")
    if len(parts) < 2 or not quantities(parts[-1]):
        return None
    if not lead or re.search(r"20\d\d年|其中", parts[-1]):
        return parts[-1]
    return f"{lead[1]}，{parts[-1]}"


def _place(document: Document) -> str:
    named = re.findall(r"[一-鿿]+?(?:省|市|县|区|州(?![省市区县]))", document.region)
    return named[-1] if named else ""


ALIASES = {
    "市经济和信息化委": "市经信委",
    "市工业和信息化委": "市工信委",
    "市发展改革委": "市发改委",
    "省发展改革委": "省发改委",
    "市环境保护局": "市环保局",
    "市食品药品监管局": "市食药监局",
}


def in_short_names(truth: Truth) -> str | None:
    told = truth.text
    for name, short in ALIASES.items():
        told = told.replace(name, short)
    return told if told != truth.text else None


REWORDINGS: dict[str, Rewording] = {
    "中文数字": in_chinese_numerals,
    "全角数字": in_full_width,
    "数字两侧加空格": with_spaces,
    "以上→不低于": at_least,
    "以上→不少于": not_fewer,
    "不低于→以上": above,
    "换算万亿": other_magnitude,
    "亿元→亿": money_in_short,
    "亿→亿元": money_in_yuan,
    "时间换说法": year_otherwise,
    "时间移入句中": year_within,
    "分句换序": parts_reordered,
    "只取一分句": one_part,
    "简称": in_short_words,
    "全称": in_long_words,
    "冠以地区": with_place,
    "冠以标题": with_title,
    "略去力争": without_strength,
    "机构简称": in_short_names,
}


def paraphrases(corpus: Corpus) -> Iterator[tuple[str, Truth]]:
    """Every rewording of every truth that gives occasion to it."""
    for truth in truths(corpus):
        task = corpus.tasks.get(truth.clause.id)
        for kind, reword in REWORDINGS.items():
            if (told := reword(truth)) is not None:
                yield kind, truth.saying(told)
        yield from (("目标单列", truth.saying(told)) for told in told_alone(truth, task))
        for kind, retell in WITH_TASKS.items():
            if (told := retell(truth, task)) is not None:
                yield kind, truth.saying(told)
