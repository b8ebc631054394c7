"""How RLlib's PPO is set up here, for training and for measuring."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import Any

import ray
import torch
from ray.rllib.algorithms.ppo import PPOConfig

from playtrain.rllib import FAULT_TOLERANCE, NAME

BALANCE: dict[str, Any] = {
    "envs": 8,
    "batch": 512,
    "minibatch": 128,
    "epochs": 10,
    "lr": 1e-3,
    "gamma": 0.98,
    "lambda_": 0.8,
    "entropy": 0.0,
}
DEFAULTS: dict[str, Any] = {
    "envs": 64,
    "batch": 8_192,
    "minibatch": 512,
    "epochs": 4,
    "lr": 1e-3,
    "gamma": 0.98,
    "lambda_": 0.8,
    "entropy": 0.01,
}
ADDRESS = "RAY_ADDRESS"
"""Where Ray looks for a cluster to join."""

SETTINGS: dict[str, dict[str, Any]] = {"balance": BALANCE}
"""What a game learns well by; every other one learns by `DEFAULTS`."""


def add_options(parser: ArgumentParser) -> None:
    """Adds what the game and its learning are described by. What is left out is as `SETTINGS` have it."""
    parser.add_argument("--game", default="volley", help="a game of the registry, or a file (volley)")
    parser.add_argument(
        "--opponent", help="who has the second seat: a scripted player; self-play if left out"
    )
    parser.add_argument("--envs", type=int, help="agents of one runner")
    parser.add_argument("--batch", type=int, help="agent steps that an update learns from")
    parser.add_argument("--minibatch", type=int)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--lr", type=float)
    parser.add_argument("--gamma", type=float)
    parser.add_argument("--lambda", dest="lambda_", type=float)
    parser.add_argument("--entropy", type=float)
    parser.add_argument("--hidden", default="64,64", help="sizes of the hidden layers (64,64)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="of the learner (1)")


def join_cluster(options: Namespace) -> None:
    """Starts a cluster of this machine, or joins the one that `RAY_ADDRESS` names."""
    # The learner is this process. Small nets gain nothing from threads, which wait for each other where cores are busy.
    torch.set_num_threads(options.threads)
    ray.init(**({} if ADDRESS in os.environ else {"include_dashboard": False}))


def env_config(options: Namespace) -> dict[str, Any]:
    """What `PlaytrainVectorEnv` is made by."""
    seat = {"opponent": options.opponent} if options.opponent else {}
    return {"game": options.game, "timeout": 30, **seat}


def settings_of(options: Namespace) -> dict[str, Any]:
    """What the game learns by, and what was asked for instead."""
    usual = SETTINGS.get(options.game, DEFAULTS)
    return {name: value if (given := getattr(options, name)) is None else given for name, value in usual.items()}


def ppo(options: Namespace, runners: int) -> PPOConfig:
    """RLlib's PPO for a game, with a number of env runners."""
    settings = settings_of(options)
    # On one machine with fewer cores than runners, they share them; a cluster may still be growing.
    local = ADDRESS not in os.environ
    cores = min(1, ray.cluster_resources().get("CPU", 1) / runners) if local else 1
    return (
        PPOConfig()
        .environment(NAME, env_config=env_config(options))
        .env_runners(
            num_env_runners=runners,
            num_envs_per_env_runner=settings["envs"],
            num_cpus_per_env_runner=cores,
            gym_env_vectorize_mode="vector_entry_point",
            # What a runner sends back, be its episodes over or not.
            batch_mode="truncate_episodes",
            rollout_fragment_length="auto",
        )
        .fault_tolerance(**FAULT_TOLERANCE)
        .training(
            train_batch_size_per_learner=settings["batch"],
            minibatch_size=settings["minibatch"],
            num_epochs=settings["epochs"],
            lr=settings["lr"],
            gamma=settings["gamma"],
            lambda_=settings["lambda_"],
            entropy_coeff=settings["entropy"],
            vf_clip_param=float("inf"),
            use_kl_loss=False,
            clip_param=0.2,
            grad_clip=0.5,
            grad_clip_by="global_norm",
        )
        .rl_module(
            # What the page's own agents are made of, so that it can go on training what comes back.
            model_config={
                "fcnet_hiddens": [int(size) for size in options.hidden.split(",")],
                "fcnet_activation": "tanh",
                "vf_share_layers": False,
            }
        )
        .debugging(seed=options.seed)
    )
