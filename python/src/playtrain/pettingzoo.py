"""A parallel environment of PettingZoo, for games in which agents meet."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray
from pettingzoo import ParallelEnv

from playtrain.vector_env import PlaytrainVectorEnv

SEATS = ("left", "right")
"""What the agents of a game for two are called."""


class PlaytrainParallelEnv(ParallelEnv[str, NDArray[np.float32], Any]):  # type: ignore[misc,unused-ignore]
    """One arena with an agent for each seat."""

    metadata: dict[str, Any] = {"name": "playtrain_v0", "render_modes": [], "is_parallelizable": True}

    def __init__(self, game: str | os.PathLike[str], **options: Any) -> None:
        """Starts the game. `options` are those of `PlaytrainVectorEnv` but for the number of arenas and the mode."""
        self._arena = PlaytrainVectorEnv(game, 1, **options)
        self.render_mode = self._arena.render_mode
        count = self._arena.num_envs
        self.possible_agents = list(SEATS[:count]) if count <= len(SEATS) else [f"agent_{i}" for i in range(count)]
        self.agents: list[str] = []
        self.observation_spaces = {name: self._arena.single_observation_space for name in self.possible_agents}
        self.action_spaces = {name: self._arena.single_action_space for name in self.possible_agents}

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent does."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, NDArray[np.float32]], dict[str, dict[str, Any]]]:
        """Begins an episode."""
        observations, infos = self._arena.reset(seed=seed)
        self.agents = list(self.possible_agents)
        return self._by_agent(observations), self._infos(infos)

    def step(
        self, actions: dict[str, Any]
    ) -> tuple[
        dict[str, NDArray[np.float32]],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """Takes one step of all agents at once."""
        if not self.agents:
            return {}, {}, {}, {}, {}
        chosen = [actions[name] for name in self.possible_agents]
        batch = (
            {name: np.stack([np.asarray(each[name]) for each in chosen]) for name in chosen[0]}
            if isinstance(chosen[0], dict)
            else np.stack([np.asarray(each) for each in chosen])
        )
        observations, rewards, terminations, truncations, infos = self._arena.step(batch)
        told = (
            self._by_agent(observations),
            {name: float(rewards[i]) for i, name in enumerate(self.possible_agents)},
            {name: bool(terminations[i]) for i, name in enumerate(self.possible_agents)},
            {name: bool(truncations[i]) for i, name in enumerate(self.possible_agents)},
            self._infos(infos),
        )
        if (terminations | truncations).any():
            self.agents = []
        return told

    @property
    def arena(self) -> PlaytrainVectorEnv:
        """What it is played by: parameters, states."""
        return self._arena

    def render(self) -> None:
        """Nothing is drawn here."""

    def close(self) -> None:
        """Ends the game's process."""
        self._arena.close()

    def _by_agent(self, rows: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        return {name: rows[i] for i, name in enumerate(self.possible_agents)}

    def _infos(self, infos: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {
            agent: {name: value[i] for name, value in infos.items() if not name.startswith("_")}
            for i, agent in enumerate(self.possible_agents)
        }
