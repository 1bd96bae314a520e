"""The plan as a Word file by GB/T 9704-2012."""

from assistant.draft.word.write import Stage, write_docx

__all__ = ["Stage", "write_docx"]
