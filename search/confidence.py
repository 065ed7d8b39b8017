"""How sure an attribution is, in words."""

from __future__ import annotations

HIGH, CHECK = 0.8, 0.5
"""Lower bounds of the bands; below the second is ``weak``."""


def band(confidence: float) -> str:
    """``high``, ``check`` or ``weak``."""
    return "high" if confidence >= HIGH else "check" if confidence >= CHECK else "weak"
