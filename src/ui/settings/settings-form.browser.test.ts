import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { SettingsPatch } from '../../contract';
import type { Question } from '../kit/dialogs';
import type { Intent, PageState } from '../shell/page-state';
import { duelPage, pageState } from '../testing/test-state';
import { basicSettings } from './basic-settings';
import { SettingsForm } from './settings-form';

let container: HTMLElement;
let form: SettingsForm;
let intents: Intent[];
let questions: Question[];
let answer: boolean;
let state: PageState;

beforeEach(() => {
  container = document.createElement('div');
  document.body.append(container);
  intents = [];
  questions = [];
  answer = true;
  form = new SettingsForm(
    container,
    (intent) => intents.push(intent),
    (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
  );
  state = pageState();
  form.update(state);
});
afterEach(() => container.remove());

const input = (key: string) => container.querySelector(`#setting-${key}`) as HTMLInputElement;
const alert = () =>
  container.querySelector('[role="alert"]')?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
const badge = (key: string) =>
  container.querySelector(`[data-field="${key}"] .badge`)?.textContent?.trim() ?? '';
const sent = (): SettingsPatch[] =>
  intents.flatMap((intent) => (intent.kind === 'settings' ? [intent.patch] : []));
const show = (changes: Partial<PageState>) => {
  state = { ...state, ...changes };
  form.update(state);
};

describe('a change of settings', () => {
  it('is sent once, on Enter, and names no other setting', async () => {
    await userEvent.fill(input('learningRate'), '0.002');
    expect(sent()).toEqual([]);
    await userEvent.type(input('learningRate'), '{Enter}');
    await userEvent.tab();
    expect(sent()).toEqual([{ learningRate: 0.002 }]);
    expect(questions).toEqual([]);
  });

  it('is sent when its field is left', async () => {
    await userEvent.fill(input('epochs'), '4');
    await userEvent.tab();
    expect(sent()).toEqual([{ epochs: 4 }]);
  });

  it('is marked until it is in force', () => {
    expect(badge('clipRange')).toBe('');
    show({ hyperparameters: { ...state.hyperparameters, clipRange: 0.1 }, pending: ['clipRange'] });
    expect(badge('clipRange')).toBe('pending');
    expect(input('clipRange').value).toBe('0.1');
    show({ pending: [] });
    expect(badge('clipRange')).toBe('');
    expect(badge('seed')).toBe('restart');
  });

  it('given up with Escape leaves the value in force', async () => {
    await userEvent.fill(input('epochs'), '4');
    await userEvent.keyboard('{Escape}');
    await userEvent.tab();
    expect(input('epochs').value).toBe('10');
    expect(sent()).toEqual([]);
  });
});

describe('an impossible change', () => {
  it('is refused with a sentence, and the field shows the value in force again', async () => {
    await userEvent.fill(input('minibatchSize'), '100');
    expect(input('minibatchSize').getAttribute('aria-invalid')).toBe('true');
    await userEvent.keyboard('{Enter}');
    expect(sent()).toEqual([]);
    expect(alert()).toContain('does not divide into minibatches of 100');
    expect(input('minibatchSize').value).toBe('256');
  });

  it('is refused in the same way when only the agent finds out', async () => {
    await userEvent.fill(input('epochs'), '4');
    await userEvent.keyboard('{Enter}');
    show({ problems: [{ code: 'out-of-range', key: 'epochs', value: 4, min: 1, max: 3 }] });
    expect(alert()).toContain('Epochs is 4; keep it between 1 and 3.');
    expect(input('epochs').value).toBe('10');
  });

  it('is forgotten with the next one that is accepted', async () => {
    await userEvent.fill(input('learningRate'), 'fast');
    await userEvent.keyboard('{Enter}');
    expect(alert()).toContain('Learning rate must be a number');
    await userEvent.fill(input('learningRate'), '0.002');
    await userEvent.keyboard('{Enter}');
    expect(alert()).toBe('');
  });
});

describe('a change that interrupts the run', () => {
  it('is asked about once and sent when confirmed', async () => {
    await userEvent.fill(input('seed'), '9');
    await userEvent.keyboard('{Enter}');
    await userEvent.tab();
    expect(questions.map(({ confirm }) => confirm)).toEqual(['Start again']);
    await expect.poll(sent).toEqual([{ seed: 9 }]);
  });

  it('is dropped when not confirmed', async () => {
    answer = false;
    await userEvent.fill(input('arenas'), '8');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => input('arenas').value).toBe('16');
    expect(questions).toHaveLength(1);
    expect(sent()).toEqual([]);
  });
});

describe('ways to set a number', () => {
  it('steps by the arrow keys, by factors where the scale is logarithmic', async () => {
    await userEvent.click(input('minibatchSize'));
    await userEvent.keyboard('{ArrowDown}');
    expect(input('minibatchSize').value).toBe('128');
    await userEvent.keyboard('{Enter}');
    expect(sent().at(-1)?.minibatchSize).toBe(128);
  });

  it('gives each reward term a weight of its own', async () => {
    await userEvent.fill(input('rewardWeights-0'), '2.5');
    await userEvent.keyboard('{Enter}');
    expect(sent().at(-1)?.rewardWeights).toEqual({ upright: 2.5 });
  });

  it('goes back to the default by a button that is there only when it differs', async () => {
    const reset = () => container.querySelector<HTMLButtonElement>('[data-field="discount"] .reset');
    expect(reset()).toBeNull();
    show({ hyperparameters: { ...state.hyperparameters, discount: 0.9 } });
    await userEvent.click(reset() as HTMLButtonElement);
    expect(sent().at(-1)?.discount).toBe(0.99);
  });

  it('switches on and off', async () => {
    await userEvent.click(input('valueClip'));
    expect(sent()).toEqual([{ valueClip: true }]);
  });
});

it('names every control and ties it to its range, default and explanation', () => {
  const controls = [
    ...container.querySelectorAll<HTMLInputElement>('.field [id^="setting-"]:is(input, select)'),
  ];
  expect(controls.length).toBeGreaterThan(20);
  for (const control of controls) {
    const note = document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent;
    const explained = document.getElementById(`${control.id}-explained`)?.textContent;
    expect({ id: control.id, labels: control.labels?.length, note, explained }).toEqual({
      id: control.id,
      labels: 1,
      note: expect.stringContaining('default'),
      explained: expect.stringMatching(/\.$/),
    });
  }
});

it('shows a phone’s letters where a number may have a minus sign or a power of ten', () => {
  const modeOf = (key: string) => input(key).inputMode;
  expect(['learningRate', 'initialLogStd', 'rewardWeights-0'].map(modeOf)).toEqual(Array(3).fill('text'));
  expect(['discount', 'epochs', 'minibatchSize'].map(modeOf)).toEqual(Array(3).fill('decimal'));
});

describe('settings about those whom an agent meets', () => {
  const legends = () => [...container.querySelectorAll('legend')].map(({ textContent }) => textContent);

  it('are there only where agents meet', () => {
    expect(input('selfShare')).toBeNull();
    expect(legends()).not.toContain('Opponents');
    const { spec, game } = duelPage();
    show({ spec, game });
    expect(input('selfShare')).not.toBeNull();
    expect(legends()).toContain('Opponents');
  });

  it('mark the weights of what is not zero-sum', () => {
    const { spec, game } = duelPage();
    show({ spec, game });
    const marked = [...container.querySelectorAll('.field:has(.shaping) label')].map(
      ({ textContent }) => textContent,
    );
    expect(marked).toEqual(['Weight of “touch”']);
    const explained = container.querySelector('#setting-rewardWeights-1-explained')?.textContent;
    expect(explained).toContain('what it pays one side the other does not lose');
  });
});

describe('the settings that are shown', () => {
  const shown = () => [
    ...new Set(
      [...container.querySelectorAll<HTMLElement>('[data-field]')].map(({ dataset }) => dataset['field']),
    ),
  ];
  const button = (name: string) =>
    [...container.querySelectorAll('button')].find(({ textContent }) => textContent?.trim().startsWith(name));
  const find = () => container.querySelector<HTMLInputElement>('input[type="search"]') as HTMLInputElement;

  it('are the basic ones first, and all where a person wishes so, by keyboard too', async () => {
    show({ allSettings: false });
    expect(new Set(shown())).toEqual(basicSettings);
    button('All settings')?.focus();
    await userEvent.keyboard('{Enter}');
    expect(intents).toEqual([{ kind: 'allSettings', on: true }]);
    expect(document.activeElement).toBe(button('All settings'));
    show({ allSettings: true });
    expect(shown().length).toBeGreaterThan(20);
    await userEvent.click(button('Basic settings only') as HTMLElement);
    expect(intents.at(-1)).toEqual({ kind: 'allSettings', on: false });
  });

  it('tell how many there are besides, and how many of those are changed', () => {
    show({ allSettings: false, hyperparameters: { ...state.hyperparameters, seed: 9, valueClip: true } });
    expect(container.querySelector('.settings-more')?.textContent).toMatch(
      /\d+ more settings, 2 of them changed/,
    );
  });

  it('contain those that a link changed, but not those of a preset', () => {
    const changed = { ...state.hyperparameters, arenas: 8 };
    show({ allSettings: false, front: 'from-a-link', hyperparameters: changed });
    expect(shown()).toContain('arenas');
    show({ front: 'by-a-preset', hyperparameters: { ...state.presets.sb3, seed: changed.seed } });
    expect(shown()).not.toContain('arenas');
  });

  it('contain one that is refused, and one that is asked for, which gets the focus', () => {
    show({ allSettings: false });
    show({ problems: [{ code: 'out-of-range', key: 'arenas', value: 99, min: 1, max: 64 }] });
    expect(shown()).toContain('arenas');
    form.reveal('targetKl');
    expect(document.activeElement).toBe(input('targetKl'));
  });

  it('are those that somebody looks for, by name, group, explanation or sign', async () => {
    show({ allSettings: false });
    const looked: [string, string][] = [
      ['kl', 'targetKl'],
      ['γ', 'discount'],
      ['hidden lay', 'hiddenSizes'],
      ['seed', 'seed'],
    ];
    for (const [query, key] of looked) {
      await userEvent.fill(find(), query);
      expect(shown()).toContain(key);
      expect(shown().length).toBeLessThan(8);
    }
    await userEvent.fill(find(), 'no such thing');
    expect(shown()).toEqual([]);
    expect(container.querySelector('[role="status"]')?.textContent).toContain('“no such thing”');
    await userEvent.fill(find(), '');
    expect(shown()).toHaveLength(basicSettings.size);
  });

  it('name their ranges and defaults in one notation', () => {
    const notes = [...container.querySelectorAll('.field-note')].map(({ textContent }) => textContent ?? '');
    const numbers = notes.flatMap((text) => text.match(/[\d][\d.,e^+−-]*\d/g) ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    for (const each of numbers) expect(each).toMatch(/^(?:\d{1,3}(?:,\d{3})*)(?:\.\d+)?$/);
  });
});
