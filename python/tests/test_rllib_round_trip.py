"""What is trained under Ray does the same in Playtrain's own actor as in torch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from answers import Answers, Floats, expect_same_actions, keep, seen_by_chance

ray = pytest.importorskip("ray")
torch = pytest.importorskip("torch")
pytestmark = pytest.mark.heavy

from ray.rllib.algorithms.ppo import PPO, PPOConfig  # noqa: E402
from ray.rllib.core.columns import Columns  # noqa: E402
from ray.rllib.utils.spaces.space_utils import unsquash_action  # noqa: E402

from playtrain import policies  # noqa: E402
from playtrain.rllib import NAME, policy_of, register  # noqa: E402


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


def by_torch(agent: PPO, observations: Floats, space: Any) -> Answers:
    """What RLlib's own module says, and its actions without chance."""
    module = agent.get_module()
    with torch.no_grad():
        inputs = module.forward_inference({Columns.OBS: torch.from_numpy(observations)})
    said = inputs[Columns.ACTION_DIST_INPUTS]
    chosen = module.get_inference_action_dist_cls().from_logits(said).to_deterministic().sample().numpy()
    actions = np.asarray(unsquash_action(chosen, space), np.float32).reshape(len(observations), -1)
    if space.dtype.kind != "f":
        counts = np.atleast_1d(space.nvec if hasattr(space, "nvec") else space.n).tolist()
        groups = torch.split(said.double(), counts, dim=1)
        chances = torch.cat([torch.log_softmax(group, dim=1) for group in groups], dim=1)
        return Answers(observations, actions, log_probabilities=chances.numpy())
    # RLlib's axes go from −1 to 1.
    middle, half = (space.low + space.high) / 2, (space.high - space.low) / 2
    means, log_deviations = (part.numpy() for part in torch.chunk(said.double(), 2, dim=1))
    return Answers(
        observations, actions, means=means * half + middle, deviations=np.exp(log_deviations) * half
    )


@pytest.mark.parametrize(
    ("game", "activation", "kept"),
    [
        ("balance", "tanh", "ray-balance"),
        ("balance", "relu", None),
        ("balance", "swish", None),
        ("swing", "tanh", None),
        ("volley", "tanh", "ray-volley"),
    ],
)
def test_what_ray_trained_does_the_same_here(
    tmp_path: Path, game: str, activation: str, kept: str | None
) -> None:
    observations, told, space = seen_by_chance(game)
    agent = trained(game, activation)
    file = tmp_path / "policy.safetensors"
    policies.save(file, policy_of(agent, told), told, name="From RLlib")
    answers = by_torch(agent, observations, space)
    agent.stop()
    expect_same_actions(file, answers, space)
    if kept is not None:
        keep(kept, file, answers)
