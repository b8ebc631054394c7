"""Environments for Ray RLlib.

One policy for all agents::

    config = PPOConfig().environment(playtrain.rllib.NAME, env_config={"game": "balance"}).env_runners(
        num_envs_per_env_runner=32, gym_env_vectorize_mode="vector_entry_point"
    )

and `config.fault_tolerance(**playtrain.rllib.FAULT_TOLERANCE)`, so that what dies is begun anew at once. Two agents that meet,
with policies of their own: `PlaytrainMultiAgentEnv`. What was learned goes back to the page by `policy_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray
from ray.rllib.env.multi_agent_env import MultiAgentEnv
from ray.tune.registry import register_env

from playtrain import policies
from playtrain.vector_env import PlaytrainVectorEnv

if TYPE_CHECKING:
    from ray.rllib.algorithms.algorithm import Algorithm

NAME = "playtrain"
"""What RLlib knows the vector environment by."""

FAULT_TOLERANCE: dict[str, Any] = {
    "restart_failed_env_runners": True,
    # RLlib lets a runner whose game died sleep for 60 s before it ends, as long as it waits for samples altogether.
    "delay_between_env_runner_restarts_s": 0.0,
    # A runner that is begun anew is waited for in every round, by default for 30 s; meanwhile the others could go on. One that
    # is back answers within milliseconds, or else in the next round.
    "env_runner_health_probe_timeout_s": 0.25,
}
"""What `AlgorithmConfig.fault_tolerance` is to be given, so that a game or a runner that dies costs seconds.

A game that dies ends its runner, whose log holds the game's last words; Ray begins the runner anew, and the others go on
meanwhile.
"""

SEATS = ("left", "right")
"""What the agents of a game for two are called."""


_ACTIVATIONS: dict[str, policies.Activation] = {"tanh": "tanh", "relu": "relu", "swish": "swish", "silu": "swish"}
"""What RLlib calls the activations that there are here."""


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


def register() -> None:
    """Tells RLlib of `NAME`. Importing this module does, once; a cluster forgets, so do it after another `ray.init`."""
    register_env(NAME, vector_env)


register()


def policy_of(
    algorithm: Algorithm, spec: Mapping[str, Any], *, module: str = "default_policy"
) -> policies.Policy:
    """What an algorithm with RLlib's default module has learned, critic included, for `policies.save`.

    `spec` is what the game says of itself (`env.playtrain_spec.told`); `module` names one of several policies.

    Raises `UnreadablePolicy` where the module is none of straight tanh, relu or swish layers.
    """
    # What acts has no critic: the learner's module is the whole one.
    component = f"learner/rl_module/{module}"
    state = algorithm.learner_group.get_state(components=component)["learner"]["rl_module"][module]
    used = algorithm.get_module(module).model_config
    named = str(used.get("fcnet_activation", "tanh"))
    activation = _ACTIVATIONS.get(named.lower())
    if activation is None or used.get("head_fcnet_hiddens"):
        raise policies.UnreadablePolicy(
            f"Its layers are of “{named}”, or its heads have layers of their own; train with an fcnet_activation of {', '.join(_ACTIVATIONS)} and without head_fcnet_hiddens."
        )
    return policies.from_rllib(state, spec, activation=activation)


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
