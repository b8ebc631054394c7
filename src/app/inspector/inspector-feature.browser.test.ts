import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CapturedUpdate, PlaytrainError } from '../../contract';
import { newRunId } from '../../storage/run-id';
import { type OpenPage, openPage } from '../testing/open-page';
import { Inspector } from './inspector-feature';
import { updateToLink } from './update-link';

let name: string;
let page: OpenPage;
let inspector: Inspector;
/** Every question to the agent, in the order in which they came. */
let asked: {
  readonly resolve: (update: CapturedUpdate | null) => void;
  readonly reject: (error: Error) => void;
}[];

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  const looks = { theme: () => 'dark' as const, reducedMotion: () => true };
  inspector = new Inspector({ ...page, looks, show: () => {}, isOnCourt: () => false });
  asked = [];
  await visit();
});
afterEach(async () => {
  inspector.dispose();
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

/** @param settings of which another run is opened where there is one already. */
async function visit(settings: Parameters<OpenPage['visit']>[0] = null): Promise<void> {
  await page.visit(settings);
  page.agent().captureUpdate = () =>
    new Promise((resolve, reject) => {
      asked.push({ resolve, reject });
    });
}

const { signal } = new AbortController();
const inspect = async () => inspector.intents.inspect.act({ kind: 'inspect' }, signal);
const place = { step: 0, discount: null, gaeLambda: null, mistakes: null };
const openLinked = async (update: string | null) =>
  inspector.intents.inspectLinked.act({ kind: 'inspectLinked', place, update }, signal);
const shown = () => page.store.state.inspector;

/** An update of one step, as it came in a page that drew nothing. */
function updateOf(version: number): CapturedUpdate {
  const one = () => new Float32Array(1);
  return {
    version,
    shape: { steps: 1, agents: 1, observationSize: 4, actionSize: 1, maskSize: 0 },
    settings: {
      discount: 0.99,
      gaeLambda: 0.95,
      bootstrapTruncated: true,
      clipRange: 0.2,
      minibatchSize: 64,
      decisionIntervalTicks: 2,
    },
    rewards: one(),
    values: new Float32Array(2),
    finalValues: one(),
    terminated: new Uint8Array(1),
    truncated: new Uint8Array(1),
    valid: Uint8Array.of(1),
    advantages: one(),
    returns: one(),
    agent: 0,
    observations: new Float32Array(4),
    actions: one(),
    logProbabilities: one(),
    newLogProbabilities: one(),
    ratios: one(),
    normalised: one(),
    firstDecision: null,
    states: new Float64Array(0),
  };
}

describe('whoever waits for an update', () => {
  it('is shown it once it is there', async () => {
    const seen = inspect();
    expect(shown().phase).toBe('waiting');
    asked[0]!.resolve(updateOf(7));
    await seen;
    expect(shown()).toMatchObject({ phase: 'idle', captured: { version: 7 } });
  });

  it.each(['is lost', 'refuses'])('is told where the agent %s, and can ask again', async (how) => {
    const seen = inspect();
    if (how === 'is lost') asked[0]!.resolve(null);
    else asked[0]!.reject(new PlaytrainError('worker-lost', 'It ended.'));
    await seen;
    expect(shown().phase).toBe('failed');
    const again = inspect();
    asked[1]!.resolve(updateOf(8));
    await again;
    expect(shown()).toMatchObject({ phase: 'idle', captured: { version: 8 } });
  });
});

describe('of two updates that are asked for', () => {
  it('the later is shown, though the earlier ends without one since another was asked for', async () => {
    const first = inspect();
    const second = inspect();
    asked[0]!.resolve(null);
    await first;
    expect(shown().phase).toBe('waiting');
    asked[1]!.resolve(updateOf(2));
    await second;
    expect(shown()).toMatchObject({ phase: 'idle', captured: { version: 2 } });
  });

  it('that of a link is shown, though the agent answers after it', async () => {
    const first = inspect();
    await openLinked(updateToLink(updateOf(3)));
    expect(shown().captured?.version).toBe(3);
    asked[0]!.resolve(updateOf(9));
    await first;
    expect(shown().captured?.version).toBe(3);
  });

  it('none is shown of a run that is not in front any more', async () => {
    const first = inspect();
    await visit({ epochs: 3 });
    expect(shown().phase).toBe('idle');
    asked[0]!.resolve(updateOf(1));
    await first;
    expect(shown()).toMatchObject({ phase: 'idle', captured: null });
  });
});
