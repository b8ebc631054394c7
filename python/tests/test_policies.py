"""Policies of other trainers become Playtrain's, and do the same.

`tests/fixtures/policies` holds what is written here, with the actions that numpy finds: a test of Playtrain's own reads it
and lets its actor act. `PLAYTRAIN_WRITE_FIXTURES=1` writes it anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from answers import FIXTURES, ROWS, Answers, expect_same_actions, keep, seen_by_chance
from made_up_states import forward, pattern, rllib_state, sb3_state
from numpy.typing import NDArray

from playtrain import PlaytrainVectorEnv, policies

Open = Callable[..., PlaytrainVectorEnv]


def observations(size: int) -> NDArray[np.float32]:
    """What both sides let the policies see."""
    return pattern(ROWS * size, 7).reshape(ROWS, size) * np.float32(2)


def likeliest(outputs: NDArray[np.float64], *, axes: bool) -> list[float]:
    values = outputs[:, 0] if axes else outputs.argmax(1)
    return [float(value) for value in values]


def told(opened: Open, game: str) -> dict[str, Any]:
    return dict(opened(game, num_envs=1).playtrain_spec.told)


def expect_fixture(name: str, path: Path, actions: list[float]) -> None:
    kept, answers = FIXTURES / f"{name}.safetensors", FIXTURES / f"{name}.json"
    if os.environ.get("PLAYTRAIN_WRITE_FIXTURES") == "1":
        kept.write_bytes(path.read_bytes())
        answers.write_text(json.dumps(actions) + "\n")
    assert path.read_bytes() == kept.read_bytes()
    np.testing.assert_allclose(json.loads(answers.read_text()), actions, atol=1e-9)


@pytest.mark.parametrize(
    ("game", "outputs", "axes", "cut", "epsilon"),
    [("balance", 2, False, 10, 1e-8), ("swing", 1, True, 10, 1e-8), ("swing", 1, True, 1.5, 1e-2)],
)
def test_sb3_policy_is_written_as_playtrain_reads_it(
    opened: Open, tmp_path: Path, game: str, outputs: int, axes: bool, cut: float, epsilon: float
) -> None:
    spec = told(opened, game)
    size = spec["observation"]["size"]
    state = sb3_state(size, outputs, axes=axes)
    counted = SimpleNamespace(
        count=5_000, mean=np.linspace(-0.5, 0.5, size), var=np.linspace(0.5, 2.0, size)
    )
    normaliser = policies.normaliser_of_sb3(
        SimpleNamespace(norm_obs=True, clip_obs=cut, epsilon=epsilon, obs_rms=counted)
    )
    policy = policies.from_sb3(state, normaliser=normaliser)
    path = tmp_path / "policy.safetensors"
    policies.save(path, policy, spec, name="From SB3", decisions=5_000)
    seen = (observations(size).astype(np.float64) - counted.mean) / np.sqrt(counted.var + epsilon)
    layers = ["mlp_extractor.policy_net.0", "mlp_extractor.policy_net.2", "action_net"]
    outputs_seen = forward(state, layers, np.clip(seen, -cut, cut).astype(np.float32).astype(np.float64))
    expect_fixture(f"sb3-{game}" if cut == 10 else f"sb3-cut-{game}", path, likeliest(outputs_seen, axes=axes))


def test_rllib_axes_are_put_back_between_the_games_bounds(opened: Open, tmp_path: Path) -> None:
    spec = told(opened, "swing")
    state = rllib_state(3, 2)
    policy = policies.from_rllib(state, spec)
    assert policy.log_std == pytest.approx(state["pi.net.mlp.0.bias"][1:] + np.log(2.0))
    path = tmp_path / "policy.safetensors"
    policies.save(path, policy, spec, name="From RLlib")
    layers = ["encoder.actor_encoder.net.mlp.0", "encoder.actor_encoder.net.mlp.2", "pi.net.mlp.0"]
    means = forward(state, layers, observations(3).astype(np.float64))[:, :1]
    expect_fixture("rllib-swing", path, likeliest(2 * means, axes=True))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.pop("action_net.weight"), "no dense layer “action_net”"),
        (lambda state: state.update({"value_net.weight": np.full((1, 12), np.nan)}), "not all finite"),
        (lambda state: state.update({"mlp_extractor.value_net.2.bias": np.zeros(9)}), "no dense layer"),
        (
            lambda state: [state.pop(f"mlp_extractor.value_net.2.{part}") for part in ("weight", "bias")],
            "hidden layers",
        ),
    ],
)
def test_what_is_no_straight_net_is_refused_with_a_sentence(
    change: Callable[[Any], Any], sentence: str
) -> None:
    state: dict[str, Any] = dict(sb3_state(4, 2, axes=False))
    change(state)
    with pytest.raises(policies.UnreadablePolicy, match=sentence):
        policies.from_sb3(state)


@pytest.mark.parametrize("cut", [0.0, float("inf"), float("nan")])
def test_a_normaliser_that_cuts_nothing_or_everything_is_refused(cut: float) -> None:
    with pytest.raises(policies.UnreadablePolicy, match="with a finite clip_obs"):
        policies.normaliser_of_sb3(SimpleNamespace(norm_obs=True, clip_obs=cut, epsilon=1e-8))


def test_a_policy_of_another_game_is_refused(opened: Open, tmp_path: Path) -> None:
    policy = policies.from_sb3(sb3_state(4, 3, axes=False))
    with pytest.raises(policies.UnreadablePolicy, match="gives 3 numbers"):
        policies.save(tmp_path / "no.safetensors", policy, told(opened, "balance"), name="No")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("game", "activation", "kept"),
    [("balance", "tanh", None), ("balance", "swish", None), ("swing", "swish", "sb3-swish-swing")],
)
def test_what_sb3_trained_does_the_same_here(
    tmp_path: Path, game: str, activation: policies.Activation, kept: str | None
) -> None:
    torch = pytest.importorskip("torch")
    from stable_baselines3 import PPO

    from playtrain.sb3 import PlaytrainVecEnv

    layers = {"tanh": torch.nn.Tanh, "swish": torch.nn.SiLU}
    env = PlaytrainVecEnv(game, 8)
    made_of = {"net_arch": [32, 24], "activation_fn": layers[activation]}
    model = PPO("MlpPolicy", env, n_steps=64, learning_rate=3e-3, seed=3, device="cpu", policy_kwargs=made_of)
    model.learn(4_096)
    env.close()
    seen, spec, space = seen_by_chance(game)
    file = tmp_path / "policy.safetensors"
    policy = policies.from_sb3(model.policy.state_dict(), activation=activation)
    policies.save(file, policy, spec, name="From SB3", decisions=4_096)
    actions, _ = model.predict(seen, deterministic=True)
    said = model.policy.get_distribution(torch.from_numpy(seen)).distribution
    chances = (
        {"means": said.mean.detach().numpy(), "deviations": said.stddev.detach().numpy()}
        if space.dtype.kind == "f"
        else {"log_probabilities": said.logits.detach().numpy()}
    )
    answers = Answers(seen, np.asarray(actions, np.float32).reshape(ROWS, -1), **chances)
    expect_same_actions(file, answers, space)
    if kept is not None:
        keep(kept, file, answers)
