"""A GGUF file on this machine, served by llama.cpp in a child process while it is needed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from queue import Empty, SimpleQueue

from assistant.model.endpoint import Endpoint
from assistant.model.pump import TICK
from assistant.model.types import Message, ModelError, Schema
from index.errors import SettingsError

LOADING = 120.0  # seconds that a model file may take to load


class LocalModel:
    """Starts at the first question; ends with ``close`` and with this process."""

    outside = False

    def __init__(self, path: str, timeout: float) -> None:
        self._path = Path(path).expanduser()
        if importlib.util.find_spec("xllamacpp") is None:
            raise SettingsError(
                "没有安装本机模型组件；请运行 pip install 'policy-assistant[local-model]'"
            )
        if not self._path.is_file():
            raise SettingsError(f'模型文件 {self._path} 不存在；请检查 model = "gguf:路径"')
        self.name = self._path.stem
        self.timeout = timeout
        self._lock = threading.Lock()
        self._loader = ThreadPoolExecutor(1, "loading")
        self._closed = False
        self._child: subprocess.Popen[str] | None = None
        self._endpoint: Endpoint | None = None

    def complete(
        self, messages: Sequence[Message], schema: Schema | None, max_tokens: int
    ) -> Generator[str, None, None]:
        """While the file is loading the reader can already leave."""
        ready = self._loader.submit(self._served)
        while not wait([ready], TICK).done:
            yield ""
        yield from ready.result().complete(messages, schema, max_tokens)

    def start(self) -> None:
        self._loader.submit(self._served)

    def close(self) -> None:
        self._closed = True
        if (child := self._child) is not None:
            child.kill()  # so that whoever waits for it to load is told
        self._loader.shutdown(cancel_futures=True)
        with self._lock:
            self._end()

    def _served(self) -> Endpoint:
        with self._lock:
            if self._closed:
                raise ModelError(f"模型 {self.name} 已停用")
            if self._endpoint is None or self._child is None or self._child.poll() is not None:
                self._end()
                self._endpoint = Endpoint(self.name, f"{self._start()}/v1", "", self.timeout)
            return self._endpoint

    def _start(self) -> str:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "assistant.model.llama_child", str(self._path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        lines: SimpleQueue[str] = SimpleQueue()
        stdout = self._child.stdout
        assert stdout is not None
        threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
        try:
            address = lines.get(timeout=LOADING).strip()
        except Empty:
            address = ""
        if not address:
            self._end()
            raise ModelError(f"模型文件 {self._path} 加载失败：可能不是 GGUF 文件，或内存不够")
        return address

    def _end(self) -> None:
        child, self._child, self._endpoint = self._child, None, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
