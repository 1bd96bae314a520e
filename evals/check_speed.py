"""``python -m evals.check_speed``: how long a check takes, cold and with its vectors cached.

The largest bundled plan (over sixty tasks) against a draft of five thousand characters, in a store
of its own, as the command line does it: open the library, read both, check.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from assistant.check import check_parsed, read_draft
from assistant.check.requirements import requirements
from evals.bundled import DOCUMENTS, parsed
from evals.county_text import faithful, in_chapters
from index.encoder import open_encoder
from index.ingest import ingest
from index.library import open_library
from index.store import Store

PLAN = "zhejiang-2017"
LENGTH = 5000  # characters of the draft
COLD, CACHED = 15.0, 3.0  # seconds that a check may take on two cores


def draft_text(length: int = LENGTH) -> str:
    """A faithful draft of the plan in other chapters, of as many whole tasks as fit."""
    told = [faithful(one, 2017) for one in requirements(parsed(DOCUMENTS / f"{PLAN}.md"))]
    while len(text := in_chapters(told).text) > length:
        told.pop()
    return text


def timed(store: Path, draft: Path) -> tuple[float, float, int, int]:
    """Seconds on the clock and of the processor, upper tasks, characters of the draft."""
    began, worked = time.perf_counter(), time.process_time()
    library = open_library(store, open_encoder())
    given = read_draft(draft)
    report = check_parsed([PLAN], given, library)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    library.close()
    return seconds, worked, len(report.rows), len(given.document.text)


def main() -> int:
    argparse.ArgumentParser(prog="python -m evals.check_speed", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="check-speed-") as folder:
        store, draft = Path(folder, "store"), Path(folder, "草案.txt")
        opened = Store(store)
        ingest([DOCUMENTS / f"{PLAN}.md"], opened, None)
        opened.close()
        draft.write_text(draft_text(), encoding="utf-8")
        cold, cold_worked, tasks, length = timed(store, draft)
        cached, worked, _, _ = timed(store, draft)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"上级任务 {tasks} 项，草案 {length} 字；{os.cpu_count()} 核，机器负载 {load:.1f}")
    rows = (("第一次", cold, cold_worked, COLD), ("再一次", cached, worked, CACHED))
    for name, seconds, used, most in rows:
        verdict = "达到" if seconds <= most else "未达"
        print(
            f"{name}：{seconds:.2f} 秒（要求 ≤ {most:g} 秒，{verdict}），其中处理器 {used:.2f} 秒"
        )
    return int(cold > COLD or cached > CACHED)


if __name__ == "__main__":
    sys.exit(main())
