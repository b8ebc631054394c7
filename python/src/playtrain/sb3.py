"""A vector environment for Stable-Baselines3."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray
from stable_baselines3.common.vec_env import VecEnv

from playtrain.vector_env import PlaytrainVectorEnv


class PlaytrainVecEnv(VecEnv):  # type: ignore[misc]
    """Arenas of one game as Stable-Baselines3 takes them, all in one Node child.

    Each of its environments is an agent. Where two meet in an arena and no `opponent` is named, both learn.
    """

    def __init__(self, game: str | os.PathLike[str], num_arenas: int = 1, **options: Any) -> None:
        """Starts the game. `options` are those of `PlaytrainVectorEnv`, but for the mode, which has to be SAME_STEP."""
        if "autoreset_mode" in options:
            raise ValueError("Stable-Baselines3 learns from SAME_STEP alone; leave autoreset_mode out.")
        self.arenas = PlaytrainVectorEnv(
            game, num_arenas, autoreset_mode=AutoresetMode.SAME_STEP, **options
        )
        self._returns = np.zeros(self.arenas.num_envs)
        self._lengths = np.zeros(self.arenas.num_envs, np.int64)
        super().__init__(
            self.arenas.num_envs, self.arenas.single_observation_space, self.arenas.single_action_space
        )

    def reset(self) -> NDArray[np.float32]:
        """Begins all episodes, from the seeds that `seed` named last."""
        seeds = [seed for seed in self._seeds if seed is not None]
        seed: int | None = int(seeds[0]) if seeds else None
        observations, _ = self.arenas.reset(seed=seed)
        self._reset_seeds()
        self._reset_options()
        self._returns[:] = 0
        self._lengths[:] = 0
        return observations

    def step_async(self, actions: NDArray[Any]) -> None:
        """Sends actions."""
        self.arenas.step_async(actions)

    def step_wait(
        self,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_], list[dict[str, Any]]]:
        """What they led to: where an episode ended, `infos` hold its last observation, why it ended, and what it came to."""
        observations, rewards, terminations, truncations, told = self.arenas.step_wait()
        self._returns += rewards
        self._lengths += 1
        ended = terminations | truncations
        infos: list[dict[str, Any]] = [{} for _ in range(self.num_envs)]
        for agent in np.flatnonzero(ended):
            infos[agent] = {
                "terminal_observation": told["final_obs"][agent],
                "TimeLimit.truncated": bool(truncations[agent] and not terminations[agent]),
                "episode": {"r": float(self._returns[agent]), "l": int(self._lengths[agent]), "t": 0.0},
            }
        self._returns[ended] = 0
        self._lengths[ended] = 0
        return observations, rewards.astype(np.float32), ended, infos

    def action_masks(self) -> NDArray[np.bool_]:
        """Which choices are allowed now, as sb3-contrib's MaskablePPO asks for them."""
        return self.arenas.action_masks()

    def get_images(self) -> Sequence[NDArray[np.uint8] | None]:
        """A picture for each environment, where `render_mode` is `rgb_array`."""
        return self.arenas.render() or [None] * self.num_envs

    def close(self) -> None:
        """Ends the game's process."""
        self.arenas.close()

    def get_attr(self, attr_name: str, indices: int | Iterable[int] | None = None) -> list[Any]:
        """An attribute, once for each environment that is asked for."""
        value = getattr(self.arenas, attr_name)
        return [value for _ in self._get_indices(indices)]

    def set_attr(self, attr_name: str, value: Any, indices: int | Iterable[int] | None = None) -> None:
        """Sets an attribute of all environments, which share it."""
        setattr(self.arenas, attr_name, value)

    def env_method(
        self, method_name: str, *args: Any, indices: int | Iterable[int] | None = None, **kwargs: Any
    ) -> list[Any]:
        """Calls a method; a result with a row for each agent is told by rows."""
        result = getattr(self.arenas, method_name)(*args, **kwargs)
        chosen: Sequence[int] = list(self._get_indices(indices))
        if isinstance(result, np.ndarray) and result.shape[:1] == (self.num_envs,):
            return [result[index] for index in chosen]
        return [result for _ in chosen]

    def env_is_wrapped(
        self, wrapper_class: type[Any], indices: int | Iterable[int] | None = None
    ) -> list[bool]:
        """No environment is wrapped; what episodes come to is told all the same, as a Monitor does."""
        name = getattr(wrapper_class, "__name__", "")
        return [name == "Monitor" for _ in self._get_indices(indices)]
