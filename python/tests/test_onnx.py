"""Policies as ONNX files do in onnxruntime what numpy finds that they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_up_states import forward, pattern, sb3_state

from playtrain import PlaytrainVectorEnv, onnx, policies

onnxruntime = pytest.importorskip("onnxruntime")

ROWS = 1_000
Open = Callable[..., PlaytrainVectorEnv]


def written(
    opened: Open,
    folder: Path,
    game: str,
    outputs: int,
    *,
    axes: bool,
    activation: policies.Activation = "tanh",
    normalised: bool = False,
) -> tuple[Path, Any, Any]:
    """A policy's file of made-up weights, what it sees, and what its head gives there."""
    spec = opened(game, num_envs=1).playtrain_spec.told
    size = spec["observation"]["size"]
    state = sb3_state(size, outputs, axes=axes)
    path = folder / f"{game}.safetensors"
    counted = policies.Normaliser(1e4, np.full(size, 0.25), np.full(size, 0.0004)) if normalised else None
    learned = policies.from_sb3(state, activation=activation, normaliser=counted)
    policies.save(path, learned, spec, name="Made up")
    seen = pattern(ROWS * size, 7).reshape(ROWS, size)
    # A deviation of 0.02: what is far from 0.25 is cut at 10 of them.
    shown = np.clip((seen - 0.25) / np.sqrt(0.0004 + 1e-8), -10, 10) if normalised else seen
    layers = ["mlp_extractor.policy_net.0", "mlp_extractor.policy_net.2", "action_net"]
    return path, seen, forward(state, layers, shown.astype(np.float64), activation)


@pytest.mark.parametrize(("activation", "normalised"), [("tanh", False), ("relu", True), ("swish", True)])
@pytest.mark.parametrize("batch", [1, 64])
def test_choices_are_those_of_the_policy_in_both_dialects(
    opened: Open, tmp_path: Path, batch: int, activation: policies.Activation, normalised: bool
) -> None:
    path, seen, logits = written(
        opened, tmp_path, "balance", 2, axes=False, activation=activation, normalised=normalised
    )
    unity = onnx.OnnxPolicy(onnx.export_policy(path, "mlagents", tmp_path / "unity.onnx"))
    godot = onnxruntime.InferenceSession(onnx.export_policy(path, "godot", tmp_path / "godot.onnx"))
    for start in range(0, ROWS, batch):
        rows = slice(start, start + batch)
        np.testing.assert_array_equal(unity.act(seen[rows])["discrete"][:, 0], logits[rows].argmax(1))
        states = np.zeros(len(seen[rows]), np.float32)
        output, same = godot.run(["output", "state_outs"], {"obs": seen[rows], "state_ins": states})
        np.testing.assert_allclose(output, logits[rows], atol=1e-5)
        np.testing.assert_array_equal(same, states)


def test_what_is_forbidden_is_neither_likeliest_nor_drawn(opened: Open, tmp_path: Path) -> None:
    path, seen, logits = written(opened, tmp_path, "balance", 2, axes=False)
    unity = onnx.OnnxPolicy(onnx.export_policy(path, "mlagents", tmp_path / "unity.onnx"))
    masks = np.eye(2)[1 - logits.argmax(1)]
    for deterministic in (True, False):
        chosen = unity.act(seen, masks, deterministic=deterministic)["discrete"][:, 0]
        np.testing.assert_array_equal(chosen, masks.argmax(1))


@pytest.mark.parametrize("batch", [1, 64])
def test_axes_come_from_minus_one_to_one_in_both_dialects(opened: Open, tmp_path: Path, batch: int) -> None:
    path, seen, means = written(opened, tmp_path, "swing", 1, axes=True)
    unity = onnx.OnnxPolicy(onnx.export_policy(path, "mlagents", tmp_path / "unity.onnx"))
    godot = onnxruntime.InferenceSession(onnx.export_policy(path, "godot", tmp_path / "godot.onnx"))
    # The game's axis goes from −2 to 2. Unity's dialect cuts; Godot's leaves that to its game.
    for start in range(0, ROWS, batch):
        rows = slice(start, start + batch)
        acted = unity.act(seen[rows])["continuous"]
        np.testing.assert_allclose(acted, np.clip(means[rows] / 2, -1, 1), atol=1e-5)
        states = np.zeros(len(seen[rows]), np.float32)
        output, same = godot.run(["output", "state_outs"], {"obs": seen[rows], "state_ins": states})
        np.testing.assert_allclose(output, means[rows] / 2, atol=1e-5)
        np.testing.assert_array_equal(same, states)


@pytest.mark.parametrize("dialect", ["mlagents", "godot"])
def test_axes_go_back_as_they_were(opened: Open, tmp_path: Path, dialect: onnx.Dialect) -> None:
    path, seen, means = written(opened, tmp_path, "swing", 1, axes=True)
    model = onnx.export_policy(path, dialect, tmp_path / "there.onnx")
    expected = np.clip(means / 2, -1, 1)
    again = onnx.export_policy(onnx.import_policy(model, tmp_path / "again.safetensors"), "mlagents")
    np.testing.assert_allclose(onnx.OnnxPolicy(again).act(seen)["continuous"], expected, atol=1e-5)


def test_what_is_drawn_lies_about_the_likeliest(opened: Open, tmp_path: Path) -> None:
    path, seen, means = written(opened, tmp_path, "swing", 1, axes=True)
    model = onnx.export_policy(path, "mlagents", tmp_path / "unity.onnx")
    expected = np.clip(means / 2, -1, 1)
    drawn = onnx.OnnxPolicy(model).act(seen, deterministic=False)["continuous"]
    assert np.abs(drawn).max() <= 1 and np.abs(drawn - expected).max() > 0.01


def test_what_is_no_model_is_refused_with_nodes_sentence(tmp_path: Path) -> None:
    (tmp_path / "no.onnx").write_text("no model")
    with pytest.raises(onnx.OnnxRefused, match="not loaded: it is not an ONNX model"):
        onnx.import_policy(tmp_path / "no.onnx")
