"""The lines of a text and what each one is, before they are put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.numbering import THIRD, Mark, mark_of
from index.types import Source, Span

_TYPE_WORDS = (
    "方案|计划|行动|意见|通知|办法|规定|规则|细则|措施|规划|决定|条例|要点|分工|批复|函|公告|通告|"
    "纲要|指南|指引|目录|清单|制度|章程|预案|政策|若干条|一览表|任务表|分解表|汇总表|安排表|表|名单|"
    "标准|任务|决议|公报|议案|报告|纪要|命令|解读|单位"
)
_TITLE = re.compile(rf"(?:{_TYPE_WORDS})(?:[(（][^()（）]{{1,30}}[)）])*[》”]?$")
_SENTENCE_END = re.compile(r"[。；;，,：:、！!？?]$")
_ANNEX = re.compile(r"^[【\[]?附[ ]?[件表录][ ]?([\d一二三四五六七八九十]*)[】\]]?[:：]?$")
_DATE = re.compile(
    r"^[(（]?\d{4}[ ]?年[ ]?[\d ]{1,3}[ ]?月[ ]?[\d ]{1,3}[ ]?日[)）]?$"
    r"|^[二〇○零一三四五六七八九十Ｏ]{4,}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日$"
)
DOC_NO = re.compile(
    r"[一-鿿]{1,14}[〔\[（(【〈「﹝„][ ]?\d{4}[ ]?[〕\]）)】〉」﹞‟][ ]?(?:第)?[ ]?\d{1,4}[ ]?号"
)
# What only a page says, wherever it stands on a line of its own.
_WEB = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|打印本页|关闭窗口|关闭本页|您现在的位置|浏览次数|次浏览|设为首页|加入收藏"
)
# What a page says in a line without a sentence; 技术支持 or 打印 alone may be a task.
_WEB_LABEL = re.compile(
    r"技术支持[:：]|(?:主办|承办)单位[:：].*(?:网|版权|备案|技术支持)|字体[:：]|字号[:：]|^当前位置|^现在位置|点击数|"
    r"点击[:：]|阅读次数|访问量|信息来源[:：]|来源[:：].*时间|发布时间[:：]|发布日期[:：]|^责任编辑|扫一扫|^分享到|"
    r"^(?:上|下)一篇|^相关(?:链接|附件)|网站地图|^联系我们|返回顶部|打印】?[\s|【\[]*关闭|^[【\[]?打印[】\]]?$|"
    r"^今天是[:：]|索引号[:：]|^首页|微信公众号$"
)
_SPOKEN = re.compile("[，。；！？]")
_CONTACT = re.compile(
    r"^(?:联系人|联系电话|联系方式|电话|传真|邮箱|电子邮箱|[一-鿿]{0,4}热线|地址|邮编|网址)[:：]|联系方式[:：]$"
)
_PRINTED = re.compile(r"印发$|^抄送[:：]|^主送[:：]|^分送[:：]")
_PUBLIC = re.compile(r"^[(（]此件.*[)）]$|^[(（]公开发布[)）]$")
_SALUTATION = re.compile(r"^[^。]{2,}[:：]$")
_DECIMAL = re.compile(r"(\d{1,2})[.．](?=\d)")
_BOOKMARK = re.compile(r"^\[bookmark: [^\]]*\]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indent: ``span`` covers what is left."""

    span: Span
    text: str
    mark: Mark | None
    table: tuple[int, int] | None = None

    @property
    def is_title(self) -> bool:
        return (
            self.mark is None
            and self.table is None
            and 6 <= len(self.text) <= 90
            and not _SENTENCE_END.search(self.text)
            and "。" not in self.text
            and not self.is_web
            and not self.text.startswith(("附件:", "附件：", "——"))
            and bool(_TITLE.search(self.text))
        )

    @property
    def annex(self) -> str | None:
        """The address step of a line that only says 附件 or 附件N, else None."""
        found = _ANNEX.match(self.text) if self.table is None else None
        return f"附件{found.group(1)}" if found else None

    @property
    def is_date(self) -> bool:
        return bool(_DATE.match(self.text))

    @property
    def is_web(self) -> bool:
        """Furniture of the page; no numbered line, no sentence that only names such a thing."""
        if self.table is not None or self.mark is not None or len(self.text) > 120:
            return False
        if re.fullmatch(r"[A-Za-z]{1,3}", self.text) or _WEB.search(self.text):
            return True
        return not _SPOKEN.search(self.text) and bool(_WEB_LABEL.search(self.text))

    @property
    def is_contact(self) -> bool:
        return bool(_CONTACT.search(self.text)) and len(self.text) <= 60

    @property
    def is_printed(self) -> bool:
        """版记 of GB/T 9704-2012, 7.4: 抄送, 印发机关 and 印发日期."""
        return len(self.text) <= 160 and bool(_PRINTED.search(self.text))

    @property
    def is_doc_no(self) -> bool:
        found = DOC_NO.search(self.text)
        return found is not None and len(self.text) - len(found.group()) <= 14

    @property
    def is_public_note(self) -> bool:
        return bool(_PUBLIC.match(self.text))

    @property
    def is_salutation(self) -> bool:
        return (
            self.mark is None
            and not self.is_contact
            and not self.is_web
            and bool(_SALUTATION.match(self.text))
        )


def lines_of(source: Source) -> tuple[Line, ...]:
    """Every line that holds something, in order; rows of tables say which table and row."""
    rows = {
        row.start: (t, r)
        for t, table in enumerate(source.tables)
        for r, row in enumerate(table.rows)
    }
    return tuple(_lines(source.text, rows))


def _lines(text: str, rows: dict[int, tuple[int, int]]) -> Iterable[Line]:
    start, third = 0, 0
    for raw in text.split("\n"):
        table = rows.get(start)
        lead = 0 if table else len(raw) - len(raw.lstrip())
        if (found := _BOOKMARK.match(raw[lead:])) and not table:
            lead += found.end()
        words = raw[lead:].rstrip()
        if words.strip():
            span = Span(start + lead, start + lead + len(words))
            mark = None if table else mark_of(words) or _decimal_looking(words, third)
            third = (
                int(mark.step)
                if mark and mark.level == THIRD
                else 0
                if mark and mark.level < THIRD
                else third
            )
            yield Line(span, words, mark, table)
        start += len(raw) + 1


def _decimal_looking(line: str, before: int) -> Mark | None:
    """2.2017年… and 7.18个… are items, not decimals, where they follow item 1 or 6."""
    found = _DECIMAL.match(line)
    if found and int(found.group(1)) == before + 1:
        return Mark(THIRD, found.group(1), found.end(1) + 1)
    return None
