"""Environments for Ray RLlib.

One policy for all agents::

    config = PPOConfig().environment(playtrain.rllib.NAME, env_config={"game": "balance"}).env_runners(
        num_envs_per_env_runner=32, gym_env_vectorize_mode="vector_entry_point"
    )

Two agents that meet, with policies of their own: `PlaytrainMultiAgentEnv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray
from ray.rllib.env.multi_agent_env import MultiAgentEnv
from ray.tune.registry import register_env

from playtrain.vector_env import PlaytrainVectorEnv

NAME = "playtrain"
"""What RLlib knows the vector environment by."""

SEATS = ("left", "right")
"""What the agents of a game for two are called."""


def vector_env(config: Mapping[str, Any]) -> PlaytrainVectorEnv:
    """Makes the arenas of one env runner; RLlib knows it by `NAME`.

    `config` holds `game`, RLlib's `num_envs`, and whatever else `PlaytrainVectorEnv` takes by name. Each runner begins its
    chance elsewhere: Ray numbers them, and each draws its seeds from that number.
    """
    options = dict(config)
    if "game" not in options:
        raise ValueError('Say which game: env_config={"game": "balance"}.')
    mode = AutoresetMode(options.pop("autoreset_mode", AutoresetMode.NEXT_STEP))
    if mode is not AutoresetMode.NEXT_STEP:
        raise ValueError("RLlib learns from NEXT_STEP alone; leave autoreset_mode out.")
    options.setdefault("num_envs", 1)
    return PlaytrainVectorEnv(**options)


register_env(NAME, vector_env)


class PlaytrainMultiAgentEnv(MultiAgentEnv):  # type: ignore[misc]
    """One arena whose seats are agents called `left` and `right`, for policies that meet each other."""

    def __init__(self, config: Mapping[str, Any] | None = None) -> None:
        """Starts the game that `config["game"]` names; the rest are options of `PlaytrainVectorEnv`."""
        super().__init__()
        options = dict(config or {})
        self._arena = PlaytrainVectorEnv(options.pop("game", "volley"), 1, **options)
        count = self._arena.num_envs
        self.possible_agents = list(SEATS[:count])
        self.agents = list(self.possible_agents)
        self.observation_spaces = {name: self._arena.single_observation_space for name in self.agents}
        self.action_spaces = {name: self._arena.single_action_space for name in self.agents}

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, NDArray[np.float32]], dict[str, Any]]:
        """Begins an episode."""
        observations, _ = self._arena.reset(seed=seed)
        self.agents = list(self.possible_agents)
        return self._by_agent(observations), {}

    def step(
        self, action_dict: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, float], dict[str, bool], dict[str, bool], dict[str, Any]]:
        """Takes one step of all agents at once."""
        actions = np.stack([np.asarray(action_dict[name]) for name in self.possible_agents])
        observations, rewards, terminations, truncations, _ = self._arena.step(actions)
        terminated = {name: bool(terminations[i]) for i, name in enumerate(self.possible_agents)}
        truncated = {name: bool(truncations[i]) for i, name in enumerate(self.possible_agents)}
        return (
            self._by_agent(observations),
            {name: float(rewards[i]) for i, name in enumerate(self.possible_agents)},
            {**terminated, "__all__": all(terminated.values())},
            {**truncated, "__all__": all(truncated.values())},
            {},
        )

    def close(self) -> None:
        """Ends the game's process."""
        self._arena.close()

    def _by_agent(self, rows: NDArray[np.float32]) -> dict[str, Any]:
        return {name: rows[i] for i, name in enumerate(self.possible_agents)}
