"""Whatever goes wrong is an error with a sentence, soon."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playtrain import GameFailed, NodeMissing, PlaytrainVectorEnv, _node

Open = Callable[..., PlaytrainVectorEnv]

HANG_SECONDS = 5
"""No longer may anything hang."""


def game_whose_step(tmp_path: Path, code: str) -> Path:
    """A game that runs some code in each of its steps."""
    module = tmp_path / "game.mjs"
    module.write_text(
        """
        export const game = {
          game: 'game', stateSize: 1, tickMs: 10, timeLimitTicks: 100, decisionIntervalTicks: 1,
          observationSpace: { size: 1, names: ['x'], low: [0], high: [1] },
          actionSpace: { kind: 'discrete', count: 2, labels: ['a', 'b'] },
          rewardTerms: [{ name: 'r', description: '.', defaultWeight: 1 }],
          reset: (state) => state.fill(0),
          step: (state, actions, terms) => { CODE; terms[0] = 1; return false; },
          observe: (state, observations) => observations.fill(0),
          personAction: () => {},
        };
        """.replace("CODE", code)
    )
    return module


def stand_in(tmp_path: Path, code: str) -> list[str]:
    """The words that start a program in place of the game."""
    file = tmp_path / "stand_in.py"
    file.write_text(code)
    return [sys.executable, str(file)]


def test_a_killed_child_is_an_error_that_says_so(opened: Open) -> None:
    env = opened("balance", 2)
    env.reset(seed=1)
    os.kill(env.pid, signal.SIGKILL)
    with pytest.raises(GameFailed, match="was ended by signal 9") as failed:
        for _ in range(3):
            env.step([0, 1])
    assert failed.value.exit_code == -9
    assert pickle.loads(pickle.dumps(failed.value)).exit_code == -9


def test_a_child_that_a_signal_stopped_is_ended_long_before_its_timeout(opened: Open) -> None:
    env = opened("balance", 2, timeout=60)
    env.reset(seed=1)
    os.kill(env.pid, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(GameFailed, match="was stopped by a signal and was ended"):
        env.step([0, 1])
    assert time.monotonic() - start < HANG_SECONDS


def test_a_child_that_takes_nothing_is_ended_long_before_its_timeout(opened: Open) -> None:
    # A frame that no pipe holds.
    env = opened("swing", 60_000, timeout=60)
    env.reset(seed=1)
    os.kill(env.pid, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(GameFailed, match="was stopped by a signal"):
        env.step(np.zeros((60_000, 1), np.float32))
    assert time.monotonic() - start < HANG_SECONDS


def test_a_child_that_waits_for_nothing_is_ended_long_before_its_timeout(tmp_path: Path, opened: Open) -> None:
    # As a game does that waits for what never comes.
    env = opened(game_whose_step(tmp_path, "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"), 1, timeout=60)
    env.reset(seed=1)
    start = time.monotonic()
    with pytest.raises(GameFailed, match="did nothing for 3 s, though an answer was due, and was ended"):
        env.step([0])
    assert time.monotonic() - start < HANG_SECONDS


def test_a_child_that_is_slow_is_waited_for(tmp_path: Path, opened: Open) -> None:
    computes = "const end = Date.now() + 4_000; while (Date.now() < end);"
    env = opened(game_whose_step(tmp_path, computes), 1, timeout=60)
    env.reset(seed=1)
    assert env.step([0])[1][0] == 1


def test_a_child_that_computes_without_end_is_ended_at_its_timeout(tmp_path: Path, opened: Open) -> None:
    env = opened(game_whose_step(tmp_path, "while (true);"), 1, timeout=20)
    env.reset(seed=1)
    env._child._timeout = 0.5
    with pytest.raises(GameFailed, match="did not answer within 0.5 s"):
        env.step([0])


def test_the_last_words_are_told(opened: Open) -> None:
    with pytest.raises(GameFailed, match="ended with code 2: There is no game “chess”"):
        opened("chess")
    with pytest.raises(GameFailed, match="There is no file"):
        opened("nowhere/twin.ts")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("print('hello from a game that prints')", "is no frame: something else writes"),
        ("import sys; sys.stdout.buffer.write(bytes([80, 84, 9, 16, 0, 0, 0, 0]))", "speaks version 9"),
        ("import sys; sys.stdout.buffer.write(bytes([80, 84, 1, 17, 0, 0, 0, 0]))", "of type 17 where “spec”"),
        ("import sys; sys.stdout.buffer.write(bytes([80, 84, 1, 16, 9, 0, 0, 0, 1]))", "ended with code 0"),
        ("import sys; sys.stdout.buffer.write(bytes([80, 84, 1, 16, 0, 0, 0, 255]))", "announced"),
        ("raise SystemExit('out of order')", "ended with code 1: out of order"),
        ("import time; time.sleep(60)", "did not answer within"),
    ],
)
def test_what_is_no_game_is_told(tmp_path: Path, opened: Open, code: str, sentence: str) -> None:
    with pytest.raises(GameFailed, match=sentence):
        opened("balance", 1, command=stand_in(tmp_path, code), timeout=1)


def test_a_child_that_talks_without_end_does_not_stop_the_game(tmp_path: Path, opened: Open) -> None:
    env = opened(game_whose_step(tmp_path, "console.log('x'.repeat(20_000))"), 1)
    env.reset(seed=1)
    for _ in range(100):
        assert env.step([0])[1][0] == 1


def test_without_node_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, opened: Open) -> None:
    monkeypatch.delenv("PLAYTRAIN_NODE", raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(_node, "_brought", lambda: None)
    with pytest.raises(NodeMissing, match=r"none was found\. Install Node 20\.19"):
        opened("balance")
    monkeypatch.setenv("PLAYTRAIN_NODE", "/nowhere/node")
    with pytest.raises(NodeMissing, match="names /nowhere/node, which is no Node that runs"):
        opened("balance")


def test_the_child_goes_with_its_parent(opened: Open) -> None:
    env = opened("balance", 1)
    env.reset(seed=1)
    pid = env.pid
    env.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    env.close()
