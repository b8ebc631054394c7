"""RLlib learns rightly, and only in the right mode; what dies is begun anew."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from gymnasium.vector import AutoresetMode

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.heavy

from ray.rllib.algorithms.ppo import PPO, PPOConfig  # noqa: E402
from ray.tune.registry import register_env  # noqa: E402

from playtrain import PlaytrainVectorEnv  # noqa: E402
from playtrain.rllib import NAME, PlaytrainMultiAgentEnv, vector_env  # noqa: E402

GAMES = Path(__file__).parent / "games"


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A cluster of this machine alone."""
    ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def mixed_up(config: Mapping[str, Any]) -> PlaytrainVectorEnv:
    """As if somebody had not known that RLlib takes the other mode for granted."""
    return PlaytrainVectorEnv(**config, autoreset_mode=AutoresetMode.SAME_STEP)


register_env("mixed up", mixed_up)


def algorithm(name: str, env_config: dict[str, Any], runners: int = 0, **training: Any) -> PPO:
    return (
        PPOConfig()
        .environment(name, env_config=env_config)
        .env_runners(
            num_env_runners=runners,
            num_envs_per_env_runner=8,
            gym_env_vectorize_mode="vector_entry_point",
        )
        .fault_tolerance(restart_failed_env_runners=True)
        .training(
            **{"train_batch_size_per_learner": 1024, "minibatch_size": 256, "num_epochs": 6, "lr": 3e-3, **training}
        )
        .rl_module(model_config={"fcnet_hiddens": [16]})
        .debugging(seed=1)
        .build_algo()
    )


def mean_return(name: str) -> float:
    agent = algorithm(name, {"game": str(GAMES / "first.mjs")})
    for _ in range(8):
        result = agent.train()
    agent.stop()
    return float(result["env_runners"]["episode_return_mean"])


def test_it_learns_rightly_in_its_mode_and_wrongly_in_the_other() -> None:
    assert mean_return(NAME) > 0.9
    assert mean_return("mixed up") < 0.2


def test_the_other_mode_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="NEXT_STEP alone"):
        vector_env({"game": "balance", "autoreset_mode": "SameStep"})
    with pytest.raises(ValueError, match="Say which game"):
        vector_env({})


@pytest.mark.parametrize("victim", ["child", "runner"])
def test_training_goes_on_where_something_dies(victim: str) -> None:
    agent = algorithm(NAME, {"game": "balance", "timeout": 5}, runners=2)
    agent.train()

    def die(runner: Any) -> None:
        os.kill(runner.env.unwrapped.pid if victim == "child" else os.getpid(), signal.SIGKILL)

    agent.env_runner_group.foreach_env_runner(die, remote_worker_ids=[1], local_env_runner=False, timeout_seconds=5)
    before = agent.metrics.peek("num_env_steps_sampled_lifetime", default=0)
    for _ in range(4):
        result = agent.train()
    assert result["env_runners"]["num_env_steps_sampled_lifetime"] > before
    assert agent.env_runner_group.num_healthy_remote_workers() == 2
    agent.stop()


def test_two_policies_meet() -> None:
    config = (
        PPOConfig()
        .environment(PlaytrainMultiAgentEnv, env_config={"game": "volley"})
        .env_runners(num_env_runners=0)
        .multi_agent(policies={"left", "right"}, policy_mapping_fn=lambda agent, *_, **__: agent)
        .training(train_batch_size_per_learner=512, minibatch_size=128, num_epochs=1)
    )
    agent = config.build_algo()
    result = agent.train()
    assert set(result["learners"]) >= {"left", "right"}
    agent.stop()
