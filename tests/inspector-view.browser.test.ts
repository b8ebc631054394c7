import { afterEach, expect, it } from 'vitest';
import { startLearner } from '../src/agent/testing/learner-properties';
import { asUsed } from '../src/inspector/what-if';
import { InspectorView } from '../src/ui/inspector/inspector-view';
import { pageState } from '../src/ui/testing/test-state';

const container = document.createElement('div');
let view: InspectorView | null = null;
afterEach(() => {
  view?.dispose();
  container.remove();
});

it('ends at the step that was chosen last, also where it hears of an earlier choice late', async () => {
  const { learner, rollout } = startLearner();
  learner.captureNext(0);
  const captured = (await learner.update(rollout())).captured!; // asked for
  learner.dispose();
  const whatIf = asUsed(captured);
  document.body.append(container);
  view = new InspectorView(container, () => {});
  const state = pageState();
  const hear = (step: number) =>
    view?.update({ ...state, inspector: { ...state.inspector, captured, look: { step, whatIf } } });
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
