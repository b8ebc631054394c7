import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decodePolicy } from '../../src/agent/policy-file';
import { readSafetensors } from '../../src/agent/safetensors';
import { type ActionComponent, actionLayout, DecisionBatch, decisionShape } from '../../src/contract';
import { expect, open, state, test, untilReady } from './page';

// Policies that were trained in torch, with a thousand observations and what torch answers: python/tests/answers.py says by
// which command.
const folder = join(import.meta.dirname, '..', 'fixtures', 'policies');
const rows = 1_000;
const tolerance = 1e-5;

/** Where the columns of a decision lie in its memory, in bytes. */
interface Places {
  readonly bytes: number;
  readonly agents: number;
  readonly observations: number;
  readonly actions: number;
  readonly logProbabilities: number;
}

/** What the page's actor answered to one question, in which every agent saw the same. */
interface Answer {
  /** Which of the observations it was. */
  readonly row: number;
  readonly policyVersion: number;
  readonly actions: readonly number[];
  readonly logProbabilities: readonly number[];
}

interface Asked {
  /** From now on the page's actor is shown these observations, whatever the game shows. */
  show(places: Places, observations: readonly number[]): void;
  readonly answers: readonly Answer[];
}

declare global {
  interface Window {
    asked?: Asked;
  }
}

/** Lies between the page and its actor: puts observations into questions on their way, and reads the answers. */
function listenIn(): void {
  let places: Places | null = null;
  let observations: readonly number[] = [];
  let shown = 0;
  const rowOf = new Map<number, number>();
  const answers: Answer[] = [];
  const isDecision = (message: unknown): message is ArrayBuffer =>
    message instanceof ArrayBuffer && message.byteLength === places?.bytes;
  const header = (buffer: ArrayBuffer) => new Float64Array(buffer, 0, 2);
  window.asked = {
    show: (where, what) => {
      [places, observations] = [where, what];
    },
    answers,
  };

  const post = Reflect.get(MessagePort.prototype, 'postMessage') as (...given: unknown[]) => void;
  MessagePort.prototype.postMessage = function (this: MessagePort, ...given: unknown[]) {
    const [message] = given;
    if (places !== null && isDecision(message)) {
      const size = observations.length / 1_000;
      const seen = new Float32Array(message, places.observations, places.agents * size);
      const row = Math.min(shown++, 999);
      for (let i = 0; i < seen.length; i++) seen[i] = observations[row * size + (i % size)]!;
      rowOf.set(header(message)[0]!, row);
    }
    post.apply(this, given);
  };

  const property = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!; // every browser has it
  const data = Reflect.get(property, 'get') as () => unknown;
  Object.defineProperty(MessageEvent.prototype, 'data', {
    get(this: MessageEvent) {
      const message: unknown = data.call(this);
      if (places === null || !isDecision(message)) return message;
      const [number, policyVersion] = header(message);
      const row = rowOf.get(number!);
      if (row === undefined) return message;
      rowOf.delete(number!);
      const { agents, actions, logProbabilities } = places;
      const width = (logProbabilities - actions) / 4 / agents;
      answers.push({
        row,
        policyVersion: policyVersion!,
        actions: [...new Float32Array(message, actions, agents * width)],
        logProbabilities: [...new Float32Array(message, logProbabilities, agents)],
      });
      return message;
    },
  });
}

/** Torch's answers, as the file has them. */
function answersOf(name: string) {
  const { tensors } = readSafetensors(readFileSync(join(folder, `${name}.answers.safetensors`)));
  const numbers = (tensor: string) => Array.from(tensors.get(tensor)?.data ?? []);
  return {
    observations: numbers('observations'),
    actions: numbers('actions'),
    logProbabilities: numbers('logProbabilities'),
    means: numbers('means'),
    deviations: numbers('deviations'),
  };
}

/** The log-probability that torch gives actions where it sees a row. */
function chanceOf(
  torch: ReturnType<typeof answersOf>,
  components: readonly ActionComponent[],
  row: number,
  actions: readonly number[],
): number {
  const outputs = torch.logProbabilities.length / rows;
  return components.reduce((sum, component, i) => {
    const action = actions[i]!;
    if (component.kind === 'choice')
      return sum + torch.logProbabilities[row * outputs + component.output + action]!;
    const at = row * components.length + i;
    const deviation = torch.deviations[at]!;
    const beyond = (action - torch.means[at]!) / deviation;
    return sum - beyond ** 2 / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2;
  }, 0);
}

function inBounds(component: ActionComponent, action: number): number {
  return component.kind === 'axis' ? Math.max(component.low, Math.min(component.high, action)) : action;
}

/** Opens a policy's file as a person does, and lets it play without learning: the first arena by its likeliest actions. */
async function openAndPlay(page: Page, name: string): Promise<void> {
  await page.getByRole('switch', { name: 'learning' }).click();
  await expect.poll(async () => (await state(page)).learning).toBe(false);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByLabel('Import run').setInputFiles(join(folder, `${name}.safetensors`));
  await expect.poll(async () => (await state(page)).name).toBe(name);
  await untilReady(page);
  await page.locator('.player select').selectOption('frozenNow');
  await expect.poll(async () => (await state(page)).focusPlayer).toBe('frozenNow');
  await page.locator('.speeds input[value="16"]').check({ force: true });
}

for (const [name, game] of [
  ['ray-balance', 'balance'],
  ['ray-volley', 'volley'],
  ['sb3-swish-swing', 'swing'],
] as const) {
  test(`what was trained elsewhere plays in the page as it does in torch: ${name}`, async ({ page }) => {
    await page.addInitScript(listenIn);
    await open(page, `game=${game}`);
    await openAndPlay(page, name);
    const { spec, hiddenSizes, activation } = decodePolicy(readFileSync(join(folder, `${name}.safetensors`)));
    const { hyperparameters, focusedArena } = await state(page);
    expect(hyperparameters).toMatchObject({ hiddenSizes, activation });

    const torch = answersOf(name);
    const shape = decisionShape(spec, hyperparameters.arenas);
    const batch = new DecisionBatch(shape);
    const places: Places = {
      bytes: batch.buffer.byteLength,
      agents: shape.agents,
      observations: batch.observations.byteOffset,
      actions: batch.actions.byteOffset,
      logProbabilities: batch.logProbabilities.byteOffset,
    };
    await page.evaluate(([where, what]) => window.asked?.show(where, what), [
      places,
      torch.observations,
    ] as const);
    const answered = () => page.evaluate(() => window.asked?.answers.length ?? 0);
    await expect.poll(answered, { timeout: 60_000 }).toBeGreaterThanOrEqual(rows);
    const answers = (await page.evaluate(() => window.asked!.answers)).slice(0, rows);
    expect(answers.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, row) => row));
    expect(new Set(answers.map(({ policyVersion }) => policyVersion))).toEqual(new Set([0]));

    const { components } = actionLayout(spec.actionSpace);
    const width = components.length;
    const first = (focusedArena * shape.agents) / hyperparameters.arenas;
    let furthest = 0;
    let furthestChance = 0;
    let drawn = 0;
    for (const { row, actions, logProbabilities } of answers) {
      for (const [i, component] of components.entries()) {
        const mine = inBounds(component, actions[first * width + i]!);
        furthest = Math.max(furthest, Math.abs(mine - torch.actions[row * width + i]!));
      }
      for (const [agent, chance] of logProbabilities.entries()) {
        // Not by chance: it is frozen, or an opponent.
        if (chance === 0) continue;
        const theirs = chanceOf(torch, components, row, actions.slice(agent * width, (agent + 1) * width));
        furthestChance = Math.max(furthestChance, Math.abs(chance - theirs));
        drawn++;
      }
    }
    const likeliest = new Set(answers.map(({ actions }) => actions[first * width]));
    expect(likeliest.size).toBeGreaterThan(1);
    expect(furthest).toBeLessThanOrEqual(components[0]?.kind === 'axis' ? tolerance : 0);
    expect(drawn).toBeGreaterThan(rows);
    expect(furthestChance).toBeLessThan(tolerance);
    test.info().annotations.push({
      type: 'furthest from torch',
      description: `${name}: ${furthest} in ${rows} likeliest actions, ${furthestChance} in ${drawn} log-probabilities`,
    });
  });
}
