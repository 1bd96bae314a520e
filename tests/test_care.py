"""Care for the library: what is cited and absent, and what a new version changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import PLAN, incoming
from typer.testing import CliRunner

from assistant.cli import app
from evals.bundled import DOCUMENTS
from index.absent import absent, is_document, number_key
from index.parse import parse
from index.read import read
from index.revision import Change, Revision, revision
from index.store import Store
from index.types import Document, Parsed, Source

CITING = """甲县水利建设实施方案

根据《中华人民共和国水法》《甲省水利发展规划（2021—2025年）》（甲政发〔2021〕5号）和甲政办发〔2020〕8号文件，
按照《乙市水利建设实施方案》，制定《甲县水利建设实施方案》（以下简称《实施方案》）。

一、主要目标

落实《实施方案》和甲政发〔2021〕5号文件，办理《取水许可证》，发扬《愚公移山》精神。
"""


def documents(*texts: tuple[str, str]) -> list[Document]:
    return [parse(Source(text), name, name).document for name, text in texts]


def test_what_is_cited_and_absent_is_listed_once() -> None:
    found = absent(documents(("a", CITING)))
    told = [(one.title, one.doc_no, len(one.mentions)) for one in found]
    assert told == [
        ("甲省水利发展规划（2021—2025年）", "甲政发〔2021〕5号", 2),
        ("中华人民共和国水法", None, 1),
        ("乙市水利建设实施方案", None, 1),
        ("", "甲政办发〔2020〕8号", 1),
    ]
    mention = found[0].mentions[0]
    assert mention.span.of(CITING) == "《甲省水利发展规划（2021—2025年）》（甲政发〔2021〕5号）"


def test_what_the_library_holds_is_not_absent() -> None:
    upper = (
        "乙市人民政府关于印发《乙市水利建设实施方案》的通知\n\n甲政办发〔2020〕8号\n\n一、修坝。"
    )
    found = absent(documents(("a", CITING), ("b", upper)))
    assert [one.title for one in found] == ["甲省水利发展规划（2021—2025年）", "中华人民共和国水法"]


def test_a_plan_inside_a_notice_is_held() -> None:
    """Its title stands as a line, or as two."""
    notice = "关于印发五个方案的通知\n\n各县：\n\n乙市水利建设\n实施方案\n\n一、任务\n\n修坝。"
    assert "乙市水利建设实施方案" not in {
        one.title for one in absent(documents(("a", CITING), ("b", notice)))
    }


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("中华人民共和国水法", True),
        ("民法典", True),
        ("关于加快水利改革发展的决定", True),
        ("甲市水利条例（试行）", True),
        ("方案", False),
        ("取水许可证", False),
        ("愚公移山", False),
    ],
)
def test_documents_are_known_by_how_their_names_end(title: str, right: bool) -> None:
    assert is_document(title) is right


def test_brackets_of_numbers_are_one() -> None:
    assert (
        len(
            {
                number_key(n)
                for n in ("甲政发〔2021〕5号", "甲政发[2021] 5号", "甲政发（2021）第5号")
            }
        )
        == 1
    )


# Two versions


def version(text: str, name: str) -> Parsed:
    return incoming(text, name).parse(name)


def changes(new: str, old: str = PLAN) -> tuple[Change, ...]:
    return revision(version(old, "old"), version(new, "new")).changes


def told(change: Change) -> tuple[str, str | None, str | None]:
    sides = [side.quote if side else None for side in (change.old, change.new)]
    return change.kind, sides[0], sides[1]


def test_nothing_changed() -> None:
    found = revision(version(PLAN, "old"), version(PLAN.replace("（", "("), "new"))
    assert found.changes == () and found.same == 6


@pytest.mark.parametrize(
    ("was", "now", "wanted"),
    [
        ("12座", "15座", [("figure", "12座", "15座")]),
        ("90%以上", "95%以上", [("figure", "90%以上", "95%以上")]),
        ("达到90%以上", "达到90%", [("figure", "90%以上", "90%")]),
        ("到2025年，", "到2027年，", [("deadline", "到2025年", "到2027年")]),
        ("到2025年，", "", [("deadline", "到2025年", None)]),
        ("县财政局", "县审计局", [("unit", "县财政局", None), ("unit", None, "县审计局")]),
        ("县农业农村局", "县农业局", [("unit", "县农业农村局", "县农业局")]),
        ("推广喷灌设备，", "推广滴灌设备，", [("words", "节约用水", "节约用水")]),
    ],
)
def test_one_change_is_told_as_one(was: str, now: str, wanted: list[tuple[str, ...]]) -> None:
    found = [told(change) for change in changes(PLAN.replace(was, now))]
    if wanted[0][0] == "words":
        assert [one[0] for one in found] == ["words"]
    else:
        assert found == wanted


def test_tasks_that_came_and_went() -> None:
    new = PLAN.replace(
        "（二）节约用水。推广喷灌设备，灌溉水利用系数提高到0.6。",
        "（二）清淤河道。完成30公里河道疏浚。",
    )
    found = {(c.kind, c.task): (c.new or c.old) for c in changes(new)}
    assert found["added", True].clause == "new/二/(二)"  # type: ignore[union-attr]
    assert found["removed", True].clause == "old/二/(二)"  # type: ignore[union-attr]


def test_a_task_that_moved_is_the_same_task() -> None:
    head, _, rest = PLAN.partition("（一）修好水库。")
    first, _, second = rest.partition("（二）节约用水。")
    moved = (
        head + "（一）节约用水。" + second.strip() + "\n\n（二）修好水库。" + first.strip() + "\n"
    )
    assert changes(moved) == ()


def test_a_changed_figure_of_a_moved_task_is_found() -> None:
    new = PLAN.replace("（一）修好水库", "（一）治理山洪。划定30处危险区。\n\n（二）修好水库")
    new = new.replace("（二）节约用水", "（三）节约用水").replace("0.6", "0.65")
    found = changes(new)
    assert [(c.kind, c.task) for c in found] == [("added", True), ("figure", False)]
    assert (found[1].old.quote, found[1].new.quote) == ("0.6", "0.65")  # type: ignore[union-attr]


@cache
def digest(path: Path) -> tuple[Source, Parsed]:
    source = read(path)
    return source, reparsed(source, source.text, "old")


def reparsed(source: Source, text: str, name: str) -> Parsed:
    return parse(replace(source, text=text, front={**source.front, "id": name}), name, name)


PATHS = sorted(DOCUMENTS.glob("*.md"))


def figures_of(old: Parsed) -> Iterator[tuple[int, str]]:
    """Every numeral of a target with its place."""
    for task in old.tasks:
        for target in task.targets:
            for found in re.finditer(r"\d+(?:\.\d+)?", target.quote):
                yield target.span.start + found.start(), found.group()


@given(st.sampled_from(PATHS), st.randoms(use_true_random=False))
def test_any_figure_of_any_digest_that_changes_is_told_alone(path, dice) -> None:
    source, old = digest(path)
    at, number = dice.choice(list(figures_of(old)))
    other = str(int(float(number)) + 3)
    text = old.document.text[:at] + other + old.document.text[at + len(number) :]
    found: Revision = revision(old, reparsed(source, text, "new"))
    assert [c.kind for c in found.changes] in (["figure"], ["deadline"]), (number, found.changes)
    [change] = found.changes
    assert change.new is not None and other in change.new.quote
    assert change.new.span.of(text) == change.new.quote


@given(st.sampled_from(PATHS), st.randoms(use_true_random=False))
def test_any_task_of_any_digest_that_goes_is_told(path, dice) -> None:
    source, old = digest(path)
    parents = {clause.parent for clause in old.clauses}
    clauses = {c.id: c for c in old.clauses if c.kind != "row" and c.id not in parents}
    gone = clauses[dice.choice([t.clause_id for t in old.tasks if t.clause_id in clauses])]
    text = old.document.text
    start = text.rfind("\n", 0, gone.span.start) + 1
    cut = text[:start] + text[gone.span.end :].lstrip("\n")
    found = revision(old, reparsed(source, cut, "new"))
    removed = {
        change.old.clause for change in found.changes if change.kind == "removed" and change.old
    }
    assert gone.id in removed


# The commands


@pytest.fixture
def held(tmp_path: Path) -> Path:
    store = Store(tmp_path)
    store.put(incoming(CITING, "a"))
    store.put(incoming(PLAN, "old"))
    store.put(incoming(PLAN.replace("12座", "15座").replace("到2025年，", "到2026年，"), "new"))
    store.close()
    return tmp_path


def call(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    return done.exit_code, done.stdout


def test_absent_as_json(held: Path) -> None:
    _, said = call("--store", held, "absent", "--json")
    rows = {row["title"]: row for row in json.loads(said)}
    cited = rows["乙市水利建设实施方案"]["cited_by"]
    assert [(c["document"], c["quote"]) for c in cited] == [("a", "《乙市水利建设实施方案》")]
    assert cited[0]["clause"].startswith("a/")


def test_compare_as_table_and_json(held: Path) -> None:
    _, said = call("--store", held, "compare", "old", "new")
    assert (
        "| 指标数字 |" in said and "12座（old/二/(一)）" in said and "15座（new/二/(一)）" in said
    )
    _, said = call("--store", held, "compare", "old", "new", "--json")
    found = json.loads(said)
    assert [change["kind"] for change in found["changes"]] == ["deadline", "figure"]
    assert found["summary"].startswith("指标数字 1 处、时间 1 处")
    code, _ = call("--store", held, "compare", "old", "old")
    assert code == 1


def test_a_file_is_compared_before_it_is_taken_in(held: Path, tmp_path: Path) -> None:
    """It may even bear the name of the one that it would replace."""
    path = tmp_path / "inbox" / "old.txt"
    path.parent.mkdir()
    path.write_text(PLAN.replace("0.6", "0.7"), encoding="utf-8")
    _, said = call("--store", held, "compare", "old", path, "--json")
    [change] = json.loads(said)["changes"]
    assert (change["old"]["quote"], change["new"]["quote"]) == ("0.6", "0.7")
    _, said = call("--store", held, "documents", "--json")
    assert {row["id"] for row in json.loads(said)} == {"a", "old", "new"}


def test_the_audit_trail_says_what_was_replaced(held: Path) -> None:
    store = Store(held)
    store.put(incoming(PLAN.replace("12座", "18座"), "old"))
    store.remove(["new"])
    store.close()
    _, said = call("--store", held, "audit", "--json")
    rows = json.loads(said)
    assert [row["action"] for row in rows] == ["add", "add", "add", "replace", "remove"]
    assert rows[3]["detail"]["old"]["old"]["content"] == rows[1]["detail"]["content"]
    assert rows[4]["detail"]["content"] == rows[2]["detail"]["content"]
    _, said = call("--store", held, "audit", "-n", "2")
    assert [line.split("\t")[1] for line in said.splitlines()] == ["更新", "移出"]
