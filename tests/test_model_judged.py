"""Judged metrics over a scripted judge: verdicts that can be read count, others do not."""

from __future__ import annotations

from assistant.settings import load
from evals.judged import NAMES, run
from evals.model_server import Request, always, serving


def judge(request: Request) -> str:
    return "YES" if "YES or NO" in request.prompt else "Relevant.\n[RESULT] 2"


def test_verdicts_are_counted():
    with serving(judge) as server:
        result = run(load({"model": "judge", "model_url": server.url}, {}), most=3)
    assert dict(result.figures) == dict.fromkeys(NAMES, 1.0) and len(result.cases) == 3


def test_what_cannot_be_read_is_no_verdict():
    with serving(always("我说不好")) as server:
        result = run(load({"model": "judge", "model_url": server.url}, {}), most=2)
    assert not result.figures and "2 条" in result.notes[0]


def test_without_a_model_it_says_so():
    assert run(load({}, {})).skipped
