"""One text in every format: its clauses have the same addresses, and the same targets at them.

The files are made by real programs (LibreOffice, python-docx, an OFD writer) from the bundled
digests, and from the originals where they lie beside the checkout.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.printing import (
    converted,
    facts,
    lines_of,
    needs_office,
    ofd,
    text_file,
    understood,
    web_page,
    word,
)

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
ATTACHED = "附件：任务分解表.doc"
MADE = (
    "docx",
    "docx-auto",
    "docx-styles",
    "doc",
    "doc-auto",
    "wps",
    "pdf",
    "pdf-auto",
    "pdf-columns",
    "html",
    "html-page",
    "md",
    "ofd",
)


def original(name: str) -> list[str]:
    path = SEEDS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"没有 {path.name}")
    lines = (line.strip() for line in path.read_text(encoding="utf-8").split("\n"))
    return [line for line in lines if line]


@pytest.fixture(
    scope="module",
    params=["digest:lps-2016", "digest:huanggang-2021", "seed:lps-2016", "seed:huanggang-2021"],
)
def files(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    kind, _, name = request.param.partition(":")
    lines = [*(lines_of(name) if kind == "digest" else original(name)), ATTACHED]
    folder = tmp_path_factory.mktemp(name)
    made = {"txt": text_file(folder, lines)}
    for form, options in {"": {}, "-auto": {"numbered": True}, "-styles": {"styled": True}}.items():
        made[f"docx{form}"] = folder / f"plan{form}.docx"
        word(lines, **options).save(str(made[f"docx{form}"]))
    columns = folder / "plan-columns.docx"
    word(lines, columns=2).save(str(columns))
    sources = [made["docx"], made["docx-auto"], columns]
    made["pdf"], made["pdf-auto"], made["pdf-columns"] = converted(sources, "pdf")
    made["doc"], made["doc-auto"] = converted(sources[:2], "doc:MS Word 97")
    made["html"] = converted(sources[:1], "html")[0]
    made["wps"] = folder / "plan.wps"
    shutil.copy(made["doc"], made["wps"])
    made["html-page"] = folder / "page.html"
    made["html-page"].write_bytes(web_page(lines[:-1]))
    made["md"] = folder / "plan.md"
    made["md"].write_text("\n\n".join(lines), encoding="utf-8")
    made["ofd"] = ofd(folder / "plan.ofd", lines)
    return made


@needs_office
@pytest.mark.parametrize("form", MADE)
def test_a_format_says_what_the_text_says(files: Mapping[str, Path], form: str):
    ids, targets = facts(understood(files["txt"]))
    found_ids, found_targets = facts(understood(files[form]))
    assert len(ids) > 20 and len(targets) > 20
    assert found_ids == ids
    assert found_targets == targets
