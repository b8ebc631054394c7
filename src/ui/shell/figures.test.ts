import { expect, it } from 'vitest';
import { pageState } from '../testing/test-state';
import { onlyFiguresDiffer } from './figures';
import type { PageState, Status } from './page-state';

const running = pageState();
const waits = (change: Partial<PageState>) => onlyFiguresDiffer(running, { ...running, ...change });
const statusWaits = (before: Partial<Status>, after: Partial<Status>) =>
  onlyFiguresDiffer(
    { ...running, status: { ...running.status, ...before } },
    { ...running, status: { ...running.status, ...after } },
  );

it('lets counters and the turns of learning wait', () => {
  expect(waits({ keeping: { kind: 'kept', savedAtMs: 1 } })).toBe(true);
  expect(statusWaits({ decisions: 1 }, { decisions: 2 })).toBe(true);
  expect(statusWaits({ phase: 'updating' }, { phase: 'collecting' })).toBe(true);
});

it('lets nothing wait that a person did or has to know', () => {
  expect(waits({ running: !running.running })).toBe(false);
  expect(waits({ notices: [{ id: 'a', severity: 'error', message: 'Something failed.' }] })).toBe(false);
  expect(statusWaits({ phase: 'updating' }, { phase: 'paused' })).toBe(false);
  expect(statusWaits({ phase: 'paused' }, { phase: 'collecting' })).toBe(false);
  expect(statusWaits({ backend: null }, { backend: running.status.backend })).toBe(false);
});
