"""How soon Stable-Baselines3's PPO balances the pole, by several seeds: `python examples/python/learn_balance.py`.

It judges by the mean return of the last twenty episodes, as our own page and `npm run learn` do.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from stable_baselines3 import PPO
from stable_baselines3.common.callbacks import BaseCallback

from playtrain.sb3 import PlaytrainVecEnv

parser = argparse.ArgumentParser()
parser.add_argument("--seeds", type=int, default=3)
parser.add_argument("--steps", type=int, default=60_000)
parser.add_argument("--threshold", type=float, default=475)
parser.add_argument("--gymnasium", action="store_true", help="Gymnasium's own CartPole instead")
parser.add_argument("--json", type=Path)
options = parser.parse_args()


class Reached(BaseCallback):
    """Notes when the mean return of the last twenty episodes first reached the threshold, and what the best mean was."""

    at: int | None = None
    best = 0.0

    def _on_step(self) -> bool:
        returns = [each["r"] for each in list(self.model.ep_info_buffer)[-20:]]
        if len(returns) >= 20 and (mean := float(np.mean(returns))) > self.best:
            self.best = mean
            if self.at is None and mean >= options.threshold:
                self.at = self.num_timesteps
        return True


def environment():
    if not options.gymnasium:
        return PlaytrainVecEnv("balance", 8)
    from stable_baselines3.common.env_util import make_vec_env

    return make_vec_env("CartPole-v1", 8)


runs = []
for seed in range(1, options.seeds + 1):
    env = environment()
    agent = PPO(
        "MlpPolicy",
        env,
        n_steps=32,
        batch_size=256,
        n_epochs=20,
        learning_rate=1e-3,
        gae_lambda=0.8,
        gamma=0.98,
        ent_coef=0.0,
        seed=seed,
        device="cpu",
    )
    reached = Reached()
    start = time.perf_counter()
    agent.learn(options.steps, callback=reached)
    rate = options.steps / (time.perf_counter() - start)
    # As it acts without chance, in episodes of its own.
    final = []
    for episode in range(10):
        env.seed(1_000 + episode)
        seen, total = env.reset(), 0.0
        ended = np.array([False])
        while not ended[0]:
            actions, _ = agent.predict(seen, deterministic=True)
            seen, rewards, ended, _ = env.step(actions)
            total += float(rewards[0])
        final.append(total)
    runs.append({"seed": seed, "reachedAt": reached.at, "bestMean": reached.best, "greedy": float(np.mean(final)), "stepsPerSecond": round(rate)})
    print(runs[-1], flush=True)
    env.close()
if options.json is not None:
    options.json.write_text(json.dumps(runs, indent=2) + "\n")
