"""Takes what other trainers learned back to Playtrain: a policy's file that the page plays, rates and trains further.

Neither torch nor safetensors is needed: a state dict is any mapping of names to arrays (`model.state_dict()` will do).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from playtrain.errors import PlaytrainError

Floats = NDArray[np.float32]
Activation = Literal["tanh", "relu", "swish"]

LAYER_LIMIT = 3
WIDTH_LIMIT = 512

# What files cut at, and what they add to a variance.
FILE_CUT = 10.0
FILE_EPSILON = 1e-8
# What counted so long hardly changes: the spread in a file of another cut is not that of what was seen.
LASTING_COUNT = 1e9


class UnreadablePolicy(PlaytrainError):
    """A policy that is none of Playtrain's: its nets are put together otherwise."""


@dataclass(frozen=True)
class Layer:
    """A dense layer: `kernel` [inputs, outputs] and `bias` [outputs]."""

    kernel: Floats
    bias: Floats


@dataclass(frozen=True)
class Normaliser:
    """Running mean and variance of what is seen, a component each.

    What a policy sees is (x − mean) / √(variance + epsilon), cut at ±cut; both are what they are in Playtrain unless told.
    """

    count: float
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    cut: float = FILE_CUT
    epsilon: float = FILE_EPSILON


@dataclass(frozen=True)
class Policy:
    """An actor and a critic of the same hidden sizes. Heads come last; `log_std` has one number an axis."""

    actor: tuple[Layer, ...]
    critic: tuple[Layer, ...]
    log_std: Floats
    activation: Activation
    normaliser: Normaliser | None = None


# ---- Reading --------------------------------------------------------------------------------------------------------


def from_sb3(
    state: Mapping[str, Any],
    *,
    activation: Activation = "tanh",
    normaliser: Normaliser | None = None,
) -> Policy:
    """A policy of Stable-Baselines3's PPO or A2C with `MlpPolicy`, from `model.policy.state_dict()`.

    `activation` is what the policy was made with (`tanh` unless told); `normaliser` comes from `normaliser_of_sb3`
    where a `VecNormalize` stood before it.

    Raises `UnreadablePolicy` where the nets of actor and critic are unlike, or shared.
    """
    arrays = _arrays(state)
    actor = [*_layers(arrays, "mlp_extractor.policy_net"), _dense(arrays, "action_net")]
    critic = [*_layers(arrays, "mlp_extractor.value_net"), _dense(arrays, "value_net")]
    log_std = arrays.get("log_std", np.zeros(0, np.float32)).reshape(-1)
    return _checked(Policy(tuple(actor), tuple(critic), log_std, activation, normaliser))


def normaliser_of_sb3(vec_normalize: Any) -> Normaliser | None:
    """What a `VecNormalize` has counted of observations; None where it leaves them as they are.

    Raises `UnreadablePolicy` where it cuts nothing, or everything.
    """
    if not vec_normalize.norm_obs:
        return None
    cut, epsilon = float(vec_normalize.clip_obs), float(vec_normalize.epsilon)
    if not 0 < cut < np.inf:
        raise UnreadablePolicy(f"Its VecNormalize cuts at ±{cut}; make it with a finite clip_obs above 0.")
    seen = vec_normalize.obs_rms
    mean, variance = np.asarray(seen.mean, np.float64), np.asarray(seen.var, np.float64)
    return Normaliser(float(seen.count), mean, variance, cut, epsilon)


def from_rllib(
    state: Mapping[str, Any],
    spec: Mapping[str, Any],
    *,
    activation: Activation = "tanh",
) -> Policy:
    """A policy of RLlib's PPO with its default module, from `module.get_state()` or its torch state dict.

    `spec` is what the game says of itself (`env.playtrain_spec.told`): RLlib learns axes as −1 to 1, which are put back
    between the game's bounds. Where the deviation depends on what is seen, its mean is taken.

    Raises `UnreadablePolicy` where the module is another one.
    """
    arrays = _arrays(state)
    body = "encoder.actor_encoder.net.mlp"
    critic_body = "encoder.critic_encoder.net.mlp"
    if not any(name.startswith(f"{body}.") for name in arrays):
        body = critic_body = "encoder.encoder.net.mlp"
    actor = [*_layers(arrays, body), *_layers(arrays, "pi.net.mlp")]
    critic = [*_layers(arrays, critic_body), *_layers(arrays, "vf.net.mlp")]
    if not actor:
        raise UnreadablePolicy(
            "It has no layers named as those of RLlib's default module; save that module's state."
        )
    axes = _axes(spec)
    if axes is None:
        return _checked(Policy(tuple(actor), tuple(critic), np.zeros(0, np.float32), activation))
    low, high = axes
    middle, half = (low + high) / 2, (high - low) / 2
    head = actor.pop()
    size = len(low)
    means = Layer(
        (head.kernel[:, :size] * half).astype(np.float32),
        (head.bias[:size] * half + middle).astype(np.float32),
    )
    free = arrays.get("pi.log_std", head.bias[size:]).reshape(-1)
    if free.shape != (size,):
        raise UnreadablePolicy(f"Its head gives {head.bias.size} numbers, and {size} axes need {2 * size}.")
    log_std = (free + np.log(half)).astype(np.float32)
    return _checked(Policy((*actor, means), tuple(critic), log_std, activation))


def _arrays(state: Mapping[str, Any]) -> dict[str, Floats]:
    """The state's arrays in float32, whether numpy's or torch's."""
    arrays: dict[str, Floats] = {}
    for name, value in state.items():
        held = value.detach().cpu().numpy() if hasattr(value, "detach") else value
        arrays[name] = np.ascontiguousarray(held, np.float32)
    return arrays


def _layers(arrays: Mapping[str, Floats], prefix: str) -> list[Layer]:
    """The dense layers of a `Sequential`, in order; the places between them hold activations."""
    places = sorted(
        int(name[len(prefix) + 1 : -len(".weight")])
        for name in arrays
        if name.startswith(f"{prefix}.") and name.endswith(".weight")
        if name[len(prefix) + 1 : -len(".weight")].isdigit()
    )
    return [_dense(arrays, f"{prefix}.{place}") for place in places]


def _dense(arrays: Mapping[str, Floats], name: str) -> Layer:
    weight, bias = arrays.get(f"{name}.weight"), arrays.get(f"{name}.bias")
    if weight is None or bias is None or weight.ndim != 2 or bias.shape != weight.shape[:1]:
        raise UnreadablePolicy(
            f"It has no dense layer “{name}”; save the state of a policy made of dense layers."
        )
    return Layer(np.ascontiguousarray(weight.T), bias)


def _checked(policy: Policy) -> Policy:
    sizes, others = ([layer.bias.size for layer in net[:-1]] for net in (policy.actor, policy.critic))
    if sizes != others:
        raise UnreadablePolicy(
            f"Its actor has hidden layers {sizes} and its critic {others}; train it with the same for both."
        )
    if not 1 <= len(sizes) <= LAYER_LIMIT or max(sizes) > WIDTH_LIMIT:
        raise UnreadablePolicy(
            f"It has hidden layers {sizes}; one to {LAYER_LIMIT} of at most {WIDTH_LIMIT} are read."
        )
    for net in (policy.actor, policy.critic):
        for below, above in zip(net, net[1:], strict=False):
            if below.bias.size != above.kernel.shape[0]:
                raise UnreadablePolicy("Its layers do not fit each other; it is no straight net.")
    if policy.critic[-1].bias.size != 1:
        raise UnreadablePolicy("Its critic gives several numbers; it has to give one.")
    if not all(
        np.isfinite(part).all()
        for net in (policy.actor, policy.critic)
        for each in net
        for part in (each.kernel, each.bias)
    ):
        raise UnreadablePolicy("Its weights are not all finite; save it again from before that.")
    return policy


# ---- Writing --------------------------------------------------------------------------------------------------------


def save(path: str | Path, policy: Policy, spec: Mapping[str, Any], *, name: str, decisions: int = 0) -> None:
    """Writes a policy's file, which the page imports as a run or as an opponent.

    `spec` is what the game says of itself (`env.playtrain_spec.told`), `decisions` how many steps it learned from.

    Raises `UnreadablePolicy` where the policy is none of that game's.
    """
    _check_game(policy, spec)
    policy = _cut_as_in_files(policy)
    tensors: dict[str, NDArray[Any]] = {}
    for net, layers in (("actor", policy.actor), ("critic", policy.critic)):
        for place, layer in enumerate(layers):
            called = "head" if place == len(layers) - 1 else str(place)
            tensors[f"policy.{net}.{called}.kernel"] = layer.kernel
            tensors[f"policy.{net}.{called}.bias"] = layer.bias
    if policy.log_std.size > 0:
        tensors["policy.actor.logStd"] = policy.log_std
    if policy.normaliser is not None:
        counted = policy.normaliser
        tensors["normalisation.observations.count"] = np.array([counted.count], np.float64)
        tensors["normalisation.observations.mean"] = counted.mean
        tensors["normalisation.observations.variance"] = counted.variance
    described = {
        "spec": _environment_spec(spec),
        "hiddenSizes": [int(layer.bias.size) for layer in policy.actor[:-1]],
        "activation": policy.activation,
        "name": name,
        "version": 0,
        "decisions": decisions,
        "seed": 1,
        "decisionIntervalTicks": spec["decisionIntervalTicks"],
        "normalised": policy.normaliser is not None,
    }
    metadata = {
        "format": "playtrain-policy",
        "formatVersion": "2",
        "game": spec["game"],
        "policy": json.dumps(described, ensure_ascii=False),
    }
    Path(path).write_bytes(_safetensors(tensors, {**metadata, "checksum": _file_checksum(tensors, metadata)}))


def _cut_as_in_files(policy: Policy) -> Policy:
    """The same policy: what its normaliser makes larger to be cut as files are, the first layers make smaller again."""
    counted = policy.normaliser
    if counted is None or (counted.cut == FILE_CUT and counted.epsilon == FILE_EPSILON):
        return policy
    share = counted.cut / FILE_CUT
    variance = np.maximum((counted.variance + counted.epsilon) * share**2 - FILE_EPSILON, 0)

    def smaller(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        first, *others = layers
        return Layer(first.kernel * np.float32(share), first.bias), *others

    return replace(
        policy,
        actor=smaller(policy.actor),
        critic=smaller(policy.critic),
        normaliser=Normaliser(LASTING_COUNT, counted.mean, variance),
    )


def _check_game(policy: Policy, spec: Mapping[str, Any]) -> None:
    seen, outputs = policy.actor[0].kernel.shape[0], policy.actor[-1].bias.size
    parts = spec["action"]["parts"] if spec["action"]["kind"] == "product" else [spec["action"]]
    wanted = sum(
        part["count"]
        if part["kind"] == "discrete"
        else sum(part["counts"])
        if part["kind"] == "multiDiscrete"
        else part["size"]
        for part in parts
    )
    axes = sum(part["size"] for part in parts if part["kind"] == "continuous")
    if seen != spec["observation"]["size"]:
        raise UnreadablePolicy(
            f"It sees {seen} numbers, and an agent of “{spec['game']}” {spec['observation']['size']}."
        )
    if outputs != wanted or policy.log_std.size != axes:
        raise UnreadablePolicy(
            f"It gives {outputs} numbers, and an agent of “{spec['game']}” needs {wanted}."
        )


def _axes(spec: Mapping[str, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    action = spec["action"]
    if action["kind"] == "product":
        raise UnreadablePolicy("RLlib's default module has no policy for choices and axes at once.")
    if action["kind"] != "continuous":
        return None
    return np.array(action["low"], np.float64), np.array(action["high"], np.float64)


def _environment_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a game's spec that policies' files have, in their words."""
    observation = spec["observation"]
    told: dict[str, Any] = {
        "game": spec["game"],
        "observationSpace": {**observation, **_open_bounds(observation)},
        "actionSpace": _action_space(spec["action"]),
        "rewardTerms": [
            {"name": term["name"], "description": term["description"], "defaultWeight": term["weight"]}
            for term in spec["rewardTerms"]
        ],
        "tickMs": spec["tickMs"],
        "timeLimitTicks": spec["timeLimitTicks"],
    }
    if spec["seats"] == 2:
        told["seats"] = 2
    if spec.get("winTerm") is not None:
        told["winTerm"] = spec["winTerm"]
    return told


def _action_space(action: Mapping[str, Any]) -> dict[str, Any]:
    if action["kind"] == "product":
        return {"kind": "product", "parts": [_action_space(part) for part in action["parts"]]}
    return {**action, **_open_bounds(action)} if action["kind"] == "continuous" else dict(action)


def _open_bounds(space: Mapping[str, Any]) -> dict[str, list[float | str]]:
    """JSON has no infinities: no bound is null in a spec, and a word in a file."""
    return {
        side: [word if bound is None else bound for bound in space[side]]
        for side, word in (("low", "-Infinity"), ("high", "Infinity"))
    }


_DTYPES = {"f4": "F32", "f8": "F64"}


def _dtype(array: NDArray[Any]) -> str:
    return _DTYPES[array.dtype.str[1:]]


def _safetensors(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    data = bytearray()
    for name, array in sorted(tensors.items(), key=lambda entry: -entry[1].itemsize):
        begin = len(data)
        data += array.tobytes()
        header[name] = {
            "dtype": _dtype(array),
            "shape": list(array.shape),
            "data_offsets": [begin, len(data)],
        }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(data)


def _file_checksum(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> str:
    parts: list[bytes] = []
    for key in sorted(metadata):
        parts += [key.encode(), metadata[key].encode()]
    for name in sorted(tensors):
        array = tensors[name]
        parts += [f"{name} {_dtype(array)} {','.join(map(str, array.shape))}".encode(), array.tobytes()]
    low, high = 0, 0x9747B28C
    for part in parts:
        low, high = _murmur3(part, low), _murmur3(part, high)
    return f"{high:08x}{low:08x}"


def _murmur3(content: bytes, seed: int) -> int:
    """MurmurHash3, x86, 32 bits, as Playtrain's files are checked by."""
    mask = 0xFFFFFFFF

    def scrambled(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
        mixed = words * np.uint32(0xCC9E2D51)
        return ((mixed << np.uint32(15)) | (mixed >> np.uint32(17))) * np.uint32(0x1B873593)

    whole = len(content) // 4 * 4
    state = seed & mask
    # Only this last step needs the one before.
    for word in scrambled(np.frombuffer(content[:whole], "<u4").astype(np.uint32)).tolist():
        state ^= word
        state = ((state << 13 | state >> 19) * 5 + 0xE6546B64) & mask
    if whole < len(content):
        rest = int.from_bytes(content[whole:], "little")
        state ^= int(scrambled(np.array([rest], np.uint32))[0])
    state ^= len(content)
    state = ((state ^ state >> 16) * 0x85EBCA6B) & mask
    state = ((state ^ state >> 13) * 0xC2B2AE35) & mask
    return state ^ state >> 16
