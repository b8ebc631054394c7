import { html, render } from 'lit-html';
import { expect, it, onTestFinished } from 'vitest';
import { type CapturedUpdate, sb3Hyperparameters } from '../src/contract';
import { madeUpSettings, rolloutOf } from '../src/inspector/testing/made-up-rollout';
import { asUsed, estimate, suppose } from '../src/inspector/what-if';
import { lessons } from '../src/lessons/library';
import { momentAt } from '../src/lessons/progress';
import { advantageFormula, residualFormula, returnFormula } from '../src/ui/inspector/formulas';
import { lessonFormula } from '../src/ui/lessons/lesson-formulas';
import '../src/ui/styles/page.css';

const steps = 10;
/** As long as numbers of the page's games get: Swing's, of two digits and below 0. An episode ends at 4, another is cut at 8. */
const rollout = rolloutOf(
  Array.from({ length: steps }, () => -12.345),
  Array.from({ length: steps + 1 }, (_, step) => -65.432 - step),
  {
    terminated: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
    truncated: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0),
    finalValues: Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, -61.234, 0),
  },
);
const captured: CapturedUpdate = {
  ...rollout,
  version: 3,
  settings: madeUpSettings,
  agent: 0,
  ...estimate(suppose(rollout as CapturedUpdate, asUsed({ settings: madeUpSettings }))),
  observations: new Float32Array(steps),
  actions: new Float32Array(steps),
  logProbabilities: new Float32Array(steps).fill(-1),
  newLogProbabilities: new Float32Array(steps).fill(-0.9),
  ratios: new Float32Array(steps).fill(1.105),
  normalised: new Float32Array(steps).fill(0.5),
  firstDecision: null,
  states: new Float64Array(0),
} as CapturedUpdate;
const facts = { captured, look: { step: 0, whatIf: asUsed(captured) }, settings: sb3Hyperparameters };
const asked = lessons.flatMap(({ id, steps: all }) =>
  all.flatMap((step) => (step.formula === undefined ? [] : [{ step, name: `${id}, ${step.id}` }])),
);

it.each(asked)(
  'a filled in formula is seen whole on a narrow phone, and none has a sign in brackets of its own ($name)',
  ({ step }) => {
    const moment = momentAt(step, facts);
    if (moment === null || step.formula === undefined) throw new Error('The made-up update has every place.');
    const place = document.createElement('div');
    place.className = 'lesson';
    // 360 px, less what is around.
    place.style.width = '328px';
    document.body.append(place);
    onTestFinished(() => place.remove());
    render(lessonFormula(step.formula, moment), place);
    const shown = place.querySelector('.lesson-formula');
    expect(shown?.clientWidth).toBe(328);
    expect(shown?.scrollWidth).toBeLessThanOrEqual(328);
    expect(shown?.textContent.replaceAll(/\s/g, '')).not.toMatch(/=\(−/);
    place.remove();
  },
);

it('in the inspector, too, however narrow its place', () => {
  const numbers = {
    discount: 0.995,
    gaeLambda: 0.955,
    reward: -12.345,
    value: -65.432,
    nextValue: -66.432,
    residual: -13.012,
    later: -123.456,
    advantage: -130.312,
    return: -195.744,
  };
  const place = document.createElement('div');
  place.className = 'inspector';
  place.style.width = '280px';
  document.body.append(place);
  onTestFinished(() => place.remove());
  render(html`${residualFormula(numbers)} ${advantageFormula(numbers)} ${returnFormula(numbers)}`, place);
  expect(place.clientWidth).toBe(280);
  expect(place.scrollWidth).toBeLessThanOrEqual(280);
  expect(place.querySelectorAll('.filled-in')).toHaveLength(3);
});
