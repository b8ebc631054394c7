"""One arena, as a plain environment of Gymnasium."""

from __future__ import annotations

import os
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray

from playtrain.errors import PlaytrainError
from playtrain.vector_env import PlaytrainVectorEnv


class PlaytrainEnv(gymnasium.Env[NDArray[np.float32], Any]):
    """One agent in one arena of a game. Many arenas at once are much faster: see `PlaytrainVectorEnv`."""

    metadata: dict[str, Any] = {"render_modes": ["rgb_array"]}

    def __init__(self, game: str | os.PathLike[str], **options: Any) -> None:
        """Starts the game. `options` are those of `PlaytrainVectorEnv` but for the number of arenas and the mode.

        Raises `PlaytrainError` where two agents meet in an arena and none of them is an `opponent`.
        """
        self._arena = PlaytrainVectorEnv(game, 1, **options)
        self.render_mode = self._arena.render_mode
        self.metadata = {**self.metadata, "render_fps": self._arena.metadata["render_fps"]}
        if self._arena.num_envs != 1:
            self._arena.close()
            raise PlaytrainError(
                f"In “{self._arena.playtrain_spec.game}” {self._arena.num_envs} agents meet; name an opponent, or take PlaytrainVectorEnv or playtrain.pettingzoo."
            )
        self.observation_space = self._arena.single_observation_space
        self.action_space = self._arena.single_action_space

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[NDArray[np.float32], dict[str, Any]]:
        """Begins an episode."""
        super().reset(seed=seed)
        observations, infos = self._arena.reset(seed=seed)
        return observations[0], _own(infos)

    def step(self, action: Any) -> tuple[NDArray[np.float32], float, bool, bool, dict[str, Any]]:
        """Takes one step."""
        batch = (
            {name: np.asarray(part)[None] for name, part in action.items()}
            if isinstance(action, dict)
            else np.asarray(action)[None]
        )
        observations, rewards, terminations, truncations, infos = self._arena.step(batch)
        return observations[0], float(rewards[0]), bool(terminations[0]), bool(truncations[0]), _own(infos)

    def render(self) -> NDArray[np.uint8] | None:
        """A picture `[height, width, 3]`; None without a render mode."""
        pictures = self._arena.render()
        return None if pictures is None else pictures[0]

    def action_masks(self) -> NDArray[np.bool_]:
        """Which choices are allowed now, as sb3-contrib's MaskablePPO asks for them."""
        masks: NDArray[np.bool_] = self._arena.action_masks()[0]
        return masks

    @property
    def arena(self) -> PlaytrainVectorEnv:
        """What it is played by: parameters, states."""
        return self._arena

    def close(self) -> None:
        """Ends the game's process."""
        self._arena.close()


def _own(infos: dict[str, Any]) -> dict[str, Any]:
    return {name: value[0] for name, value in infos.items() if not name.startswith("_")}
