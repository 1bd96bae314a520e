"""Where on a web page its document is, and that part as lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.read.assemble import Block
from index.read.grid import Cell, joined, tabulate

_NOISE = (
    "script,style,noscript,template,iframe,nav,footer,aside,form,button,select,input,textarea,"
    "svg,video,audio,object,link,meta,dialog"
)
# Heads and feet of pages, as LibreOffice and WPS write them when they save as a web page.
_MARGINS = 'div[title="header"],div[title="footer"]'
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot "
    "th thead tr ul caption ucapcontent".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_SENTENCE = re.compile("[，。；：、！？]")
# Only whole lines of the page's own furniture: 无障碍 or 分享 may as well stand in a duty.
_CHROME = re.compile(
    r"(?:您?(?:现在|当前)?的?(?:当前)?位置\s*[:：]|首页\s*[>»]|(?:上|下)一[篇条]\s*[:：]|版权所有|"
    r".{0,40}ICP备\d|.{0,20}公网安备|网站(?:地图|标识码)|(?:微信)?扫一扫|分享(?:到|微信|至)|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)|字\s*[体号]\s*[:：]?\s*[【\[（(]?\s*[大小]|责任编辑\s*[:：]|"
    r"[【\[]?(?:打印|关闭|收藏|纠错|返回顶部)(?:本页|窗口|页面|此页)?[】\]]?(?:\s|$))"
)
# What a government page tells of its document beside it: number, issuer, dates, standing.
_ABOUT = re.compile(
    r"(?:发?文\s*字?号|文\s*号|发布机构|发文机[关构]|发布机关|制发机关|成文日期|发文日期|印发日期|"
    r"发布日期|发布时间|公布日期|实施日期|生效日期|施行日期|失效日期|废止日期|文件状态|有效性|效力状态|"
    r"时效性?|来\s*源|统一编号|索\s*引\s*号)\s*[:：]\s*\S"
)
_RUNNING = re.compile("[，。；]")
_ATTACHED = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", re.I)
_ORDINAL = re.compile(r"\d{1,2}\s*[.．、]")
_COUNTERS = re.compile(
    r"\s*[\[【(（|]?\s*(?:浏览|点击|阅读|访问|字号|字体|字\s+体|打印|分享|大\s+中\s+小)"
)
_COLONS = ("：", ":")
# A line of the source that was broken between two Han characters is one line on the page.
_WRAPPED = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uff65])[ \t]*\r?\n\s*(?=[\u3001-\u9fff\uff00-\uff65])"
)
_SHARE = 0.95
_DEEPEST = 200
_MOST_ITEMS = 1000


@dataclass(slots=True)
class _Line:
    text: list[str] = field(default_factory=list)
    linked: int = 0


def document_blocks(page: LexborHTMLParser) -> tuple[str | None, list[Block]]:
    """The title of the document and its blocks: title, what is said about it, then its text."""
    title = _title(page)
    body = page.body
    if body is None:
        return title, []
    page.strip_tags(_NOISE.split(","))
    for margin in page.css(_MARGINS):
        margin.decompose()
    _drop_hidden(body)
    main = _main(body)
    text = [block for block in blocks_of(main) if not _is_chrome(block)]
    if not text:
        return title, []
    return title, [*_head(body, main, title, text), *text]


def _drop_hidden(body: LexborNode) -> None:
    """What the page does not show; what holds most of its text is shown by a script."""
    most = len(body.text()) / 2
    for node in body.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or "") and len(node.text()) < most:
            node.decompose()


def _title(page: LexborHTMLParser) -> str | None:
    """The document's own title: as the page's metadata name it, as its heading, as its tab."""
    named = page.css_first('meta[name="ArticleTitle"]')
    candidates = [(named.attributes.get("content") or "") if named else ""]
    candidates += [node.text() for node in page.css("h1")]
    shown = [" ".join(text.split()) for text in candidates]
    tab = page.css_first("title")
    whole = " ".join(tab.text().split()) if tab else ""
    for text in shown:
        if len(text) >= 6:
            return text
    return re.split(r"\s+[-_|–—]+\s+|[_|]", whole)[0].strip() or None


def _main(body: LexborNode) -> LexborNode:
    """The innermost element that still holds nearly all running text of the page."""
    weights: dict[int, int] = {}
    _weigh(body, weights)
    node = body
    while True:
        here = weights.get(node.mem_id, 0)
        inner = [child for child in node.iter() if weights.get(child.mem_id, 0) >= here * _SHARE]
        if not here or len(inner) != 1 or inner[0].tag in ("p", "tr", "tbody", "table", "span"):
            return node
        node = inner[0]


def _weigh(body: LexborNode, weights: dict[int, int]) -> None:
    """Characters of running text below each element: sentences, no links, no labels."""
    for node in body.traverse(include_text=True):
        if node.tag != "-text":
            continue
        text = (node.text_content or "").strip()
        path = list(_ancestors(node))
        if not text or any(parent.tag == "a" for parent in path):
            continue
        weight = len(text) if _RUNNING.search(text) or len(text) >= 30 else 0
        for parent in path if weight else ():
            weights[parent.mem_id] = weights.get(parent.mem_id, 0) + weight


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    for _ in range(_DEEPEST):
        if parent is None:
            return
        yield parent
        parent = parent.parent


def _is_chrome(block: Block) -> bool:
    """Furniture of the page, or the sign on a button."""
    if not isinstance(block, str):
        return False
    return not re.search(r"\w", block) or (len(block) < 120 and bool(_CHROME.match(block)))


def _head(body: LexborNode, main: LexborNode, title: str | None, text: list[Block]) -> list[Block]:
    """Title and the lines about the document that stand outside its text."""
    inside = "".join("".join(block.split()) for block in text[:12] if isinstance(block, str))
    head: list[Block] = []
    if title and "".join(title.split()) not in inside:
        head.append(title)
    if main.mem_id != body.mem_id:
        known = {"".join(block.split()) for block in text if isinstance(block, str)}
        main.decompose()
        for block in _flattened(blocks_of(body)):
            line = _COUNTERS.split(" ".join(block.split()))[0]
            key = "".join(line.split())
            if len(line) < 100 and _ABOUT.match(line) and key not in known:
                head.append(line)
                known.add(key)
    return head


def _flattened(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for row in block.rows:
                yield from _pairs(row)


def _pairs(row: tuple[str, ...]) -> Iterator[str]:
    """Labels and values that stand in cells of their own."""
    cells = [cell.strip() for cell in row if cell.strip()]
    number = 0
    while number < len(cells):
        follows = cells[number + 1 : number + 2]
        if cells[number].endswith(_COLONS) and follows and not follows[0].endswith(_COLONS):
            yield cells[number] + cells[number + 1]
            number += 1
        else:
            yield cells[number]
        number += 1


def blocks_of(root: LexborNode) -> list[Block]:
    """Block elements as lines, data tables as tables, in document order."""
    blocks: list[Block] = []
    line = _Line()

    def end() -> None:
        text = " ".join(_WRAPPED.sub("", "".join(line.text)).split())
        previous = blocks[-1] if blocks and isinstance(blocks[-1], str) else ""
        if text and not _is_link(text, line.linked, previous):
            blocks.append(text)
        line.text.clear()
        line.linked = 0

    # (node, whether it is being left): a page may nest deeper than Python may call.
    stack: list[tuple[LexborNode, bool, bool]] = [(root, False, False)]
    while stack:
        node, leaving, linked = stack.pop()
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            line.text.append(text)
            line.linked += len(text.strip()) if linked else 0
        elif tag == "br" or leaving:
            end()
        elif tag == "table":
            end()
            blocks += _table(node)
        elif not (tag or "").startswith("-"):
            block = tag in _BLOCKS
            if block:
                end()
                stack.append((node, True, linked))
            if tag == "li":
                line.text.append(_number(node))
            children = list(node.iter(include_text=True))
            stack += [(child, False, linked or tag == "a") for child in reversed(children)]
    end()
    return blocks


def _number(item: LexborNode) -> str:
    """The number that a browser prints before an item of an ordered list."""
    ordered = item.parent
    if ordered is None or ordered.tag != "ol":
        return ""
    if "none" in (ordered.attributes.get("style") or ""):
        return ""
    before = 0
    previous = item.prev
    while previous is not None and before < _MOST_ITEMS:
        before += previous.tag == "li"
        previous = previous.prev
    start = ordered.attributes.get("start") or "1"
    return f"{(int(start) if start.isascii() and start.isdigit() else 1) + before}. "


def _is_link(text: str, linked: int, previous: str) -> bool:
    """A line that only leads elsewhere; the attachments are the document's own."""
    if linked * 2 <= len(text) or _SENTENCE.search(text) or _ATTACHED.search(text):
        return False
    listed = _ATTACHED.match(previous) or _ORDINAL.match(previous)
    return not (listed and _ORDINAL.match(text))


def _table(table: LexborNode) -> list[Block]:
    if any(node.mem_id != table.mem_id for node in table.css("table")):
        # A table of tables only places things on the page.
        return [block for cell in _own(table, ("td", "th", "caption")) for block in blocks_of(cell)]
    rows = [[_cell(cell) for cell in _own(row, ("td", "th"))] for row in _own(table, ("tr",))]
    captions = [block for node in _own(table, ("caption",)) for block in blocks_of(node)]
    return [*captions, *tabulate(rows)]


def _own(parent: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    """The nearest elements of these kinds below ``parent``."""
    stack = list(parent.iter())[::-1]
    while stack:
        node = stack.pop()
        if node.tag in tags:
            yield node
        else:
            stack += list(node.iter())[::-1]


def _cell(node: LexborNode) -> Cell:
    lines = [block for block in blocks_of(node) if isinstance(block, str)]
    return Cell(joined(lines), _span(node, "colspan"), _span(node, "rowspan"), node.tag == "th")


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), 200) if value.isascii() and value.isdigit() else 1
