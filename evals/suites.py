"""Every suite by name. A suite takes nothing and gives its result; add one line to add a suite."""

from __future__ import annotations

from collections.abc import Callable

from evals import (
    answer_suite,
    check_suite,
    draft_suite,
    faithful,
    gold,
    model_suite,
    parse_suite,
    retrieval_suite,
)
from evals.types import Result

SUITES: dict[str, Callable[[], Result]] = {
    "parse": parse_suite.run,
    "answer": answer_suite.run,
    "retrieval": retrieval_suite.run,
    "faithful": faithful.run,
    "gold": gold.run,
    "draft": draft_suite.run,
    "check": check_suite.run,
    "model": model_suite.run,
}
QUICK = ("parse", "answer", "retrieval", "faithful")
