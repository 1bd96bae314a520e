"""The document table, one document's outline or full text, and what became of each upload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote as url_quote

from assistant.app.render import paper
from assistant.app.render.outline import outline_html
from assistant.app.render.parts import DOWN, NOT_STATED, act, button, close, meta, table
from assistant.app.render.scan import MARK
from assistant.holdings import Holding
from index.standing import Kin
from index.types import Clause, Document, Task

LEVEL = {
    "national": "国家",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇",
    "": "",
}
COLUMNS = {
    "文件": "",
    "文号": "176px",
    "成文日期": "112px",
    "状态": "112px",
    "条款#": "64px",
    "任务#": "64px",
    "语义索引": "116px",
}
NONE_ENDED: Mapping[str, int] = {}
Mode = Literal["outline", "text"]


@dataclass(frozen=True, slots=True)
class Preview:
    """One document to look through. ``leaves``: whether a model outside may read it; None where
    there is no such model, or the reader may not decide."""

    document: Document
    clauses: Sequence[Clause]
    tasks: Sequence[Task]
    mode: Mode = "outline"
    confirming: bool = False
    ended: int | None = None
    leaves: bool | None = None
    family: Sequence[Kin] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file on its way in; ``problem`` says why it was not taken.

    ``done`` is None while it is not known how far a step is.
    """

    name: str
    stage: str
    done: float | None = 0.0
    problem: str = ""
    document_id: str = ""


def library_html(
    rows: Sequence[Holding],
    selected: str,
    words: str = "",
    *,
    encoding: bool = True,
    ended: Mapping[str, int] = NONE_ENDED,
) -> str:
    """The documents that bear all of ``words`` in title, number, issuer or region."""
    if not rows:
        return (
            '<div class="empty empty--library"><h1>资料库还没有文件</h1>'
            "<p>把上级文件拖到上方，读取后即可提问。标密文件不予接收。</p></div>"
        )
    fitting = [row for row in rows if bears(row.document, words)]
    if not fitting:
        return f'<p class="none none--rows">没有符合“{escape(words.strip())}”的文件</p>'
    body = "".join(row_html(row, selected, encoding, ended.get(row.document.id)) for row in fitting)
    return table("文件列表", COLUMNS, body)


def bears(document: Document, words: str) -> bool:
    facts = (document.title, document.doc_no, document.issuer, document.region, document.date)
    said = " ".join(filter(None, facts)).casefold()
    return all(word in said for word in words.casefold().split())


def row_html(row: Holding, selected: str, encoding: bool, ended: int | None) -> str:
    document = row.document
    current = ' aria-current="true"' if document.id == selected else ""
    scanned = MARK if document.scanned else ""
    facts = meta(LEVEL[document.level], document.issuer or document.region, scanned)
    return (
        f"<tr {act('row', row=document.id)}{current}><td>"
        f'<button class="rowlink" {act("row", row=document.id, key=f"d-{document.id}")}>'
        f"{escape(document.title)}</button>{facts}</td>"
        f'<td class="number">{escape(document.doc_no or "") or NOT_STATED}</td>'
        f'<td class="date">{escape(document.date or "") or NOT_STATED}</td>'
        f"<td>{paper.standing(document, ended)}</td>"
        f'<td class="num">{row.clauses}</td><td class="num">{row.tasks}</td>'
        f"<td>{index_html(row, encoding)}</td></tr>"
    )


def index_html(row: Holding, encoding: bool) -> str:
    if not encoding:
        return '<span class="idx" title="没有可用的编码器，只按字词检索">未启用</span>'
    if row.encoded >= row.texts:
        return '<span class="idx idx--done">已完成</span>'
    return (
        f'<span class="idx"><progress max="{row.texts}" value="{row.encoded}" '
        f'aria-label="语义索引"></progress>{row.encoded * 100 // row.texts}%</span>'
    )


def preview_html(view: Preview | None) -> str:
    if view is None:
        return (
            '<article class="source source--none" aria-label="文件">'
            '<p class="paper__none">点选一件文件，看它的提纲和全文</p></article>'
        )
    document = view.document
    tabs = tab_html("提纲", "outline", view) + tab_html("全文", "text", view)
    body = (
        paper.text_html(document, view.clauses)
        if view.mode == "text"
        else outline_html(document, view.clauses, view.tasks)
    )
    empty = '<p class="paper__none">这件文件没有可读的条款</p>'
    style = "paper--text" if view.mode == "text" else "paper--tree"
    return (
        f'<article class="source" aria-label="文件">'
        f"{paper.head_html(document, view.ended, below=note_of(view))}"
        f'<div class="views" role="group" aria-label="看法">{tabs}</div>'
        f'<div class="paper {style}" tabindex="0" role="region" aria-label="文件内容" '
        f'data-top="{escape(document.id)} {view.mode}">{body or empty}</div>'
        f"{leaving_html(view)}{foot_html(view)}</article>"
    )


def leaving_html(view: Preview) -> str:
    if view.leaves is None:
        return ""
    said = "准许发给外部模型" if view.leaves else "不发给外部模型"
    label = "改为不准" if view.leaves else "改为准许"
    data = act("permit", row=view.document.id, mode=view.mode, allow=str(not view.leaves).lower())
    return (
        f'<footer class="source__foot"><span>{said}</span><span class="spacer"></span>'
        f"{button(label, data + ' data-key=permit', 'quiet')}</footer>"
    )


def note_of(view: Preview) -> str:
    """What is known of the document's force, and its kin, one click away."""
    note = meta(view.document.status_note) if view.document.status_note else ""
    return note + "".join(map(kin_html, view.family))


def kin_html(kin: Kin) -> str:
    title = escape(f"《{kin.document.title}》")
    attributes = act("row", row=kin.document.id, key=f"kin-{kin.document.id}")
    return (
        f'<p class="kin">{escape(kin.relation)}：'
        f'<button class="rowlink" {attributes}>{title}</button></p>'
    )


def tab_html(label: str, mode: Mode, view: Preview) -> str:
    pressed = str(mode == view.mode).lower()
    attributes = act("view", row=view.document.id, mode=mode, key=f"view-{mode}")
    return f'<button class="view" {attributes} aria-pressed="{pressed}">{label}</button>'


def foot_html(view: Preview) -> str:
    document = view.document
    if view.confirming:
        return (
            '<footer class="source__foot source__foot--ask" role="alert">'
            "<span>移除后，这件文件立即不再用于回答。确定移除？</span><span class='spacer'></span>"
            f"{button('取消', act('keep', row=document.id), 'quiet')}"
            f"{button('确定移除', act('remove', row=document.id) + ' data-takes-focus', 'danger')}"
            "</footer>"
        )
    link = f"api/documents/{url_quote(document.id, safe='')}/text"
    return (
        f'<footer class="source__foot"><a class="btn" href="{escape(link)}" download>'
        f'{DOWN}下载文本</a><span class="spacer"></span>'
        f"{button('移除文件', act('confirm', row=document.id), 'quiet')}</footer>"
    )


def uploads_html(uploads: Iterable[Upload]) -> str:
    items = "".join(upload_html(upload) for upload in uploads)
    if not items:
        return ""
    return (
        f'<div class="uploads"><ul class="ups" role="status" aria-label="上传进度">{items}</ul>'
        f"{close('上传记录')}</div>"
    )


def upload_html(upload: Upload) -> str:
    name = f'<b title="{escape(upload.name)}">{escape(upload.name)}</b>'
    if upload.problem:
        return f'<li class="up up--refused">{name}<span>{escape(upload.problem)}</span></li>'
    value = "" if upload.done is None else f' value="{upload.done:.2f}"'
    return (
        f'<li class="up">{name}<progress max="1"{value}></progress>'
        f"<span>{escape(upload.stage)}</span></li>"
    )
