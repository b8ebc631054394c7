"""Trains a game by RLlib's PPO: on this machine, or on whatever cluster Ray is connected to.

    python examples/ray/train.py --game volley --runners 4 --steps 2000000
    python examples/ray/train.py --game ./twin.ts --runners 4

Each runner has a Node child of its own. Ray is asked to begin a runner anew that dies; where the
whole program does, training goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import ray
from ray.rllib.algorithms.ppo import PPO, PPOConfig

from playtrain.rllib import NAME

parser = argparse.ArgumentParser()
parser.add_argument("--game", default="volley", help="a game of the registry, or a file")
parser.add_argument("--opponent", help="who has the second seat: a scripted player; self-play if left out")
parser.add_argument("--runners", type=int, default=2)
parser.add_argument("--envs", type=int, default=64, help="agents of one runner")
parser.add_argument("--steps", type=int, default=1_000_000)
parser.add_argument("--until", type=float, help="a mean return at which it ends")
parser.add_argument("--batch", type=int, default=8_192)
parser.add_argument("--minibatch", type=int, default=1_024)
parser.add_argument("--epochs", type=int, default=8)
parser.add_argument("--lr", type=float, default=5e-4)
parser.add_argument("--gamma", type=float, default=0.99)
parser.add_argument("--entropy", type=float, default=0.005)
parser.add_argument("--hidden", default="64,64")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--checkpoints", type=Path, help="a folder that every runner's machine sees")
parser.add_argument("--json", type=Path, help="where the figures go")
options = parser.parse_args()

config = (
    PPOConfig()
    .environment(
        NAME,
        env_config={"game": options.game, "timeout": 30}
        | ({"opponent": options.opponent} if options.opponent else {}),
    )
    .env_runners(
        num_env_runners=options.runners,
        num_envs_per_env_runner=options.envs,
        gym_env_vectorize_mode="vector_entry_point",
        # What a runner sends back, be its episodes over or not.
        batch_mode="truncate_episodes",
        rollout_fragment_length="auto",
    )
    .fault_tolerance(restart_failed_env_runners=True, restart_failed_sub_environments=False)
    .training(
        train_batch_size_per_learner=options.batch,
        minibatch_size=options.minibatch,
        num_epochs=options.epochs,
        lr=options.lr,
        gamma=options.gamma,
        entropy_coeff=options.entropy,
        vf_clip_param=float("inf"),
        grad_clip=0.5,
    )
    .rl_module(
        model_config={
            "fcnet_hiddens": [int(size) for size in options.hidden.split(",")],
            "fcnet_activation": "tanh",
            "vf_share_layers": False,
        }
    )
    .debugging(seed=options.seed)
)

ray.init(include_dashboard=False, log_to_driver=False)
last = options.checkpoints / "last" if options.checkpoints else None
agent = PPO.from_checkpoint(str(last.resolve())) if last and last.exists() else config.build_algo()
start = time.monotonic()
best = float("-inf")
while True:
    told = agent.train()["env_runners"]
    steps = int(told["num_env_steps_sampled_lifetime"])
    mean = float(told.get("episode_return_mean", float("nan")))
    best = max(best, mean)
    rate = steps / (time.monotonic() - start)
    print(f"{steps:>10,} steps   {rate:>8,.0f} steps/s   mean return {mean:.3f}", flush=True)
    if last is not None:
        agent.save_to_path(str(last.resolve()))
    if steps >= options.steps or (options.until is not None and mean >= options.until):
        break
if options.json is not None:
    report = {
        "game": options.game,
        "runners": options.runners,
        "steps": steps,
        "stepsPerSecond": round(rate),
        "bestMeanReturn": best,
        "lastMeanReturn": mean,
    }
    options.json.write_text(json.dumps(report, indent=2) + "\n")
agent.stop()
ray.shutdown()
