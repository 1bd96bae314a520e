"""Runs a stream in a thread of its own, so that its reader can stop at any moment."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from queue import Empty, SimpleQueue

TICK = 0.25  # seconds between two signs of life
_END = object()


def pumped(
    stream: Callable[[], AsyncIterator[str]], timeout: float, late: Exception
) -> Generator[str, None, None]:
    """The pieces of an asynchronous stream, "" while nothing comes; ``late`` at the time limit.

    When the iterator is closed the stream is cancelled at once, whatever it waits for.
    """
    pieces: SimpleQueue[object] = SimpleQueue()
    loop = asyncio.new_event_loop()
    task = loop.create_task(_drain(stream, timeout, late, pieces))
    thread = threading.Thread(target=_run, args=(loop, task), name="model", daemon=True)
    thread.start()
    try:
        yield from _taken(pieces)
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


def _taken(pieces: SimpleQueue[object]) -> Iterator[str]:
    while True:
        try:
            piece = pieces.get(timeout=TICK)
        except Empty:
            yield ""
            continue
        if piece is _END:
            return
        if isinstance(piece, BaseException):
            raise piece
        yield str(piece)


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        pass
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())


async def _drain(
    stream: Callable[[], AsyncIterator[str]],
    timeout: float,
    late: Exception,
    pieces: SimpleQueue[object],
) -> None:
    try:
        async with asyncio.timeout(timeout):
            async for piece in stream():
                pieces.put(piece)
    except TimeoutError:
        pieces.put(late)
    except Exception as error:
        pieces.put(error)
    pieces.put(_END)
