"""A draft reworded by a model over HTTP: no fact lost, none added, and marked until accepted."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.draft import Draft, DraftClause, draft_from, to_json, write_docx
from assistant.draft.types import Placeholder
from assistant.model import open_model
from assistant.model.drafting import GIVES_UP, GONE, NOT_ALLOWED, Reworded, rewording, rewrite
from assistant.model.leaving import permit_drafts
from assistant.model.proposing import proposal_fault
from assistant.model.rewording import rewording_fault
from assistant.settings import load
from evals.model_server import Failure, Request, Script, Server, always, serving
from index.errors import PolicyError
from index.library import Library
from tests.telling import bundled

COUNTY = Path(__file__).resolve().parents[1] / "corpus" / "examples" / "county.toml"
PROPOSED = "围绕各项工作，坚持系统推进、协同发力，抓好以下任务落实。"
TEXT = "到2020年，力争全县新增工业机器人400台，培育【待定：省定20家，请填本县数】示范企业。"
PLAIN = DraftClause(
    "x/一",
    2,
    "（一）",
    "机器换人",
    (TEXT,),
    ("x/一",),
    (Placeholder("p", "【待定】", "x/一", "figure"),),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = bundled(tmp_path_factory.mktemp("store"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plan(library: Library) -> Draft:
    return draft_from(["zhejiang-2017"], COUNTY, library)


def writer(change: Callable[[str], str]) -> Script:
    """A model that changes every ruled paragraph in the same way."""

    def script(request: Request) -> str:
        first = str(request.messages[1]["content"])
        if "请改写这一段" not in first:
            return json.dumps({"paragraphs": [PROPOSED]}, ensure_ascii=False)
        ruled = re.findall(r"<<<\n(.*?)\n>>>", first, re.DOTALL)[2]
        return json.dumps(
            {"paragraphs": [change(p) for p in ruled.split("\n")]}, ensure_ascii=False
        )

    return script


def all_of(plan: Draft, library: Library, server: Server) -> list[Reworded]:
    model = open_model(load({"model": "m", "model_url": server.url, "model_timeout": 10}, {}))
    assert model is not None
    return list(rewording(plan, model, library))


def turned(text: str) -> str:
    """The same facts in another order of words, where a paragraph offers one."""
    return re.sub(r"^到(20\d\d)年，力争(.+?)。$", r"力争到\1年，\2。", text)


def lied(text: str) -> str:
    return re.sub(r"\d", lambda d: str((int(d[0]) + 1) % 10), text, count=1)


def test_what_says_the_same_is_taken_and_marked(plan, library):
    with serving(writer(turned)) as server:
        done = all_of(plan, library, server)
    assert [one.clause.id for one in done] == [clause.id for clause in plan.clauses]
    made = [one.clause for one in done if one.clause.is_machine_made]
    reworded = [clause for clause in made if clause.ruled]
    assert reworded and all(clause.paragraphs != clause.ruled for clause in reworded)
    assert all(
        not rewording_fault(replace(c, paragraphs=c.ruled), c.paragraphs, plan.county)
        for c in reworded
    )


def test_what_says_anything_else_stays_with_the_rules_and_says_why(plan, library):
    with serving(writer(lied)) as server:
        done = all_of(plan, library, server)
    for before, one in zip(plan.clauses, done, strict=True):
        if re.search(r"\d", "".join(before.paragraphs)):
            assert one.clause == before and one.reason
    # The reason was told, once.
    redone = [request for request in server.requests if len(request.messages) > 2]
    assert redone and all("没有通过核对" in str(r.messages[-1]["content"]) for r in redone)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (TEXT.replace("400", "4000"), "400台"),
        (TEXT.replace("力争", "确保"), "力度"),
        (TEXT.replace("【待定：省定20家，请填本县数】", "20家"), "待定"),
        (TEXT.replace("，培育【待定：省定20家，请填本县数】示范企业", ""), "待定"),
        (TEXT.replace("到2020年，", ""), ""),
        (TEXT + "同时建成国际一流高地。", ""),
        (TEXT + "（责任单位：县经信局）", "括号"),
        ("1. " + TEXT, "序号"),
        (TEXT + "\u200b", "看不见"),
        (TEXT + TEXT, "待定"),
        (TEXT + "并" * 90, "长得多"),
    ],
)
def test_every_change_of_a_fact_or_of_the_shape_is_a_fault(given, words):
    fault = rewording_fault(PLAIN, (given,), "清川县")
    assert fault and words in fault
    assert rewording_fault(PLAIN, (TEXT, TEXT), "清川县")


def test_the_same_words_are_no_fault():
    assert not rewording_fault(PLAIN, (TEXT,), "清川县")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (PROPOSED, False),
        ("清川县坚持稳中求进，抓好以下任务。", False),
        ("到2025年建成一批项目。", True),
        ("建成三十个项目。", True),
        ("由县经信局牵头抓好落实。", True),
        ("学习借鉴杭州市做法。", True),
        ("按照《某某方案》抓好落实。", True),
        ("好" * 130, True),
        ("", True),
    ],
)
def test_a_proposal_may_frame_and_never_state(text, fault):
    assert bool(proposal_fault(PLAIN, (text,), "清川县")) is fault


def test_a_dead_endpoint_is_asked_no_further(plan, library):
    with serving(always(Failure(401))) as server:
        done = all_of(plan, library, server)
    assert len(server.requests) <= 2 * GIVES_UP
    assert [one.clause for one in done] == list(plan.clauses)
    assert done[-1].reason == GONE


def test_an_outside_model_sees_no_draft_of_ours_unless_allowed(plan, tmp_path):
    library = bundled(tmp_path)
    try:
        with serving(writer(turned)) as server:
            url = server.url.replace("127.0.0.1", "0.0.0.0")
            model = open_model(load({"model": "m", "model_url": url, "model_timeout": 10}, {}))
            assert model is not None and model.outside
            assert {one.reason for one in rewording(plan, model, library)} == {NOT_ALLOWED}
            assert not server.requests
            permit_drafts(library, True, "张三")
            assert any(c.is_machine_made for c in rewrite(plan, model, library).clauses)
    finally:
        library.close()


def test_the_word_file_says_which_words_are_a_models_until_a_person_takes_them(plan, tmp_path):
    first = plan.clauses[0]
    made = replace(first, written="model", ruled=first.paragraphs)
    marked = replace(plan, clauses=(made, *plan.clauses[1:]))
    path = tmp_path / "plan.docx"
    write_docx(marked, path)
    with zipfile.ZipFile(path) as parts:
        custom = parts.read("docProps/custom.xml").decode()
        assert "AIGC" in custom and first.id in custom
        assert "AI 生成" in parts.read("word/comments.xml").decode()
        assert "AI 生成" in parts.read("docProps/core.xml").decode()
    with pytest.raises(PolicyError, match="没有人确认"):
        write_docx(marked, path, clean=True)
    written = {c["id"]: c["written"] for c in to_json(marked)["clauses"]}
    assert written[first.id] == "model" and set(written.values()) == {"model", "rules"}
    taken = replace(plan, clauses=(replace(made, accepted="张三"), *plan.clauses[1:]))
    write_docx(taken, path)
    with zipfile.ZipFile(path) as parts:
        assert "docProps/custom.xml" not in parts.namelist()
