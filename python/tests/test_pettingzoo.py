"""PettingZoo finds nothing wrong."""

from __future__ import annotations

import pytest
from pettingzoo.test import parallel_api_test

from playtrain.pettingzoo import PlaytrainParallelEnv


@pytest.mark.parametrize("game", ["volley", "balance"])
def test_pettingzoo_finds_nothing_wrong(game: str) -> None:
    env = PlaytrainParallelEnv(game)
    parallel_api_test(env, num_cycles=300)
    env.close()


def test_both_see_the_end_together() -> None:
    env = PlaytrainParallelEnv("volley")
    env.reset(seed=1)
    assert env.agents == ["left", "right"]
    while env.agents:
        _, rewards, terminations, truncations, _ = env.step({"left": [0, 0], "right": [1, 0]})
    assert terminations == {"left": True, "right": True} or truncations == {"left": True, "right": True}
    assert rewards["left"] == -rewards["right"]
    env.close()
