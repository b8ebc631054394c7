"""What a game says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class RewardTerm:
    """A part of the reward, which is the sum of all parts times their weights."""

    name: str
    description: str
    weight: float


@dataclass(frozen=True)
class ScriptedPlayer:
    """An opponent whose actions follow from rules, the weakest first."""

    id: str
    name: str
    summary: str


@dataclass(frozen=True)
class ActionPart:
    """A part of an action: choices (`counts`), or numbers between `low` and `high`."""

    name: str
    counts: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    masked: bool

    @property
    def is_choice(self) -> bool:
        """Whether one chooses rather than sets numbers."""
        return len(self.counts) > 0

    @property
    def size(self) -> int:
        """How many numbers of an action it takes."""
        return len(self.counts) if self.is_choice else len(self.low)


@dataclass(frozen=True)
class StateColumn:
    """One array of a saved state."""

    name: str
    type: str
    length: int
    offset: int


@dataclass(frozen=True)
class Spec:
    """What a game says of itself; docs/protocol.md names the fields."""

    game: str
    kind: Literal["simulation", "live"]
    contract: str
    rules_version: int
    arenas: int
    seats: int
    agents: int
    opponent: str | None
    scripted_players: tuple[ScriptedPlayer, ...]
    observation_names: tuple[str, ...]
    observation_low: NDArray[np.float32]
    observation_high: NDArray[np.float32]
    action_kind: Literal["discrete", "multiDiscrete", "continuous", "product"]
    action_parts: tuple[ActionPart, ...]
    action_size: int
    mask_size: int
    reward_terms: tuple[RewardTerm, ...]
    tick_ms: float
    decision_interval_ticks: int
    time_limit_ticks: int
    autoreset: Literal["next-step", "same-step"]
    can_seed: bool
    can_save: bool
    state_size: int
    state: tuple[StateColumn, ...]
    frame_bytes: Mapping[str, int]
    told: Mapping[str, Any]
    """All of it, as it came."""

    @property
    def observation_size(self) -> int:
        """How many numbers an agent sees."""
        return len(self.observation_names)

    @property
    def served_seats(self) -> int:
        """How many seats of an arena are played from here."""
        return self.agents // self.arenas


def read_spec(text: str) -> Spec:
    """Reads the JSON of a SPEC frame."""
    told: dict[str, Any] = json.loads(text)
    observation = told["observation"]
    return Spec(
        game=told["game"],
        kind=told["kind"],
        contract=told["contract"],
        rules_version=told["rulesVersion"],
        arenas=told["arenas"],
        seats=told["seats"],
        agents=told["agents"],
        opponent=told["opponent"],
        scripted_players=tuple(ScriptedPlayer(**player) for player in told["scriptedPlayers"]),
        observation_names=tuple(observation["names"]),
        observation_low=_bounds(observation["low"], -np.inf),
        observation_high=_bounds(observation["high"], np.inf),
        action_kind=told["action"]["kind"],
        action_parts=_parts(told["action"]),
        action_size=told["actionSize"],
        mask_size=told["maskSize"],
        reward_terms=tuple(RewardTerm(**term) for term in told["rewardTerms"]),
        tick_ms=told["tickMs"],
        decision_interval_ticks=told["decisionIntervalTicks"],
        time_limit_ticks=told["timeLimitTicks"],
        autoreset=told["autoreset"],
        can_seed=told["canSeed"],
        can_save=told["canSave"],
        state_size=told["stateSize"],
        state=tuple(StateColumn(**column) for column in told["state"]),
        frame_bytes=told["frames"],
        told=told,
    )


def _bounds(told: Sequence[float | None], open_bound: float) -> NDArray[np.float32]:
    bounds = np.array([open_bound if bound is None else bound for bound in told], np.float64)
    return bounds.astype(np.float32)


def _parts(action: Mapping[str, Any]) -> tuple[ActionPart, ...]:
    if action["kind"] == "product":
        return tuple(_part(part, part["name"]) for part in action["parts"])
    return (_part(action, ""),)


def _part(action: Mapping[str, Any], name: str) -> ActionPart:
    kind = action["kind"]
    if kind == "continuous":
        return ActionPart(name, (), tuple(action["low"]), tuple(action["high"]), masked=False)
    counts = (action["count"],) if kind == "discrete" else tuple(action["counts"])
    return ActionPart(name, counts, (), (), masked=bool(action.get("masked", False)))
