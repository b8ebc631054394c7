"""Stable-Baselines3 learns rightly, and only in the right mode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

pytest.importorskip("stable_baselines3")
pytestmark = pytest.mark.heavy

from stable_baselines3 import PPO  # noqa: E402
from stable_baselines3.common.env_checker import check_env  # noqa: E402

from playtrain import PlaytrainVectorEnv  # noqa: E402
from playtrain.env import PlaytrainEnv  # noqa: E402
from playtrain.sb3 import PlaytrainVecEnv  # noqa: E402

GAMES = Path(__file__).parent / "games"


class MixedUp(PlaytrainVecEnv):
    """As if somebody had not known that Stable-Baselines3 takes the other mode for granted."""

    def __init__(self, game: Path, num_arenas: int) -> None:
        super().__init__(game, num_arenas)
        self.arenas.close()
        self.arenas = PlaytrainVectorEnv(game, num_arenas, autoreset_mode=AutoresetMode.NEXT_STEP)

    def step_wait(self) -> Any:
        observations, rewards, terminations, truncations, _ = self.arenas.step_wait()
        infos = [{"terminal_observation": each} for each in observations]
        return observations, rewards.astype(np.float32), terminations | truncations, infos


def chance_of_leaving(env: PlaytrainVecEnv) -> float:
    agent = PPO(
        "MlpPolicy",
        env,
        n_steps=64,
        batch_size=256,
        n_epochs=8,
        gamma=0.5,
        gae_lambda=0.0,
        learning_rate=3e-3,
        seed=1,
        device="cpu",
        policy_kwargs={"net_arch": [8]},
    )
    agent.learn(20_000)
    observation, _ = agent.policy.obs_to_tensor(np.ones((1, 1), np.float32))
    distribution = agent.policy.get_distribution(observation)
    env.close()
    return float(distribution.distribution.probs[0, 1])


def test_it_learns_rightly_in_its_mode_and_wrongly_in_the_other() -> None:
    assert chance_of_leaving(PlaytrainVecEnv(GAMES / "leave.mjs", 16)) < 0.2
    assert chance_of_leaving(MixedUp(GAMES / "leave.mjs", 16)) > 0.8


def test_the_other_mode_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="SAME_STEP alone"):
        PlaytrainVecEnv("balance", autoreset_mode="NextStep")


@pytest.mark.parametrize("game", ["balance", "swing"])
def test_stable_baselines_finds_nothing_wrong(game: str) -> None:
    env = PlaytrainEnv(game)
    check_env(env, skip_render_check=True)
    env.close()


def test_infos_tell_how_an_episode_ended() -> None:
    env = PlaytrainVecEnv("balance", 4, time_limit_ticks=12)
    env.seed(3)
    first = env.reset()
    env.seed(3)
    assert np.array_equal(env.reset(), first)
    cut = fallen = 0
    for _ in range(200):
        _, _, dones, infos = env.step(np.array([env.action_space.sample() for _ in range(4)]))
        for ended, info in zip(dones, infos, strict=True):
            assert ended == ("terminal_observation" in info)
            if not ended:
                continue
            assert info["episode"]["l"] == info["episode"]["r"] <= 12
            cut += info["TimeLimit.truncated"]
            fallen += not info["TimeLimit.truncated"]
    assert cut > 0 and fallen > 0
    env.close()


def test_masks_reach_maskable_ppo() -> None:
    contrib = pytest.importorskip("sb3_contrib")
    env = PlaytrainVecEnv(GAMES / "masked.mjs", 4)
    agent = contrib.MaskablePPO("MlpPolicy", env, n_steps=32, batch_size=32, n_epochs=1, seed=1, device="cpu")
    agent.learn(256)
    # The game throws at a forbidden choice, and the child tells of it.
    assert env.arenas.last_words == ""
    env.close()
