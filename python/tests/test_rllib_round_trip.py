"""What is trained under Ray does the same in Playtrain's own actor as in torch."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT
from numpy.typing import NDArray

ray = pytest.importorskip("ray")
torch = pytest.importorskip("torch")
pytestmark = pytest.mark.heavy

from ray.rllib.algorithms.ppo import PPO, PPOConfig  # noqa: E402
from ray.rllib.core.columns import Columns  # noqa: E402
from ray.rllib.utils.spaces.space_utils import unsquash_action  # noqa: E402

from playtrain import PlaytrainVectorEnv, policies  # noqa: E402
from playtrain.rllib import NAME, policy_of, register  # noqa: E402

ROWS = 1_000
ARENAS = 10


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A cluster of this machine alone."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    register()
    yield
    ray.shutdown()


def trained(game: str, activation: str) -> PPO:
    agent = (
        PPOConfig()
        .environment(NAME, env_config={"game": game})
        .env_runners(
            num_env_runners=1, num_envs_per_env_runner=8, gym_env_vectorize_mode="vector_entry_point"
        )
        .training(train_batch_size_per_learner=1024, minibatch_size=256, num_epochs=6, lr=3e-3)
        .rl_module(model_config={"fcnet_hiddens": [32, 24], "fcnet_activation": activation})
        .debugging(seed=1)
        .build_algo()
    )
    for _ in range(5):
        agent.train()
    return agent


def seen_by_chance(game: str) -> tuple[NDArray[np.float32], dict[str, Any], Any]:
    """A thousand observations of random play, what the game says of itself, and its actions."""
    env = PlaytrainVectorEnv(game, ARENAS)
    env.action_space.seed(1)
    seen = [env.reset(seed=1)[0]]
    while sum(map(len, seen)) < ROWS:
        seen.append(env.step(env.action_space.sample())[0])
    env.close()
    return np.concatenate(seen)[:ROWS], dict(env.playtrain_spec.told), env.single_action_space


def by_torch(agent: PPO, observations: NDArray[np.float32], space: Any) -> NDArray[np.float64]:
    """RLlib's own actions without chance, `[N, actions]`."""
    module = agent.get_module()
    with torch.no_grad():
        out = module.forward_inference({Columns.OBS: torch.from_numpy(observations)})
    distribution = module.get_inference_action_dist_cls().from_logits(out[Columns.ACTION_DIST_INPUTS])
    chosen = distribution.to_deterministic().sample().numpy()
    return np.asarray(unsquash_action(chosen, space), np.float64).reshape(len(observations), -1)


def by_playtrain(file: Path, observations: NDArray[np.float32]) -> NDArray[np.float32]:
    node = os.environ.get("PLAYTRAIN_NODE", "node")
    act = [node, "--import", "tsx", "tests/testing/act-by-policy.ts", str(file)]
    done = subprocess.run(act, cwd=ROOT, input=observations.tobytes(), capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.float32).reshape(len(observations), -1)


@pytest.mark.parametrize(
    ("game", "activation"), [("balance", "tanh"), ("balance", "relu"), ("swing", "tanh"), ("volley", "tanh")]
)
def test_what_ray_trained_does_the_same_here(tmp_path: Path, game: str, activation: str) -> None:
    observations, told, space = seen_by_chance(game)
    agent = trained(game, activation)
    file = tmp_path / "policy.safetensors"
    policies.save(file, policy_of(agent, told), told, name="From RLlib")
    theirs = by_torch(agent, observations, space)
    agent.stop()
    mine = by_playtrain(file, observations)
    assert len(np.unique(theirs, axis=0)) > 1
    if space.dtype.kind == "f":
        np.testing.assert_allclose(mine, theirs, atol=1e-5)
    else:
        np.testing.assert_array_equal(mine, theirs)
