/** The sizes that fix a rollout's layout. */
export interface RolloutShape {
  /** T: decisions of each agent. */
  readonly steps: number;
  /** N: arenas times the agents that meet in each. */
  readonly agents: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly maskSize: number;
}

/** One finished episode of an agent that the learner's policy played from its first step to its last. */
export interface EpisodeRecord {
  readonly arena: number;
  /** Where agents meet: who the other was, and whether the learner won (1), lost (−1) or neither (0). */
  readonly against?: { readonly opponent: string; readonly outcome: -1 | 0 | 1 };
  /** Weighted sum of rewards, before any scaling. */
  readonly return: number;
  /** In decisions, as many as there are where none comes late. */
  readonly length: number;
  readonly truncated: boolean;
}

/** What was counted while a rollout filled. */
export interface RolloutCounters {
  /** Decisions taken by the learner's policy since the run began, this rollout's included. */
  readonly decisions: number;
  /** Of this rollout's decisions, those taken while an update was running. */
  readonly decisionsDuringUpdate: number;
  /** Decisions acted but not recorded since the last rollout, because both buffers were full. */
  readonly unrecordedDecisions: number;
  /** Wall time from the rollout's first decision to its last, milliseconds. */
  readonly collectMs: number;
}

/** `T` decisions of `N` agents, as the actor filled them and the learner reads them. Row-major, `[T, N, …]`. */
export interface Rollout {
  readonly shape: RolloutShape;
  /** All arrays below lie in this one buffer, which is what crosses between workers. */
  readonly buffer: ArrayBuffer;
  /** As the policy saw them: normalised at collection where normalisation is on. */
  readonly observations: Float32Array<ArrayBuffer>; // [T, N, obs]
  /** Continuous actions unclipped, as sampled. */
  readonly actions: Float32Array<ArrayBuffer>; // [T, N, actionSize]
  /** Of the policy that acted. */
  readonly logProbabilities: Float32Array<ArrayBuffer>; // [T, N]
  /** Weighted, and scaled where reward normalisation is on. */
  readonly rewards: Float32Array<ArrayBuffer>; // [T, N]
  /** V(s_t) of the snapshot that acted; the extra row values the state after the last decision. */
  readonly values: Float32Array<ArrayBuffer>; // [T + 1, N]
  /** V(final observation) where an episode was truncated and not terminated, else 0. */
  readonly finalValues: Float32Array<ArrayBuffer>; // [T, N]
  /** Version of the snapshot that chose each step's actions. */
  readonly versions: Int32Array<ArrayBuffer>; // [T]
  readonly terminated: Uint8Array<ArrayBuffer>; // [T, N]
  readonly truncated: Uint8Array<ArrayBuffer>; // [T, N]
  /** 1 where the learner's policy acted; 0 where a person, an opponent or a frozen policy did. */
  readonly valid: Uint8Array<ArrayBuffer>; // [T, N]
  readonly masks: Uint8Array<ArrayBuffer>; // [T, N, mask]
}

/** The lowest version that chose any of a rollout's steps. */
export function oldestVersion({ versions }: Pick<Rollout, 'versions'>): number {
  return versions.reduce((oldest, version) => Math.min(oldest, version));
}

/** Lays a rollout over `buffer`, or over a new one of the right length. */
export function createRollout(shape: RolloutShape, buffer?: ArrayBuffer): Rollout {
  const { steps, agents, observationSize, actionSize, maskSize } = shape;
  const cells = steps * agents;
  const floats = cells * (observationSize + actionSize + 3) + (steps + 1) * agents;
  const whole = buffer ?? new ArrayBuffer(4 * (floats + steps) + cells * (3 + maskSize));
  let offset = 0;
  const nextFloats = (count: number) => {
    const view = new Float32Array(whole, offset, count);
    offset += view.byteLength;
    return view;
  };
  const nextBytes = (count: number) => {
    const view = new Uint8Array(whole, offset, count);
    offset += view.byteLength;
    return view;
  };
  const observations = nextFloats(cells * observationSize);
  const actions = nextFloats(cells * actionSize);
  const logProbabilities = nextFloats(cells);
  const rewards = nextFloats(cells);
  const values = nextFloats((steps + 1) * agents);
  const finalValues = nextFloats(cells);
  const versions = new Int32Array(whole, offset, steps);
  offset += versions.byteLength;
  const terminated = nextBytes(cells);
  const truncated = nextBytes(cells);
  const valid = nextBytes(cells);
  const masks = nextBytes(cells * maskSize);
  return {
    shape,
    buffer: whole,
    observations,
    actions,
    logProbabilities,
    rewards,
    values,
    finalValues,
    versions,
    terminated,
    truncated,
    valid,
    masks,
  };
}
