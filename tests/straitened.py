"""A process in straits: its files may not grow, or it may not write into the folder.

It opens the store, reads it, and puts documents until something stops it; each step is told as a
line of JSON with the documents that it sees, or the message that a user would get.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from letters import Letters, incoming
from perishable import plan

from index.errors import PolicyError
from index.library import Library, open_library


def tell(step: str, **what: object) -> None:
    sys.stdout.write(json.dumps({"step": step} | what) + "\n")


def straiten(how: str, folder: Path) -> None:
    if how == "limit":
        most = max(path.stat().st_size for path in folder.iterdir()) + 60_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    elif how == "nobody" and os.getuid() == 0:  # root may write anywhere
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def work(library: Library) -> None:
    tell("held", ids=[document.id for document in library.store.documents()])
    for number in range(300):
        library.store.put(incoming(plan(1, 1000 + number) + "水" * 3000, f"q{number}"))
        tell("put", id=f"q{number}")


def main(how: str, folder: Path) -> None:
    straiten(how, folder)
    try:
        library = open_library(folder, Letters())
        work(library)
    except PolicyError as error:
        tell("stopped", error=str(error))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
