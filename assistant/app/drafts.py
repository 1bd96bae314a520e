"""Drafts that can be checked, and the upper plans that they can be held against."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.app.upload import discard
from assistant.check import read_draft
from assistant.check.asword import kind_of
from assistant.draft.word import write_docx
from assistant.draft.work import read_back
from index.cache import corpus_folder
from index.drafts import draft_name, read_version
from index.drafts import drafts as kept_drafts
from index.errors import NotFound, PolicyError
from index.identity import clean_id, title_key
from index.library import Library
from index.types import Document, Parsed

OPENING = 3000  # characters of a draft among which it says what it carries out
NEAR = 0.6  # share of a title that a citation must give
SHORTEST = 6  # characters of a title that is worth looking for
KEPT = "kept:"  # opens the key of a draft that was drawn up here
Choice = tuple[str, str]  # what the picker says, the key behind it


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """``file`` holds the county's own Word file, so that comments can be written into it; without
    it they go into the text set anew."""

    key: str
    name: str
    parsed: Parsed
    file: bytes = b""
    suffix: str = ".txt"


Drafts = Mapping[str, Draft]


def examples() -> dict[str, Draft]:
    """The drafts that come with the program, for a first try."""
    found: dict[str, Draft] = {}
    for path in sorted((corpus_folder() / "examples").glob("*.md")):
        parsed = read_draft(path)
        key = f"example:{path.stem}"
        found[key] = Draft(key, f"示例：{parsed.document.title}", parsed)
    return found


def received(path: Path, number: int) -> Draft:
    """An uploaded file, read; whatever comes of it, nothing is left in the upload folder."""
    try:
        parsed = read_draft(path)
        data = path.read_bytes()
        own = data if kind_of(data, path.suffix) in ("docx", "doc") else b""
    finally:
        discard(path)
    return Draft(f"upload:{number}", path.name, parsed, own, path.suffix)


def chosen(key: str, own: Drafts, library: Library) -> Draft:
    """The draft behind a key of the picker; the key comes from outside."""
    if key in own:
        return own[key]
    if key.startswith(KEPT):
        return kept(key, library)
    document_id = key.removeprefix("library:")
    try:
        document = library.document(document_id)
        parsed = Parsed(
            document, tuple(library.clauses(document_id)), tuple(library.tasks(document_id))
        )
    except NotFound as error:
        raise PolicyError("请先选一件草案，或上传草案文件") from error
    return Draft(key, document.title, parsed)


def kept(key: str, library: Library) -> Draft:
    """The newest version of a draft that was drawn up here, as its Word file has it."""
    number = key.removeprefix(KEPT)
    if not number.isdecimal():
        raise PolicyError("请先选一件草案，或上传草案文件")
    name = draft_name(library.store, int(number))
    work = read_back(read_version(library.store, int(number))[1])
    with tempfile.TemporaryDirectory(prefix="kept-") as folder:
        path = Path(folder, f"{clean_id(name)[:60]}.docx")
        write_docx(work.draft, path, stage=work.stage, comments=False)
        return Draft(key, name, read_draft(path), path.read_bytes(), ".docx")


def draft_choices(own: Drafts, library: Library) -> list[Choice]:
    """Uploads first, the last one on top; then drafts that are kept here, then examples, then what
    the library holds."""
    uploads = [(one.name, key) for key, one in own.items() if key.startswith("upload:")]
    given = [(one.name, key) for key, one in own.items() if not key.startswith("upload:")]
    shelved = [(f"起草：{one.name}", f"{KEPT}{one.id}") for one in kept_drafts(library.store)]
    held = [(f"资料库：{one.title}", f"library:{one.id}") for one in library.documents()]
    return [*reversed(uploads), *shelved, *given, *held]


def upper_choices(library: Library) -> list[Choice]:
    """Every document, and below it the plans that it consists of."""
    found: list[Choice] = []
    for document in library.documents():
        found.append((plain_title(document.title), document.id))
        for heading, key in plans_in(document, library):
            number = key.rpartition("/P")[2]
            found.append((f"方案{number} {heading}".strip(), key))
    return found


def plans_in(document: Document, library: Library) -> Iterator[Choice]:
    for clause in library.clauses(document.id):
        part = clause.id.removeprefix(f"{document.id}/")
        if clause.parent is None and re.fullmatch(r"P\d+", part):
            yield clause.heading or "", clause.id


def plain_title(title: str) -> str:
    """A title without the frame of the letter that sent it out."""
    bare = re.sub(r"^.{0,30}?(?:印发|转发)(?=.{6})|的(?:通知|函)$", "", title.strip())
    return re.sub(r"^[《〈](.+)[》〉]$", r"\1", bare)


def carried_out(draft: Parsed, library: Library) -> list[str]:
    """The upper plans that a draft names where it says what it carries out."""
    opening = draft.document.text[:OPENING]
    cited = {title_key(title) for title in re.findall(r"《([^《》]{4,100})》", opening)}
    own = title_key(draft.document.title)
    found: list[str] = []
    for document in library.documents():
        plans = list(plans_in(document, library))
        named = [key for heading, key in plans if meant(heading, cited)]
        if not named and meant(plain_title(document.title), cited):
            named = [document.id]
        found += named if title_key(document.title) != own else []
    return found


def meant(title: str, cited: set[str]) -> bool:
    """Whether a citation gives this title, or nearly all of it."""
    key = title_key(title)
    return any(
        (one in key and len(one) >= NEAR * len(key)) or (key in one and len(key) >= SHORTEST)
        for one in cited
        if len(one) >= SHORTEST
    )


def known(keys: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """The keys that can still be picked."""
    held = {key for _, key in choices}
    return [key for key in keys if key in held]
