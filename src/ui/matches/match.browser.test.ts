import { BehaviorSubject, NEVER } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MatchSetup, personSeat, secondPersonSeat } from '../../contract';
import { type PadInput, Page } from '../shell/page';
import type { Intent, PageState } from '../shell/page-state';
import { courtState, duelPage, playState } from '../testing/test-state';
import type { CourtState } from './play-state';

let root: HTMLElement;
let page: Page;
let state$: BehaviorSubject<PageState>;
let intents: Intent[];

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector(selector) as E;
const nameOf = (element: Element): string => {
  const copy = element.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return copy.textContent?.replace(/\s+/g, ' ').trim() ?? '';
};
/** The first button of that name that is not hidden. */
const button = (name: string, within: ParentNode = root) =>
  [...within.querySelectorAll<HTMLButtonElement>('button')].find(
    (each) => each.checkVisibility() && (each.getAttribute('aria-label') ?? nameOf(each)) === name,
  ) as HTMLButtonElement;
const show = async (state: PageState) => {
  state$.next(state);
  await frame();
};
const setups = (): MatchSetup[] =>
  intents.flatMap((intent) => (intent.kind === 'matchSetup' ? [intent.setup] : []));
const setup = (left: string, right: string, seed: number | null = null): MatchSetup => ({
  seats: [left, right],
  seed,
  learns: true,
});

beforeEach(async () => {
  root = document.createElement('div');
  document.body.append(root);
  state$ = new BehaviorSubject(duelPage());
  intents = [];
  page = new Page(root, { state$, points$: NEVER, histories$: NEVER });
  page.intents$.subscribe((intent) => intents.push(intent));
  await frame();
});
afterEach(() => {
  page.dispose();
  root.remove();
});

it('lets whoever has played begin anew as a player, and asks first', async () => {
  await userEvent.click(button('Reset my rating'));
  await userEvent.click(button('Keep it'));
  await frame();
  expect(intents).toEqual([]);
  await userEvent.click(button('Reset my rating'));
  await userEvent.click(find('.dialog .button-primary'));
  await expect.poll(() => intents).toEqual([{ kind: 'forgetRating' }]);
  const { visitor } = playState();
  await show(duelPage({ visitor: { ...visitor, matches: 0 } }));
  expect(button('Reset my rating')).toBeUndefined();
});

it('offers a match on the picture itself, against whoever is chosen', async () => {
  const invite = () => find<HTMLElement>('.match-invite');
  expect(invite().hidden).toBe(false);
  await userEvent.click(button('Challenge Novice'));
  expect(intents).toEqual([{ kind: 'startMatch' }]);
  await show(duelPage({ court: courtState() }));
  expect(invite().hidden).toBe(true);
});

it('shows in its place that the match is on its way, and lets a person out', async () => {
  const fetching = () => find<HTMLElement>('.match-fetch');
  expect(fetching().hidden).toBe(true);
  await show(duelPage({ isFetching: true }));
  expect(find<HTMLElement>('.match-invite').hidden).toBe(true);
  await userEvent.click(button('Cancel'));
  expect(intents).toEqual([{ kind: 'leaveCourt' }]);
  await show(duelPage());
  expect(fetching().hidden).toBe(true);
});

describe('setting a match up', () => {
  it('changes nobody by a look at another kind of match', async () => {
    const choose = async (kind: string) => {
      await userEvent.click(find<HTMLInputElement>(`input[name="match-kind"][value="${kind}"]`));
      const chosen = setups().at(-1);
      if (chosen !== undefined) await show(duelPage({ setup: chosen }));
    };
    const before = duelPage().play?.setup;
    await choose('agents');
    await choose('person');
    expect(setups().at(-1)).toEqual(before);
    await choose('agents');
    await choose('person');
    expect(setups().at(-1)).toEqual(before);
  });

  it('offers two people no match where there is only a small screen to touch', async () => {
    const kinds = () =>
      [...root.querySelectorAll<HTMLInputElement>('input[name="match-kind"]')].map(({ value }) => value);
    expect(kinds()).toEqual(['person', 'people', 'agents']);
    const ask = window.matchMedia.bind(window);
    const device = { room: 'all' };
    vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
      if (query === '(hover: none) and (pointer: coarse)') return ask('all');
      return ask(query.startsWith('(width >=') ? device.room : query);
    });
    await show(duelPage({ setup: setup('agent-novice', personSeat) }));
    expect(kinds()).toEqual(['person', 'people', 'agents']);
    device.room = 'not all';
    await show(duelPage({ setup: setup(personSeat, 'agent-novice') }));
    expect(kinds()).toEqual(['person', 'agents']);
    vi.restoreAllMocks();
  });

  const rung = (id: string) => find<HTMLInputElement>(`.ladder input[value="${id}"]`);

  it('chooses an opponent with the arrow keys, the weakest first', async () => {
    expect(rung('agent-novice').checked).toBe(true);
    rung('agent-novice').focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(setups()).toEqual([setup(personSeat, 'generation-40')]);
  });

  it('tells of each opponent the kind, the rating with the matches it rests on, and who that is', () => {
    const novice = rung('agent-novice').closest('label')?.textContent?.replace(/\s+/g, ' ').trim();
    expect(novice).toBe('Novice trained · 1,200 matches rating 980 Gets most balls over the net.');
    const order = [...root.querySelectorAll('.ladder :is(input, .rung-own)')].map(
      (each) => each.getAttribute('value') ?? 'you',
    );
    // 980 below the person's 1012, 1130 above; from the foot of the ladder up.
    expect(order.slice(2, 4)).toEqual(['you', 'generation-40']);
  });

  it('marks who was beaten, and tells what came of it and how many are left', async () => {
    const against = { 'agent-novice': { won: 2, lost: 1 }, 'bot-steady': { won: 0, lost: 1 } };
    const visitor = { rating: 1_012, matches: 8, placingLeft: 0, streak: 2, against };
    await show(duelPage({ visitor }));
    const text = (id: string) => rung(id).closest('label')?.textContent?.replace(/\s+/g, ' ').trim();
    expect(text('agent-novice')).toContain('Novice ✓ trained · you won 2, lost 1');
    expect(text('bot-steady')).toContain('Steady scripted · you won 0, lost 1');
    expect(text('bot-hawk')).not.toContain('✓');
    // A generation of one's own run is no rung.
    expect(find('.play-standing').textContent).toContain('after 8 matches · 1 of 5 beaten · 2 wins in a row');
  });

  it('offers serves to practise, and a rival to train for two minutes, cut short or given up', async () => {
    await userEvent.click(button('Practise serves'));
    await userEvent.click(button('Train two minutes, then play it'));
    await show(duelPage({ rival: { leftMs: 64_200, totalMs: 120_000 } }));
    expect(find('.rival').textContent).toContain('1:05 left');
    expect(find<HTMLProgressElement>('.rival progress').position).toBeCloseTo(0.465, 3);
    await userEvent.click(button('Play it now'));
    await userEvent.click(button('Stop'));
    expect(intents.map(({ kind }) => kind)).toEqual([
      'practiseServes',
      'trainRival',
      'meetRival',
      'leaveRival',
    ]);
    await show(duelPage({ hasServes: false }));
    expect(button('Practise serves')).toBeUndefined();
    await show(duelPage({ setup: setup('agent-novice', 'bot-hawk') }));
    expect(find('.rival')).toBeNull();
  });

  it('gives a person no place among those without a rating', async () => {
    const unrated = playState().contestants.map((each) => ({ ...each, rating: null, matches: 0 }));
    await show(duelPage({ contestants: unrated }));
    expect(root.querySelectorAll('.rung')).toHaveLength(unrated.length);
    expect(find('.rung-own')).toBeNull();
  });

  it('swaps sides with everybody in place', async () => {
    await userEvent.click(button('Swap sides'));
    expect(setups()).toEqual([setup('agent-novice', personSeat)]);
  });

  it('remembers the opponent while two people play', async () => {
    await userEvent.click(find('input[name="match-kind"][value="people"]'));
    expect(setups()).toEqual([setup(personSeat, secondPersonSeat)]);
    await show(duelPage({ setup: setup(personSeat, secondPersonSeat) }));
    expect(find('.ladder')).toBeNull();
    await userEvent.click(find('input[name="match-kind"][value="person"]'));
    expect(setups().at(-1)).toEqual(setup(personSeat, 'agent-novice'));
  });

  it('takes a generation from the slider, and the best by its button', async () => {
    find('#generation').focus();
    await userEvent.keyboard('{Home}');
    expect(setups().at(-1)).toEqual(setup(personSeat, 'generation-10'));
    await userEvent.click(find('.generations .reset'));
    expect(setups().at(-1)).toEqual(setup(personSeat, 'generation-40'));
  });

  it('offers learning only against the agent in training', async () => {
    const learns = () => find<HTMLInputElement>('.play-switch input');
    expect(learns().disabled).toBe(true);
    expect(learns().checked).toBe(false);
    await show(duelPage({ setup: setup(personSeat, 'training') }));
    expect(learns().checked).toBe(true);
    await userEvent.click(learns());
    expect(setups()).toEqual([{ ...setup(personSeat, 'training'), learns: false }]);
  });

  it('casts either side where agents are watched, and takes a seed', async () => {
    const watched = setup('generation-40', 'agent-champion');
    await show(duelPage({ setup: watched }));
    expect(rung('agent-champion').checked).toBe(true);
    await userEvent.click(find('input[name="cast-seat"][value="left"]'));
    expect(rung('generation-40').checked).toBe(true);
    await userEvent.click(rung('bot-hawk'));
    expect(setups()).toEqual([setup('bot-hawk', 'agent-champion')]);

    await userEvent.fill(find('#match-seed'), 'soon');
    await userEvent.tab();
    expect(find('#match-seed').getAttribute('aria-invalid')).toBe('true');
    expect(setups()).toHaveLength(1);
    await userEvent.fill(find('#match-seed'), '77');
    await userEvent.tab();
    expect(setups().at(-1)).toEqual({ ...watched, seed: 77 });
    await userEvent.fill(find('#match-seed'), '１,０００');
    await userEvent.tab();
    expect(setups().at(-1)).toEqual({ ...watched, seed: 1_000 });
  });

  it('begins with one press, or against whoever is nearest', async () => {
    await userEvent.click(button('Play', find('.panel-play')));
    await userEvent.click(button('Match me'));
    expect(intents.map(({ kind }) => kind)).toEqual(['startMatch', 'matchMe']);
  });

  it('takes files, and gives agents but not scripted players away', async () => {
    const [agent, replay] = root.querySelectorAll<HTMLInputElement>('.panel-play input[type="file"]');
    await userEvent.upload(agent as HTMLElement, new File(['x'], 'agent.safetensors'));
    await userEvent.upload(replay as HTMLElement, new File(['x'], 'match.json'));
    await userEvent.click(button('Export Novice'));
    expect(intents).toMatchObject([
      { kind: 'importAgent', file: { name: 'agent.safetensors' } },
      { kind: 'importReplay', file: { name: 'match.json' } },
      { kind: 'exportAgent', contestant: 'agent-novice' },
    ]);
    await show(duelPage({ setup: setup(personSeat, 'bot-hawk') }));
    expect(button('Export Hawk')).toBeUndefined();
  });

  it('asks before a kept replay is deleted', async () => {
    await userEvent.click(button('Delete You 7 : 3 Novice'));
    expect(intents).toEqual([]);
    await userEvent.click(find('.dialog .button-primary'));
    await expect.poll(() => intents).toEqual([{ kind: 'forgetReplay', id: 'a' }]);
  });
});

describe('a match on the court', () => {
  it('has its own bar, and gives the others back', async () => {
    await show(duelPage({ court: courtState() }));
    expect(find('.transport').checkVisibility() || find('.arena-bar').checkVisibility()).toBe(false);
    await userEvent.click(button('Pause', find('.match-bar')));
    await userEvent.click(find('.match-bar input[value="4"]'));
    await userEvent.click(button('Leave the court'));
    expect(intents).toEqual([
      { kind: 'pauseMatch', on: true },
      { kind: 'matchSpeed', speed: '4' },
      { kind: 'leaveCourt' },
    ]);
    await show(duelPage());
    expect(find('.transport').checkVisibility()).toBe(true);
    expect(find('.match-bar').checkVisibility()).toBe(false);
  });

  it('has the focus from its start, after a pause, and after the bar was clicked', async () => {
    button('Match me').focus();
    await show(duelPage({ court: courtState() }));
    expect(document.activeElement).toBe(page.gameContainer);
    await userEvent.click(find('.match-bar input[value="4"]'));
    expect(document.activeElement).toBe(page.gameContainer);
    await show(duelPage({ court: courtState({ paused: true }) }));
    button('Resume').focus();
    await show(duelPage({ court: courtState() }));
    expect(document.activeElement).toBe(page.gameContainer);
  });

  it('goes on by keys after a panel was clicked in, but for what is typed in or chosen from', async () => {
    await show({ ...duelPage({ court: courtState() }), allSettings: true });
    /** What has the focus after a click; on a phone the match may lie over the panel. */
    const focusedBy = (place: string) => {
      find(place).focus();
      find(place).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
      return document.activeElement;
    };
    for (const place of ['#tab-settings', '.settings [role="switch"]']) {
      expect(focusedBy(place)).toBe(page.gameContainer);
    }
    for (const place of ['#setting-seed', '.settings select']) {
      expect(focusedBy(place)).toBe(find(place));
    }
  });

  it('says each point aloud and shows the score', async () => {
    await show(duelPage({ court: courtState({}, { score: [0, 0], phase: 'countdown' }) }));
    const said = () => find('.game-area > [role="status"]').textContent;
    expect(said()).toBe('You on the left, Novice on the right. First to 7, with a lead of two.');
    expect(find('.match-reading').textContent?.replace(/\s+/g, ' ').trim()).toBe('You 0 : 0 Novice');
    await show(duelPage({ court: courtState({}, { score: [7, 0], phase: 'over', winner: 0 }) }));
    expect(said()).toBe('You won, You 7 : 0 Novice.');
  });

  it('says which version took over and that it learns', async () => {
    const against = setup(personSeat, 'training');
    const court = courtState({ setup: against, version: 40, learning: true });
    await show(duelPage({ setup: against, court }));
    expect(find('.reading-version').textContent?.trim()).toBe('update 40');
    expect(find('.reading-learns').textContent?.trim()).toBe('learns from this');
    expect(find<HTMLInputElement>('.match-bar input[value="16"]').disabled).toBe(true);
    await show(duelPage({ setup: against, court: { ...court, version: 41, takeovers: 1 } }));
    expect(find('.reading-version').textContent?.trim()).toBe('update 41 took over');
  });

  it('ends with a card: who won, the rating, and what next', async () => {
    const over = courtState(
      {
        ratingChange: {
          before: 1_012,
          after: 1_024,
          placingLeft: 0,
          streak: 3,
          beaten: { name: 'Novice', next: 'Hawk' },
        },
      },
      { phase: 'over', winner: 0 },
    );
    await show(duelPage({ court: over }));
    const card = find('.match-card');
    expect(card.textContent).toContain('You won');
    expect(card.textContent).toContain('1,012 → 1,024 (+12)');
    expect(card.textContent).toContain('Third win in a row');
    expect(card.textContent).toContain('Next: Hawk');
    for (const name of ['Rematch', 'Next opponent', 'Keep replay', 'Leave']) {
      await userEvent.click(button(name, card));
    }
    expect(intents.map(({ kind }) => kind)).toEqual(['rematch', 'matchMe', 'keepReplay', 'leaveCourt']);
    await show(duelPage({ court: { ...over, kept: true } }));
    expect(button('Replay kept', card).ariaDisabled).toBe('true');
  });

  it('takes no finger that was on the pad for an answer, when it is lifted over the card at the end', async () => {
    state$.next(duelPage({ court: courtState({}, { phase: 'over', score: [7, 5], winner: 0 }) }));
    await frame();
    const rematch = find('.match-card-buttons .button');
    const lift = () => rematch.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
    intents.length = 0;
    lift();
    expect(intents).toEqual([]);
    rematch.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    lift();
    expect(intents).toEqual([{ kind: 'rematch' }]);
  });

  it('keeps the focus on the game, whichever button takes its own card away', async () => {
    const press = async (name: string, after: PageState) => {
      button(name, find('.match-overlay')).focus();
      await show(after);
      expect(document.activeElement).toBe(page.gameContainer);
    };
    await show(duelPage({ court: courtState({ paused: true }) }));
    await press('Resume', duelPage({ court: courtState() }));
    await show(duelPage({ court: courtState({ paused: true }) }));
    await press('Leave', duelPage());
    button('Challenge Novice').focus();
    await show(duelPage({ court: courtState({}, { person: null }) }));
    expect(document.activeElement).toBe(page.gameContainer);
    const end = courtState({}, { phase: 'over', winner: 0 });
    await show(duelPage({ court: end }));
    await press('Leave', duelPage());
    // The bar goes with the match.
    await show(duelPage({ court: end }));
    button('Leave the court').focus();
    await show(duelPage());
    expect(document.activeElement).toBe(page.gameContainer);
  });

  it('has the card at the end one Tab behind the game', async () => {
    await show(duelPage({ court: courtState() }));
    expect(document.activeElement).toBe(page.gameContainer);
    await show(duelPage({ court: courtState({}, { phase: 'over', winner: 0 }) }));
    await userEvent.tab();
    expect(document.activeElement).toBe(button('Rematch', find('.match-overlay')));
  });

  it('is an application while keys play it, and a picture else', async () => {
    const role = () => page.gameContainer.role;
    expect(role()).toBe('img');
    await show(duelPage({ court: courtState() }));
    expect(role()).toBe('application');
    await show(duelPage({ court: courtState({ paused: true }) }));
    expect(role()).toBe('img');
    await show(duelPage({ court: courtState({}, { phase: 'over', winner: 0 }) }));
    expect(role()).toBe('img');
  });

  it('leaves the focus where it is when it ends: the jump key must not ask for a rematch', async () => {
    await show(duelPage({ court: courtState() }));
    await show(duelPage({ court: courtState({}, { phase: 'over', winner: 1 }) }));
    await userEvent.keyboard(' ');
    expect(intents).toEqual([]);
    await userEvent.keyboard('r');
    expect(intents).toEqual([{ kind: 'rematch' }]);
  });

  it('pauses with Esc, but first Esc closes an explanation', async () => {
    await show(duelPage({ court: courtState() }));
    find('.tab').focus();
    find('.play-standing .explain').click();
    expect(find('.bubble').matches(':popover-open')).toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(find('.bubble').matches(':popover-open')).toBe(false);
    expect(intents).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(intents).toEqual([{ kind: 'pauseMatch', on: true }]);
  });

  it('pauses while the help is read, which begins with its first line', async () => {
    await show(duelPage({ court: courtState() }));
    await userEvent.keyboard('?');
    expect(intents).toEqual([{ kind: 'pauseMatch', on: true }]);
    expect(find('dialog[open]').textContent).toContain('Keys in a match');
    expect(find('dialog[open]').scrollTop).toBe(0);
  });

  it('goes on in the panel without another row of opponents for each tick of the countdown', async () => {
    const counting = (countdownSeconds: number) =>
      duelPage({ ...playState(), court: courtState({}, { phase: 'countdown', countdownSeconds }) });
    const first = counting(3);
    await show(first);
    const watched = new MutationObserver(() => {});
    watched.observe(find('.side'), { subtree: true, childList: true, attributes: true, characterData: true });
    const play = first.play as NonNullable<PageState['play']>;
    await show({
      ...first,
      play: { ...play, court: courtState({}, { phase: 'countdown', countdownSeconds: 2 }) },
    });
    expect(watched.takeRecords()).toEqual([]);
    watched.disconnect();
  });
});

describe('a replay on the court', () => {
  const points = [
    { tick: 300, winner: 0, score: [1, 0] },
    { tick: 900, winner: 1, score: [1, 1] },
  ] as const;
  const replay = (tick: number, changes: Partial<CourtState> = {}) =>
    duelPage({ court: courtState({ kind: 'replay', replay: { tick, length: 1_200, points }, ...changes }) });
  const slider = () => find<HTMLInputElement>('.match-bar input[type="range"]');
  const seeks = () => intents.flatMap((intent) => (intent.kind === 'seekReplay' ? [intent.tick] : []));

  it('says where in it one is, and where its points fell', async () => {
    await show(replay(330));
    expect(slider().getAttribute('aria-label')).toBe('Place in the match');
    expect(slider().getAttribute('aria-valuetext')).toBe('0:06 of 0:24, You 1 : 0 Novice');
    expect([slider().value, slider().max]).toEqual(['330', '1200']);
    const marks = [...root.querySelectorAll<HTMLElement>('.scrub-mark')];
    expect(marks.map(({ dataset }) => dataset['side'])).toEqual(['left', 'right']);
    await show(duelPage({ court: courtState() }));
    expect(slider()).toBeNull();
  });

  it('is gone about in by keys: seconds, ticks, points, both ends', async () => {
    await show(replay(330));
    slider().focus();
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{Shift>}{ArrowRight}{/Shift}{PageUp}{PageDown}');
    expect(seeks()).toEqual([380, 280, 331, 900, 300]);
    await userEvent.keyboard('{End}');
    expect(seeks().at(-1)).toBe(1_200);
    // A tick is for looking closely; so is a pause.
    await userEvent.keyboard(' ');
    expect(intents.at(-1)).toEqual({ kind: 'pauseMatch', on: true });
  });

  it('follows the hand that drags it, whatever is shown meanwhile, and then the replay again', async () => {
    await show(replay(330));
    const drag = (value: string, type: string) => {
      slider().value = value;
      slider().dispatchEvent(new Event(type, { bubbles: true }));
    };
    drag('800', 'input');
    await show(replay(345));
    expect(slider().value).toBe('800');
    drag('820', 'change');
    await show(replay(820));
    await show(replay(840));
    expect(slider().value).toBe('840');
    expect(seeks()).toEqual([800, 820]);
  });

  it('is looked at while it is paused, without a card over it', async () => {
    await show(replay(330, { paused: true }));
    expect(find('.match-overlay').hidden).toBe(true);
  });

  it('is kept and handed on from its bar, and from the list once it is kept', async () => {
    await show(replay(330));
    await userEvent.click(button('Keep replay', find('.match-bar')));
    await userEvent.click(button('Share', find('.match-bar')));
    await show(replay(330, { kept: true }));
    expect(button('The replay is kept', find('.match-bar')).ariaDisabled).toBe('true');
    await userEvent.click(button('Share You 7 : 3 Novice'));
    expect(intents).toEqual([
      { kind: 'keepReplay' },
      { kind: 'shareReplay', id: null },
      { kind: 'shareReplay', id: 'a' },
    ]);
  });
});

describe('the pad', () => {
  const press = (name: string, type: string, pointerId: number, clientX = 0) =>
    find(`.pad [aria-label="${name}"]`).dispatchEvent(
      new PointerEvent(type, { pointerId, clientX, bubbles: true, cancelable: true }),
    );

  it('jumps while another thumb runs, and lets a thumb slide to the other side', async () => {
    const seen: PadInput[] = [];
    page.pad$.subscribe(([input]) => seen.push(input));
    await show(duelPage({ court: courtState() }));
    // A pointer that is made up cannot be captured.
    for (const each of root.querySelectorAll('.pad-button')) each.setPointerCapture = () => {};
    press('Right', 'pointerdown', 1);
    press('Jump', 'pointerdown', 2);
    // Left of the pad's middle, which is hidden here and lies at 0.
    press('Right', 'pointermove', 1, -5);
    press('Jump', 'pointerup', 2);
    press('Right', 'pointerup', 1);
    expect(seen).toEqual([
      { horizontal: 0, primary: false },
      { horizontal: 1, primary: false },
      { horizontal: 1, primary: true },
      { horizontal: -1, primary: true },
      { horizontal: -1, primary: false },
      { horizontal: 0, primary: false },
    ]);
  });

  it('of two people each has one, and neither moves the other', async () => {
    const setup = { seats: [personSeat, secondPersonSeat], seed: null, learns: false } as const;
    let held: readonly PadInput[] = [];
    page.pad$.subscribe((inputs) => (held = inputs));
    await show(duelPage({ setup, court: courtState({ setup }, { person: null }) }));
    for (const each of root.querySelectorAll('.pad-button')) each.setPointerCapture = () => {};
    const pressOf = (person: string, name: string, pointerId: number) =>
      find(`.pad [aria-label="${person}"] [aria-label="${name}"]`).dispatchEvent(
        new PointerEvent('pointerdown', { pointerId, bubbles: true, cancelable: true }),
      );
    pressOf('Player 1', 'Right', 1);
    pressOf('Player 2', 'Left', 2);
    pressOf('Player 2', 'Jump', 3);
    expect(held).toEqual([
      { horizontal: 1, primary: false },
      { horizontal: -1, primary: true },
    ]);
    await show(duelPage({ court: courtState() }));
    expect(held).toEqual([
      { horizontal: 0, primary: false },
      { horizontal: 0, primary: false },
    ]);
  });

  it('gives way to keys, and comes back under a finger', async () => {
    await show(duelPage({ court: courtState() }));
    const pad = find('.pad');
    await userEvent.keyboard('{ArrowRight}');
    expect(getComputedStyle(pad).visibility).toBe('hidden');
    page.gameContainer.dispatchEvent(
      new PointerEvent('pointerdown', { pointerType: 'touch', pointerId: 9, bubbles: true }),
    );
    expect(getComputedStyle(pad).visibility).toBe('visible');
    await userEvent.keyboard('{ArrowRight}');
    expect(getComputedStyle(pad).visibility).toBe('hidden');
  });

  it('is there only while somebody plays', async () => {
    expect(find('.pad button')).toBeNull();
    await show(duelPage({ court: courtState() }));
    expect(root.querySelectorAll('.pad button')).toHaveLength(3);
    await show(duelPage({ court: courtState({ kind: 'replay' }) }));
    expect(find('.pad button')).toBeNull();
  });
});
