"""The bar at the top: what this is, what it holds, and the two warnings."""

from __future__ import annotations

from html import escape


def topbar_html(documents: int, indexed: str = "", user: str = "") -> str:
    leave = (
        f'<span class="bar__user">{escape(user)}</span><a class="bar__leave" href="logout">退出</a>'
        if user
        else ""
    )
    return (
        '<header class="bar"><div class="brand"><span class="seal" aria-hidden="true">政</span>'
        '政策助手</div><div class="bar__right">'
        f'<span class="bar__lib"><i class="dot"></i>资料库 {documents} 件'
        f"<small>{escape(indexed)}</small></span>"
        '<span class="bar__note">AI 结果仅供参考，以原件为准</span>'
        f'<strong class="secrecy">涉密信息不上网</strong>{leave}</div></header>'
    )


def index_state(encoded: int, texts: int, encoding: bool) -> str:
    if not encoding:
        return "只按字词检索"
    if encoded >= texts:
        return ""
    return f"语义索引 {encoded * 100 // texts}%"
