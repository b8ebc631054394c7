"""Games of Playtrain for Python's trainers.

`PlaytrainVectorEnv` is a `gymnasium.vector.VectorEnv`; `playtrain.sb3`, `playtrain.pettingzoo` and `playtrain.rllib`
adapt it to trainers that take something else. The game runs in a Node child of this process.
"""

from playtrain.errors import BrowserMissing, GameFailed, NodeMissing, PlaytrainError, Refused
from playtrain.spec import ActionPart, RewardTerm, ScriptedPlayer, Spec
from playtrain.vector_env import PlaytrainVectorEnv, State

__version__ = "0.1.0"

__all__ = [
    "ActionPart",
    "BrowserMissing",
    "GameFailed",
    "NodeMissing",
    "PlaytrainError",
    "PlaytrainVectorEnv",
    "Refused",
    "RewardTerm",
    "ScriptedPlayer",
    "Spec",
    "State",
]


def _register() -> None:
    """Lets `gymnasium.make` and `gymnasium.make_vec` know the games by name."""
    from gymnasium.envs.registration import register, registry

    for game in ("balance", "swing", "volley"):
        name = f"playtrain/{game.capitalize()}-v0"
        if name not in registry:
            register(
                name,
                entry_point="playtrain.env:PlaytrainEnv",
                vector_entry_point="playtrain.vector_env:PlaytrainVectorEnv",
                kwargs={"game": game},
            )


_register()
