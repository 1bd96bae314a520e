"""问答: a conversation over the library, with the cited clause beside it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, cast

import gradio as gr

from assistant.app.examples import examples
from assistant.app.panes import QUIET, Desk, Place, clicked, pane
from assistant.app.render.answer import Turn, Vote, transcript_html
from assistant.app.source import on_source, opened
from assistant.contracts import answer_json
from index.errors import PolicyError
from index.library import Library
from index.types import Scope

LONGEST = 2000  # characters of a question
ASKING = 16  # readers who are answered at a time: a model takes its time
STOPPED = "已停止，只显示停止之前核对过的话"
ENDED = "已停止，没有答案；可以再问一次"
BROKEN = "程序出错，没有给出答案；请换个说法再问，或请管理员查看日志"
log = logging.getLogger(__name__)
Turns = list[Turn]
Outputs = Generator[tuple[Any, ...], None, None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the place that its events read and write."""

    turns: gr.State
    scope: gr.Accordion
    documents: gr.Dropdown
    regions: gr.Dropdown
    transcript: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    fresh: gr.Button
    source: gr.HTML
    beside: gr.Column


def build(desk: Desk, held: gr.State) -> None:
    parts = draw()
    wire(desk, parts, held)


def draw() -> Parts:
    with gr.Row(elem_classes="panes"):
        turns: gr.State = gr.State([])
        with gr.Column(elem_id="ask-main", min_width=0):
            with gr.Accordion("检索范围：全部文件", open=False, elem_id="scope") as scope:
                documents = picker("文件（不选即全部，可输入几个字筛选）")
                regions = picker("地区（不选即全部）")
            transcript = pane(elem_id="transcript")
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    "",
                    placeholder="输入问题，按 Enter 发送",
                    label="问题",
                    show_label=False,
                    max_lines=4,
                    max_length=LONGEST,
                    scale=1,
                    autofocus=True,
                )
                send = gr.Button("发送", variant="primary", scale=0, min_width=88)
                stop = gr.Button("停止", scale=0, min_width=88, visible=False)
                fresh = gr.Button("新对话", scale=0, min_width=88, visible=False)
        with gr.Column(elem_id="ask-source", visible=False, min_width=0) as beside:
            source = pane(elem_classes="fill-pane")
    return Parts(
        turns, scope, documents, regions, transcript, question, send, stop, fresh, source, beside
    )


def picker(label: str) -> gr.Dropdown:
    return gr.Dropdown([], value=[], multiselect=True, label=label, interactive=True, min_width=0)


def wire(desk: Desk, parts: Parts, held: gr.State) -> None:
    library = desk.library
    asked = [parts.question, parts.turns, parts.documents, parts.regions]
    shown = [parts.transcript, parts.turns, parts.question, parts.fresh, parts.stop]
    ways = [parts.question.submit, parts.send.click]
    asking = gr.on(ways, on_ask(desk), asked, shown, concurrency_limit=ASKING, **QUIET)
    parts.fresh.click(
        lambda: (transcript(library, []), [], gr.update(visible=False), gr.update(visible=False)),
        None,
        [parts.transcript, parts.turns, parts.fresh, parts.beside],
        **QUIET,
    )
    chosen = parts.transcript.select(
        on_transcript(desk),
        [parts.turns, parts.documents, parts.regions],
        [*shown, parts.source, parts.beside],
        concurrency_limit=ASKING,
        **QUIET,
    )
    parts.stop.click(
        lambda turns: stopped(library, turns),
        parts.turns,
        [parts.transcript, parts.turns, parts.stop],
        cancels=[asking, chosen],
        **QUIET,
    )
    parts.source.select(on_source(desk), None, [parts.source, parts.beside], **QUIET)
    pickers = [parts.documents, parts.regions]
    gr.on([one.change for one in pickers], scope_label(library), pickers, parts.scope, **QUIET)
    held.change(
        on_library(library),
        [parts.turns, *pickers],
        [*pickers, parts.scope, parts.transcript],
        **QUIET,
    )


def transcript(library: Library, turns: Sequence[Turn]) -> str:
    documents = {document.id: document for document in library.documents()}
    return transcript_html(turns, documents, () if turns else examples(library))


def on_ask(desk: Desk) -> Callable[[str, Turns, list[str], list[str]], Outputs]:
    def handle(question: str, turns: Turns, documents: list[str], regions: list[str]) -> Outputs:
        yield from ask(desk, question, turns, scope_of(documents, regions))

    return handle


def scope_of(documents: Sequence[str], regions: Sequence[str]) -> Scope:
    return Scope(documents=frozenset(documents), regions=frozenset(regions))


def ask(desk: Desk, question: str, turns: Turns, scope: Scope) -> Outputs:
    """First the question with a sign that it is being worked on, then its answer as it grows."""
    question = question.strip()[:LONGEST]
    if not question:
        yield (gr.skip(),) * 5
        return
    turns = [turn for turn in turns if not turn.doing]
    waiting = [*turns, Turn(question)]
    yield transcript(desk.library, waiting), gr.skip(), "", gr.update(visible=True), gr.skip()
    for turn in answered(desk, question, turns, scope):
        if turn is None:
            yield (gr.skip(),) * 5
            continue
        done = [*turns, turn]
        going = gr.update(visible=bool(turn.doing))
        yield transcript(desk.library, done), done, gr.skip(), gr.skip(), going


def answered(
    desk: Desk, question: str, turns: Turns, scope: Scope
) -> Generator[Turn | None, None, None]:
    """The turn as it grows, None while nothing changes. A fault of ours is said in its place."""
    history = tuple(turn.question for turn in turns)
    try:
        with closing(desk.steps(question, history, scope)) as stages:
            for step in stages:
                yield Turn(question, step.answer, doing=step.doing) if step.changed else None
    except PolicyError as error:
        yield Turn(question, problem=str(error))
    except Exception:
        log.exception("no answer to a question")
        yield Turn(question, problem=BROKEN)


def stopped(library: Library, turns: Turns) -> tuple[Any, ...]:
    """The reader has waited enough: what was verified so far stays."""
    last = turns[-1] if turns else None
    if last is not None and last.doing:
        told = last.answer if last.answer and last.answer.text else None
        kept = replace(told, notes=(*told.notes, STOPPED)) if told else None
        turns = [*turns[:-1], replace(last, answer=kept, doing="", problem="" if kept else ENDED)]
    return transcript(library, turns), turns, gr.update(visible=False)


def on_transcript(desk: Desk) -> Callable[..., Outputs]:
    """Clicks in the conversation: an example, a mark or card, a verdict, a remark."""
    library = desk.library

    def handle(
        turns: Turns, documents: list[str], regions: list[str], event: gr.EventData
    ) -> Outputs:
        data = clicked(event)
        same = (gr.skip(),) * 5
        if data.get("act") == "ask":
            scope = scope_of(documents, regions)
            with closing(ask(desk, data.get("question", ""), turns, scope)) as stages:
                for step in stages:
                    yield *step, gr.skip(), gr.skip()
        elif data.get("act") == "open":
            yield *same, opened(desk, data), gr.update(visible=True)
        elif data.get("act") in ("vote", "remark"):
            done = voted(library, turns, data)
            yield transcript(library, done), done, *same[2:], gr.skip(), gr.skip()

    return handle


def voted(library: Library, turns: Turns, data: dict[str, str]) -> Turns:
    """Stores a verdict, or the remark that follows one, and shows that it is stored."""
    at = int(data.get("turn", "-1"))
    if not (0 <= at < len(turns)) or (found := turns[at].answer) is None:
        return turns
    verdict = "wrong" if data["act"] == "remark" else data.get("vote", "")
    if verdict not in ("useful", "wrong"):
        return turns
    kept = answer_json(found) | {"history": [turn.question for turn in turns[:at]]}
    note = data.get("remark", "").strip()[:500]
    if data["act"] == "vote" or note:
        words = json.dumps(kept, ensure_ascii=False)
        library.store.add_feedback(found.question, words, verdict, note)
    vote = "told" if data["act"] == "remark" else verdict
    return [*turns[:at], replace(turns[at], vote=cast(Vote, vote)), *turns[at + 1 :]]


def scope_label(library: Library) -> Callable[[list[str], list[str]], dict[str, Any]]:
    def handle(documents: list[str], regions: list[str]) -> dict[str, Any]:
        return gr.update(label=scope_words(len(library.documents()), documents, regions))

    return handle


def scope_words(held: int, documents: Sequence[str], regions: Sequence[str]) -> str:
    chosen = [f"{len(documents)} 件文件"] if documents else []
    chosen += ["、".join(regions)] if regions else []
    return f"检索范围：{'，'.join(chosen) or f'全部 {held} 件文件'}"


def on_library(library: Library) -> Callable[[Turns, list[str], list[str]], tuple[Any, ...]]:
    """Keeps the pickers to what the library holds, and drops choices that are gone."""

    def handle(turns: Turns, documents: list[str], regions: list[str]) -> tuple[Any, ...]:
        held = library.documents()
        titles = [(document.title, document.id) for document in held]
        places = sorted({document.region for document in held if document.region})
        documents = [one for one in documents if one in {value for _, value in titles}]
        regions = [one for one in regions if one in places]
        return (
            gr.update(choices=titles, value=documents),
            gr.update(choices=places, value=regions),
            gr.update(label=scope_words(len(held), documents, regions)),
            transcript(library, turns),
        )

    return handle


PLACE = Place("ask", "问答", build)
