"""Every suite must notice a product that is broken on purpose.

Broken products go in through the suites' own seams. The verifier that passes all and readers that
lose targets stand in ``test_evals``, searches that went wrong in ``test_retrieval_suite``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.check import Coverage, Row, Upper
from assistant.draft import Draft, Profile, draft
from assistant.types import Answer, Statement, Verdict, cite
from evals import answer_suite, check_suite, draft_suite, faithful, parse_suite, retrieval_suite
from evals.bundled import corpus
from evals.types import Result
from index.encoder import Encoder
from index.library import Library
from index.parse import parse
from index.read import read
from index.types import Parsed, Span


def missed(result: Result) -> set[str]:
    assert not result.skipped
    return {bar.figure for bar in result.missed}


# Reading


def first_half(path: Path) -> Parsed:
    """A reader that stops in the middle of a file."""
    source = read(path)
    return parse(replace(source, text=source.text[: len(source.text) // 2]), path.stem, path.name)


def one_paragraph(path: Path) -> Parsed:
    """A reader that loses the ends of lines."""
    source = read(path)
    return parse(replace(source, text=source.text.replace("\n", " ")), path.stem, path.name)


def digits_lost(path: Path) -> Parsed:
    """A reader whose eights are threes, as bad recognition has it."""
    source = read(path)
    return parse(replace(source, text=source.text.replace("8", "3")), path.stem, path.name)


@pytest.mark.parametrize(
    ("reader", "bars"),
    [
        (first_half, {"clauses", "tasks", "targets"}),
        (one_paragraph, {"clauses", "tasks", "units"}),
        (digits_lost, {"targets"}),
    ],
)
def test_a_broken_reader_fails(reader: Callable[[Path], Parsed], bars: set[str]) -> None:
    assert bars <= missed(parse_suite.run(reader))


# Answering


class Product:
    """Asks and drafts as the product does, once for each question and profile."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, ...], Answer] = {}
        self._drafts: dict[tuple[str, str], Draft] = {}

    def ask(self, question: str, library: Library, history: Sequence[str]) -> Answer:
        key = (question, *history)
        if key not in self._answers:
            self._answers[key] = answer(question, library, history)
        return self._answers[key]

    def draft(self, uppers: Sequence[tuple[Parsed, str]], profile: Profile) -> Draft:
        key = (uppers[0][1], repr(profile))
        if key not in self._drafts:
            self._drafts[key] = draft(uppers, profile)
        return self._drafts[key]


@pytest.fixture(scope="module")
def product() -> Product:
    return Product()


def declines_everything(given: Answer, library: Library) -> Answer:
    return Answer(given.question, "declined", "资料库没有这项内容。", ())


def answers_everything(given: Answer, library: Library) -> Answer:
    """Where it should decline, it passes off the nearest clause as the answer."""
    if given.status != "declined":
        return given
    clause = library.search(given.question, 1)[0].clause
    span = Span(clause.spans[0].start, min(clause.spans[0].end, clause.spans[0].start + 80))
    cited = cite(library.document(clause.document_id), clause, span)
    return replace(given, status="answered", text=f"{cited.quote}[1]", citations=(cited,))


def says_other_figures(given: Answer, library: Library) -> Answer:
    return replace(given, text=given.text.replace("5", "6").replace("2", "3"))


def cites_beside(given: Answer, library: Library) -> Answer:
    """The right words, and every citation moved by some characters."""
    moved = tuple(replace(c, span=Span(c.span.start + 3, c.span.end + 3)) for c in given.citations)
    return replace(given, citations=moved)


def cites_nothing(given: Answer, library: Library) -> Answer:
    return replace(given, citations=())


def quotes_at_length(given: Answer, library: Library) -> Answer:
    """All of every cited clause, so that the fact is in it somewhere."""
    documents = dict.fromkeys(c.document_id for c in given.citations)
    text = "".join(library.document(one).text[:2000] for one in documents)
    return replace(given, text=given.text + text)


@pytest.mark.parametrize(
    ("harm", "bars"),
    [
        (declines_everything, {"right", "facts", "cited"}),
        (answers_everything, {"declined"}),
        (says_other_figures, {"right", "facts", "supported"}),
        (cites_beside, {"real"}),
        (cites_nothing, {"cited", "supported"}),
        (quotes_at_length, {"right"}),
    ],
)
def test_a_broken_assistant_fails(
    harm: Callable[[Answer, Library], Answer], bars: set[str], product: Product
) -> None:
    def ask(question: str, library: Library, history: Sequence[str]) -> Answer:
        return harm(product.ask(question, library, history), library)

    assert bars <= missed(answer_suite.run(ask))


def test_the_assistant_of_the_product_passes(product: Product) -> None:
    assert missed(answer_suite.run(product.ask)) == set()


# Searching


def test_an_index_of_one_document_fails() -> None:
    """The other documents fell out of the index."""
    if not (one := next(iter(sorted(corpus().documents)), "")):
        pytest.fail("没有自带文件")

    def lost(question: str, library: Library) -> list[object]:
        found = retrieval_suite.find(question, library)
        return [clause for clause in found if clause.document_id == one]

    assert {"ndcg", "document_M", "document_D"} <= missed(retrieval_suite.run(lost))


# Verifying


def forgets_figures(statement: Statement, document_of: object, clause_of: object) -> Verdict:
    """Holds whatever is made of the words of its quotes, figures aside."""
    quotes = "".join(c.quote for c in statement.citations)
    strange = [c for c in statement.text if not c.isdigit() and c.isalnum() and c not in quotes]
    return Verdict(statement, "unsupported" if len(strange) > 4 else "supported", "生词")


def test_a_verifier_that_forgets_figures_fails() -> None:
    assert "caught" in missed(faithful.run(forgets_figures, most=3, kept=10))


# Drafting


@cache
def upper() -> Parsed:
    return next(one for one in draft_suite._bundled() if one.document.id == "lps-2016")


def drops_a_task(made: Draft) -> Draft:
    tasks = {task.clause_id for task in upper().tasks if task.kind == "task"}
    gone = next(c for c in made.clauses if set(c.sources) & tasks and c.paragraphs)
    kept = tuple(clause for clause in made.clauses if clause.id != gone.id)
    rows = tuple(row for row in made.rows if not set(row.sources) & set(gone.sources))
    return replace(made, clauses=kept, rows=rows)


def invents_a_figure(made: Draft) -> Draft:
    first, *rest = made.clauses
    told = replace(first, paragraphs=(*first.paragraphs, "安排专项资金4321万元。"))
    return replace(made, clauses=(told, *rest))


def speaks_as_the_upper(made: Draft) -> Draft:
    first, *rest = made.clauses
    told = replace(first, paragraphs=(*first.paragraphs, "全市各县要抓好落实，市直有关部门负责。"))
    return replace(made, clauses=(told, *rest))


@pytest.mark.parametrize(
    ("harm", "bars"),
    [
        (drops_a_task, {"covered"}),
        (invents_a_figure, {"nothing_invented"}),
        (speaks_as_the_upper, {"own_voice"}),
    ],
)
def test_a_broken_draft_fails(
    harm: Callable[[Draft], Draft], bars: set[str], product: Product
) -> None:
    def drafter(uppers: Sequence[tuple[Parsed, str]], profile: Profile) -> Draft:
        return harm(product.draft(uppers, profile))

    assert bars <= missed(draft_suite.run(lambda: [upper()], drafter))


def test_the_draft_of_the_product_passes_on_the_same_plan(product: Product) -> None:
    """All bars but the count of cases, so a broken draft fails for what is broken in it."""
    assert missed(draft_suite.run(lambda: [upper()], product.draft)) <= {"cases", "fast"}


# Checking


def says(label: str) -> Callable[[Sequence[Upper], Parsed, Encoder | None], Coverage]:
    """A check that says the same of every task, and finds nothing."""

    def check(uppers: Sequence[Upper], drafted: Parsed, encoder: Encoder | None) -> Coverage:
        rows = tuple(
            Row(task.clause_id, one.parsed.document.id, task.title, label, "", (), "", ())
            for one in uppers
            for task in one.parsed.tasks
        )
        return Coverage((), "draft", rows, (), 0.0)

    return check


def test_a_check_that_says_all_covered_fails() -> None:
    bars = {"detected", "example_labels", "example_findings"}
    assert bars <= missed(check_suite.run(1, says("covered")))


def test_a_check_that_says_all_missing_fails() -> None:
    bars = {"detected", "false_alarms", "example_labels"}
    assert bars <= missed(check_suite.run(1, says("missing")))
