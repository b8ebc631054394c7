import { describe, expect, it } from 'vitest';
import { controllers, type DecisionBatch } from '../../contract';
import { balance } from '../balance/simulation';
import { Driver } from './driver';
import { createVectorEnvironment } from './vector-environment';

/** Balance's tick is 20 ms. */
const tickMs = balance.tickMs;

function createDriver(arenas = 2, intervalTicks = 1): Driver {
  return new Driver(balance, createVectorEnvironment(balance, { arenas, seed: 5 }), intervalTicks);
}

/** Answers as a policy would that pushes towards the side to which the pole leans. */
function answered(question: DecisionBatch): DecisionBatch {
  const { agents, observationSize } = question.shape;
  for (let agent = 0; agent < agents; agent++) {
    question.actions[agent] = question.observations[agent * observationSize + 2]! > 0 ? 1 : 0;
  }
  return question;
}

/** Plays until `ticks` ticks have passed, every answer `delayMs` late, a frame every 16 ms. @returns the hash. */
function play(driver: Driver, ticks: number, delayMs: number): number {
  let open: { readonly batch: DecisionBatch; readonly dueMs: number } | null = null;
  for (let nowMs = 0; driver.ticks < ticks; nowMs++) {
    if (nowMs > 1e6) throw new Error('The drive stands still.');
    let question: DecisionBatch | null = null;
    if (open !== null && open.dueMs <= nowMs) {
      question = driver.answer(answered(open.batch), nowMs);
      open = null;
    }
    question = (nowMs % 16 === 0 ? driver.frame(nowMs) : driver.wake(nowMs)) ?? question;
    if (question !== null) open = { batch: question, dueMs: nowMs + delayMs };
  }
  return driver.environment.hash();
}

describe('Driver', () => {
  it('gives the same states at every speed when ticks wait for their actions', () => {
    const hashes = [1, 4, 16, Number.POSITIVE_INFINITY].map((speed) => {
      const driver = createDriver();
      driver.speed = speed;
      driver.whenActionIsLate = 'wait';
      return play(driver, 300, 3);
    });
    expect(new Set(hashes).size).toBe(1);
  });

  it('counts no time twice when a frame is stamped earlier than what came before it', () => {
    const driver = createDriver();
    let open = driver.frame(0);
    // Frames carry the moment at which drawing began; answers and wakes, which come between, the present.
    for (let nowMs = 16; nowMs <= 2000; nowMs += 16) {
      if (open !== null) open = driver.answer(answered(open), nowMs - 4);
      open = driver.frame(nowMs - 12) ?? open;
      open = driver.wake(nowMs) ?? open;
    }
    // 2 s are 100 ticks of 20 ms; the first waits for its action.
    expect(driver.ticks).toBeLessThanOrEqual(100);
    expect(driver.ticks).toBeGreaterThan(95);
  });

  it('gives the same states in realtime too while every action is in time', () => {
    const realtime = createDriver();
    const waiting = createDriver();
    waiting.whenActionIsLate = 'wait';
    expect(play(realtime, 300, 3)).toBe(play(waiting, 300, 3));
    expect(realtime.lateDecisions).toBe(0);
  });

  it('never waits in realtime: the last action holds, and the late decision is counted', () => {
    const driver = createDriver();
    let question = driver.frame(0);
    expect(question).not.toBeNull();
    question = driver.answer(answered(question!), 1);
    // The tick at 20 ms acts on the first answer, and asks again; no second answer comes.
    expect(question).toBeNull();
    question = driver.wake(tickMs + 1);
    expect(question).not.toBeNull();
    const before = driver.ticks;
    driver.frame(tickMs * 3 + 1);
    expect(driver.ticks - before).toBe(2);
    expect(driver.lateDecisions).toBe(1);
  });

  it('waits for a late action when told to', () => {
    const driver = createDriver();
    driver.whenActionIsLate = 'wait';
    driver.answer(answered(driver.frame(0)!), 1);
    driver.wake(tickMs + 1);
    const before = driver.ticks;
    driver.frame(tickMs * 3 + 1);
    expect(driver.ticks).toBe(before);
    expect(driver.lateDecisions).toBe(0);
  });

  it('keeps at most one question open', () => {
    const driver = createDriver();
    expect(driver.frame(0)).not.toBeNull();
    expect(driver.frame(16)).toBeNull();
    expect(driver.wake(20)).toBeNull();
  });

  it('runs one tick in real time a tick length, whatever the frame rate', () => {
    for (const frameMs of [4, 16, 33]) {
      const driver = createDriver();
      let open: DecisionBatch | null = null;
      for (let nowMs = 0; nowMs <= 2000; nowMs++) {
        if (open !== null) open = driver.answer(answered(open), nowMs);
        open = (nowMs % frameMs === 0 ? driver.frame(nowMs) : driver.wake(nowMs)) ?? open;
      }
      expect(Math.abs(driver.ticks - 2000 / tickMs)).toBeLessThanOrEqual(1);
    }
  });

  it('eases to real time while the actor has nowhere to record', () => {
    const driver = createDriver();
    driver.speed = Number.POSITIVE_INFINITY;
    driver.whenActionIsLate = 'wait';
    let open = driver.frame(0);
    for (let nowMs = 1; nowMs <= 1000; nowMs++) {
      if (open !== null) {
        answered(open).buffersFull = true;
        open = driver.answer(open, nowMs);
      }
      open = driver.wake(nowMs) ?? open;
    }
    expect(driver.isEased).toBe(true);
    expect(Math.abs(driver.ticks - 1000 / tickMs)).toBeLessThanOrEqual(2);
  });

  it('holds an action for the whole decision interval', () => {
    const driver = createDriver(1, 4);
    driver.speed = Number.POSITIVE_INFINITY;
    driver.whenActionIsLate = 'wait';
    let questions = 0;
    let question = driver.frame(0);
    while (driver.ticks < 40) {
      questions += 1;
      question = driver.answer(answered(question!), 0);
    }
    expect(questions).toBe(10);
  });

  it('stands still while paused, and steps tick by tick', () => {
    const driver = createDriver();
    driver.answer(answered(driver.frame(0)!), 1);
    driver.running = false;
    driver.frame(500);
    expect(driver.ticks).toBe(0);
    driver.step();
    const question = driver.frame(516);
    expect(driver.ticks).toBe(1);
    driver.answer(answered(question!), 517);
    driver.frame(533);
    expect(driver.ticks).toBe(1);
  });

  it('lets a person’s input act in their arena only', () => {
    const driver = createDriver(2);
    driver.setController(0, controllers.person);
    driver.setPersonInput(0, { horizontal: 1, vertical: 0, primary: false });
    const question = driver.frame(0)!;
    expect(Array.from(question.controllers)).toEqual([controllers.person, controllers.cast]);
    question.actions.fill(0);
    driver.answer(question, 1);
    driver.wake(tickMs + 1);
    expect(driver.ticks).toBe(1);
    expect(Array.from(driver.environment.actions)).toEqual([1, 0]);
  });

  it('lets a person act only from the first decision that was asked for on their behalf', () => {
    const driver = createDriver(1);
    const first = driver.frame(0)!;
    first.actions[0] = 0;
    driver.answer(first, 1);
    // Taken over between answer and tick: this tick is still the learner's step.
    driver.setController(0, controllers.person);
    driver.setPersonInput(0, { horizontal: 1, vertical: 0, primary: false });
    const second = driver.wake(tickMs + 1)!;
    expect(driver.environment.actions[0]).toBe(0);
    expect(second.controllers[0]).toBe(controllers.person);
    second.actions[0] = 0;
    driver.answer(second, tickMs + 2);
    driver.wake(2 * tickMs + 2);
    expect(driver.environment.actions[0]).toBe(1);
  });

  it('ignores an answer to a question it did not ask, and asks anew after a reconnection', () => {
    const driver = createDriver();
    const question = answered(driver.frame(0)!);
    driver.reconnect();
    expect(driver.answer(question, 1)).toBeNull();
    const again = driver.frame(2);
    expect(again?.number).toBe(0);
  });
});
