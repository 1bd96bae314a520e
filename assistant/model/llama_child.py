"""A model file behind an address of this machine; run as a child process by ``local``.

Prints its address in the first line, and ends when its parent closes the pipe or is gone.
"""

from __future__ import annotations

import os
import sys

import xllamacpp

CONTEXT = 8192


def main(path: str) -> None:
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    # Threads spin while they wait for each other: on a busy machine one too many stops them all.
    threads = max(1, (os.cpu_count() or 2) - 1)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity = 0
    params.cache_ram_mib = 0  # by default it would keep 8 GB of earlier prompts
    params.ui = False
    params.port = 0
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # Its own way to end waits for a request in flight, which may take minutes.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
