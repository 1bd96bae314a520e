"""Questions to start with: those written for the bundled documents, else made from the tasks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from index.library import Library
from index.types import Document, Task

WRITTEN = Path(__file__).parent / "static" / "examples.toml"
SHOWN = 4
LONGEST = 40
Example = tuple[str, str]  # what kind of question it is, the question


def examples(library: Library) -> list[Example]:
    """At most four, and only such as the library can answer from the documents that it holds."""
    documents = library.documents()
    held = {document.id for document in documents}
    with WRITTEN.open("rb") as file:
        entries = tomllib.load(file)["example"]
    written = [
        (one["kind"], one["question"]) for one in entries if held.issuperset(one["documents"])
    ]
    return written[:SHOWN] or list(islice(made(library, documents), SHOWN))


def made(library: Library, documents: list[Document]) -> Iterator[Example]:
    """One question a document, from what the document itself says."""
    for document in documents:
        questions = (example for task in library.tasks(document.id) for example in asked(task))
        fitting = (one for one in questions if len(one[1]) <= LONGEST)
        yield from islice(fitting, 1)


def asked(task: Task) -> Iterator[Example]:
    if task.targets:
        yield "问一个数字", f"{task.targets[0].metric}的目标是多少？"
    if task.lead and task.title:
        yield "问责任单位", f"“{task.title}”由哪个单位牵头？"
