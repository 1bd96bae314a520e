"""The report on one page, for the leader who signs."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from assistant.app.checking import Checked
from assistant.app.render.parts import COPY, act, button
from assistant.check.brief import NOTE, Line, Section, against, plain, sections, title_of


def page_html(checked: Checked) -> str:
    title = title_of(checked.coverage)
    held = against({name: one.title for name, one in checked.documents.items()})
    written = list(sections(checked.coverage))
    body = "".join(section_html(section) for section in written)
    copied = act("copy", text=plain(title, written))
    return (
        '<article class="sheet" tabindex="0" role="region" aria-label="领导小结">'
        f'<header class="sheet__top">{button("打印", act("print"), "quiet")}{file_html(checked)}'
        f"{button('复制全文', copied, '', COPY)}</header>"
        f"<h1>{escape(title)}</h1><p class='meta'>{escape(held)}</p>{body}"
        f'<p class="meta">{NOTE}</p></article>'
    )


def file_html(checked: Checked) -> str:
    """The page as a Word file; gradio serves what lies in its folder of uploads."""
    place = f"/gradio_api/file={quote(str(checked.brief))}"
    return f'<a class="btn btn--quiet" href="{escape(place)}" download>存为 Word</a>'


def section_html(section: Section) -> str:
    items = "".join(f"<li>{line_html(line)}</li>" for line in section.lines)
    return f"<h2>{escape(section.heading)}</h2><ol>{items}</ol>"


def line_html(line: Line) -> str:
    if not line.row:
        return escape(line.text)
    attributes = act("row", row=line.row, key=f"p{line.row}")
    return f'<button class="sheetlink" {attributes}>{escape(line.text)}</button>'
