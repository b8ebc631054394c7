import * as v from 'valibot';

// What the metadata of files of training states and of policies have in common.

export const finite = v.pipe(v.number(), v.finite());

export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** JSON has no infinities, and bounds may be infinite. */
const bound = v.union([
  finite,
  v.pipe(
    v.picklist(['Infinity', '-Infinity']),
    v.transform((text) => Number(text)),
  ),
]);

const observationSpaceSchema = v.object({
  size,
  names: v.array(v.string()),
  low: v.array(bound),
  high: v.array(bound),
});

const discrete = {
  kind: v.literal('discrete'),
  count: size,
  labels: v.array(v.string()),
  masked: v.exactOptional(v.boolean()),
};

const continuous = {
  kind: v.literal('continuous'),
  size,
  names: v.array(v.string()),
  low: v.array(bound),
  high: v.array(bound),
};

const name = v.string();

const actionSpaceSchema = v.variant('kind', [
  v.object(discrete),
  v.object({
    kind: v.literal('multiDiscrete'),
    counts: v.pipe(v.array(size), v.minLength(1)),
    labels: v.array(v.array(v.string())),
    masked: v.exactOptional(v.boolean()),
  }),
  v.object(continuous),
  v.object({
    kind: v.literal('product'),
    parts: v.pipe(
      v.array(v.variant('kind', [v.object({ name, ...discrete }), v.object({ name, ...continuous })])),
      v.minLength(1),
    ),
  }),
]);

export const specSchema = v.object({
  game: v.string(),
  seats: v.exactOptional(v.picklist([1, 2])),
  winTerm: v.exactOptional(v.string()),
  observationSpace: observationSpaceSchema,
  actionSpace: actionSpaceSchema,
  rewardTerms: v.array(
    v.object({
      name: v.string(),
      description: v.string(),
      defaultWeight: finite,
      shaping: v.exactOptional(v.boolean()),
    }),
  ),
  tickMs: finite,
  timeLimitTicks: whole,
});

export const statisticsSchema = v.object({ count: finite, mean: v.array(finite), variance: v.array(finite) });

/** As `bound` reads it. */
export function infinityAsText(value: unknown): unknown {
  return value === Infinity || value === -Infinity ? String(value) : value;
}
