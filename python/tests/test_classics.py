"""Balance and Swing are Gymnasium's CartPole and Pendulum."""

from __future__ import annotations

from collections.abc import Callable

import gymnasium
import numpy as np

from playtrain import PlaytrainVectorEnv

Open = Callable[..., PlaytrainVectorEnv]

STEPS = 10_000


def test_balance_is_cartpole(opened: Open) -> None:
    env = opened("balance", 1)
    theirs = gymnasium.make("CartPole-v1")
    theirs.reset(seed=1)
    random = np.random.default_rng(1)
    seen, _ = env.reset(seed=1)
    begins, episodes = True, 0
    for _ in range(STEPS):
        if begins:
            theirs.reset()
            theirs.unwrapped.state = tuple(env.save_state()["states"])  # type: ignore[attr-defined]
        action = int(random.integers(2))
        expected, reward, terminated, truncated, _ = theirs.step(action)
        seen, rewards, terminations, truncations, _ = env.step([action])
        assert np.abs(seen[0] - expected).max() < 1e-6
        assert (rewards[0], terminations[0], truncations[0]) == (reward, terminated, truncated)
        begins = bool(terminated or truncated)
        if begins:
            episodes += 1
            assert env.step([0])[1][0] == 0
    assert episodes > 300


def test_swing_is_pendulum(opened: Open) -> None:
    env = opened("swing", 1)
    theirs = gymnasium.make("Pendulum-v1")
    random = np.random.default_rng(1)
    env.reset(seed=1)
    begins = True
    worst = 0.0
    for _ in range(STEPS):
        if begins:
            theirs.reset()
            theirs.unwrapped.state = env.save_state()["states"].copy()  # type: ignore[attr-defined]
        # Gymnasium reckons with the torque in float32; what is a whole number of 1,024ths rounds nowhere there.
        action = (random.integers(-2_560, 2_560, 1) / 1_024).astype(np.float32)
        expected, reward, terminated, truncated, _ = theirs.step(action)
        seen, rewards, terminations, truncations, _ = env.step(action[None])
        worst = max(worst, float(np.abs(seen[0] - expected).max()), abs(rewards[0] - float(reward)))
        assert (terminations[0], truncations[0]) == (terminated, truncated)
        begins = bool(terminated or truncated)
        if begins:
            env.step([[0.0]])
    assert worst < 1e-6
