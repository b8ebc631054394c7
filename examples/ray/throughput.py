"""How steps a second grow with env runners here, and what follows for many machines.

    python examples/ray/throughput.py --game volley --runners 1,2,4 --json throughput.json

Each number of runners plays and learns for some rounds, of which the medians are told: what an update takes, and what is left
of a round for playing. Beside them stands what one step weighs as a runner sends it, and what the weights do. `scaling.py` makes of these what
a cluster gives; it is arithmetic, not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ray
from ppo import add_options, join_cluster, ppo
from ray.rllib.env.env_runner import EnvRunner
from scaling import Terms, largest_useful, table

parser = argparse.ArgumentParser()
add_options(parser)
parser.add_argument("--runners", default="1,2,4", help="numbers of env runners (1,2,4)")
parser.add_argument("--seconds", type=float, default=20, help="how long each number is measured (20)")
parser.add_argument("--machines", default="1,10,100", help="for which the arithmetic is done (1,10,100)")
parser.add_argument("--runners-each", type=int, default=4, help="runners of one such machine (4)")
parser.add_argument("--network", type=float, default=1.25e9, help="bytes/s that a learner takes in (1.25e9)")
parser.add_argument("--json", type=Path, help="where the figures go")
options = parser.parse_args()

WARM_UP_ROUNDS = 3


def sent_bytes(runner: EnvRunner) -> tuple[int, int]:
    """What a runner sends of one call: its bytes, and its steps."""
    episodes = runner.sample()
    return len(ray.cloudpickle.dumps(episodes)), sum(len(episode) for episode in episodes)


def timed(call: Callable[..., Any], seconds: list[float]) -> Callable[..., Any]:
    """The same call, of which each notes how long it took."""

    def noted(*words: Any, **named: Any) -> Any:
        start = time.monotonic()
        try:
            return call(*words, **named)
        finally:
            seconds.append(time.monotonic() - start)

    return noted


def measure(runners: int) -> dict[str, Any]:
    """Plays and learns for some time."""
    agent = ppo(options, runners).build_algo()
    for _ in range(WARM_UP_ROUNDS):
        agent.train()
    rounds: list[float] = []
    updates: list[float] = []
    steps: list[float] = []
    # RLlib's own timers are means over rounds that were long ago.
    agent.learner_group.update = timed(agent.learner_group.update, updates)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        start = time.monotonic()
        result = agent.train()
        rounds.append(time.monotonic() - start)
        steps.append(float(result["env_runners"]["num_env_steps_sampled"]))
    size, count = agent.env_runner_group.foreach_env_runner(sent_bytes, local_env_runner=False)[0]
    weights = agent.learner_group.get_state(components="learner/rl_module", inference_only=True)
    agent.stop()
    batch = statistics.median(steps)
    playing = [whole - update for whole, update in zip(rounds, updates, strict=True)]
    return {
        "runners": runners,
        "rounds": len(rounds),
        "batch": batch,
        "stepsPerSecond": round(sum(steps) / sum(rounds)),
        "playedStepsPerSecond": round(batch / statistics.median(playing)),
        "roundSeconds": spread(rounds),
        "playSeconds": spread(playing),
        "updateSeconds": spread(updates),
        "bytesPerStep": round(size / count, 1),
        "weightsBytes": len(ray.cloudpickle.dumps(weights)),
    }


def spread(values: list[float]) -> dict[str, float]:
    """Median, least and most."""
    told = {"median": statistics.median(values), "least": min(values), "most": max(values)}
    return {name: round(value, 4) for name, value in told.items()}


join_cluster(options)
runs = []
for count in options.runners.split(","):
    runs.append(measure(int(count)))
    print(json.dumps(runs[-1]), flush=True)
ray.shutdown()

one = runs[0]
terms = Terms(
    runner_rate=one["playedStepsPerSecond"] / one["runners"],
    step_bytes=one["bytesPerStep"],
    network_rate=options.network,
    update_seconds_per_step=one["updateSeconds"]["median"] / one["batch"],
    weights_bytes=one["weightsBytes"],
    batch_of_runner=one["batch"] / one["runners"],
)
machines = [int(each) for each in options.machines.split(",")]
predicted = table(terms, [each * options.runners_each for each in machines])
print(f"By arithmetic, with {options.runners_each} runners a machine:")
for each, row in zip(machines, predicted, strict=True):
    print(f"{each:>5} machines   {row['stepsPerSecond']:>10,} steps/s   learner busy {row['learnerShare']:.0%}")
print(f"More than {largest_useful(terms):.1f} runners wait for the learner at least half of the time.")
if options.json is not None:
    report = {
        "game": options.game,
        "cores": os.cpu_count(),
        "ray": ray.__version__,
        "runs": runs,
        "terms": vars(terms),
        "predicted": [{"machines": each, **row} for each, row in zip(machines, predicted, strict=True)],
        "runnersAtWhichTheLearnerIsHalfOfARound": round(largest_useful(terms), 1),
    }
    options.json.write_text(json.dumps(report, indent=2) + "\n")
