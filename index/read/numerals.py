"""How a list number is written in each of the number formats of Word."""

from __future__ import annotations

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_COUNTED = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "koreanCounting",
}
_DIGITS = {
    "ideographDigital",
    "japaneseDigitalTenThousand",
    "taiwaneseDigital",
    "koreanDigital2",
}


def written(number: int, form: str) -> str:
    """``number`` in a numFmt of Word; a format that no office uses here reads as decimal."""
    if form in ("none", "bullet"):
        return ""
    if number < 1:
        return str(number)
    return _chinese(number, form) or _western(number, form)


def _chinese(number: int, form: str) -> str:
    if form in _COUNTED:
        return _count(number, "零" + _HAN[1:], "十百千", plain_ten=True)
    if form in _DIGITS:
        return "".join(_HAN[int(digit)] for digit in str(number))
    if form == "chineseLegalSimplified":
        return _count(number, _LEGAL, "拾佰仟")
    if form in ("ideographLegalTraditional", "japaneseLegal"):
        return _count(number, _LEGAL_TRADITIONAL, "拾佰仟")
    if form == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    if form == "ideographZodiacTraditional":
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if form == "ideographEnclosedCircle" and number <= 10:
        return chr(0x3280 + number - 1)
    return ""


def _count(number: int, digits: str, steps: str, plain_ten: bool = False) -> str:
    """十二, 一百零五, 壹拾贰; beyond 9999 nobody counts paragraphs."""
    if number > 9999:
        return str(number)
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit]
            text += steps[place - 1] if place else ""
        gap = not digit
    return text[1:] if plain_ten and 10 <= number < 20 else text


def _western(number: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if form == "numberInDash":
        return f"- {number} -"
    return _enclosed(number, form) or str(number)


def _enclosed(number: int, form: str) -> str:
    if number > 20:
        return ""
    first = {
        "decimalEnclosedCircle": "①",
        "decimalEnclosedCircleChinese": "①",
        "decimalEnclosedParen": "⑴",
        "decimalEnclosedFullstop": "⒈",
    }.get(form, "")
    return chr(ord(first) + number - 1) if first else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
