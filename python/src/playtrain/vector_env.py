"""Arenas of one game, stepped together, as a vector environment of Gymnasium."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gymnasium.error import ResetNeeded
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from playtrain import _protocol as protocol
from playtrain._child import Child
from playtrain._browser import find_browser
from playtrain._node import sim_command
from playtrain._picture import Picture, Theme
from playtrain._spaces import action_space, action_writer, observation_space
from playtrain.errors import PlaytrainError, Refused
from playtrain.spec import Spec, StateColumn, read_spec

Observations = NDArray[np.float32]
Infos = dict[str, Any]

_MODES: dict[AutoresetMode, str] = {
    AutoresetMode.NEXT_STEP: "next-step",
    AutoresetMode.SAME_STEP: "same-step",
}
_DTYPES = {"f64": np.float64, "f32": np.float32, "i32": np.int32, "u32": np.uint32, "u8": np.uint8}


@dataclass(frozen=True)
class State:
    """All arenas of a game between two steps. Fits every environment of the same game and number of arenas."""

    contract: str
    data: bytes
    columns: tuple[StateColumn, ...]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One of its arrays, to be read: `states`, `episodeTicks`, `random` and so on."""
        for column in self.columns:
            if column.name == name:
                return np.frombuffer(self.data, _DTYPES[column.type], column.length, column.offset)
        raise KeyError(f"A state has {', '.join(column.name for column in self.columns)}, not “{name}”.")

    def with_array(self, name: str, values: NDArray[Any]) -> State:
        """The same state with one of its arrays replaced."""
        data = bytearray(self.data)
        column = next(each for each in self.columns if each.name == name)
        np.frombuffer(data, _DTYPES[column.type], column.length, column.offset)[:] = values.ravel()
        return State(self.contract, bytes(data), self.columns)


class PlaytrainVectorEnv(VectorEnv[Observations, NDArray[Any], NDArray[np.float64]]):
    """Arenas of one game in a Node child of this process.

    `num_envs` counts agents: arenas times the seats that are played from here. Where two agents meet in an arena, those of
    one arena are neighbours, both see it as if they sat in the first seat, and their episodes end together.

    Example::

        env = PlaytrainVectorEnv("volley", 64)
        observations, infos = env.reset(seed=1)
        observations, rewards, terminations, truncations, infos = env.step(env.action_space.sample())
    """

    metadata: dict[str, Any] = {
        "render_modes": ["rgb_array"],
        "autoreset_mode": AutoresetMode.NEXT_STEP,
    }

    def __init__(
        self,
        game: str | os.PathLike[str],
        num_arenas: int | None = 1,
        *,
        num_envs: int | None = None,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        opponent: str | None = None,
        time_limit_ticks: int | None = None,
        decision_interval_ticks: int | None = None,
        reward_weights: Mapping[str, float] | None = None,
        assets: str | os.PathLike[str] | None = None,
        export: str | None = None,
        seed: int = 1,
        copy: bool = True,
        timeout: float = 60.0,
        command: Sequence[str] | None = None,
        render_mode: str | None = None,
        render_size: tuple[int, int] = (480, 270),
        render_theme: Theme = "dark",
    ) -> None:
        """Starts the game.

        Args:
            game: `balance`, `swing`, `volley`, or a file that exports a `Simulation` or serves a twin.
            num_arenas: how many at once; None for a twin's own number.
            num_envs: in place of `num_arenas`, how many agents: what RLlib and `gymnasium.make_vec` say.
            autoreset_mode: when an arena that ended begins anew. NEXT_STEP is what RLlib takes for granted, SAME_STEP what
                Stable-Baselines3 and CleanRL do; with the other one a trainer learns from steps that never were.
            opponent: a scripted player for the second seat of every arena; `playtrain_spec.scripted_players` lists them.
            time_limit_ticks: after how many ticks episodes are cut; None for the game's own limit.
            decision_interval_ticks: ticks of a step; None for the game's own.
            reward_weights: what each reward term counts, by name; those left out stay as the game has them.
            assets: the folder in which the addresses begin that a twin's game loads.
            export: which simulation of the file, where it exports several.
            seed: where chance begins before the first reset that names a seed.
            copy: whether arrays that are returned stay as they are at the next step.
            timeout: how many seconds an answer may take. On Linux a game that does nothing at all while one is due, rather than
                compute or wait for the machine, is ended after 3 s, and after 1 s where a signal stopped it.
            command: the words that start `playtrain sim`, in place of this package's own.
            render_mode: `rgb_array`, or None where nothing is to be drawn.
            render_size: width and height of a picture in pixels.
            render_theme: `dark` or `light`.

        Raises:
            NodeMissing: no Node was found.
            BrowserMissing: pictures are wanted, and there is no Chrome or Chromium to draw them.
            GameFailed: the game did not start; the message holds its last words.
        """
        self.render_mode = _checked_render_mode(render_mode, game)
        self._render_size, self._render_theme = render_size, render_theme
        self._picture: Picture | None = None
        mode = AutoresetMode(autoreset_mode)
        if mode not in _MODES:
            raise PlaytrainError(f"The autoreset mode {mode} is not there; take NEXT_STEP or SAME_STEP.")
        self.metadata = {**self.metadata, "autoreset_mode": mode}
        for name, count in (("num_arenas", num_arenas), ("num_envs", num_envs)):
            if count is not None and count < 1:
                raise PlaytrainError(f"{name} is at least 1; it was {count}.")
        self._timeout = timeout
        self._copy = copy
        self._has_begun = False
        self._words = _words(
            game,
            arenas=num_arenas if num_envs is None else None,
            options={
                "autoreset": _MODES[mode],
                "opponent": opponent,
                "time-limit": time_limit_ticks,
                "assets": assets,
                "export": export,
            },
        )
        # Other words may start it in a container, or on another machine.
        self._is_own = command is None
        self._command = list(command) if command is not None else sim_command()
        self._parameters: tuple[int, dict[str, float]] | None = None
        self._child, self.playtrain_spec = self._start(seed, num_envs)
        self._lay_out()
        self._parameters = (
            self.playtrain_spec.decision_interval_ticks,
            {term.name: term.weight for term in self.playtrain_spec.reward_terms},
        )
        self._tell_pace()
        if decision_interval_ticks is not None or reward_weights is not None:
            self.set_parameters(decision_interval_ticks=decision_interval_ticks, reward_weights=reward_weights)

    # Playing

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> tuple[Observations, Infos]:
        """Begins episodes anew: all, or with `options={"reset_mask": mask}` those that a mask of agents marks.

        A whole number as seed gives arena i the seed `seed + i`; a sequence names one for each agent, of which an arena takes
        its first. Without a seed, this environment's own generator draws them.
        """
        spec = self.playtrain_spec
        seeds = seed if isinstance(seed, int) or seed is None else self._seeds_of_arenas(seed)
        if isinstance(seed, int):
            self._np_random, self._np_random_seed = np.random.default_rng(seed), seed
        mask = None if options is None else options.get("reset_mask")
        if not spec.can_seed:
            begun = self._reset_live(seeds if isinstance(seeds, int) else None, mask)
            self._has_begun = True
            return begun
        chosen = self._reset_chosen
        chosen[:] = 1 if mask is None else np.asarray(mask, bool).reshape(spec.arenas, -1).any(axis=1)
        if isinstance(seeds, int):
            self._reset_seeds[:] = np.arange(seeds, seeds + spec.arenas)
        else:
            self._reset_seeds[:] = self.np_random.integers(0, 1 << 31, spec.arenas)
            for arena, own in enumerate(seeds or ()):
                if own is not None:
                    self._reset_seeds[arena] = own
        self._child.send(self._reset_frame)
        self._receive()
        self._has_begun = True
        return self._seen(), self._infos()

    def step(  # type: ignore[override]  # Its reward's type stands for the flags', too.
        self, actions: Any
    ) -> tuple[Observations, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], Infos]:
        """Takes one step in every arena.

        In the mode NEXT_STEP an agent whose episode ended at the last step only begins the next one: its action reaches
        nobody and its reward is 0. In the mode SAME_STEP `infos["final_obs"]` holds what ended episodes ended with, in the
        rows that `infos["_final_obs"]` marks. Masks of what may be chosen next are `infos["action_mask"]`.
        """
        self.step_async(actions)
        return self.step_wait()

    def step_async(self, actions: Any) -> None:
        """Sends actions; the game steps while this process does other things.

        Raises Gymnasium's `ResetNeeded` before the first `reset`.
        """
        if not self._has_begun:
            raise ResetNeeded("There is no episode yet; call reset() before step().")
        self._write_actions(actions)
        self._child.send(self._step_frame)

    def step_wait(
        self,
    ) -> tuple[Observations, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], Infos]:
        """Waits for what the actions of `step_async` led to."""
        self._receive()
        if not self._copy:
            return self._observations, self._rewards, self._terminated, self._truncated, self._infos()
        return (
            self._observations.copy(),
            self._rewards.copy(),
            self._terminated.copy(),
            self._truncated.copy(),
            self._infos(),
        )

    def action_masks(self) -> NDArray[np.bool_]:
        """Which choices are allowed now, `[num_envs, mask_size]`, as sb3-contrib's MaskablePPO asks for them."""
        return self._masks.copy()

    # What else a game can do

    def set_parameters(
        self,
        *,
        decision_interval_ticks: int | None = None,
        reward_weights: Mapping[str, float] | None = None,
    ) -> None:
        """Changes how many ticks a step takes, and what reward terms count, from the next step on.

        Raises `Refused` where a value cannot be used; nothing is changed then.
        """
        interval, weights = self.parameters
        unknown = set(reward_weights or {}) - set(weights)
        if unknown:
            raise Refused(
                f"There is no reward term {', '.join(sorted(unknown))}; there are {', '.join(weights)}."
            )
        ticks = interval if decision_interval_ticks is None else decision_interval_ticks
        self._set(ticks, {**weights, **(reward_weights or {})})

    @property
    def parameters(self) -> tuple[int, dict[str, float]]:
        """Ticks of a step, and what each reward term counts."""
        assert self._parameters is not None
        interval, weights = self._parameters
        return interval, dict(weights)

    def save_state(self) -> State:
        """All arenas as they stand, with their chance: from it everything goes on as it will from here.

        Raises `Refused` for live games, which cannot be copied.
        """
        self._child.send(protocol.header("state", 0))
        return State(
            self.playtrain_spec.contract, bytes(self._child.reply("state")), self.playtrain_spec.state
        )

    def restore_state(self, state: State) -> Observations:
        """Goes on from a state. Returns what is seen there.

        Raises `Refused` where it is one of another game or number of arenas.
        """
        expected = self.playtrain_spec.frame_bytes["setState"]
        if len(state.data) != expected:
            raise Refused(
                f"The state has {len(state.data)} bytes where {self.playtrain_spec.arenas} arenas of “{self.playtrain_spec.game}” need {expected}; restore it into the same game and number of arenas."
            )
        self._child.send(protocol.header("setState", expected) + state.data)
        self._receive()
        self._has_begun = True
        return self._seen()

    @property
    def pid(self) -> int:
        """The number of the game's process."""
        return self._child.pid

    @property
    def last_words(self) -> str:
        """The end of what the game wrote to standard error: faults of its arenas, and what it prints."""
        return self._child.last_words

    def render(self) -> tuple[NDArray[np.uint8], ...] | None:
        """A picture `[height, width, 3]` for each agent, drawn by the scene that people see; None without a render mode.

        Agents that meet have the same one. An arena whose episode has just ended shows the beginning of the next.
        """
        if self.render_mode is None:
            return None
        spec, state = self.playtrain_spec, self.save_state()
        if self._picture is None:
            self._picture = Picture(spec.game, self._render_size, self._render_theme, self._timeout)
        states = state["states"].reshape(spec.arenas, -1)
        actions = state["actions"].reshape(spec.arenas, -1)
        drawn = [
            self._picture.draw(states[arena], actions[arena], int(state["episodeTicks"][arena]))
            for arena in range(spec.arenas)
        ]
        return tuple(picture for picture in drawn for _ in range(spec.served_seats))

    def close_extras(self, **_kwargs: Any) -> None:
        """Ends the game's process, and the browser that drew it."""
        for each in (getattr(self, "_child", None), getattr(self, "_picture", None)):
            if each is not None:
                each.close()

    # How it is joined to the child

    def _start(self, seed: int, num_envs: int | None) -> tuple[Child, Spec]:
        words = [*self._command, *self._words, "--seed", str(seed)]
        if num_envs is not None:
            # How many seats an arena has is known once the game has told.
            child, spec = self._started([*words, "--arenas", "1"])
            seats = spec.served_seats
            child.close()
            if num_envs % seats:
                raise PlaytrainError(
                    f"{num_envs} agents do not fill arenas of {seats} seats; take a multiple of {seats}."
                )
            self._words += ["--arenas", str(num_envs // seats)]
            words += ["--arenas", str(num_envs // seats)]
        return self._started(words)

    def _started(self, words: Sequence[str]) -> tuple[Child, Spec]:
        child = Child(words, self._timeout, here=self._is_own)
        return child, read_spec(child.reply("spec").decode())

    def _lay_out(self) -> None:
        """Lays views over the frames that are sent and received, once."""
        spec = self.playtrain_spec
        self.num_envs = agents = spec.agents
        self.single_observation_space = observation_space(spec)
        self.single_action_space = action_space(spec)
        self.observation_space = batch_space(self.single_observation_space, agents)
        self.action_space = batch_space(self.single_action_space, agents)

        head = protocol.HEADER.size
        self._step_frame = bytearray(protocol.header("step", spec.frame_bytes["step"]))
        self._step_frame += bytes(spec.frame_bytes["step"])
        sent = np.frombuffer(self._step_frame, np.float32, agents * spec.action_size, head)
        self._write_actions = action_writer(spec, sent.reshape(agents, spec.action_size))

        self._reset_frame = bytearray(protocol.header("reset", spec.frame_bytes["reset"]))
        self._reset_frame += bytes(spec.frame_bytes["reset"])
        self._reset_chosen = np.frombuffer(self._reset_frame, np.uint8, spec.arenas, head)
        self._reset_seeds = np.frombuffer(
            self._reset_frame, np.float64, spec.arenas, head + protocol.aligned(spec.arenas)
        )

        size = spec.observation_size
        frame = bytearray(head + spec.frame_bytes["outcome"])
        self._outcome = memoryview(frame)
        at = head + protocol.OUTCOME_HEAD_BYTES
        self._rewards = np.frombuffer(frame, np.float64, agents, at)
        at += 8 * agents
        self._observations = np.frombuffer(frame, np.float32, agents * size, at).reshape(agents, size)
        at += 4 * agents * size
        flags = np.frombuffer(frame, np.bool_, 3 * agents, at).reshape(3, agents)
        self._terminated, self._truncated, self._faulted = flags
        at += 3 * agents
        self._masks = np.frombuffer(frame, np.bool_, agents * spec.mask_size, at).reshape(agents, -1)
        self._finals = np.empty((agents, size), np.float32)
        self._finals_bytes = self._finals.data.cast("B")
        self._final_rows = 0

    def _receive(self) -> None:
        """Takes an outcome in."""
        more = self._child.outcome_into(self._outcome)
        self._final_rows = more // (4 * self._finals.shape[1])
        if more:
            self._child.read_into(self._finals_bytes[:more])

    def _seen(self) -> Observations:
        return self._observations.copy() if self._copy else self._observations

    def _infos(self) -> Infos:
        infos: Infos = {}
        if self._final_rows:
            ended = self._terminated | self._truncated
            final = np.zeros_like(self._observations)
            final[ended] = self._finals[: self._final_rows]
            infos["final_obs"] = final
            infos["_final_obs"] = ended
        if self._masks.size:
            infos["action_mask"] = self._masks.copy() if self._copy else self._masks
        if self._faulted.any():
            infos["fault"] = self._faulted.copy()
            infos["_fault"] = infos["fault"]
        return infos

    def _set(self, interval: int, weights: dict[str, float]) -> None:
        values = np.array([interval, *weights.values()], np.float64)
        self._child.send(protocol.header("set", values.nbytes) + values.tobytes())
        self._child.reply("set")
        self._parameters = (interval, weights)
        self._tell_pace()

    def _tell_pace(self) -> None:
        """How many steps a person sees in a second."""
        pace = 1000 / (self.playtrain_spec.tick_ms * self.parameters[0])
        self.metadata = {**self.metadata, "render_fps": round(pace)}

    def _reset_live(self, seed: int | None, mask: Any) -> tuple[Observations, Infos]:
        """A live game takes its chance as it starts, so it starts again for a seed."""
        if seed is not None:
            self._child.close()
            self._child, _ = self._start(seed, None)
            if self._parameters is not None:
                self._set(*self._parameters)
        self._reset_chosen[:] = 1 if mask is None else np.asarray(mask, bool)
        self._child.send(self._reset_frame)
        self._receive()
        return self._seen(), self._infos()

    def _seeds_of_arenas(self, seeds: Sequence[int | None]) -> list[int | None]:
        if len(seeds) != self.num_envs:
            raise ValueError(f"There are {len(seeds)} seeds for {self.num_envs} agents.")
        return list(seeds[:: self.playtrain_spec.served_seats])


def _checked_render_mode(mode: str | None, game: str | os.PathLike[str]) -> str | None:
    """The mode, where it can be drawn. Raises `PlaytrainError` with the reason where it cannot."""
    if mode is None:
        return None
    if mode != "rgb_array":
        raise PlaytrainError(f"There is no render mode “{mode}”; there is rgb_array.")
    if _is_file(os.fspath(game)):
        raise PlaytrainError(
            "Pictures are drawn by the scenes that this package brings, those of balance, swing and volley; a game of a file is seen in its own page."
        )
    find_browser()
    return mode


def _is_file(path: str) -> bool:
    return Path(path).suffix != "" or os.sep in path


def _words(
    game: str | os.PathLike[str], *, arenas: int | None, options: Mapping[str, object]
) -> list[str]:
    path = os.fspath(game)
    words = [str(Path(path).resolve())] if _is_file(path) else ["--game", path]
    for name, value in {"arenas": arenas, **options}.items():
        if value is not None:
            words += [f"--{name}", str(value)]
    return words

