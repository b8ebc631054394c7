"""Gymnasium's spaces for what a game says that agents see and do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from playtrain.spec import ActionPart, Spec


def observation_space(spec: Spec) -> spaces.Box:
    """What one agent sees."""
    return spaces.Box(spec.observation_low, spec.observation_high, dtype=np.float32)


def action_space(spec: Spec) -> spaces.Space[Any]:
    """What one agent does.

    One choice is `Discrete`, several are `MultiDiscrete`, numbers are a `Box`; choices and numbers at once are a `Dict` by
    the parts' names.
    """
    parts = spec.action_parts
    if spec.action_kind == "discrete":
        return spaces.Discrete(parts[0].counts[0])
    if all(part.is_choice for part in parts):
        return spaces.MultiDiscrete([count for part in parts for count in part.counts])
    if len(parts) == 1:
        return _box(parts[0])
    return spaces.Dict({part.name: _part_space(part) for part in parts})


def _part_space(part: ActionPart) -> spaces.Space[Any]:
    return spaces.Discrete(part.counts[0]) if part.is_choice else _box(part)


def _box(part: ActionPart) -> spaces.Box:
    return spaces.Box(np.array(part.low, np.float32), np.array(part.high, np.float32), dtype=np.float32)


def action_writer(spec: Spec, into: NDArray[np.float32]) -> Callable[[Any], None]:
    """A function that writes a batch of actions into `into` `[agents, action_size]`.

    It raises ValueError where their number is not that of the agents.
    """
    parts = spec.action_parts
    if len(parts) > 1 and not all(part.is_choice for part in parts):
        places: list[tuple[str, slice]] = []
        at = 0
        for part in parts:
            places.append((part.name, slice(at, at + part.size)))
            at += part.size

        def write_parts(actions: Any) -> None:
            for name, place in places:
                into[:, place] = _shaped(np.asarray(actions[name]), into[:, place].shape, name)

        return write_parts

    def write(actions: Any) -> None:
        into[...] = _shaped(np.asarray(actions), into.shape, "actions")

    return write


def _shaped(values: NDArray[Any], shape: tuple[int, ...], name: str) -> NDArray[Any]:
    if values.shape == shape:
        return values
    if values.size != shape[0] * shape[1] or (values.ndim > 0 and values.shape[0] != shape[0]):
        raise ValueError(f"{name} have the shape {values.shape}, where {shape[0]} agents need {shape}.")
    return values.reshape(shape)
