"""State dicts as other trainers save them, made up of numbers that every machine and language makes alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playtrain.policies import Activation

Floats = NDArray[np.float32]


def pattern(count: int, step: int) -> Floats:
    """Numbers from −1 to 1, exact in float32."""
    return ((np.arange(count) * step) % 1021 / 512 - 1).astype(np.float32)


def sb3_state(observations: int, outputs: int, *, axes: bool) -> dict[str, Floats]:
    """As Stable-Baselines3's `MlpPolicy` with hidden layers of 16 and 12."""
    sizes = {
        "mlp_extractor.policy_net.0": (observations, 16),
        "mlp_extractor.policy_net.2": (16, 12),
        "mlp_extractor.value_net.0": (observations, 16),
        "mlp_extractor.value_net.2": (16, 12),
        "action_net": (12, outputs),
        "value_net": (12, 1),
    }
    state = dense_state(sizes)
    return {"log_std": np.full(outputs, -0.5, np.float32), **state} if axes else state


def rllib_state(observations: int, outputs: int) -> dict[str, Floats]:
    """As RLlib's default module for PPO with hidden layers of 16 and 12."""
    return dense_state(
        {
            "encoder.actor_encoder.net.mlp.0": (observations, 16),
            "encoder.actor_encoder.net.mlp.2": (16, 12),
            "encoder.critic_encoder.net.mlp.0": (observations, 16),
            "encoder.critic_encoder.net.mlp.2": (16, 12),
            "pi.net.mlp.0": (12, outputs),
            "vf.net.mlp.0": (12, 1),
        }
    )


def dense_state(sizes: dict[str, tuple[int, int]]) -> dict[str, Floats]:
    """Dense layers as torch has them: weights `[outputs, inputs]`."""
    state: dict[str, Floats] = {}
    for place, (name, (inputs, outputs)) in enumerate(sizes.items()):
        step = 337 + 58 * place
        state[f"{name}.weight"] = pattern(inputs * outputs, step).reshape(outputs, inputs) * np.float32(0.5)
        state[f"{name}.bias"] = pattern(outputs, step + 3) * np.float32(0.25)
    return state


def swish(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """x / (1 + e⁻ˣ)."""
    return values / (1 + np.exp(-values))


ACTIVATIONS: dict[Activation, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "tanh": np.tanh,
    "relu": lambda values: np.maximum(values, 0),
    "swish": swish,
}


def forward(
    state: dict[str, Floats],
    layers: list[str],
    seen: NDArray[np.float64],
    activation: Activation = "tanh",
) -> NDArray[np.float64]:
    """What a net of these layers gives, in float64."""
    values = seen
    for place, name in enumerate(layers):
        values = values @ state[f"{name}.weight"].T.astype(np.float64) + state[f"{name}.bias"]
        if place < len(layers) - 1:
            values = ACTIVATIONS[activation](values)
    return values
