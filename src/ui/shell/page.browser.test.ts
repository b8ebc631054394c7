import { BehaviorSubject, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MetricPoint, usualBindings } from '../../contract';
import { runPanelTexts } from '../../texts/runs';
import { duelPage, metricPoint, pageState } from '../testing/test-state';
import { Page } from './page';
import type { Intent, PageState } from './page-state';

let root: HTMLElement;
let page: Page;
let state$: BehaviorSubject<PageState>;
let points$: Subject<{ run: string; point: MetricPoint }>;
let histories$: Subject<{ run: string; points: readonly MetricPoint[] }>;
const addPoint = (point: MetricPoint) => points$.next({ run: 'a-run', point });
const showPoints = (points: readonly MetricPoint[]) => histories$.next({ run: 'a-run', points });
let intents: Intent[];

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector(selector) as E;
const button = (name: string) =>
  [...root.querySelectorAll<HTMLButtonElement>('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name,
  ) as HTMLButtonElement;

beforeEach(async () => {
  root = document.createElement('div');
  document.body.append(root);
  state$ = new BehaviorSubject(pageState());
  points$ = new Subject();
  histories$ = new Subject();
  intents = [];
  page = new Page(root, { state$, points$, histories$ });
  page.intents$.subscribe((intent) => intents.push(intent));
  await frame();
});
afterEach(() => {
  page.dispose();
  root.remove();
});

/** Puts in the place of each text what a browser’s translation does, but where it is told not to. */
function translate(within: HTMLElement): void {
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (texts.nextNode()) found.push(texts.currentNode as Text);
  for (const text of found) {
    if (text.data.trim() === '' || text.parentElement?.closest('[translate="no"]') != null) continue;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `«${text.data}»`;
    outer.append(inner);
    text.replaceWith(outer);
  }
}

describe('by keyboard alone', () => {
  it('every shortcut reaches the run', async () => {
    await userEvent.keyboard(' 3]tf');
    expect(intents).toEqual([
      { kind: 'pause' },
      { kind: 'speed', speed: '16' },
      { kind: 'focusArena', arena: 1 },
      { kind: 'focusPlayer', player: 'person' },
      { kind: 'focusPlayer', player: 'frozenNow' },
    ]);
  });

  it('taking over brings the focus to the game, so that arrow keys play', async () => {
    find('.speeds input').focus();
    state$.next(pageState({ focusPlayer: 'person' }));
    await frame();
    expect(document.activeElement).toBe(page.gameContainer);
  });

  it('the skip link brings the focus to the game and leaves the settings in the address', async () => {
    const before = location.href;
    history.replaceState(null, '', '#game=balance&epochs=4');
    find('.skip-link').focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(page.gameContainer);
    expect(location.hash).toBe('#game=balance&epochs=4');
    history.replaceState(null, '', before);
  });

  it('typing in a field is not taken for a shortcut', async () => {
    await userEvent.click(find('#tab-settings'));
    await userEvent.click(find('#setting-epochs'));
    await userEvent.keyboard('t1 ');
    expect(intents).toEqual([]);
  });

  it('a restart is one key away, since what was learned stays kept', async () => {
    await userEvent.keyboard('r');
    await expect.poll(() => intents).toEqual([{ kind: 'restart' }]);
    expect(root.querySelector('dialog')).toBeNull();
  });

  it('what would be lost is asked about, and Escape means no', async () => {
    const stays = page.ask({ code: 'leave-unsaved', name: 'Balance 3' });
    await expect.poll(() => root.querySelector('dialog')?.textContent).toContain('Balance 3');
    await userEvent.keyboard('{Escape}');
    expect(await stays).toBe(false);
    const leaves = page.ask({ code: 'leave-unsaved', name: 'Balance 3' });
    await userEvent.click(find('.dialog .button-primary'));
    expect(await leaves).toBe(true);
  });

  it('a key of play is changed by a click and a press; what is taken is refused, and Escape leaves it', async () => {
    const cap = () => find('.key-cap[aria-label^="Player 1, left:"]');
    const message = () => find('.bindings-message').textContent;
    await userEvent.keyboard('?');
    await userEvent.click(cap());
    await userEvent.keyboard('{ArrowUp}');
    expect(message()).toContain('↑ is taken: Player 2, up');
    await userEvent.keyboard('{Escape}');
    expect(message()).toBe('');
    await userEvent.keyboard('k');
    expect(intents).toEqual([]);
    await userEvent.click(cap());
    // Space would press the button, were it not for the place that waits.
    await userEvent.keyboard(' j');
    expect(message()).toBe('');
    const bindings = { ...usualBindings, 'first.left': ['KeyJ'] };
    expect(intents).toEqual([{ kind: 'bindings', bindings }]);
    state$.next(pageState({ bindings, keyNames: { KeyJ: 'Ж' } }));
    expect(cap().textContent).toBe('Ж');
    await userEvent.click(find('.bindings-usual'));
    expect(intents.at(-1)).toEqual({ kind: 'bindings', bindings: usualBindings });
    await userEvent.keyboard('{Escape}');
    expect(root.querySelector('dialog')).toBeNull();
  });

  it('a setting that needs a new run is asked about, once, by one press of Enter', async () => {
    await userEvent.click(find('#tab-settings'));
    await userEvent.fill(find('#setting-seed'), '9');
    await userEvent.keyboard('{Enter}');
    expect(find('dialog[open]').textContent).toContain('begins again from nothing');
    await userEvent.click(find('.dialog .button-primary'));
    await expect.poll(() => intents).toEqual([{ kind: 'settings', patch: { seed: 9 } }]);
    expect(root.querySelector('dialog')).toBeNull();
  });

  it('the tabs follow the arrow keys', async () => {
    find('#tab-charts').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement?.id).toBe('tab-inspector');
    expect(find('#panel-inspector').hidden).toBe(false);
    expect(find('#panel-charts').hidden).toBe(true);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement?.id).toBe('tab-about');
  });

  it('the tab of matches is first in its row, and there only in games for two', async () => {
    const tabNames = () => [...root.querySelectorAll('[role="tab"]')].map(({ textContent }) => textContent);
    expect(tabNames()).toEqual(['Charts', 'Inspector', 'Settings', 'Run', 'About']);
    state$.next(duelPage());
    await frame();
    expect(tabNames()).toEqual(['Play', 'Charts', 'Inspector', 'Settings', 'Run', 'About']);
    expect(find('#panel-play').hidden).toBe(false);
    find('#tab-play').focus();
    await userEvent.keyboard('{End}');
    expect(document.activeElement?.id).toBe('tab-about');
    state$.next(pageState());
    await frame();
    expect(find('#tab-about').getAttribute('aria-selected')).toBe('true');
    expect(tabNames()).toHaveLength(5);
  });

  it('an explanation opens on focus and closes with Escape', async () => {
    find('[data-metric="entropy"] .explain').focus();
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Tab}');
    const bubble = find('.bubble');
    expect(bubble.matches(':popover-open')).toBe(true);
    expect(bubble.textContent).toContain('Falls slowly');
    await userEvent.keyboard('{Escape}');
    expect(bubble.matches(':popover-open')).toBe(false);
  });
});

describe('what the page shows', () => {
  it('follows the state', async () => {
    expect(find('.chip-phase').textContent).toContain('learning');
    const { status } = pageState();
    state$.next(pageState({ running: false, status: { ...status, phase: 'paused', decisions: 1_234_567 } }));
    await frame();
    expect(find('.chip-phase').textContent).toContain('paused');
    expect(find('.counter-value').textContent).toBe('1,234,567');
    expect(button('Play')).toBeDefined();
    expect(button('Step').disabled).toBe(false);
  });

  it('follows the state where the browser translates the page', async () => {
    const notice = { id: 'a', severity: 'info', message: 'Saved.' } as const;
    state$.next(pageState({ notices: [notice] }));
    await userEvent.click(find('#tab-run'));
    translate(root);
    expect(find('.chip-phase').textContent).not.toContain('«');
    expect(find('.notice p').textContent).toContain('«Saved.»');
    const { status } = pageState();
    state$.next(
      pageState({
        notices: [{ ...notice, message: 'Lost.' }],
        keeping: { kind: 'unsaved', reason: 'deleted' },
        status: { ...status, phase: 'paused', policyVersion: 77, decisions: 1_234_567 },
        best: { meanReturn: 3, version: 55, decisions: 9 },
        running: false,
      }),
    );
    await frame();
    await expect.poll(() => find('.reading-policy').textContent).toContain('77');
    expect(find('.chip-phase').textContent).toContain('paused');
    expect(find('.notice p').textContent).toContain('Lost.');
    expect(find('#panel-run').textContent).toContain(runPanelTexts.unsaved);
    expect(find('#panel-run').textContent).toContain('55');
    expect(find('#panel-run .counters').textContent).toContain('1,234,567');
  });

  it('says aloud what it shows at most every ten seconds', async () => {
    const { status } = pageState();
    const label = page.gameContainer.getAttribute('aria-label');
    expect(label).toContain('Balance, learning. Mean return 212 after 24,576 decisions.');
    state$.next(pageState({ status: { ...status, decisions: 30_000 } }));
    await frame();
    expect(page.gameContainer.getAttribute('aria-label')).toBe(label);
  });

  it('says nothing aloud while it only learns, however many updates', async () => {
    const regions = [...root.querySelectorAll('[role="status"], [role="alert"], [aria-live]')];
    expect(regions.length).toBeGreaterThan(2);
    const said: string[] = [];
    const listener = new MutationObserver((changes) => {
      said.push(...changes.map(({ target }) => target.textContent ?? ''));
    });
    for (const region of regions) {
      listener.observe(region, { childList: true, characterData: true, subtree: true });
    }
    const { status } = pageState();
    // What is said now and then would be said now.
    const startMs = performance.now();
    const clock = vi.spyOn(performance, 'now');
    for (let policyVersion = 13; policyVersion < 18; policyVersion++) {
      clock.mockReturnValue(startMs + 60_000 * policyVersion);
      const decisions = 2_048 * policyVersion;
      const phase = policyVersion % 2 === 0 ? 'updating' : 'collecting';
      state$.next(
        pageState({ status: { ...status, policyVersion, decisions, phase, meanReturn: policyVersion } }),
      );
      await frame();
    }
    clock.mockRestore();
    listener.disconnect();
    expect(said).toEqual([]);
  });

  it('interrupts for errors only, and lets every notice be dismissed', async () => {
    state$.next(
      pageState({
        notices: [
          { id: 'a', severity: 'info', message: 'Saved.' },
          { id: 'b', severity: 'error', message: 'That file is for another game.' },
        ],
      }),
    );
    await frame();
    expect(find('.notices [role="alert"]').textContent).toContain('That file is for another game.');
    expect(find('.notices [role="status"]').textContent).toContain('Saved.');
    await userEvent.click(button('Dismiss: Saved.'));
    expect(intents).toEqual([{ kind: 'dismiss', notice: 'a' }]);
  });

  it('puts the chosen theme on the document', async () => {
    state$.next(pageState({ theme: 'dark' }));
    await frame();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    state$.next(pageState({ theme: 'auto' }));
    await frame();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('offers a file that was chosen for import', async () => {
    await userEvent.click(find('#tab-run'));
    const file = new File(['x'], 'run.safetensors');
    await userEvent.upload(find('input[type="file"]'), file);
    expect(intents).toHaveLength(1);
    expect(intents[0]).toMatchObject({ kind: 'importRun', file: { name: 'run.safetensors' } });
  });
});

describe('a file that is dropped', () => {
  const drop = (target: Element, ...names: readonly string[]) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File(['x'], name));
    return dropped(target, dataTransfer);
  };
  const dropped = (target: Element, dataTransfer: DataTransfer) => {
    const options = { dataTransfer, bubbles: true, cancelable: true };
    const over = new DragEvent('dragover', options);
    const drop = new DragEvent('drop', options);
    target.dispatchEvent(over);
    target.dispatchEvent(drop);
    return over.defaultPrevented && drop.defaultPrevented;
  };

  it.each([
    ['.header', 'a-run.safetensors', 'importRun'],
    ['#game', 'a-match.json', 'importReplay'],
    ['.transport', 'everything.zip', 'importEverything'],
    ['.transport', 'EVERYTHING.ZIP', 'importEverything'],
    ['.side', 'a-run.safetensors', 'importRun'],
    ['#panel-run', 'a-run.safetensors', 'importRun'],
    ['#panel-run', 'a-match.JSON', 'importReplay'],
    ['#panel-play', 'an-agent.safetensors', 'importAgent'],
    ['#panel-play', 'everything.zip', 'importEverything'],
  ])('on %s is taken for what it is, and the browser does not open it', async (selector, name, kind) => {
    expect(drop(find(selector), name)).toBe(true);
    expect(intents).toEqual([{ kind, file: expect.objectContaining({ name }) }]);
  });

  it('comes with others, which are all taken', () => {
    expect(drop(find('#game'), 'one.json', 'two.json')).toBe(true);
    expect(intents.map((intent) => 'file' in intent && intent.file.name)).toEqual(['one.json', 'two.json']);
  });

  it('is no link: that is opened in the page’s place no more than taken, though a field takes its text', () => {
    const link = new DataTransfer();
    link.setData('text/uri-list', 'https://example.org/');
    expect(dropped(find('#game'), link)).toBe(true);
    expect(dropped(find('.side input[type="text"]'), link)).toBe(false);
    expect(intents).toEqual([]);
  });
});

describe('the pad', () => {
  it('holds a direction as long as it is pressed, and lets go when the arena is handed back', async () => {
    const held: number[] = [];
    page.pad$.subscribe(([{ horizontal }]) => held.push(horizontal));
    state$.next(pageState({ focusPlayer: 'person' }));
    await frame();
    const left = button('Left');
    left.dispatchEvent(new PointerEvent('pointerdown', { pointerId: 1, bubbles: true }));
    left.dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, bubbles: true }));
    left.dispatchEvent(new PointerEvent('pointerdown', { pointerId: 1, bubbles: true }));
    state$.next(pageState());
    await frame();
    expect(held.filter((value, index) => value !== held[index - 1])).toEqual([0, -1, 0, -1, 0]);
    expect(button('Left')).toBeUndefined();
  });
});

describe('win rates', () => {
  const legend = () =>
    [...root.querySelectorAll('.chart-legend li')].map((entry) =>
      entry.textContent?.replace(/\s+/g, ' ').trim(),
    );
  const met = (version: number, rates: Readonly<Record<string, number>>) => {
    const point = metricPoint(version, 1);
    return { ...point, values: { ...point.values, ...rates } };
  };

  it('are plotted by opponent, and only in games for two', async () => {
    expect(find('.win-rates').hidden).toBe(true);
    state$.next(duelPage());
    await frame();
    await userEvent.click(find('#tab-charts'));
    expect(find('.win-rates').hidden).toBe(false);
    addPoint(met(1, { 'winRate.past': 0.5 }));
    addPoint(met(2, { 'winRate.past': 0.625, 'winRate.bot-steady': 0.1 }));
    await expect.poll(legend).toEqual(['Earlier policies 63 %', 'Steady 10 %']);
    expect(find('[data-metric="winRates"] .plot').getAttribute('aria-label')).toBe(
      'Chart of win rates: Earlier policies 63 %, Steady 10 % after 4,096 decisions',
    );
    expect(find('[data-metric="winRates"] canvas')).not.toBeNull();
    showPoints([]);
    await expect.poll(legend).toEqual([]);
  });
});

describe('charts', () => {
  // They are drawn where they can be seen.
  beforeEach(() => find('[data-metric="meanReturn"]').scrollIntoView());

  const reading = (key: string) => find(`[data-metric="${key}"] .chart-value`).textContent;
  const cells = (row: number) =>
    [...root.querySelectorAll(`.chart-table tbody tr:nth-child(${row}) :is(th, td)`)].map(
      (cell) => cell.textContent ?? '',
    );

  it('show the newest value and tell it to those who do not see the canvas', async () => {
    addPoint(metricPoint(1, 20));
    addPoint(metricPoint(2, 30));
    await expect.poll(() => reading('meanReturn')).toBe('30.0');
    const label = find('[data-metric="meanReturn"] .plot').getAttribute('aria-label');
    expect(label).toBe('Chart of Episode return: 30.0 reward after 4,096 decisions');
  });

  it('are drawn anew from a history', async () => {
    addPoint(metricPoint(9, 20));
    showPoints([metricPoint(1, 5)]);
    await expect.poll(() => reading('meanReturn')).toBe('5.00');
    showPoints([]);
    await expect.poll(() => reading('meanReturn')).toBe('–');
  });

  it('mark where settings changed, on the canvas and in the table', async () => {
    // Labels of marks stand above the plot, in a strip that is otherwise empty.
    const inkAbovePlot = () => {
      const canvas = find<HTMLCanvasElement>('[data-metric="meanReturn"] canvas');
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, canvas.width, 9 * devicePixelRatio);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    };
    const points = [1, 2, 3, 4].map((version) => metricPoint(version, version));
    showPoints(points);
    await frame();
    await expect.poll(() => reading('meanReturn')).toBe('4.00');
    expect(inkAbovePlot()).toBe(0);
    showPoints(
      points.map((point) =>
        point.version === 2 ? { ...point, changed: [{ key: 'clipRange', from: 0.2, to: 0.1 }] } : point,
      ),
    );
    await expect.poll(inkAbovePlot).toBeGreaterThan(20);

    await userEvent.click(find('.chart-table summary'));
    await expect.poll(() => cells(3).at(-1)?.trim()).toBe('Clip range 0.2 → 0.1');
    expect(cells(1)[0]).toBe('8,192');
    state$.next(pageState({ allSettings: false }));
    await userEvent.click(button('Clip range 0.2 → 0.1'));
    expect(find('#tab-settings').getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement?.id).toBe('setting-clipRange');
  });
});

it('leads through the first minute a step at a time, and leaves the focus on what comes next when it is put away', async () => {
  const guide = () => find('.guide');
  expect(guide().textContent).toContain('A cross: it fell.');
  await userEvent.click(button('Skip'));
  state$.next(pageState({ guide: { step: 'change', number: 2, of: 4 } }));
  await frame();
  await userEvent.click(button('Show the learning rate'));
  expect(document.activeElement?.id).toBe('setting-learningRate');
  state$.next(pageState({ guide: { step: 'play', number: 4, of: 4 } }));
  await frame();
  await userEvent.click(guide().querySelector('.guide-do') as HTMLElement);
  button('Put the guide away').focus();
  await userEvent.keyboard('{Enter}');
  expect(intents).toEqual([
    { kind: 'skipGuideStep' },
    { kind: 'focusPlayer', player: 'person' },
    { kind: 'leaveGuide' },
  ]);
  state$.next(pageState({ hintDismissed: true, guide: null }));
  await frame();
  expect(guide()).toBeNull();
  expect(document.activeElement?.getAttribute('role')).toBe('tab');
});

it('tells on the picture what the game promises, until it came true or was put away', async () => {
  const line = () => find('.promise-line');
  expect(line().hidden).toBe(true);
  state$.next(pageState({ promise: { times: 214, reached: false } }));
  await frame();
  expect(line().textContent).toContain('16 things, one brain. It has fallen 214 times.');
  await userEvent.click(button('Put this away'));
  expect(intents).toEqual([{ kind: 'putPromiseAway' }]);
  state$.next(pageState({ promise: { times: 1, reached: true } }));
  await frame();
  expect(line().textContent).toContain('It has held! Before that it had fallen once.');
  expect(line().querySelector('.promise-star')).not.toBeNull();
  const takeOver = { countdownMs: 0, result: 'time', present: null, best: null, agent: null } as const;
  state$.next(pageState({ promise: { times: 1, reached: true }, takeOver }));
  await frame();
  expect(line().hidden).toBe(true);
});

describe('settings', () => {
  it('are taken back and done again by buttons, where there is anything to', async () => {
    await userEvent.click(find('#tab-settings'));
    expect([button('Undo').ariaDisabled, button('Redo').ariaDisabled]).toEqual(['true', 'true']);
    state$.next(pageState({ undo: { clipRange: 0.2 }, redo: { epochs: 4 } }));
    await frame();
    await userEvent.click(button('Undo'));
    await userEvent.click(button('Redo'));
    expect(intents).toEqual([{ kind: 'undo' }, { kind: 'redo' }]);
    // Nothing more to take back: who pressed it by key is not thrown out of the row.
    button('Undo').focus();
    state$.next(pageState({ undo: {}, redo: { epochs: 4 } }));
    await frame();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(button('Undo'));
    expect(intents).toHaveLength(2);
  });

  it('take nothing while they are locked, and are unlocked only by who says so twice', async () => {
    await userEvent.click(find('#tab-settings'));
    await userEvent.click(button('Lock for a class'));
    state$.next(pageState({ settingsLocked: true }));
    await frame();
    expect(find<HTMLInputElement>('#setting-learningRate').matches(':disabled')).toBe(true);
    expect(button('Fast').matches(':disabled')).toBe(true);
    await userEvent.click(button('Unlock'));
    await userEvent.click(button('Leave them locked'));
    await frame();
    expect(intents).toEqual([{ kind: 'lockSettings', on: true }]);
    await userEvent.click(button('Unlock'));
    await userEvent.click(find('.dialog .button-primary'));
    await expect.poll(() => intents.at(-1)).toEqual({ kind: 'lockSettings', on: false });
  });
});

it('saves a chart as a picture with its title and unit, and says where there is none to save', async () => {
  const saved: { name: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();
  const createUrl = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.set('blob:a', blob as Blob);
    return 'blob:a';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob: blobs.get('blob:a') as Blob });
  });
  await userEvent.click(find('#tab-charts'));
  expect(find<HTMLSelectElement>('.picture-choice').value).toBe('meanReturn');
  await userEvent.click(button('Save as picture'));
  await expect.poll(() => find('.picture-told').textContent).toBe('There is nothing drawn yet.');
  showPoints([1, 2, 3].map((version) => metricPoint(version, version)));
  await frame();
  await userEvent.selectOptions(find('.picture-choice'), 'meanLength');
  await userEvent.click(button('Save as picture'));
  await expect.poll(() => saved.length).toBe(1);
  expect(saved[0]?.name).toBe('playtrain-balance-meanLength.png');
  const picture = await createImageBitmap(saved[0]?.blob as Blob);
  const plot = find('[data-metric="meanLength"] canvas') as HTMLCanvasElement;
  expect(picture.width).toBeGreaterThan(plot.width);
  // Above the chart stands what it is, and below what it counts.
  expect(picture.height).toBeGreaterThan(plot.height + 60 * devicePixelRatio);
  createUrl.mockRestore();
  click.mockRestore();
});

it('leaves nothing behind when disposed of', async () => {
  page.dispose();
  expect(root.childElementCount).toBe(0);
  await userEvent.keyboard('t');
  expect(intents).toEqual([]);
  expect(state$.observed || points$.observed || histories$.observed).toBe(false);
});
