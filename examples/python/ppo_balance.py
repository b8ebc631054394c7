"""PPO in one file, in the manner of CleanRL's scripts: `python examples/python/ppo_balance.py --seed 1 --json FILE`.

Settings are those that CleanRL's `ppo.py` has for CartPole-v1, whose published mean return is 492.40 ± 13.05. As there, an
episode that the time limit cut counts as ended. What is told at the end is the mean return of the last hundred episodes.

Needs `pip install torch` and the package.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import deque
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.distributions import Categorical

from playtrain import PlaytrainVectorEnv

parser = argparse.ArgumentParser()
parser.add_argument("--game", default="balance")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--steps", type=int, default=500_000)
parser.add_argument("--envs", type=int, default=4)
parser.add_argument("--rollout", type=int, default=128, help="steps of each environment between two updates")
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--minibatches", type=int, default=4)
parser.add_argument("--learning-rate", type=float, default=2.5e-4, help="falls to 0 over the run")
parser.add_argument("--gamma", type=float, default=0.99)
parser.add_argument("--gae-lambda", type=float, default=0.95)
parser.add_argument("--clip", type=float, default=0.2)
parser.add_argument("--entropy", type=float, default=0.01)
parser.add_argument("--value", type=float, default=0.5)
parser.add_argument("--max-norm", type=float, default=0.5)
parser.add_argument("--json", type=Path)
options = parser.parse_args()

torch.manual_seed(options.seed)
torch.set_num_threads(1)
shuffling = np.random.default_rng(options.seed)

env = PlaytrainVectorEnv(options.game, num_envs=options.envs, autoreset_mode="SameStep")
size = env.single_observation_space.shape[0]
choices = int(env.single_action_space.n)


def layer(inputs: int, outputs: int, gain: float) -> nn.Linear:
    made = nn.Linear(inputs, outputs)
    nn.init.orthogonal_(made.weight, gain)
    nn.init.zeros_(made.bias)
    return made


def net(outputs: int, gain: float) -> nn.Sequential:
    root = 2**0.5
    return nn.Sequential(layer(size, 64, root), nn.Tanh(), layer(64, 64, root), nn.Tanh(), layer(64, outputs, gain))


actor, critic = net(choices, 0.01), net(1, 1.0)
parameters = [*actor.parameters(), *critic.parameters()]
adam = torch.optim.Adam(parameters, lr=options.learning_rate, eps=1e-5)

shape = (options.rollout, options.envs)
observations = torch.zeros((*shape, size))
actions = torch.zeros(shape, dtype=torch.long)
log_probabilities, rewards, values, begins = (torch.zeros(shape) for _ in range(4))
batch = options.rollout * options.envs
updates = options.steps // batch

seen = torch.from_numpy(env.reset(seed=options.seed)[0])
# 1 where the observation is the first of its episode.
begun = torch.zeros(options.envs)
returns = np.zeros(options.envs)
finished: deque[float] = deque(maxlen=100)
start = time.perf_counter()

for update in range(updates):
    adam.param_groups[0]["lr"] = options.learning_rate * (1 - update / updates)

    # Gathers a rollout.
    for step in range(options.rollout):
        with torch.no_grad():
            chosen = Categorical(logits=actor(seen))
            action = chosen.sample()
            values[step] = critic(seen).flatten()
        observations[step], begins[step], actions[step] = seen, begun, action
        log_probabilities[step] = chosen.log_prob(action)
        following, reward, terminated, truncated, _ = env.step(action.numpy())
        ended = terminated | truncated
        rewards[step] = torch.from_numpy(reward)
        returns += reward
        finished.extend(returns[ended])
        returns[ended] = 0
        seen, begun = torch.from_numpy(following), torch.from_numpy(ended).float()

    # Generalised advantages, from the last step to the first.
    advantages = torch.zeros(shape)
    with torch.no_grad():
        next_value, next_goes_on, advantage = critic(seen).flatten(), 1 - begun, torch.zeros(options.envs)
    for step in reversed(range(options.rollout)):
        error = rewards[step] + options.gamma * next_value * next_goes_on - values[step]
        advantage = error + options.gamma * options.gae_lambda * next_goes_on * advantage
        advantages[step] = advantage
        next_value, next_goes_on = values[step], 1 - begins[step]

    # Learns from it.
    flat = (each.reshape(batch, *each.shape[2:]) for each in (observations, actions, log_probabilities, values))
    all_seen, all_actions, old_log_probabilities, old_values = flat
    all_advantages = advantages.reshape(batch)
    targets = all_advantages + old_values
    for _ in range(options.epochs):
        for rows in np.array_split(shuffling.permutation(batch), options.minibatches):
            chosen = Categorical(logits=actor(all_seen[rows]))
            ratio = (chosen.log_prob(all_actions[rows]) - old_log_probabilities[rows]).exp()
            gained = all_advantages[rows]
            gained = (gained - gained.mean()) / (gained.std() + 1e-8)
            clipped = ratio.clamp(1 - options.clip, 1 + options.clip)
            policy_loss = -torch.min(gained * ratio, gained * clipped).mean()

            value = critic(all_seen[rows]).flatten()
            change = (value - old_values[rows]).clamp(-options.clip, options.clip)
            errors = (value - targets[rows]) ** 2, (old_values[rows] + change - targets[rows]) ** 2
            value_loss = 0.5 * torch.max(*errors).mean()

            loss = policy_loss + options.value * value_loss - options.entropy * chosen.entropy().mean()
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, options.max_norm)
            adam.step()

    if (update + 1) % 100 == 0:
        print(f"{(update + 1) * batch:>8,} steps: a mean return of {np.mean(finished):.1f}", flush=True)

env.close()
report = {
    "game": options.game,
    "seed": options.seed,
    "steps": updates * batch,
    "meanReturn": round(float(np.mean(finished)), 2),
    "episodes": len(finished),
    "stepsPerSecond": round(updates * batch / (time.perf_counter() - start)),
}
print(json.dumps(report))
if options.json is not None:
    options.json.write_text(json.dumps(report, indent=2) + "\n")
