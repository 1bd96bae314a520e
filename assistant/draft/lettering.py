"""What stands around the plan, filled in for a draft in hand: title, 文号, date, who gets it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.draft.types import Draft
from assistant.draft.work import Work
from index.errors import PolicyError

_LONGEST_TITLE = 120
_NUMBER = re.compile(r"[一-鿿]{1,20}[〔\[(（](20\d\d)[〕\])）]第?(\d{1,4})号")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Head:
    """An empty field stays as it is, except ``copied_to`` and ``date``, which may stand empty."""

    title: str
    doc_no: str
    date: str
    recipients: str
    copied_to: str


def head_of(draft: Draft) -> Head:
    letter = draft.letter
    number = letter.doc_no if is_numbered(letter.doc_no) else ""
    return Head(draft.title, number, letter.date, letter.recipients, letter.copied_to)


def is_numbered(doc_no: str) -> bool:
    """A blank such as ×政办发〔2026〕　号 is no number yet."""
    return _NUMBER.fullmatch(doc_no) is not None


def lettered(work: Work, head: Head) -> Work:
    """The work with this head; PolicyError says which field is not written as it must be."""
    draft = retitled(work.plain, _title(head.title) or work.plain.title)
    letter = replace(
        draft.letter,
        doc_no=_doc_no(head.doc_no) or draft.letter.doc_no,
        date=_date(head.date),
        recipients=_recipients(head.recipients) or draft.letter.recipients,
        copied_to=_line(head.copied_to),
    )
    return replace(work, plain=replace(draft, letter=letter))


def retitled(draft: Draft, title: str) -> Draft:
    """Under another title, which the notice in front names as well."""
    letter = draft.letter
    return replace(
        draft,
        title=title,
        letter=replace(
            letter,
            notice_title=letter.notice_title.replace(draft.title, title),
            notice=letter.notice.replace(_inner(draft.title), _inner(title)),
        ),
    )


def _inner(title: str) -> str:
    return title.replace("《", "〈").replace("》", "〉")


def _line(words: str) -> str:
    return re.sub(r"\s+", "", words)[:300]


def _title(words: str) -> str:
    title = _line(words)
    if len(title) > _LONGEST_TITLE:
        raise PolicyError(f"标题最多{_LONGEST_TITLE}字")
    return title


def _doc_no(words: str) -> str:
    said = _line(words)
    if not said:
        return ""
    if not (found := _NUMBER.fullmatch(said)):
        raise PolicyError(f"发文字号“{said}”写法不对，应如：清政办发〔2026〕5号")
    office = re.split(r"[〔\[(（]", said)[0]
    return f"{office}〔{found[1]}〕{int(found[2])}号"


def _date(words: str) -> str:
    said = _line(words)
    if not said:
        return ""
    found = _DATE.fullmatch(said) or _ISO.fullmatch(said)
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        raise PolicyError(f"成文日期“{said}”写法不对，应如：2026年3月1日")
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日"


def _recipients(words: str) -> str:
    said = _line(words).rstrip("：:")
    return f"{said}：" if said else ""
