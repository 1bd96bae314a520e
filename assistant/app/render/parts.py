"""The small pieces that every place is made of."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


def act(name: str, **data: object) -> str:
    """The attributes that forward.js reads; a click comes back as a ``select`` event with them."""
    named = {"act": name, **data}
    return " ".join(f'data-{key}="{escape(str(value))}"' for key, value in named.items())


def icon(path: str) -> str:
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="{path}"/></svg>'


COPY = icon("M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z")
CLOSE = icon("M3.5 3.5l9 9M12.5 3.5l-9 9")
DOWN = icon("M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11")
DOT = "<i></i>"
NOT_STATED = '<span class="none">未载明</span>'


def chip(text: str, kind: str, why: str = "") -> str:
    title = f' title="{escape(why)}"' if why else ""
    return f'<span class="chip chip--{kind}"{title}>{escape(text)}</span>'


def button(label: str, attributes: str, kind: str = "", icon: str = "") -> str:
    style = f"btn btn--{kind}" if kind else "btn"
    return f'<button class="{style}" {attributes}>{icon}{escape(label)}</button>'


def close(name: str) -> str:
    label = escape(f"关闭{name}")
    return (
        f'<button class="iconbtn" {act("close")} aria-label="{label}" title="{label}（Esc）">'
        f"{CLOSE}</button>"
    )


def meta(*parts: str) -> str:
    """Grey facts about a thing, divided by thin rules; empty ones are left out."""
    return f'<span class="meta">{DOT.join(escape(part) for part in parts if part)}</span>'


def table(label: str, columns: Mapping[str, str], rows: str) -> str:
    """``columns``: heading → width ("" takes the rest); a heading that ends in # is a number."""
    cols = "".join(
        f'<col style="width:{width}">' if width else "<col>" for width in columns.values()
    )
    heads = "".join(
        f'<th class="{"num" if name.endswith("#") else ""}">{escape(name.rstrip("#"))}</th>'
        for name in columns
    )
    return (
        f'<div class="tablewrap" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="table"><colgroup>{cols}</colgroup><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
