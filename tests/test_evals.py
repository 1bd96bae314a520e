"""The evaluations must be able to fail: broken products, broken readers, missed bars."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.types import Statement, Verdict
from assistant.verify import verify
from evals import faithful, parse_suite
from evals.__main__ import main
from evals.bundled import Corpus, corpus, parsed
from evals.lies import CITATION_LIES, TEXT_LIES, lies
from evals.numerals import chinese_numeral
from evals.report import log, markdown
from evals.types import Bar, Case, Result, Score, mean
from index.types import Parsed, Span


def passes_all(statement: Statement, *_: object) -> Verdict:
    return Verdict(statement, "supported")


def refuses_all(statement: Statement, *_: object) -> Verdict:
    return Verdict(statement, "unsupported", "一概拒绝")


def only_quotes(statement: Statement, *_: object) -> Verdict:
    """A verifier that checks that citations look right, and no fact."""
    right = all(len(c.quote) == c.span.end - c.span.start for c in statement.citations)
    return Verdict(statement, "supported" if right else "unsupported", "" if right else "区间")


def missed(result: Result) -> set[str]:
    return {bar.figure for bar in result.missed}


@pytest.fixture(scope="module")
def read() -> Corpus:
    return corpus()


def test_faithful_passes_with_the_verifier_of_the_product(read: Corpus) -> None:
    result = faithful.run(most=12, kept=40, read=read)
    assert missed(result) == set(), [c.scores for c in result.cases if c.faults][:5]


def test_a_verifier_that_passes_all_fails_faithful(read: Corpus) -> None:
    assert missed(faithful.run(passes_all, most=12, kept=40, read=read)) == {"caught"}


def test_a_verifier_that_refuses_all_fails_faithful(read: Corpus) -> None:
    assert missed(faithful.run(refuses_all, most=12, kept=40, read=read)) == {"refused"}


def test_a_verifier_of_quotes_alone_fails_faithful(read: Corpus) -> None:
    assert missed(faithful.run(only_quotes, most=12, kept=40, read=read)) == {"caught"}


def test_lies_are_the_same_on_every_run_and_differ_from_the_truth(read: Corpus) -> None:
    first = [(kind, said) for kind, _, said in lies(read, seed=7, most=2)]
    again = [(kind, said) for kind, _, said in lies(read, seed=7, most=2)]
    assert first == again
    assert all(said != truth.statement for _, truth, said in lies(read, seed=7, most=2))


def test_every_kind_of_lie_finds_an_occasion(read: Corpus) -> None:
    kinds = {kind for kind, _, _ in lies(read, most=1)}
    assert kinds >= TEXT_LIES.keys() | CITATION_LIES.keys()


def without_targets(path: Path) -> Parsed:
    one = parsed(path)
    return replace(one, tasks=tuple(replace(task, targets=()) for task in one.tasks))


def without_leads(path: Path) -> Parsed:
    one = parsed(path)
    return replace(one, tasks=tuple(replace(task, lead=None) for task in one.tasks))


def spans_moved(path: Path) -> Parsed:
    one = parsed(path)
    moved = (
        replace(c, spans=tuple(Span(s.start + 1, s.end) for s in c.spans if s.end > s.start + 1))
        for c in one.clauses
    )
    return replace(one, clauses=tuple(moved))


def without_outline(path: Path) -> Parsed:
    one = parsed(path)
    return replace(one, clauses=one.clauses[:1], tasks=())


def test_a_broken_reader_fails_parse() -> None:
    assert "targets" in missed(parse_suite.run(without_targets))
    assert "lead" in missed(parse_suite.run(without_leads))
    assert "spans" in missed(parse_suite.run(spans_moved))
    assert {"clauses", "tasks"} <= missed(parse_suite.run(without_outline))


def test_parse_has_cases_of_every_document_and_check(read: Corpus) -> None:
    rows = [json.loads(line) for line in parse_suite.CASES.read_text("utf-8").splitlines()]
    assert len(rows) >= 60
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["document"] for row in rows} == set(read.documents)
    assert {row["check"] for row in rows} == set(parse_suite.CHECKS)


def suite(value: float) -> Result:
    case = Case("a#1", "a", (Score("right", value, "解释"), Score("other", None, "无法评判")))
    return Result("fake", (case,), {"right": value}, (Bar("right", 0.9),))


def test_a_missed_bar_makes_the_exit_code_non_zero(tmp_path: Path) -> None:
    assert main(["fake"], {"fake": lambda: suite(1.0)}, tmp_path) == 0
    assert main(["fake"], {"fake": lambda: suite(0.5)}, tmp_path) == 1
    assert main(["none"], {"fake": lambda: suite(1.0)}, tmp_path) == 2


def test_a_figure_that_is_not_there_misses_its_bar() -> None:
    assert missed(replace(suite(1.0), figures={})) == {"right"}
    assert missed(replace(suite(1.0), figures={}, skipped="没有数据")) == set()


def test_the_log_holds_every_case_and_the_report_its_faults(tmp_path: Path) -> None:
    main(["fake"], {"fake": lambda: suite(0.5)}, tmp_path)
    [written] = tmp_path.glob("*.json")
    kept = json.loads(written.read_text("utf-8"))
    assert kept["passed"] is False
    assert kept["suites"][0]["cases"][0]["scores"][0]["explanation"] == "解释"
    assert log([suite(1.0)])["passed"] is True
    assert "未达" in markdown([suite(0.5)])
    assert "解释" in markdown([suite(0.5)])


def test_what_cannot_be_judged_is_not_averaged() -> None:
    assert mean(suite(0.5).cases, "right") == 0.5
    assert mean(suite(0.5).cases, "other") is None


def test_chinese_numerals() -> None:
    told = {10: "十", 105: "一百零五", 20000: "二万", 1.5: "一点五", 2292: "二千二百九十二"}
    assert {n: chinese_numeral(n) for n in told} == told


def test_the_product_verifier_is_the_default() -> None:
    assert faithful.run.__defaults__ is not None
    assert faithful.run.__defaults__[0] is verify
