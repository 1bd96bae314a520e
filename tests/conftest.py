"""Settings that every test shares."""

from __future__ import annotations

from hypothesis import settings

# A slow shared machine must not fail a property: what is tested is the law, never the time.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
