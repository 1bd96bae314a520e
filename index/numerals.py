"""Numerals as officials write them: full width, with separators, in Chinese characters."""

from __future__ import annotations

import re

DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}

CHINESE = "〇零○一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟"
ARABIC_PATTERN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE_PATTERN = rf"[{CHINESE}](?:[{CHINESE}万亿]*[{CHINESE}])?(?:点[{''.join(DIGITS)}]+)?"

# One character for one character, so that every offset stays what it was.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {ord("　"): ord(" "), ord("\xa0"): ord(" "), ord("－"): ord("-"), ord("﹪"): ord("%")}
_WIDTH |= {ord("‐"): ord("-"), ord("‑"): ord("-"), ord("−"): ord("-"), ord("–"): ord("—")}
_WIDTH |= {ord("─"): ord("—"), ord("―"): ord("—"), ord("∼"): ord("~"), ord("〜"): ord("~")}
_WIDTH |= {ord("﹣"): ord("-")}


def halved(text: str) -> str:
    """``text`` in half width, character for character: offsets stay valid."""
    return text.translate(_WIDTH)


def chinese_value(numeral: str) -> float:
    """六百五十 → 650, 一点五 → 1.5, 二〇二五 → 2025; raises ValueError on anything else."""
    if not numeral:
        raise ValueError("空的数词")
    whole, _, decimals = numeral.partition("点")
    if decimals:
        if not set(decimals) <= set(DIGITS):
            raise ValueError(f"不是数词：{numeral}")
        return _integer(whole) + float("0." + "".join(str(DIGITS[c]) for c in decimals))
    return float(_integer(whole))


def _integer(numeral: str) -> int:
    if len(numeral) > 1 and all(c in DIGITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    total = section = digit = 0
    scale = 1
    for char in numeral:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            scale = STEPS[char]
            # 十家 and 百家 leave the 一 out.
            section += (digit or 1) * scale
            digit = 0
        elif char in MYRIADS:
            scale = MYRIADS[char]
            if scale > total:  # 三千万亿: everything so far; 一亿两千万: only what follows 亿
                total, section = (total + section + digit) * scale, 0
            else:
                total, section = total + (section + digit) * scale, 0
            digit = 0
        else:
            raise ValueError(f"不是数词：{numeral}")
    # 三万二 is 32000 and 一百五 is 150: a bare last digit counts in the next lower step.
    if digit and scale >= 100 and numeral[-2:-1] in "百佰千仟万亿":
        digit *= scale // 10
    return total + section + digit


def numeral_value(numeral: str) -> float:
    """The value of an Arabic or a Chinese numeral."""
    plain = halved(numeral)
    if re.fullmatch(ARABIC_PATTERN, plain):
        return float(plain.replace(",", ""))
    return chinese_value(plain)
