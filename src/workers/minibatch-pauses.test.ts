import { beforeEach, describe, expect, it } from 'vitest';
import type { Priority } from '../contract';
import { MinibatchPauses } from './minibatch-pauses';

/** A thread, its timers and its device on one clock that the test moves. */
class MadeUpPlace {
  time = 0;
  yields = 0;
  rests: number[] = [];
  nowMs = () => this.time;
  yieldToMessages = async () => {
    this.yields += 1;
  };
  rest = async (durationMs: number) => {
    this.rests.push(durationMs);
    this.time += durationMs;
  };
}

/** A device that works through its queue while the thread goes on. */
class MadeUpDevice {
  queued = 0;
  mostQueued = 0;
  private readonly place: MadeUpPlace;
  private readonly stepMs: number;
  private readonly threadMs: number;
  /** Its fences signal so late. */
  private readonly lateMs: number;

  constructor(place: MadeUpPlace, stepMs: number, threadMs = 0, lateMs = 0) {
    this.place = place;
    this.stepMs = stepMs;
    this.threadMs = threadMs;
    this.lateMs = lateMs;
  }

  step() {
    this.place.time += this.threadMs;
    this.queued += 1;
    this.mostQueued = Math.max(this.mostQueued, this.queued);
  }

  settle = async () => {
    this.place.time += this.queued * this.stepMs + this.lateMs;
    this.queued = 0;
    return this.lateMs;
  };
}

describe('MinibatchPauses', () => {
  let place: MadeUpPlace;
  beforeEach(() => {
    place = new MadeUpPlace();
  });

  /** Pauses whose page is seen. */
  function watched(priority: Priority): MinibatchPauses {
    const pauses = new MinibatchPauses(priority, place);
    pauses.report({ visible: true, displayIntervalMs: 1000 / 60, frameTimesMs: [] });
    return pauses;
  }

  async function update(pauses: MinibatchPauses, device: MadeUpDevice, minibatches: number): Promise<number> {
    pauses.updateBegins();
    for (let taken = 0; taken < minibatches; taken++) {
      device.step();
      await pauses.pause(device);
    }
    return pauses.updateEnds();
  }

  it('lets messages in every few milliseconds, not after every minibatch', async () => {
    // 1000 minibatches of 0.1 ms on the thread itself.
    await update(watched('learnFirst'), new MadeUpDevice(place, 0, 0.1), 1_000);
    expect(place.yields).toBeGreaterThanOrEqual(100 / 5);
    expect(place.yields).toBeLessThan(60);
    expect(place.rests).toEqual([]);
  });

  it('lets messages in while the thread queues a long slice, too', async () => {
    const pauses = watched('balanced');
    pauses.report({ visible: false });
    await update(pauses, new MadeUpDevice(place, 0, 1), 1_000);
    expect(place.yields).toBeGreaterThanOrEqual(1_000 / 5);
  });

  it.each([
    [20, 1],
    [5, 2],
    [1, 8],
  ])('with %s ms a minibatch never queues more than %s on the device', async (stepMs, most) => {
    const device = new MadeUpDevice(place, stepMs);
    await update(watched('learnFirst'), device, 200);
    expect(device.mostQueued).toBe(most);
  });

  it('rests so that learning works its share, and says what that was', async () => {
    const share = await update(watched('balanced'), new MadeUpDevice(place, 3), 100);
    // Nothing is known of frames, so it is half and half.
    expect(share).toBeCloseTo(0.5, 1);
    const restedMs = place.rests.reduce((sum, restMs) => sum + restMs, 0);
    expect(restedMs).toBeGreaterThan(280);
    expect(restedMs).toBeLessThan(310);
  });

  it('takes late news of a device for a rest that the game had, not for work', async () => {
    const device = new MadeUpDevice(place, 1, 0, 4);
    const share = await update(watched('balanced'), device, 200);
    // A slice is 4 ms of work, and the 4 ms after it are the rest that half and half asks for.
    expect(device.mostQueued).toBe(4);
    expect(place.rests).toEqual([]);
    expect(share).toBe(1);
  });

  it('takes a changed priority up in mid-update', async () => {
    const pauses = watched('balanced');
    const device = new MadeUpDevice(place, 3);
    pauses.updateBegins();
    pauses.setPriority('learnFirst');
    for (let taken = 0; taken < 50; taken++) {
      device.step();
      await pauses.pause(device);
    }
    expect(pauses.updateEnds()).toBe(1);
  });

  it('passes on what goes wrong on the device', async () => {
    const pauses = watched('learnFirst');
    pauses.updateBegins();
    const lost = { settle: () => Promise.reject(new Error('The graphics context was lost.')) };
    await expect(pauses.pause(lost)).rejects.toThrow('lost');
  });
});
