"""Phones and identity numbers made unreadable, where a text leaves for people who need not know.

Masked: log lines with their tracebacks, the audit trail, feedback, and what exports quote of
other texts (comments of a drafted or checked Word file, the Excel report of a check). Not masked:
stored documents, clauses and citations, which are the text letter by letter, and the county's own
words in a draft, where a contact belongs.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

_HALF = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_UNIT = r"\s*[万亿]?(?:元|家|人|吨|个|户|千瓦|立方|平方)"
_WAYS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    # identity numbers of 18 and of 15 digits
    (re.compile(rf"(?<![\dA-Za-z])[1-9]\d{{5}}(?:19|20)\d{{2}}{_DAY}\d{{3}}[\dXx](?!\d)"), 3, 2),
    (re.compile(rf"(?<![\dA-Za-z])[1-9]\d{{5}}\d{{2}}{_DAY}\d{{3}}(?!\d)"), 3, 2),
    # mobile phones, also in groups and with the country's number
    (
        re.compile(rf"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{{4}}){{2}}(?!\d|\.\d|{_UNIT})"),
        3,
        2,
    ),
    # landlines
    (
        re.compile(r"(?<![\d.])(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}[-—－ ])[2-9]\d{6,7}(?!\d)"),
        4,
        2,
    ),
    (re.compile(r"(?<=电话)[:：\s]*[2-9]\d{6,7}(?!\d)|(?<=传真)[:：\s]*[2-9]\d{6,7}(?!\d)"), 0, 2),
)


def masked(text: str) -> str:
    """Of each number the first and the last digits stay, so that its owner still knows it."""
    plain = text.translate(_HALF)
    for way, first, last in _WAYS:
        for found in way.finditer(plain):
            written = text[found.start() : found.end()]
            shown = _hidden(written, first, last)
            text = text[: found.start()] + shown + text[found.end() :]
            plain = plain[: found.start()] + shown.translate(_HALF) + plain[found.end() :]
    return text


def _hidden(number: str, first: int, last: int) -> str:
    """As long as it was: whoever keeps places in the text keeps them."""
    digits = [at for at, character in enumerate(number) if character.isalnum()]
    hide = set(digits[first : len(digits) - last])
    return "".join("*" if at in hide else character for at, character in enumerate(number))


def masked_values(value: Any) -> Any:
    """The same with every text inside lists and mappings."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {key: masked_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked_values(inner) for inner in value]
    return value


def mask_logs() -> None:
    """From now on every log record of this process is masked, whoever writes or formats it."""
    before = logging.getLogRecordFactory()

    def made(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = before(*arguments, **named)
        record.msg = masked(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(_argument(one) for one in record.args)
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = masked("".join(traceback.format_exception(*record.exc_info)))
        return record

    logging.setLogRecordFactory(made)


def _argument(value: object) -> object:
    """Texts, and errors whose message may hold one; numbers keep their formats."""
    if isinstance(value, str):
        return masked(value)
    return masked(str(value)) if isinstance(value, BaseException) else value
