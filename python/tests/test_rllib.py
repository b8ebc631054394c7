"""RLlib learns rightly, and only in the right mode; what dies is begun anew."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from gymnasium.vector import AutoresetMode

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.heavy

from ray.rllib.algorithms.ppo import PPO, PPOConfig  # noqa: E402
from ray.tune.registry import register_env  # noqa: E402

from playtrain import GameFailed, PlaytrainVectorEnv  # noqa: E402
from playtrain.rllib import FAULT_TOLERANCE, NAME, PlaytrainMultiAgentEnv, register, vector_env  # noqa: E402

GAMES = Path(__file__).parent / "games"

# Runners cannot import this module.
ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A cluster of this machine alone."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    register()
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
        .fault_tolerance(**FAULT_TOLERANCE)
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


def kill_game(runner: Any) -> None:
    os.kill(runner.env.unwrapped.pid, signal.SIGKILL)


def stop_game(runner: Any) -> None:
    os.kill(runner.env.unwrapped.pid, signal.SIGSTOP)


def kill_runner(_runner: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("harm", "victims"),
    [(kill_game, [1]), (stop_game, [1]), (kill_runner, [1]), (kill_runner, [1, 2])],
    ids=["killed game", "game that stands still", "killed runner", "all runners killed"],
)
def test_training_goes_on_where_something_dies(
    harm: Callable[[Any], None], victims: list[int], record_property: Callable[[str, object], None]
) -> None:
    agent = algorithm(NAME, {"game": "balance"}, runners=2)
    runners = agent.env_runner_group
    agent.train()
    chosen: dict[str, Any] = {"remote_worker_ids": victims, "local_env_runner": False}
    games = runners.foreach_env_runner(lambda runner: runner.env.unwrapped.pid, **chosen)
    runners.foreach_env_runner(harm, timeout_seconds=5, **chosen)
    steps, longest = [0.0], 0.0
    deadline = time.monotonic() + 60
    while len(steps) < 4 or runners.num_healthy_remote_workers() < 2:
        start = time.monotonic()
        assert start < deadline
        told = agent.train()["env_runners"]["num_env_steps_sampled_lifetime"]
        longest = max(longest, time.monotonic() - start)
        if told > steps[-1]:
            steps.append(told)
    # For docs/results.md: it stands in the report of pytest.
    record_property("longestRoundSeconds", round(longest, 2))
    restarts = runners.num_remote_worker_restarts()
    agent.stop()
    assert restarts == len(victims)
    # By RLlib's own settings a dead game costs a minute.
    assert longest < 20
    assert not any(is_alive(pid) for pid in games)


def test_a_game_that_does_not_run_is_told_with_its_last_words() -> None:
    with pytest.raises(GameFailed, match="There is no game “chess”"):
        algorithm(NAME, {"game": "chess"})
    agent = algorithm(NAME, {"game": "balance"})
    agent.train()
    kill_game(agent.env_runner)
    with pytest.raises(RuntimeError) as failed:
        agent.train()
    agent.stop()
    assert "was ended by signal 9" in str(failed.value.__cause__)


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
