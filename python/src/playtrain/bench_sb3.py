"""How fast Stable-Baselines3's PPO learns here, beside Gymnasium's own CartPole: `python -m playtrain.bench_sb3 --json FILE`.

Both are trained by the same settings, by turns, in one process: what is compared is Balance in a Node child with CartPole as
`make_vec_env` vectorises it. A step is one decision of one arena, its share of the updates included.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env

from playtrain.sb3 import PlaytrainVecEnv

_SETTINGS: Final[dict[str, Any]] = {
    "n_steps": 32,
    "batch_size": 256,
    "n_epochs": 20,
    "learning_rate": 1e-3,
    "gae_lambda": 0.8,
    "gamma": 0.98,
    "ent_coef": 0.0,
    "device": "cpu",
}
"""Of CartPole, as rl-baselines3-zoo has them."""


def measure(arenas: int, steps: int, rounds: int) -> dict[str, Any]:
    """Trains both by turns, `steps` steps each in every round, and tells the rates and the median of their ratios."""
    makers: dict[str, Callable[[], Any]] = {
        "balance": lambda: PlaytrainVecEnv("balance", arenas),
        "cartPole": lambda: make_vec_env("CartPole-v1", arenas),
    }
    agents = {name: PPO("MlpPolicy", make(), seed=1, **_SETTINGS) for name, make in makers.items()}
    try:
        for agent in agents.values():
            agent.learn(steps // 4)
        rates: dict[str, list[float]] = {name: [] for name in agents}
        for turn in range(rounds):
            # Who begins changes, so that what grows or falls meets both.
            for name in list(agents)[:: 1 if turn % 2 == 0 else -1]:
                rates[name].append(_rate(agents[name], steps))
    finally:
        for agent in agents.values():
            agent.get_env().close()
    ratios = [own / other for own, other in zip(rates["balance"], rates["cartPole"], strict=True)]
    return {
        "game": "balance",
        "arenas": arenas,
        "stepsPerSecond": round(statistics.median(rates["balance"])),
        "framesPerSecond": round(statistics.median(rates["balance"]) / arenas),
        "cartPoleStepsPerSecond": round(statistics.median(rates["cartPole"])),
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
    }


def _rate(agent: PPO, steps: int) -> float:
    before = agent.num_timesteps
    start = time.perf_counter()
    agent.learn(steps, reset_num_timesteps=False)
    return float((agent.num_timesteps - before) / (time.perf_counter() - start))


def main(words: list[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m playtrain.bench_sb3", description=__doc__)
    parser.add_argument("--arenas", type=int, default=8, help="how many at once (8)")
    parser.add_argument("--steps", type=int, default=4_096, help="of each in a round (4096)")
    parser.add_argument("--rounds", type=int, default=10, help="turns of both (10)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go")
    options = parser.parse_args(words)
    text = json.dumps(measure(options.arenas, options.steps, options.rounds), indent=2)
    if options.json is not None:
        options.json.write_text(text + "\n")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
