"""The drafted file as it comes out of the printer: lines a page, headings, first characters.

LibreOffice lays the pages out and pdftotext reads them; where either is missing nothing is judged.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

LINES = 22
_NUMBER = re.compile(r"—\s*\d+\s*—")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)[^。，；]{2,24}"
)
_NEVER_FIRST = "，。、；：）》】"  # LibreOffice takes ” for Latin, whatever the file says of it


def can_print() -> bool:
    return all(shutil.which(program) for program in ("soffice", "pdftotext"))


def faults(path: Path, title: str) -> list[str]:
    """What is wrong with the pages in front of the annex; empty where all is right."""
    found: list[str] = []
    pages = _in_front(_pages(path))
    for n, lines in enumerate(pages, start=1):
        # The notice and the plan end where they end; every other page is full, or one line short
        # of it where a heading goes over with its text.
        ends = n == len(pages) or _begins(pages[n], title)
        least = LINES - (2 if _begins(lines, title) else 1)  # a blank line under the title
        if len(lines) > LINES or (not ends and len(lines) < least):
            found.append(f"第{n}页 {len(lines)} 行")
        if not ends and _HEADING.fullmatch(lines[-1]):
            found.append(f"第{n}页末是标题“{lines[-1]}”")
        found += [f"第{n}页一行以“{line[0]}”开头" for line in lines if line[0] in _NEVER_FIRST]
    return found if pages else ["没有页面"]


def _begins(lines: Sequence[str], title: str) -> bool:
    return "".join(lines).replace(" ", "").startswith(title[:8])


def _in_front(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of the pages before 附件, without page numbers."""
    out: list[list[str]] = []
    for page in pages:
        bare = [line.strip() for line in page if line.strip()]
        bare = [line for line in bare if not _NUMBER.fullmatch(line)]
        if not bare or bare[0] == "附件":
            break
        out.append(bare)
    return out


def _pages(path: Path) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(path),
            ],
            capture_output=True,
            check=True,
            timeout=180,
        )
        pdf = Path(folder) / f"{path.stem}.pdf"
        done = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
        )
    return [page.split("\n") for page in done.stdout.split("\f")[:-1]]
