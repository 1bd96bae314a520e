"""What may be sent to an endpoint outside: nothing that was not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.model.leaving import may_leave, permissions, permit
from assistant.model.network import is_outside
from assistant.model.pen import Pen, open_pen
from assistant.settings import load
from evals.model_server import Server, always, serving
from index.errors import NotFound
from index.ingest import ingest
from index.library import Library, open_library

OURS = "安平县工业投资三年行动方案\n\n一、主要目标\n到2025年，全县工业投资达到35亿元。\n"
QUESTION = "安平县2025年工业投资达到多少？"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write(tmp_path, "ours", "安平县", OURS)
    opened = open_library(tmp_path / "store", encoder=None)
    ingest([tmp_path / "in"], opened.store, None)
    yield opened
    opened.close()


def write(folder: Path, name: str, region: str, text: str, more: str = "") -> None:
    (folder / "in").mkdir(exist_ok=True)
    front = f"---\nid: {name}\nregion: {region}\nlevel: county\n{more}---\n"
    (folder / "in" / f"{name}.md").write_text(front + text, encoding="utf-8")


def outside_pen(server: Server, library: Library) -> Pen:
    """0.0.0.0 leads to this machine, and counts as outside because it could lead anywhere."""
    url = server.url.replace("127.0.0.1", "0.0.0.0")
    pen = open_pen(load({"model": "m", "model_url": url, "model_timeout": 10}, {}), library)
    assert pen is not None and pen.model.outside
    return pen


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://127.0.0.1:8000/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://10.3.4.5/v1", False),
        ("http://172.16.0.9/v1", False),
        ("http://192.168.1.20:8000/v1", False),
        ("http://172.32.0.1/v1", True),
        ("http://198.18.0.7/v1", True),
        ("http://100.64.0.1/v1", True),
        ("https://8.8.8.8/v1", True),
        ("http://0.0.0.0/v1", True),
        ("http://[2001:4860:4860::8888]/v1", True),
        ("http://[::ffff:8.8.8.8]/v1", True),
        ("http://no-such-host.invalid/v1", True),
        ("not an address", True),
    ],
)
def test_only_private_addresses_are_inside(url, outside):
    assert is_outside(url) is outside


def test_an_unmarked_file_does_not_leave(library):
    with serving(always('{"statements":[]}')) as server:
        given = answer(QUESTION, library, pen=outside_pen(server, library))
    assert not server.requests
    assert "35亿元" in given.text and given.mode == "extractive"
    assert any("没有准许" in note for note in given.notes)


def test_what_was_allowed_leaves_and_what_is_forbidden_again_does_not(library):
    with serving(always('{"statements":[]}')) as server:
        pen = outside_pen(server, library)
        permit(library, "ours", True, "张三")
        answer(QUESTION, library, pen=pen)
        assert len(server.requests) == 1 and "35亿元" in server.requests[0].prompt
        permit(library, "ours", False, "张三")
        answer(QUESTION, library, pen=pen)
        assert len(server.requests) == 1
    assert [row["action"] for row in library.store.audit() if row["subject"] == "ours"][-2:] == [
        "allow",
        "forbid",
    ]


def test_a_new_text_needs_a_new_permission(library, tmp_path):
    permit(library, "ours", True, "张三")
    with library.store.writing() as db:
        db.execute("UPDATE permissions SET at = '2000-01-01T00:00:00+00:00'")
    write(tmp_path, "ours", "安平县", OURS.replace("35", "36"))
    ingest([tmp_path / "in"], library.store, None)
    assert permissions(library) == {}


def test_a_removed_document_leaves_no_permission(library, tmp_path):
    permit(library, "ours", True, "张三")
    library.store.remove(["ours"])
    assert permissions(library) == {}


def test_only_a_document_of_the_library_can_be_allowed(library):
    with pytest.raises(NotFound):
        permit(library, "nobody", True, "张三")


@pytest.mark.parametrize(
    ("foot", "more", "leaves"),
    [
        ("", "", False),
        ("（此件主动公开）", "", True),
        ("公开方式：主动公开", "", True),
        ("信息公开选项：依申请公开", "", False),
        ("（此件不公开）", "", False),
        ("（此件主动公开）", "status: 征求意见\n", False),
        ("", "kind: 摘编\n", True),
        ("", "kind: 摘编\nstatus: 征求意见\n", False),
    ],
)
def test_a_document_may_say_itself_that_it_is_public(foot, more, leaves, tmp_path):
    write(tmp_path, "one", "安平县", f"{OURS}\n{foot}\n", more)
    library = open_library(tmp_path / "store", encoder=None)
    ingest([tmp_path / "in"], library.store, None)
    try:
        assert may_leave(library)(library.document("one")) is leaves
    finally:
        library.close()
