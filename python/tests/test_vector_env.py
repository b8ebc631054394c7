"""What PlaytrainVectorEnv promises."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import gymnasium
import numpy as np
import pytest
from conftest import ROOT
from gymnasium import spaces
from gymnasium.error import ResetNeeded
from gymnasium.utils.env_checker import check_env
from gymnasium.vector import AutoresetMode

from playtrain import GameFailed, PlaytrainError, PlaytrainVectorEnv, Refused
from playtrain.env import PlaytrainEnv

Open = Callable[..., PlaytrainVectorEnv]


def test_spaces_are_those_of_the_game(opened: Open) -> None:
    volley = opened("volley", 3)
    assert volley.num_envs == 6
    assert volley.single_action_space == spaces.MultiDiscrete([3, 2])
    assert volley.observation_space.shape == (6, volley.playtrain_spec.observation_size)
    swing = opened("swing", 2)
    assert isinstance(swing.single_action_space, spaces.Box)
    balance = opened("balance", 2)
    assert balance.single_action_space == spaces.Discrete(2)
    assert balance.reset(seed=1)[0] in balance.observation_space
    workbench = opened(ROOT / "examples" / "02-several-actions" / "workbench.ts", 2)
    assert isinstance(workbench.single_action_space, spaces.Dict)
    _, infos = workbench.reset(seed=1)
    assert infos["action_mask"].shape == (2, workbench.playtrain_spec.mask_size)
    workbench.step(workbench.action_space.sample())


def test_a_seed_and_actions_lead_to_the_same_steps(opened: Open) -> None:
    def trace(seed: int | None) -> list[np.ndarray]:
        env = opened("volley", 2)
        env.reset(seed=7)
        env.action_space.seed(1)
        seen = [env.reset(seed=seed)[0]]
        for _ in range(100):
            seen += env.step(env.action_space.sample())[:2]
        return seen

    first, again, other = trace(3), trace(3), trace(4)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))
    drawn, drawn_again = trace(None), trace(None)
    assert np.array_equal(drawn[0], drawn_again[0])


def test_next_step_begins_the_next_episode_by_the_next_step(opened: Open) -> None:
    env = opened("balance", 8, autoreset_mode="NextStep", time_limit_ticks=20)
    first, _ = env.reset(seed=1)
    ended = np.zeros(8, bool)
    for _ in range(60):
        seen, rewards, terminations, truncations, infos = env.step(env.action_space.sample())
        assert np.array_equal(rewards == 0, ended)
        assert np.all(np.abs(seen[ended]) <= 0.05)
        assert "final_obs" not in infos
        ended = terminations | truncations
    assert first.shape == seen.shape


def test_same_step_tells_what_the_episode_ended_with(opened: Open) -> None:
    env = opened("balance", 8, autoreset_mode=AutoresetMode.SAME_STEP, time_limit_ticks=20)
    env.reset(seed=1)
    told = 0
    for _ in range(60):
        seen, rewards, terminations, truncations, infos = env.step(env.action_space.sample())
        assert np.all(rewards == 1)
        ended = terminations | truncations
        if not ended.any():
            continue
        assert np.array_equal(infos["_final_obs"], ended)
        assert np.all(np.abs(seen[ended]) <= 0.05)
        assert np.all(np.abs(infos["final_obs"][terminations][:, [0, 2]]).max(axis=1) > 0.2)
        told += int(ended.sum())
    assert told > 10


@pytest.mark.parametrize("mode", ["NextStep", "SameStep"])
def test_a_saved_state_goes_on_alike(opened: Open, mode: str) -> None:
    env = opened("volley", 3, autoreset_mode=mode, opponent="bot-steady")
    env.reset(seed=1)
    actions = [env.action_space.sample() for _ in range(200)]
    for action in actions[:50]:
        env.step(action)
    state = env.save_state()
    other = opened("volley", 3, autoreset_mode=mode, opponent="bot-steady", seed=5)
    seen = other.restore_state(state)
    assert seen.shape == (3, env.playtrain_spec.observation_size)
    for action in actions[50:]:
        for a, b in zip(env.step(action)[:4], other.step(action)[:4], strict=True):
            assert np.array_equal(a, b)
    with pytest.raises(Refused, match="bytes where"):
        opened("volley", 2).restore_state(state)


def test_parameters_take_hold_and_what_cannot_be_used_is_refused(opened: Open) -> None:
    env = opened("balance", 2, reward_weights={"upright": 2}, decision_interval_ticks=3)
    env.reset(seed=1)
    assert np.all(env.step([0, 1])[1] == 6)
    with pytest.raises(Refused, match="no reward term uprigth"):
        env.set_parameters(reward_weights={"uprigth": 1})
    for ticks in (0, 100_000):
        with pytest.raises(Refused, match=f"decision interval is {ticks}"):
            env.set_parameters(decision_interval_ticks=ticks)
    with pytest.raises(Refused, match="choice 2 at component 0"):
        env.step([0, 2])
    assert env.parameters == (3, {"upright": 2, "centred": 0})
    env.set_parameters(decision_interval_ticks=1, reward_weights={"upright": 1})
    assert np.all(env.step([0, 1])[1] == 1)


def test_a_step_before_the_first_reset_is_refused_and_ends_nothing(opened: Open) -> None:
    env = opened("balance", 2)
    with pytest.raises(ResetNeeded):
        env.step([0, 1])
    with pytest.raises(Refused):
        env.reset(options={"reset_mask": np.array([True, False])})
    with pytest.raises(ResetNeeded):
        env.step([0, 1])
    env.reset(seed=1)
    state = env.save_state()
    other = opened("balance", 2)
    other.restore_state(state)
    assert np.array_equal(env.step([0, 1])[0], other.step([0, 1])[0])


def test_masked_resets_leave_the_others(opened: Open) -> None:
    env = opened("balance", 3)
    env.reset(seed=1)
    before = env.step([0, 0, 0])[0]
    seen, _ = env.reset(options={"reset_mask": np.array([False, True, False])})
    assert np.array_equal(seen[[0, 2]], before[[0, 2]])
    assert not np.array_equal(seen[1], before[1])


def test_arrays_stay_as_they_are_unless_told(opened: Open) -> None:
    for copies in (True, False):
        env = opened("balance", 1, copy=copies)
        first, _ = env.reset(seed=1)
        kept = first.copy()
        env.step([1])
        assert np.array_equal(first, kept) is copies


def test_what_does_not_fit_is_said(opened: Open) -> None:
    with pytest.raises(PlaytrainError, match="do not fill arenas of 2 seats"):
        opened("volley", num_envs=3)
    assert opened("volley", num_envs=4).playtrain_spec.arenas == 2
    with pytest.raises(PlaytrainError, match="render mode"):
        opened("balance", 1, render_mode="human")
    for count in (0, -1):
        with pytest.raises(PlaytrainError, match=f"num_arenas is at least 1; it was {count}"):
            opened("balance", count)
        with pytest.raises(PlaytrainError, match=f"num_envs is at least 1; it was {count}"):
            opened("volley", num_envs=count)
    env = opened("balance", 2)
    env.reset(seed=1)
    with pytest.raises(ValueError, match="2 agents need"):
        env.step([0])
    with pytest.raises(GameFailed, match="no game “balence”; name one of balance, swing, volley, or a file"):
        opened("balence")
    with pytest.raises(PlaytrainError, match="2 agents meet"):
        PlaytrainEnv("volley")


@pytest.mark.parametrize("game", ["balance", "swing", "volley"])
def test_gymnasium_finds_nothing_wrong(game: str) -> None:
    env = PlaytrainEnv(game, opponent="bot-steady" if game == "volley" else None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # What it advises, rather than requires: bounds as narrow as CartPole's own are not, and actions within ±1.
        warnings.filterwarnings("ignore", message=".*(infinity|symmetric and normalized|render|spec).*")
        check_env(env, skip_render_check=True)
    env.close()


def test_gymnasium_makes_it_by_name() -> None:
    env = gymnasium.make_vec("playtrain/Balance-v0", num_envs=3)
    assert env.reset(seed=1)[0].shape == (3, 4)
    env.close()
    alone = gymnasium.make("playtrain/Swing-v0")
    assert alone.reset(seed=1)[0].shape == (3,)
    alone.close()
