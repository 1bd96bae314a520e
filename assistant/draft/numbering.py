"""Numbers of official documents by depth: 一、 (一) 1. (1) (GB/T 9704-2012, 7.3.3), then ①."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def han(n: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五."""
    if n < 10:
        return _DIGITS[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    hundreds, rest = divmod(n, 100)
    middle = "" if not rest else ("零" if rest < 10 else "一" if rest < 20 else "") + han(rest)
    return _DIGITS[hundreds] + "百" + middle


def number(level: int, n: int) -> str:
    if level == 1:
        return f"{han(n)}、"
    if level == 2:
        return f"（{han(n)}）"
    if level == 3:
        return f"{n}."
    return f"（{n}）" if level == 4 else (chr(0x2460 + n - 1) if n <= 20 else f"{n}）")
