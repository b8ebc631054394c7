"""What a policy of another trainer answers in torch, and what Playtrain's own actor makes of its file.

`tests/fixtures/policies` keeps some of them for the page's tests: `NAME.safetensors`, and beside it
`NAME.answers.safetensors` with what the policy saw and torch said. `PLAYTRAIN_WRITE_FIXTURES=1 npm test -- --only python
--python-heavy` trains them anew and writes both.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from conftest import ROOT
from numpy.typing import NDArray

from playtrain import PlaytrainVectorEnv, policies

ROWS = 1_000
ARENAS = 10
FIXTURES = ROOT / "tests" / "fixtures" / "policies"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Answers:
    """To observations `[N, obs]`: the likeliest actions `[N, actions]`, within the game's bounds, and what chance makes of
    them: the log-probabilities of all choices `[N, Σ counts]`, or means and deviations of axes `[N, actions]`."""

    observations: Floats
    actions: Floats
    log_probabilities: Floats | None = None
    means: Floats | None = None
    deviations: Floats | None = None

    def tensors(self) -> dict[str, Floats]:
        """By the names that the file has for them."""
        named = {
            "observations": self.observations,
            "actions": self.actions,
            "logProbabilities": self.log_probabilities,
            "means": self.means,
            "deviations": self.deviations,
        }
        return {
            name: np.ascontiguousarray(each, np.float32) for name, each in named.items() if each is not None
        }


def seen_by_chance(game: str) -> tuple[Floats, dict[str, Any], Any]:
    """A thousand observations of random play, what the game says of itself, and its actions."""
    env = PlaytrainVectorEnv(game, ARENAS)
    env.action_space.seed(1)
    seen = [env.reset(seed=1)[0]]
    while sum(map(len, seen)) < ROWS:
        seen.append(env.step(env.action_space.sample())[0])
    env.close()
    return np.concatenate(seen)[:ROWS], dict(env.playtrain_spec.told), env.single_action_space


def by_playtrain(file: Path, observations: Floats) -> Floats:
    """The likeliest actions that Playtrain's actor takes in Node, `[N, actions]`."""
    node = os.environ.get("PLAYTRAIN_NODE", "node")
    act = [node, "--import", "tsx", "tests/testing/act-by-policy.ts", str(file)]
    done = subprocess.run(act, cwd=ROOT, input=observations.tobytes(), capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.float32).reshape(len(observations), -1)


def expect_same_actions(file: Path, answers: Answers, space: Any) -> None:
    """Choices are all the same, axes within 1e-5."""
    mine = by_playtrain(file, answers.observations)
    assert len(np.unique(answers.actions, axis=0)) > 1
    if space.dtype.kind == "f":
        np.testing.assert_allclose(np.clip(mine, space.low, space.high), answers.actions, atol=1e-5)
    else:
        np.testing.assert_array_equal(mine, answers.actions)


def keep(name: str, file: Path, answers: Answers) -> None:
    """Keeps a policy and its answers for the page's tests, where fixtures are to be written."""
    if os.environ.get("PLAYTRAIN_WRITE_FIXTURES") != "1":
        return
    (FIXTURES / f"{name}.safetensors").write_bytes(file.read_bytes())
    (FIXTURES / f"{name}.answers.safetensors").write_bytes(policies._safetensors(answers.tensors(), {}))
