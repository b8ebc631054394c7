"""How many steps of a game pass here in a second: `python -m playtrain.bench --json FILE`.

The JSON has `game`, `arenas`, `stepsPerSecond` and `framesPerSecond`, and beside them what a frame weighs and where its time
goes. A step is one decision of one arena: of a game in which two agents meet, it moves both. Random actions wait for nothing
that is seen, so the next are sent while the game still steps; what a trainer gets that waits for each answer stands beside
it as `inTurn`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from playtrain.vector_env import PlaytrainVectorEnv

_ACTIONS = 64
"""Batches of random actions, drawn beforehand and taken in turn."""


def measure(
    game: str, arenas: int, seconds: float, *, rounds: int = 5, interval: int | None = None
) -> dict[str, Any]:
    """Steps a game by random actions for some rounds of each kind, by turns, and tells of the best ones."""
    env = PlaytrainVectorEnv(game, arenas, copy=False, decision_interval_ticks=interval)
    try:
        env.action_space.seed(1)
        actions = [np.asarray(env.action_space.sample(), np.float32) for _ in range(_ACTIONS)]
        env.reset(seed=1)
        _frames(env, actions, 0.5, ahead=True)
        ahead, in_turn = [], []
        for _ in range(rounds):
            ahead.append(_frames(env, actions, seconds / rounds / 2, ahead=True))
            in_turn.append(_frames(env, actions, seconds / rounds / 2, ahead=False))
        spec = env.playtrain_spec
        return {
            "game": spec.game,
            "arenas": arenas,
            **_told(max(ahead), arenas, spec.agents),
            "inTurn": _told(max(in_turn), arenas, spec.agents),
            "ticksPerStep": env.parameters[0],
            "bytesSentPerFrame": 8 + spec.frame_bytes["step"],
            "bytesReceivedPerFrame": 8 + spec.frame_bytes["outcome"],
        }
    finally:
        env.close()


def _told(frames: tuple[float, float, float], arenas: int, agents: int) -> dict[str, Any]:
    frames_per_second, own_us, game_us = frames
    return {
        "stepsPerSecond": round(frames_per_second * arenas),
        "framesPerSecond": round(frames_per_second),
        "agentStepsPerSecond": round(frames_per_second * agents),
        "microsecondsPerFrame": {
            "all": round(1e6 / frames_per_second, 1),
            "cpuOfPython": round(own_us, 1),
            "cpuOfGame": round(game_us, 1),
        },
    }


def _frames(
    env: PlaytrainVectorEnv, actions: list[np.ndarray[Any, Any]], seconds: float, *, ahead: bool
) -> tuple[float, float, float]:
    """Frames a second, and the CPU time of a frame in microseconds: this process's and the game's."""
    frames = 0
    own, game = time.process_time(), _cpu_seconds(env.pid)
    start = time.perf_counter()
    if ahead:
        env.step_async(actions[0])
    while (passed := time.perf_counter() - start) < seconds:
        for batch in actions:
            env.step_async(batch)
            env.step_wait()
        frames += len(actions)
    if ahead:
        env.step_wait()
    per_frame = 1e6 / frames
    return (
        frames / passed,
        (time.process_time() - own) * per_frame,
        (_cpu_seconds(env.pid) - game) * per_frame,
    )


def _cpu_seconds(pid: int) -> float:
    """CPU time of another process, where the system tells (Linux); otherwise 0."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


def main(words: list[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m playtrain.bench", description=__doc__)
    parser.add_argument("--game", default="volley", help="a game of the registry, or a file (volley)")
    parser.add_argument("--arenas", type=int, default=64, help="how many at once (64)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long it is measured (10)")
    parser.add_argument("--interval", type=int, help="ticks of a step; the game's own if left out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go")
    options = parser.parse_args(words)
    report = measure(options.game, options.arenas, options.seconds, interval=options.interval)
    text = json.dumps(report, indent=2)
    if options.json is not None:
        options.json.write_text(text + "\n")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
