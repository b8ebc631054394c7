import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionLayout, type ActionSpace, actionLayout, type ProductPart } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { createDistributionSlopes } from './distribution-slopes';
import { createDistribution } from './distributions';
import { paddedWidth } from './kernels/kernels';

const labels = (count: number) => Array.from({ length: count }, (_, i) => String(i));

function discrete(count: number, masked: boolean): ProductPart {
  return { name: `choice of ${count}`, kind: 'discrete', count, labels: labels(count), masked };
}

function continuous(size: number): ProductPart {
  const each = (value: number) => Array.from({ length: size }, () => value);
  return {
    name: `stick of ${size}`,
    kind: 'continuous',
    size,
    names: labels(size),
    low: each(-1),
    high: each(1),
  };
}

const anyChoice = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()).map(([n, m]) => discrete(n, m));
const anyAxes = fc.integer({ min: 1, max: 3 }).map(continuous);
const anyParts = fc.array(fc.oneof(anyChoice, anyAxes), { minLength: 1, maxLength: 5 });
const choicesOnly = fc.array(anyChoice, { minLength: 1, maxLength: 4 });

/** Rows that a policy of the space might have had: outputs, log σ, and masks that leave something of each choice. */
function someRows(space: ActionSpace, rows: number, seed: number) {
  const random = SeededRandom.fromSeed(seed);
  const layout = actionLayout(space);
  const normals = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => scale * random.normal());
  const masks = Uint8Array.from({ length: rows * layout.masks }, () => (random.uniform() < 0.5 ? 1 : 0));
  for (let row = 0; row < rows; row++) {
    for (const component of layout.components) {
      if (component.kind === 'axis' || component.mask === null) continue;
      masks[row * layout.masks + component.mask + random.below(component.count)] = 1;
    }
  }
  return {
    layout,
    outputs: normals(rows * layout.outputs, 2),
    logStd: normals(layout.logStds, 0.5),
    masks,
    actions: new Float32Array(rows * layout.actions),
    random,
  };
}

/** What is a part's own in the rows of a product, as rows of the plain space have it. */
function ownRow({ layout, outputs, logStd, masks, actions }: ReturnType<typeof someRows>, row: number) {
  return layout.parts.map((part) => {
    const cut = <Row extends { slice(from: number, to: number): Row }>(
      all: Row,
      width: number,
      begin: number,
      count: number,
    ) => all.slice(row * width + begin, row * width + begin + count);
    const count = part.components.length;
    const width =
      part.kind === 'axes' ? count : part.components.reduce((sum, choice) => sum + choice.count, 0);
    const mask = part.kind === 'choices' ? part.mask : null;
    return {
      outputs: cut(outputs, layout.outputs, part.output, width),
      actions: cut(actions, layout.actions, part.action, count),
      masks: mask === null ? new Uint8Array(0) : cut(masks, layout.masks, mask, width),
      logStd: part.kind === 'axes' ? logStd.slice(part.logStd, part.logStd + count) : new Float32Array(0),
    };
  });
}

/** Every action there is where each component is a choice. */
function everyAction({ components }: ActionLayout): number[][] {
  return components.reduce<number[][]>(
    (all, component) =>
      component.kind === 'axis'
        ? []
        : all.flatMap((action) => labels(component.count).map((_, choice) => [...action, choice])),
    [[]],
  );
}

describe('an action of several parts', () => {
  it('is as likely as its parts together, and as uncertain, and what is drawn is so as it says', () => {
    fc.assert(
      fc.property(anyParts, fc.integer(), (parts, seed) => {
        const rows = 3;
        const given = someRows({ kind: 'product', parts }, rows, seed);
        const { outputs, logStd, masks, actions, random, layout } = given;
        const distribution = createDistribution({ kind: 'product', parts });
        const slopes = createDistributionSlopes({ kind: 'product', parts });
        const width = paddedWidth(layout.outputs);
        for (let row = 0; row < rows; row++) {
          const drawn = distribution.sample(outputs, row, logStd, masks, random, actions);
          const said = distribution.logProbability(outputs, row, logStd, masks, actions);
          expect(drawn).toBe(said);
          expect(drawn).toBeGreaterThan(-Infinity);
          const own = ownRow(given, row);
          const sum = own.reduce(
            (total, part, i) =>
              total +
              createDistribution(parts[i]!).logProbability(
                part.outputs,
                0,
                part.logStd,
                part.masks,
                part.actions,
              ),
            0,
          );
          expect(said).toBe(sum);

          const padded = new Float32Array(rows * width);
          padded.set(outputs.subarray(row * layout.outputs, (row + 1) * layout.outputs), row * width);
          slopes.read(padded, row, logStd, { actions, masks }, row);
          const entropies = own.map((part, i) => {
            const ofPart = createDistributionSlopes(parts[i]!);
            ofPart.read(part.outputs, 0, part.logStd, part, 0);
            return ofPart.entropy;
          });
          expect(slopes.logProbability).toBeCloseTo(sum, 10);
          expect(slopes.entropy).toBeCloseTo(
            entropies.reduce((total, entropy) => total + entropy, 0),
            12,
          );
        }
      }),
    );
  });

  it('is never one that a mask forbids, whether drawn or likeliest', () => {
    fc.assert(
      fc.property(anyParts, fc.integer(), (parts, seed) => {
        const given = someRows({ kind: 'product', parts }, 1, seed);
        const { outputs, logStd, masks, actions, random, layout } = given;
        const distribution = createDistribution({ kind: 'product', parts });
        for (let draw = 0; draw < 20; draw++) {
          if (draw === 0) distribution.mode(outputs, 0, logStd, masks, actions);
          else distribution.sample(outputs, 0, logStd, masks, random, actions);
          const forbidden = layout.components.filter((component, i) => {
            if (component.kind === 'axis') return false;
            const chosen = actions[i]!;
            const isAllowed = component.mask === null || masks[component.mask + chosen] === 1;
            return !(chosen < component.count && isAllowed);
          });
          expect(forbidden).toEqual([]);
        }
      }),
    );
  });

  it('has probabilities that sum to 1 over all actions, where all parts are choices', () => {
    fc.assert(
      fc.property(choicesOnly, fc.integer(), (parts, seed) => {
        const { outputs, logStd, masks, layout } = someRows({ kind: 'product', parts }, 1, seed);
        const distribution = createDistribution({ kind: 'product', parts });
        const total = everyAction(layout).reduce(
          (sum, action) =>
            sum + Math.exp(distribution.logProbability(outputs, 0, logStd, masks, Float32Array.from(action))),
          0,
        );
        expect(total).toBeCloseTo(1, 10);
      }),
    );
  });

  it('is that of the plain space where it has one part, to the bit', () => {
    fc.assert(
      fc.property(fc.oneof(anyChoice, anyAxes), fc.integer(), (part, seed) => {
        const inPlain = someRows(part, 2, seed);
        const inProduct = someRows({ kind: 'product', parts: [part] }, 2, seed);
        const drawn = [inPlain, inProduct].map(({ outputs, logStd, masks, actions, random }, i) =>
          createDistribution(i === 0 ? part : { kind: 'product', parts: [part] }).sample(
            outputs,
            1,
            logStd,
            masks,
            random,
            actions,
          ),
        );
        expect(drawn[1]).toBe(drawn[0]);
        expect(inProduct.actions).toEqual(inPlain.actions);
        expect(inProduct.random.state()).toEqual(inPlain.random.state());
      }),
    );
  });
});
