"""Compiles the engine's inner loops where a C compiler is at hand; without one the wheel is made without them, and says so."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags

_FOLDER = Path("search/whoosh")
_LIBRARY = Path("search/whoosh/_kernel.so")
_FLAGS = ["-O3", "-std=c11", "-ffp-contract=off", "-shared", "-fPIC"]


class KernelHook(BuildHookInterface):
    """Puts ``_kernel.so`` beside its source and into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, before the files of a wheel are gathered."""
        if self.target_name != "wheel":
            return
        if self._compile():
            build_data["artifacts"].append(str(_LIBRARY))
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{next(sys_tags()).platform}"  # no Python headers are used

    def _compile(self) -> bool:
        """Make the library; False, with the reason shown, where that cannot be."""
        root = Path(self.root)
        parts = sorted((root / _FOLDER).glob("kernel*.[ch]"))
        digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
        sources = [str(part) for part in parts if part.suffix == ".c"]
        compiler = shutil.which(os.environ.get("CC") or "cc") or shutil.which("gcc") or shutil.which("clang")
        if not compiler:
            self.app.display_warning("no C compiler: the search engine will do without its compiled loops")
            return False
        command = [compiler, *_FLAGS, f'-DSOURCE="{digest}"', *sources, "-o", str(root / _LIBRARY)]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the compiler of this machine
        except (OSError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "stderr", "") or str(error)
            self.app.display_warning(f"the search engine will do without its compiled loops: {reason}")
            return False
        return True
