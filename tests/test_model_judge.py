"""A model over HTTP looks at what the rules of a check left open, and can only point."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from assistant.check import Coverage, check_parsed, read_draft, to_json
from assistant.model import open_model
from assistant.model.judging import NOT_ALLOWED, found, holds, judge, lost_in
from assistant.settings import load
from evals.model_server import Failure, Request, Script, Server, always, serving
from index.ingest import ingest
from index.library import Library, open_library
from index.types import Parsed

UPPER = """---
id: up
region: 云州市
level: city
kind: 摘编
---
云州市工业提升行动方案

一、重点任务

（一）推进技术改造。到2025年，全市规模以上工业企业技术改造投资达到30亿元。

（二）建立企业诉求直通机制，设立热线，安排专人受理。

（三）组织开展企业家研修，每年培训企业家100人次。
"""
DRAFT = """安平县工业提升实施方案

一、重点任务

（一）推进技术改造。到2025年，全县规模以上工业企业技术改造投资达到30亿元。

（二）开通惠企一号线，企业有难处打一个电话，由驻点干部接听并跟踪办理企业诉求。

（三）办好企业家课堂，每年培训50人次。
"""
LINE = "开通惠企一号线，企业有难处打一个电话，由驻点干部接听并跟踪办理企业诉求"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("judge")
    (folder / "up.md").write_text(UPPER, encoding="utf-8")
    opened = open_library(folder / "store", encoder=None)
    ingest([folder / "up.md"], opened.store, None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    path = tmp_path_factory.mktemp("draft") / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return read_draft(path)


@pytest.fixture(scope="module")
def report(library: Library, draft: Parsed) -> Coverage:
    return check_parsed(["up"], draft, library)


def judged(
    report: Coverage, draft: Parsed, library: Library, server: Server, at: str = ""
) -> Coverage:
    url = server.url.replace("127.0.0.1", at) if at else server.url
    model = open_model(load({"model": "qwen", "model_url": url, "model_timeout": 5}, {}))
    assert model is not None
    return judge(report, draft, model, library)


def pointing(quote: str, about: str = "诉求") -> Script:
    """Names the quote where it is asked about the matter, and nothing elsewhere."""

    def script(request: Request) -> str:
        upper = re.findall(r"<<<\n(.*?)\n>>>", request.prompt, re.DOTALL)[0]
        return json.dumps({"quote": quote if about in upper else ""}, ensure_ascii=False)

    return script


def test_only_open_rows_are_asked_about_and_the_report_names_those_touched(report, draft, library):
    opened = [row for row in report.rows if lost_in(row)]
    assert opened and any("诉求" in lost_in(row) for row in opened)
    with serving(pointing(LINE)) as server:
        after = judged(report, draft, library, server)
    assert len(server.requests) == len(opened)
    (touched,) = [row for row in after.rows if row.judged]
    assert touched.judged == "qwen" and "诉求" in touched.upper_text
    assert LINE in [m.quote for m in touched.matches] and "请人核对" in touched.reason
    assert not touched.faults and touched.notices[0].draft_quote == LINE
    assert touched.clause in after.notices[-1]
    assert [a for a in after.rows if not a.judged] == [
        b for b in report.rows if b.clause != touched.clause
    ]
    assert after.summary["missing"] + after.summary["partial"] == (  # type: ignore[operator]
        report.summary["missing"] + report.summary["partial"]  # type: ignore[operator]
    ) - (touched.label == "covered")
    shape = {row["clause"]: row.get("judged") for row in to_json(after)["rows"]}  # type: ignore
    assert shape[touched.clause] == "qwen" and list(shape.values()).count("qwen") == 1


@pytest.mark.parametrize(
    "quote",
    [
        "建立企业诉求直通机制，设立热线，安排专人受理",  # the upper's words, not the draft's
        LINE.replace("一个电话", "两个电话"),
        "一号线",
        "",
        "全县规模以上工业企业技术改造投资达到30亿元",  # it is there, and about something else
    ],
)
def test_a_verdict_without_its_words_in_the_draft_changes_nothing(quote, report, draft, library):
    with serving(pointing(quote)) as server:
        assert judged(report, draft, library, server) == report


def test_a_quote_without_the_figure_changes_nothing(report, draft, library):
    with serving(pointing("办好企业家课堂，每年培训50人次", about="研修")) as server:
        assert not any(row.judged for row in judged(report, draft, library, server).rows)


def test_a_model_that_fails_leaves_the_report(report, draft, library):
    with serving(always(Failure(500))) as server:
        after = judged(report, draft, library, server)
    assert after.rows == report.rows and "没有判断完" in after.notices[-1]


def test_a_draft_that_may_not_leave_is_not_shown(report, draft, library):
    with serving(pointing(LINE)) as server:
        after = judged(report, draft, library, server, at="0.0.0.0")
        assert not server.requests
    assert after.rows == report.rows and NOT_ALLOWED in after.notices


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("甲乙丙丁戊己庚辛", True),
        ("甲乙丙丁 戊己\n庚辛", True),
        ("甲乙丙丁", False),
        ("甲乙丙丁己庚辛壬", False),
    ],
)
def test_a_quote_is_found_to_the_character(quote, is_found):
    text = "前面，甲乙丙丁\n戊己庚辛，后面"
    span = found(quote, text)
    assert (span is not None) is is_found
    assert span is None or span.of(text) == "甲乙丙丁\n戊己庚辛"


@pytest.mark.parametrize(
    ("upper", "quote", "ok"),
    [
        ("培训100人次", "培训100人次", True),
        ("培训100人次", "培训一批", False),
        ("培训100人次以上", "培训100人次", False),
        ("2025年底前完成", "2025年底前完成", True),
        ("2025年底前完成", "2026年底前完成", False),
        ("建立机制", "建立机制，2025年完成", True),
    ],
)
def test_a_quote_holds_the_facts_of_the_sentence(upper, quote, ok):
    assert holds(upper, quote) is ok
