"""The page: 问答 and 资料库, each place one module, every reading surface a pure renderer."""

import os

# Gradio reads these when it is imported: no telemetry, no look-ups.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
