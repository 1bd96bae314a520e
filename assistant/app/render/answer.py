"""The conversation: questions, answers with their marks, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

from assistant.app.render import address
from assistant.app.render.parts import COPY, act, button, chip, meta
from assistant.types import Answer, Citation, Nearest, Withheld
from index.types import Document

STATUS = {"answered": "已答", "partial": "部分", "declined": "未收录"}
MADE = {"model": "模型成文，逐句核对", "extractive": "逐字摘自条款"}
MARK = re.compile(r"(.?)((?:\[\d+])+)([，。；、！？：）”]?)")
Documents = Mapping[str, Document]
Vote = Literal["", "useful", "wrong", "told"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; ``doing`` says what is still being done about it."""

    question: str
    answer: Answer | None = None
    problem: str = ""
    vote: Vote = ""
    doing: str = ""


def transcript_html(
    turns: Sequence[Turn], documents: Documents, examples: Sequence[tuple[str, str]]
) -> str:
    if not turns:
        return empty_html(examples)
    body = "".join(turn_html(turn, at, documents) for at, turn in enumerate(turns))
    return f'<div class="turns" role="log" aria-label="问答记录">{body}</div>'


def empty_html(examples: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<button class="example" {act("ask", question=question)}>'
        f"<span>{escape(kind)}</span>{escape(question)}</button>"
        for kind, question in examples
    )
    ask = (
        f'<h2>可以这样问</h2><div class="examples">{rows}</div>'
        if rows
        else ("<h2>资料库还是空的：请先到“资料库”上传文件</h2>")
    )
    return (
        '<div class="empty"><h1>问政策文件里写了什么</h1>'
        "<p>回答只用资料库里的条款，每个数字都能点开看原文；文件没写的，会直接告诉您没有。</p>"
        f"{ask}</div>"
    )


def doing_html(doing: str) -> str:
    return f'<p class="doing" role="status"><span class="pulse"></span>{escape(doing)}</p>'


def turn_html(turn: Turn, at: int, documents: Documents) -> str:
    asked = f'<p class="ask"><span class="sr">问：</span>{escape(turn.question)}</p>'
    return f'<section class="turn">{asked}{answer_html(turn, at, documents)}</section>'


def answer_html(turn: Turn, at: int, documents: Documents) -> str:
    answer = turn.answer
    if turn.problem:
        return f'<div class="answer answer--problem" role="alert">{escape(turn.problem)}</div>'
    if answer is None or (turn.doing and not answer.text):
        return f'<div class="answer">{doing_html(turn.doing or "正在资料库中查找条款")}</div>'
    cards = "".join(
        card_html(n, one, f"c{at}-{n}", documents) for n, one in enumerate(answer.citations, 1)
    )
    cites = f'<div class="cites">{cards}</div>' if cards else ""
    # While a model is writing there is nothing yet to copy or to judge.
    head = doing_html(turn.doing) if turn.doing else head_html(answer, documents)
    foot = "" if turn.doing else foot_html(turn, at)
    return (
        f'<div class="answer answer--{answer.status}">{head}'
        f'<div class="answer__text">{text_html(answer, at)}</div>{notes_html(answer.notes)}{cites}'
        f"{nearest_html(answer.nearest, at, documents)}{withheld_html(answer.withheld)}{foot}</div>"
    )


def head_html(answer: Answer, documents: Documents) -> str:
    head = chip(STATUS[answer.status], answer.status)
    if answer.citations:
        count = f"依据 {len(answer.citations)} 条"
        digests = [is_digest(one.document_id, documents) for one in answer.citations]
        if all(digests):
            count += "，均为摘编，引用前请核对原件"
        elif any(digests):
            count += f"，其中 {sum(digests)} 条为摘编"
        copied = act("copy", text=copied_text(answer, documents))
        head += f"{meta(count)}<span class='spacer'></span>"
        head += button("复制答案和出处", copied, "quiet", COPY)
    return f'<div class="answer__head">{head}</div>'


def copied_text(answer: Answer, documents: Documents) -> str:
    """The answer as it goes into a report: its words, then its sources in the written form."""
    sources = (
        f"[{n}] {address.cited(one, is_digest(one.document_id, documents))}"
        for n, one in enumerate(answer.citations, 1)
    )
    return "\n".join((answer.text, *answer.notes, *sources))


def is_digest(document_id: str, documents: Documents) -> bool:
    document = documents.get(document_id)
    return document is not None and document.is_digest


def text_html(answer: Answer, turn: int) -> str:
    """Each line a paragraph, rows a table; a mark opens its clause and never starts a line."""
    html = ""
    lines = enumerate(line for line in answer.text.split("\n") if line.strip())
    for is_row, block in groupby(lines, key=lambda numbered: numbered[1].startswith("| ")):
        shown = list(block)
        if is_row:
            html += grid_html([(line, f"m{turn}-{at}") for at, line in shown], answer.citations)
        else:
            html += "".join(
                f"<p>{line_html(line, answer.citations, f'm{turn}-{at}')}</p>" for at, line in shown
            )
    return html


def grid_html(rows: Sequence[tuple[str, str]], citations: Sequence[Citation]) -> str:
    """A comparison: its first row and the first cell of every other are headings."""
    (first, _), *rest = [(line.strip("| ").split(" | "), key) for line, key in rows]
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in first)
    body = ""
    for (name, *cells), key in rest:
        if not name.strip("-"):
            continue
        said = "".join(
            f"<td>{line_html(cell, citations, f'{key}-{n}')}</td>" for n, cell in enumerate(cells)
        )
        body += f'<tr><th scope="row">{escape(name)}</th>{said}</tr>'
    return (
        '<div class="tablewrap" tabindex="0" role="region" aria-label="对照表">'
        f'<table class="grid"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def line_html(line: str, citations: Sequence[Citation], key: str) -> str:
    html, done = "", 0
    for found in MARK.finditer(line):
        before, marks, after = found.groups()
        buttons = "".join(
            mark_html(int(n), citations, f"{key}-{found.start()}-{n}")
            for n in re.findall(r"\d+", marks)
        )
        html += escape(line[done : found.start()])
        html += f'<span class="nobr">{escape(before)}{buttons}{escape(after)}</span>'
        done = found.end()
    return html + escape(line[done:])


def mark_html(n: int, citations: Sequence[Citation], key: str) -> str:
    if not 1 <= n <= len(citations):
        return f"[{n}]"
    target = opening(citations[n - 1], key)
    return f'<button class="mark" {target} aria-label="依据{n}，打开原文">{n}</button>'


def opening(cited: Citation | Nearest, key: str) -> str:
    span = cited.span
    return act(
        "open",
        key=key,
        clause=cited.clause_id,
        start=span.start,
        end=span.end,
        quote=cited.quote,
    )


def card_html(n: int, cited: Citation | Nearest, key: str, documents: Documents) -> str:
    document = documents.get(cited.document_id)
    doc_no = document.doc_no if document else None
    where = address.shown(cited.document_id, cited.clause_id)
    facts = meta(
        doc_no or "文号未载明",
        where,
        "摘编" if document and document.is_digest else "",
        "" if document else "文件已移出资料库",
    )
    return (
        f'<button class="cite" {opening(cited, key)}><span class="cite__n">{n}</span>'
        f'<span class="cite__body"><span class="cite__title">{escape(cited.title)}</span>{facts}'
        f'<span class="cite__quote">{escape(cited.quote)}</span></span></button>'
    )


def notes_html(notes: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="notes" aria-label="说明">{items}</ul>' if items else ""


def nearest_html(nearest: Sequence[Nearest], turn: int, documents: Documents) -> str:
    if not nearest:
        return ""
    cards = "".join(
        card_html(n, one, f"n{turn}-{n}", documents) for n, one in enumerate(nearest, 1)
    )
    return (
        '<div class="nearest"><h4>资料库中最接近的内容，不是答案</h4>'
        f'<div class="cites">{cards}</div></div>'
    )


def withheld_html(withheld: Sequence[Withheld]) -> str:
    """Nothing is dropped in silence: what failed the check is folded, with the reason."""
    if not withheld:
        return ""
    items = "".join(
        f"<li><p>{escape(one.text)}</p><p class='meta'>扣下原因：{escape(one.reason)}</p></li>"
        for one in withheld
    )
    return (
        f'<details class="withheld"><summary>有 {len(withheld)} 句未通过核对，已扣下，'
        f"不作为答案</summary><ul>{items}</ul></details>"
    )


def foot_html(turn: Turn, at: int) -> str:
    """Which words the answer was made with, and the reader's verdict on it."""
    answer = turn.answer
    made = MADE[answer.mode] if answer and answer.citations else ""
    seconds = f"用时 {answer.seconds:.2f} 秒" if answer and answer.seconds else ""
    return (
        f'<div class="answer__foot">{meta(made, seconds)}<span class="spacer"></span>'
        f"{vote_html(turn, at)}</div>"
    )


def vote_html(turn: Turn, at: int) -> str:
    if turn.vote == "told":
        return '<span class="meta" role="status">已记录，谢谢</span>'
    if turn.vote == "wrong":
        return (
            f'<form class="remark" {act("remark", turn=at)}>'
            f'<label class="sr" for="remark-{at}">哪里有误</label>'
            f'<input id="remark-{at}" name="remark" maxlength="500" autocomplete="off" '
            'placeholder="哪里有误？可不填" data-takes-focus>'
            '<button class="btn" type="submit">提交</button></form>'
        )
    if turn.vote == "useful":
        return '<span class="meta" role="status">已记为有用</span>'
    votes = (("有用", "useful"), ("有误", "wrong"))
    return "".join(
        button(label, act("vote", turn=at, vote=vote, key=f"v{at}-{vote}"), "quiet")
        for label, vote in votes
    )
