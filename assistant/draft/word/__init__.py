"""The plan as a Word file by GB/T 9704-2012."""

from assistant.draft.word.write import Stage, refuse_pending, write_docx

__all__ = ["Stage", "refuse_pending", "write_docx"]
