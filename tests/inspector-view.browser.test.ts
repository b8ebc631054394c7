import { afterEach, beforeEach, expect, it } from 'vitest';
import { startLearner } from '../src/agent/testing/learner-properties';
import { asUsed, type WhatIf } from '../src/inspector/what-if';
import { InspectorView } from '../src/ui/inspector/inspector-view';
import { pageState } from '../src/ui/testing/test-state';

let container: HTMLElement;
let view: InspectorView | null = null;
beforeEach(() => {
  container = document.createElement('div');
});
afterEach(() => {
  view?.dispose();
  container.remove();
});

async function captured() {
  const { learner, rollout } = startLearner();
  learner.captureNext(0);
  const update = (await learner.update(rollout())).captured!; // asked for
  learner.dispose();
  return update;
}

it('ends at the step that was chosen last, also where it hears of an earlier choice late', async () => {
  const update = await captured();
  const whatIf = asUsed(update);
  document.body.append(container);
  view = new InspectorView(container, () => {});
  const state = pageState();
  const hear = (step: number) =>
    view?.update({ ...state, inspector: { ...state.inspector, captured: update, look: { step, whatIf } } });
  hear(0);
  const chosen = () => container.querySelector('.steps .chosen td')?.textContent?.trim();
  const next = container.querySelector<HTMLButtonElement>('[data-key="moment"] button:last-of-type');
  const before = container.querySelector<HTMLButtonElement>('[data-key="moment"] button');
  next?.click();
  hear(1);
  next?.click();
  before?.click();
  // Of both choices the page tells a moment later.
  hear(2);
  hear(1);
  expect(chosen()).toBe('1');
});

it('draws what is in sight with every move of λ, and all else once it comes into sight or the moves end', async () => {
  const update = await captured();
  container.style.cssText = 'height: 300px; overflow: auto';
  document.body.append(container);
  view = new InspectorView(container, () => {});
  const state = pageState();
  const look = { step: 0, whatIf: asUsed(update) };
  view.update({ ...state, inspector: { ...state.inspector, captured: update, look } });
  const advantages = () =>
    Array.from(container.querySelectorAll('.steps td.advantage'), ({ textContent }) => textContent);
  const residuals = () =>
    Array.from(container.querySelectorAll('.steps td.residual'), ({ textContent }) => textContent);
  const lambda = container.querySelector<HTMLInputElement>('.what-if input')!;
  const move = (to: number) => {
    lambda.value = String(to);
    lambda.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const frames = async (count: number) => {
    for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
  };
  // Where nobody has looked yet nothing is known to be out of sight.
  await frames(3);
  const used = advantages();
  move(0);
  expect(container.querySelector('.what-if b')?.textContent).toBe('λ = 0.000');
  expect(advantages()).toEqual(used);
  await expect.poll(advantages).toEqual(residuals());
  expect(advantages()).not.toEqual(used);

  container.querySelector('.steps')?.scrollIntoView();
  await frames(3);
  move(update.settings.gaeLambda);
  expect(advantages()).toEqual(used);
});

it('draws the rows of the picture that a move changes to the same pixels as the whole picture', async () => {
  const update = await captured();
  document.body.append(container);
  const state = pageState();
  const show = (whatIf: WhatIf) => {
    const look = { step: 1, whatIf };
    view?.update({ ...state, inspector: { ...state.inspector, captured: update, look } });
  };
  const begin = () => {
    view?.dispose();
    const fresh = document.createElement('div');
    container.replaceChildren(fresh);
    view = new InspectorView(fresh, () => {});
  };
  const pixels = () => container.querySelector('canvas')?.toDataURL();
  const [used, one] = [asUsed(update), { ...asUsed(update), gaeLambda: 1 }];
  begin();
  show(one);
  const whole = pixels();
  begin();
  show(used);
  expect(pixels()).not.toBe(whole);
  show(one);
  expect(pixels()).toBe(whole);
});
