"""Any LlamaIndex program can use the corpus: python examples/llamaindex_example.py 文件夹 问题"""

import sys
from pathlib import Path

from index.ingest import ingest
from index.library import open_library
from index.llama import ClauseRetriever


def main(folder: str, question: str) -> None:
    library = open_library(Path("var"))
    ingest([Path(folder)], library.store, library.encoder)
    for found in ClauseRetriever(library, k=3).retrieve(question):
        place = f"[{found.node.start_char_idx}:{found.node.end_char_idx}]"
        sys.stdout.write(f"{found.score:.2f} {found.node.node_id} {place} {found.text[:40]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
