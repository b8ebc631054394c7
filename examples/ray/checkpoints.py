"""Checkpoints of an algorithm in a folder, each named by its steps and there only once it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

KEPT = 2


def newest(folder: Path) -> Path | None:
    """The last checkpoint that is whole."""
    whole = _whole(folder)
    return whole[-1].resolve() if whole else None


def save(algorithm: Any, folder: Path, steps: int) -> None:
    """Keeps what an algorithm has come to, beside the one before; older ones go."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = (folder / "unfinished").resolve()
    shutil.rmtree(unfinished, ignore_errors=True)
    algorithm.save_to_path(str(unfinished))
    unfinished.rename(folder / f"{steps:012}")
    for old in _whole(folder)[:-KEPT]:
        shutil.rmtree(old)


def _whole(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob("[0-9]*") if each.name.isdigit())
