"""Trains a game by RLlib's PPO: on this machine, or on whatever cluster Ray is connected to.

    python examples/ray/train.py --game balance --steps 150000 --until 450
    python examples/ray/train.py --game volley --steps 2000000 --policy volley.safetensors
    python examples/ray/train.py --game examples/ray/flap-twin.ts --envs 16 --checkpoints runs/flap

Each runner has a Node child of its own. Ray begins a runner anew that dies, or whose child does; where
the whole program does, the same command goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

import ray
from checkpoints import newest, save
from latest_episodes import LatestEpisodes
from ppo import add_options, env_config, join_cluster, ppo, settings_of

from playtrain import PlaytrainVectorEnv, policies
from playtrain.rllib import policy_of

IDLE_SECONDS = 120
"""For how long nobody may play before training is given up."""

parser = argparse.ArgumentParser()
add_options(parser)
parser.add_argument("--runners", type=int, default=2, help="env runners (2)")
parser.add_argument("--steps", type=int, default=1_000_000, help="agent steps at which it ends (1,000,000)")
parser.add_argument("--until", type=float, help="a mean return of the last hundred episodes at which it ends")
parser.add_argument("--checkpoints", type=Path, help="a folder that every runner's machine sees")
parser.add_argument("--save-seconds", type=float, default=30, help="from checkpoint to checkpoint (30)")
parser.add_argument("--policy", type=Path, help="where the policy goes, for the page to play")
parser.add_argument("--name", default="From RLlib", help="what the policy is called")
parser.add_argument("--json", type=Path, help="where the figures go")
options = parser.parse_args()


def spec_of_game() -> dict[str, Any]:
    """What the game says of itself. Raises `GameFailed` where it does not run, before Ray hides why."""
    game = PlaytrainVectorEnv(**env_config(options), num_envs=settings_of(options)["envs"])
    game.close()
    return dict(game.playtrain_spec.told)


spec = spec_of_game()
join_cluster(options)
agent = ppo(options, options.runners).build_algo()
steps = 0
if options.checkpoints and (last := newest(options.checkpoints)):
    agent.restore_from_path(str(last))
    steps = int(last.name)
    print(f"Goes on from {last}.", flush=True)

begun_at, kept_at = steps, steps
start = heard = kept = time.monotonic()
latest = LatestEpisodes(100)
best, reached_at = -math.inf, None
while steps < options.steps and reached_at is None:
    told = agent.train().get("env_runners", {})
    now = time.monotonic()
    sampled = int(told.get("num_env_steps_sampled_lifetime", steps))
    if sampled == steps:
        if now - heard > IDLE_SECONDS:
            raise SystemExit(
                f"No runner has played for {IDLE_SECONDS} s. Why is above, or in /tmp/ray/session_latest/logs."
            )
        continue
    steps, heard = sampled, now
    latest.add(told.get("num_episodes", 0), told.get("episode_return_mean", math.nan))
    best = max(best, latest.mean)
    rate = (steps - begun_at) / (now - start)
    print(f"{steps:>10,} steps   {rate:>8,.0f} steps/s   mean return {latest.mean:.3f}", flush=True)
    if options.until is not None and latest.mean >= options.until:
        reached_at = steps
    if options.checkpoints and now - kept >= options.save_seconds:
        save(agent, options.checkpoints, steps)
        kept, kept_at = now, steps
seconds = time.monotonic() - start

if options.checkpoints and kept_at < steps:
    save(agent, options.checkpoints, steps)
if options.policy is not None:
    policies.save(options.policy, policy_of(agent, spec), spec, name=options.name, decisions=steps)
if options.json is not None:
    report = {
        "game": options.game,
        "seed": options.seed,
        "runners": options.runners,
        "begunAt": begun_at,
        "steps": steps,
        "reachedAt": reached_at,
        "seconds": round(seconds, 1),
        "stepsPerSecond": round((steps - begun_at) / seconds) if steps > begun_at else None,
        "bestMeanReturn": best if best > -math.inf else None,
        "lastMeanReturn": latest.mean if latest.mean > -math.inf else None,
    }
    options.json.write_text(json.dumps(report, indent=2) + "\n")
agent.stop()
ray.shutdown()
