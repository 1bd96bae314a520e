"""Chinese numerals, as an official writes them."""

from __future__ import annotations

_CHINESE = "零一二三四五六七八九"


def chinese_numeral(value: float) -> str | None:
    """1500 → 一千五百, 1.5 → 一点五; None above 99999999."""
    whole, decimals = int(value), f"{value:.6f}".rstrip("0").partition(".")[2]
    if whole >= 10**8:
        return None
    text = _whole(whole)
    return text + ("点" + "".join(_CHINESE[int(d)] for d in decimals) if decimals else "")


def _whole(n: int) -> str:
    if n == 0:
        return "零"
    high, low = divmod(n, 10**4)
    text = _below(high) + "万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + _below(low)
    return text


def _below(n: int) -> str:
    text, pending = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, step)
        if digit:
            text += ("零" if pending else "") + _CHINESE[digit] + name
            pending = False
        elif text:
            pending = True
    return text.removeprefix("一") if text.startswith("一十") else text
