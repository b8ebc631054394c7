"""Policies as ONNX files, for Unity's ML-Agents and Godot RL Agents, and back.

What writes and reads the files is what the page does it by, run in Node; `OnnxPolicy` plays one by onnxruntime
(`pip install playtrain[onnx]`).
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playtrain._node import onnx_command
from playtrain.errors import PlaytrainError

Dialect = Literal["mlagents", "godot"]
StrPath = str | os.PathLike[str]

_SECONDS = 60


class OnnxRefused(PlaytrainError):
    """A file that was not written or read; the message says why."""


def export_policy(policy: StrPath, dialect: Dialect, out: StrPath | None = None) -> Path:
    """Writes a policy's or a run's file as an `.onnx` file for another engine. Returns where it is.

    Raises `OnnxRefused` where the file cannot be read, or an axis of its game has no bounds.
    """
    target = Path(out) if out is not None else Path(policy).with_suffix(".onnx")
    _run("export", str(policy), "--onnx", dialect, "--out", str(target))
    return target


def import_policy(
    model: StrPath, out: StrPath | None = None, *, like: StrPath | None = None, output: str | None = None
) -> Path:
    """Makes a policy's file of an `.onnx` file. Returns where it is.

    `like` is a policy's file of the game that it plays, where the model does not say so itself; `output` names the output
    that holds the actions, where several could.

    Raises `OnnxRefused` where the model is no straight net of that game.
    """
    target = Path(out) if out is not None else Path(model).with_suffix(".safetensors")
    words = ["import", str(model), "--out", str(target)]
    if like is not None:
        words += ["--like", str(like)]
    if output is not None:
        words += ["--output", output]
    _run(*words)
    return target


def _run(*words: str) -> None:
    try:
        ended = subprocess.run(
            [*onnx_command(), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OnnxRefused(f"Nothing was written within {_SECONDS} s.") from error
    if ended.returncode != 0:
        raise OnnxRefused(
            ended.stderr.strip() or f"Node ended with code {ended.returncode} and said nothing."
        )


class OnnxPolicy:
    """A policy in the dialect of ML-Agents, played by onnxruntime."""

    def __init__(self, path: StrPath) -> None:
        """Opens the file."""
        import onnxruntime

        self._session = onnxruntime.InferenceSession(os.fspath(path), providers=["CPUExecutionProvider"])
        self._inputs = {each.name: each.shape[1] for each in self._session.get_inputs()}
        self._outputs = {each.name for each in self._session.get_outputs()}
        if "obs_0" not in self._inputs or "version_number" not in self._outputs:
            raise OnnxRefused(
                f"{os.fspath(path)} is not in the dialect of ML-Agents; export it for “mlagents”."
            )

    def act(
        self, observations: NDArray[Any], masks: NDArray[Any] | None = None, *, deterministic: bool = True
    ) -> dict[str, NDArray[Any]]:
        """What it does: `discrete` indices `[batch, branches]` and `continuous` numbers from −1 to 1 `[batch, axes]`.

        `masks` has a flag for every choice, 1 where it is allowed; all are unless told.
        """
        feeds: dict[str, NDArray[Any]] = {"obs_0": np.asarray(observations, np.float32)}
        if "action_masks" in self._inputs:
            allowed = np.ones((len(observations), self._inputs["action_masks"])) if masks is None else masks
            feeds["action_masks"] = np.asarray(allowed, np.float32)
        names = {
            kind: f"{'deterministic_' if deterministic else ''}{kind}_actions"
            for kind in ("discrete", "continuous")
        }
        there = {kind: name for kind, name in names.items() if name in self._outputs}
        return dict(zip(there, self._session.run(list(there.values()), feeds), strict=True))
