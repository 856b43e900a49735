"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A loaded machine is no failure, and the same commit gives the same examples everywhere.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
