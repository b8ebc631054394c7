import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CapturedUpdate, sb3Hyperparameters } from '../contract';
import { anyRollout, madeUpSettings, rolloutOf } from '../inspector/testing/made-up-rollout';
import { asUsed, estimate, suppose } from '../inspector/what-if';
import { judge, readNumber, rightAnswer } from './answers';
import { type Facts, holds } from './facts';
import { choicesOf, type LessonStep, readLesson, type WrittenLesson } from './lesson';
import { lessons } from './library';
import type { Moment } from './moment';
import { placeNames, places } from './places';
import {
  answered,
  arrived,
  begun,
  isWanting,
  momentAt,
  next,
  noticed,
  previous,
  shown,
  stepsOf,
} from './progress';
import { quantities } from './quantities';

/** An update that learned from that rollout; `ratios` of its first agent. */
function capturedOf(rollout: ReturnType<typeof rolloutOf>, ratio = 1.25): CapturedUpdate {
  const { steps } = rollout.shape;
  const old = new Float32Array(steps).fill(Math.log(0.4));
  const captured = { ...rollout, settings: madeUpSettings, agent: 0 } as unknown as CapturedUpdate;
  return {
    ...captured,
    version: 3,
    ...estimate(suppose(rollout as CapturedUpdate, asUsed({ settings: madeUpSettings }))),
    observations: new Float32Array(steps),
    actions: new Float32Array(steps),
    logProbabilities: old,
    newLogProbabilities: old.map((log) => log + Math.log(ratio)),
    ratios: new Float32Array(steps).fill(ratio),
    normalised: new Float32Array(steps),
    firstDecision: null,
    states: new Float64Array(0),
  } as CapturedUpdate;
}

function factsOf(captured: CapturedUpdate, step = 0): Facts {
  return { captured, look: { step, whatIf: asUsed(captured) }, settings: sb3Hyperparameters };
}

/** Ten steps of one agent: an episode ends at 4, another is cut at 8. */
const facts = factsOf(
  capturedOf(
    rolloutOf([1, 2, 1, 3, 1, 1, 2, 1, 1, 1], [5, 4.5, 4, 6, 2, 8, 7, 7.5, 6.5, 9, 3], {
      terminated: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
      truncated: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0),
      finalValues: Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 6, 0),
    }),
  ),
);
const questions = lessons.flatMap((lesson) =>
  lesson.steps.flatMap((step) =>
    step.kind === 'predict' ? [{ lesson, step, name: `${lesson.id}, ${step.id}` }] : [],
  ),
);

/** The made-up update has every place. */
function momentFor(step: LessonStep): Moment {
  const moment = momentAt(step, facts);
  if (moment === null) throw new Error(`There is no step for “${step.id}”.`);
  return moment;
}

describe('a question', () => {
  it.each(questions)('has one right answer, by the learner’s own functions ($name)', ({ step }) => {
    const moment = momentFor(step);
    const right = rightAnswer(step.answer, moment);
    // As the inspector writes it, and somebody may type it.
    const written = typeof right === 'number' ? right.toFixed(3).replace('.', ',').replace('-', '−') : right;
    expect(judge(step.answer, moment, written)).toEqual({ kind: 'right' });
    const wrong =
      typeof right === 'number'
        ? [String(right + 1_000), String(right - 1_000), 'about one']
        : choicesOf(step.answer).filter((each) => each !== right);
    const verdicts =
      typeof right === 'number'
        ? [{ kind: 'tooHigh' }, { kind: 'tooLow' }, { kind: 'unreadable' }]
        : wrong.map((id) => ({ kind: 'other', id }));
    expect(wrong.map((text) => judge(step.answer, moment, text))).toEqual(verdicts);
  });

  it.each(questions)('knows each usual mistake by what it comes to ($name)', ({ step }) => {
    const moment = momentAt(step, facts);
    if (moment === null || step.answer.kind === 'choice') return;
    const { usual, right } = step.answer;
    const isOwn = (number: number) => Math.abs(number - quantities[right](moment)) > 0.1;
    const known = usual.filter(({ is }) => isOwn(quantities[is](moment)));
    // At least one of them is told from the right answer here.
    expect(known.length).toBeGreaterThan(0);
    for (const { is } of known) {
      expect(judge(step.answer, moment, String(quantities[is](moment))).kind).toBe('usual');
    }
  });

  it('is worked out by hand', () => {
    const at = (step: number) => ({
      captured: facts.captured as CapturedUpdate,
      whatIf: asUsed({ settings: madeUpSettings }),
      step,
    });
    expect(quantities.endless(at(0))).toBeCloseTo(10);
    expect(quantities.cameTrue(at(2))).toBeCloseTo(1 + 0.9 * 3 + 0.81 * 1);
    expect(quantities.residual(at(0))).toBeCloseTo(1 + 0.9 * 4.5 - 5);
    expect(quantities.residual(at(4))).toBeCloseTo(1 - 2);
    expect(quantities.cutTarget(at(8))).toBeCloseTo(1 + 0.9 * 6);
    expect(quantities.deadTarget(at(8))).toBeCloseTo(1);
    expect(quantities.resetTarget(at(8))).toBeCloseTo(1 + 0.9 * 9);
    expect(quantities.weightTwoLater(at(0))).toBeCloseTo(0.72 ** 2);
    expect(quantities.upperBound(at(0))).toBeCloseTo(1.2);
    expect(quantities.newProbability(at(0)) / quantities.oldProbability(at(0))).toBeCloseTo(1.25);
    // The cut at step 8 is told from death in its own episode, steps 5 to 8, and nowhere else.
    expect(quantities.changedRows(at(8))).toBe(4);
  });
});

describe('places', () => {
  it('are steps of the learner’s own, in any rollout', () => {
    fc.assert(
      fc.property(anyRollout, fc.constantFrom(...placeNames), (rollout, name) => {
        const captured = capturedOf(rollout);
        const moment = { captured, whatIf: asUsed(captured), step: 0 };
        for (const step of places[name](moment)) {
          expect(step).toBeGreaterThanOrEqual(0);
          expect(step).toBeLessThan(rollout.shape.steps);
          const isAnyones = name === 'chosen' || name === 'moved';
          expect(isAnyones || rollout.valid[step * rollout.shape.agents] === 1).toBe(true);
        }
      }),
    );
  });

  it('near an end lie in one episode with it', () => {
    const moment = {
      captured: facts.captured as CapturedUpdate,
      whatIf: asUsed({ settings: madeUpSettings }),
      step: 0,
    };
    expect(places.end(moment)).toEqual([4]);
    expect(places.nearEnd(moment)).toEqual([2]);
    expect(places.cut(moment)).toEqual([8]);
    expect(places.within(moment)).toEqual([0]);
  });
});

describe('a number', () => {
  it('is read however people write it', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (number) => {
        const text = number.toFixed(3);
        for (const written of [
          text,
          text.replace('.', ','),
          text.replace('-', '−'),
          ` ${text} `,
          `+${text}`,
        ]) {
          if (written.startsWith('+-')) continue;
          expect(readNumber(written)).toBe(Number(text));
        }
      }),
    );
    for (const none of ['', 'one', '1.2.3', '1e5', '--1', '.', 'NaN']) expect(readNumber(none)).toBeNull();
  });
});

describe('checks', () => {
  it('hold only where something is in the inspector', () => {
    const nothing: Facts = { captured: null, look: null, settings: sb3Hyperparameters };
    const checks = lessons.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'do' ? [step.check] : [])),
    );
    for (const check of checks) {
      if (check.check === 'setting' && !check.used) continue;
      expect(holds(check, nothing)).toBe(false);
    }
    expect(holds({ check: 'captured' }, facts)).toBe(true);
  });

  it('follow λ, mistakes, the step and the settings', () => {
    const look = (change: Partial<ReturnType<typeof asUsed>>, step = 0): Facts => ({
      ...facts,
      look: { step, whatIf: { ...asUsed({ settings: madeUpSettings }), ...change } },
    });
    const zero = { check: 'supposed', what: 'gaeLambda', from: 0, to: 0 } as const;
    expect([holds(zero, facts), holds(zero, look({ gaeLambda: 0 }))]).toEqual([false, true]);
    const death = { check: 'mistake', mistake: 'timeLimitAsDeath', on: true } as const;
    const mistakes = { ...asUsed({ settings: madeUpSettings }).mistakes, timeLimitAsDeath: true };
    expect([holds(death, facts), holds(death, look({ mistakes }))]).toEqual([false, true]);
    const used = { check: 'asUsed' } as const;
    expect([
      holds(used, facts),
      holds(used, look({ mistakes })),
      holds(used, look({ discount: 0.5 })),
    ]).toEqual([true, false, false]);
    const cut = { check: 'lookedAt', place: 'cut' } as const;
    expect([holds(cut, look({}, 7)), holds(cut, look({}, 8))]).toEqual([false, true]);
    const wide = { check: 'setting', key: 'clipRange', atLeast: 0.5, used: false } as const;
    const widened = { ...facts, settings: { ...sb3Hyperparameters, clipRange: 0.5 } };
    expect([holds(wide, facts), holds(wide, widened), holds({ ...wide, used: true }, widened)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('a lesson', () => {
  const anyThing = (key: string) => key !== '';

  it.each(lessons)(
    'comes to its end by right answers, and counts those that were right at once ($id)',
    (lesson) => {
      const steps = stepsOf(lesson, lesson.games[0] ?? '', anyThing);
      let progress = begun();
      for (const step of steps) {
        if (step.kind === 'predict') {
          const moment = momentAt(step, facts);
          if (moment === null) throw new Error('The made-up update has every place.');
          progress = answered(progress, step, facts, String(rightAnswer(step.answer, moment)));
        } else progress = noticed(progress, step, facts);
        // What the learner does on the page, for steps that wait for it.
        progress = next({ ...progress, isMet: step.kind === 'do' || progress.isMet }, step);
      }
      const asked = steps.filter(({ kind }) => kind === 'predict').map(({ id }) => [id, true] as const);
      expect(progress).toMatchObject({ at: steps.length, results: Object.fromEntries(asked) });
    },
  );

  it('never goes on by wrong answers alone, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...questions),
        fc.array(fc.string(), { maxLength: 6 }),
        ({ step }, texts) => {
          const moment = momentAt(step, facts);
          if (moment === null) return;
          const wrong = texts.filter((text) => judge(step.answer, moment, text).kind !== 'right');
          let progress = begun(2);
          for (const text of wrong) progress = next(answered(progress, step, facts, text), step);
          expect(progress.at).toBe(2);
          expect(progress.isMet).toBe(false);
        },
      ),
    );
  });

  it('gives an answer away after two wrong ones, and does not count it', () => {
    const question = questions.find(({ step }) => step.answer.kind === 'number');
    const step = question?.step;
    let progress = begun();
    expect(shown(progress, step)).toBe(progress);
    progress = answered(answered(progress, step, facts, '999'), step, facts, 'not a number');
    expect(progress.tries).toBe(1);
    progress = shown(answered(progress, step, facts, '998'), step);
    expect(progress).toMatchObject({ isMet: true, wasShown: true });
    const behind = next(progress, step);
    expect(behind).toMatchObject({ at: 1, results: { [step?.id ?? '']: false } });
    // Nor after another look at it.
    const again = { ...previous(behind), isMet: true };
    expect(next(again, step).results).toEqual(behind.results);
  });

  it('keeps a step that was done done, and asks for another update where there is none such', () => {
    const step = lessons[0]?.steps.find(({ kind, id }) => kind === 'do' && id === 'capture');
    const nothing: Facts = { captured: null, look: null, settings: sb3Hyperparameters };
    expect(noticed(begun(), step, nothing).isMet).toBe(false);
    const met = noticed(begun(), step, facts);
    expect(noticed(met, step, nothing).isMet).toBe(true);
    const atEnd = questions.find(({ name }) => name === 'surprise, atEnd')?.step;
    if (atEnd === undefined) throw new Error('There is such a question.');
    expect([isWanting(atEnd, nothing), isWanting(atEnd, facts)]).toEqual([true, false]);
  });

  it('tells what was so before a step began from what was done for it', () => {
    const performed = lessons.flatMap(({ steps }) => steps).filter(({ kind }) => kind === 'do');
    expect(performed.length).toBeGreaterThan(5);
    for (const step of performed) {
      const before = arrived(begun(), step, facts);
      const isSo = step.kind === 'do' && holds(step.check, facts);
      expect([step.id, before.isMet, before.wasSo]).toEqual([step.id, isSo, isSo]);
      expect(noticed(begun(), step, facts)).toMatchObject({ isMet: isSo, wasSo: false });
    }
    // To be looked at, there is nothing that somebody had to do.
    const look = lessons[0]?.steps.find(({ kind }) => kind === 'look');
    expect(arrived(begun(), look, facts).wasSo).toBe(false);
  });

  it('leaves out what would change what cannot be changed, and what a game does not have', () => {
    const clip = lessons.find(({ id }) => id === 'clip');
    const surprise = lessons.find(({ id }) => id === 'surprise');
    if (clip === undefined || surprise === undefined) throw new Error('There are such lessons.');
    const changing = (can: boolean) => stepsOf(clip, 'balance', () => can).map(({ id }) => id);
    expect(changing(true)).toContain('wider');
    expect(changing(false)).not.toContain('wider');
    expect(stepsOf(surprise, 'balance', anyThing).map(({ id }) => id)).toContain('atEnd');
    expect(stepsOf(surprise, 'swing', anyThing).map(({ id }) => id)).not.toContain('atEnd');
  });

  it('is refused where it is not one', () => {
    const good: WrittenLesson = {
      id: 'a',
      games: ['balance'],
      settings: {},
      speed: '1',
      steps: [{ kind: 'look', id: 'one' }],
    };
    expect(readLesson(good).steps).toHaveLength(1);
    const bad: readonly unknown[] = [
      { ...good, steps: [] },
      { ...good, games: [] },
      { ...good, steps: [{ kind: 'look', id: 'one', target: 'nowhere' }] },
      { ...good, steps: [{ kind: 'look', id: 'one', given: ['nothing'] }] },
      { ...good, steps: [{ kind: 'do', id: 'one', check: { check: 'captured', more: 1 } }] },
      { ...good, steps: [{ kind: 'run', id: 'one', code: 'alert(1)' }] },
      { ...good, steps: [good.steps[0], good.steps[0]] },
      { ...good, steps: [{ kind: 'look', id: 'one', given: ['reward'] }] },
      null,
    ];
    for (const data of bad) expect(() => readLesson(data)).toThrow(/.+/);
  });

  it('lasts ten minutes at most: nine steps, one idea each', () => {
    for (const { id, steps } of lessons) expect([id, steps.length <= 9]).toEqual([id, true]);
  });
});
