import {
  animationFrames,
  auditTime,
  BehaviorSubject,
  combineLatest,
  concatMap,
  distinctUntilChanged,
  filter,
  fromEvent,
  interval,
  map,
  merge,
  Subject,
  Subscription,
  share,
  startWith,
  timer,
} from 'rxjs';
import { createStage } from './app/game-stage';
import { hands$ } from './app/input/hands';
import type { Hands } from './app/matches/on-court';
import { Play } from './app/matches/play';
import { afterEvent, phaseAfter, shownPhase } from './app/runs/after-event';
import { gameState, initialState } from './app/runs/initial-state';
import { type Beginning, continuedRun, freshRun, isKeptRun, keptRun } from './app/runs/open-run';
import { Run } from './app/runs/run';
import { download, readFile } from './app/runs/run-files';
import { Screen } from './app/screen';
import { PageStore } from './app/shell/page-store';
import { exposeProbe } from './app/shell/probe';
import {
  changedFields,
  type Hyperparameters,
  hyperparameterProblems,
  type MetricPoint,
  PlaytrainError,
  type SettingChange,
  type SettingsPatch,
  type Stage,
  settingChanges,
  withPatch,
} from './contract';
import { findGame, type GameEntry, games } from './game/engine/registry';
import { forgetSlot, type StoredRun, saveRun } from './storage/run-store';
import { drive$ } from './streams/drive';
import { frameReports$ } from './streams/frame-reports';
import { medianFrameMs$, metricPoints$ } from './streams/metric-points';
import { noInput } from './streams/person-input';
import { readUrl, type UrlGame, type UrlState, writeUrl } from './texts/address-notation';
import { mountPage } from './ui/shell/page';
import type { Intent } from './ui/shell/page-state';
import { resolvedTheme } from './ui/shell/theme';
import type { KeptCheckpoint } from './workers/protocol';

const saveIntervalMs = 3000;
const statusIntervalMs = 250;
const goodNewsMs = 6000;
const pointsKept = 4000;

const urlGames = games.map(({ simulation, presets }) => ({
  id: simulation.game,
  defaults: presets.fast,
})) as [UrlGame, ...UrlGame[]];
const urlGameOf = (id: string): UrlGame => ({ id, defaults: findGame(id).presets.fast });
const visited = readUrl(location.hash, urlGames);
/** Read before the address is written for the first time. */
const namedAtFirst = location.hash.length > 1;
const store = new PageStore({
  ...initialState(findGame(visited.game), visited.hyperparameters),
  speed: visited.speed,
});
const points$ = new Subject<MetricPoint>();
const history$ = new BehaviorSubject<readonly MetricPoint[]>([]);
const frames$ = animationFrames().pipe(
  map(({ timestamp }) => timestamp),
  share(),
);

const epochFrames$ = frames$.pipe(map((nowMs) => performance.timeOrigin + nowMs));
const visible$ = fromEvent(document, 'visibilitychange').pipe(
  startWith(null),
  map(() => !document.hidden),
);

let written = '';
let run: Run | null = null;
/** What the charts show, so that a rebuilt run can go on with it. */
let points: readonly MetricPoint[] = [];
let joined = new Subscription();

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element with the id “app” to build on.');
const page = mountPage(root, { state$: store.state$, metrics$: points$, history$ });
const screen = new Screen(page.gameContainer);
const looks = {
  theme: () => resolvedTheme(store.state.theme),
  reducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};
let hands: Hands = [noInput, noInput];
const play = new Play({
  store,
  hands: () => hands,
  wishes: looks,
  show: (stage) => draw(stage),
  handBack: () => {
    if (store.state.focusPlayer !== 'newest') handle({ kind: 'focusPlayer', player: 'newest' });
  },
  rebuild: (withoutCollectors) => rebuild({ withoutCollectors }),
  inform,
  nowMs: () => performance.now(),
});
exposeProbe(
  window,
  () => store.state,
  () => run,
  () => play.probe(),
  () => points.at(-1) ?? null,
);

/** A sentence for whatever was thrown. */
function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Shows good news for a while. */
function inform(id: string, message: string): void {
  store.notify({ id, severity: 'info', message });
  timer(goodNewsMs).subscribe(() => store.dismiss(id));
}

function summary({ best }: Run) {
  if (best === null || best.meanReturn === null) return null;
  return { meanReturn: best.meanReturn, version: best.version, decisions: best.decisions };
}

/** Ends the run that is there and starts another in its place. */
function begin(beginning: Beginning): void {
  const { entry, hyperparameters, best, history } = beginning;
  if (run?.latest) void keep(run, 'latest', run.latest);
  joined.unsubscribe();
  run?.dispose();
  joined = new Subscription();
  const begun = new Run(beginning);
  run = begun;
  points = history;
  history$.next(history);
  const last = history.at(-1);
  store.patch({ ...gameState(entry, hyperparameters), best: summary(begun) });
  store.patchStatus({ policyVersion: last?.version ?? 0, decisions: last?.decisions ?? 0 });
  for (const notice of ['agent', 'backend', 'start']) store.dismiss(notice);
  if (best === null && begun.keeps)
    void forgetSlot(entry.simulation.game, begun.identity, 'best').catch(() => {});
  begun.setTransport(store.state);
  play.begun(begun, beginning.hasPast ? (last?.version ?? 0) : null);
  join(begun, beginning.changed, joined);
  void start(begun, beginning);
}

/** Starts a run's agent and its picture, side by side. What fails is told. */
async function start(begun: Run, beginning: Beginning): Promise<void> {
  const { client } = begun;
  if (!play.isOnCourt) draw(null);
  try {
    await client.setLearning(store.state.learning);
    await client.open();
  } catch (error) {
    if (run !== begun) return;
    const { hyperparameters } = beginning;
    const elsewhere = error instanceof PlaytrainError && error.code === 'backend-unavailable';
    if (elsewhere && hyperparameters.backend !== 'auto') {
      begin({ ...beginning, hyperparameters: { ...hyperparameters, backend: 'auto' } });
      const message = `${sentence(error)} Another backend is used instead.`;
      store.notify({ id: 'backend', severity: 'warning', message });
      return;
    }
    begun.agentPhase = 'failed';
    store.notify({ id: 'start', severity: 'error', message: sentence(error) });
  }
}

/** Draws a match, or, for null, the run's arenas. */
function draw(match: Stage | null): void {
  const shown = run;
  if (shown === null) return;
  // What ended while a match was drawn is no news any more.
  if (match === null) shown.driver.environment.takeEndings();
  const training = () =>
    createStage(shown.driver, {
      ...looks,
      focusedArena: () => store.state.focusedArena,
      focus: (arena) => handle({ kind: 'focusArena', arena }),
    });
  screen.show(shown.entry, match ?? training()).catch((error: unknown) => {
    store.notify({ id: 'scene', severity: 'error', message: sentence(error) });
  });
}

/** Every subscription of a run: game to agent and back, charts, storage, the person's hands. */
function join(begun: Run, changed: readonly SettingChange[], all: Subscription): void {
  const { client, driver } = begun;
  let marks = changed;
  all.add(
    drive$(driver, { frames$, wakes$: client.wakes$, answers$: client.answers$ }).subscribe((event) => {
      if (event.kind === 'question') client.ask(event.question);
      else if (event.kind === 'fault')
        store.notify({ id: 'fault', severity: 'warning', message: event.fault.message });
      else {
        begun.agentPhase = 'failed';
        store.notify({ id: 'game', severity: 'error', message: event.error.message });
      }
    }),
  );
  all.add(client.connected$.subscribe(() => driver.reconnect()));
  // Who lets the game go as fast as it can does not ask for even frames.
  const watched$ = combineLatest([visible$, store.state$]).pipe(
    map(([visible, { speed }]) => visible && speed !== 'max'),
    distinctUntilChanged(),
  );
  all.add(frameReports$(epochFrames$, watched$).subscribe((report) => client.frames(report)));
  all.add(
    metricPoints$(client.events$, medianFrameMs$(frames$)).subscribe((point) => {
      const marked = { ...point, changed: [...marks, ...point.changed] };
      marks = [];
      points = [...points.slice(-pointsKept), marked];
      points$.next(marked);
    }),
  );
  all.add(
    client.events$.subscribe((event) => {
      begun.agentPhase = phaseAfter(begun.agentPhase, event);
      store.patch(afterEvent(store.state, event));
      play.heard(event);
    }),
  );
  all.add(
    client.checkpoints$.subscribe((checkpoint) => {
      begun.latest = checkpoint;
      play.checkpointed(begun, checkpoint).catch((error: unknown) => {
        store.notify({ id: 'storage', severity: 'warning', message: sentence(error) });
      });
      if (!checkpoint.isBest) return;
      begun.best = checkpoint;
      store.patch({ best: summary(begun) });
      void keep(begun, 'best', checkpoint);
    }),
  );
  const hidden$ = fromEvent(document, 'visibilitychange').pipe(filter(() => document.hidden));
  all.add(
    merge(client.checkpoints$.pipe(auditTime(saveIntervalMs)), hidden$).subscribe(() => {
      if (begun.latest !== null) void keep(begun, 'latest', begun.latest);
    }),
  );
  const frameMs$ = medianFrameMs$(frames$).pipe(auditTime(statusIntervalMs));
  let frameMs = 0;
  all.add(frameMs$.subscribe((median) => (frameMs = median)));
  all.add(
    interval(statusIntervalMs).subscribe(() => {
      const phase = shownPhase(begun.agentPhase, store.state.running, driver.isEased);
      const decisions = driver.decisions ?? store.state.status.decisions;
      store.patchStatus({ phase, decisions, lateDecisions: driver.lateDecisions, frameMs });
      play.beat();
    }),
  );
}

async function keep(begun: Run, slot: 'latest' | 'best', checkpoint: KeptCheckpoint): Promise<void> {
  if (!begun.keeps) return;
  const { bytes, version, decisions, meanReturn } = checkpoint;
  const stored: StoredRun = { bytes, version, decisions, meanReturn, savedAtMs: Date.now() };
  try {
    await saveRun(begun.entry.simulation.game, begun.identity, slot, stored);
    if (run !== begun || slot === 'best') return;
    store.patch({ saved: new Date(stored.savedAtMs).toLocaleTimeString() });
    store.dismiss('storage');
  } catch (error) {
    store.notify({ id: 'storage', severity: 'warning', message: sentence(error) });
  }
}

/** The kept run that fits, or a fresh one; a kept run that cannot be read is left alone. */
async function keptOrFresh(entry: GameEntry, named: Hyperparameters | null): Promise<Beginning> {
  const fresh = freshRun(entry, named ?? entry.presets.fast);
  try {
    return (await keptRun(entry, named)) ?? fresh;
  } catch (error) {
    const message = `${sentence(error)} So that nothing kept is overwritten, this run is not saved; restart to begin one that is.`;
    store.notify({ id: 'storage', severity: 'warning', message });
    return { ...fresh, keeps: false };
  }
}

/** Settings as a person left them: refused, taken over at the next update, or begun anew with. */
async function applySettings(patch: SettingsPatch): Promise<void> {
  const wanted = withPatch(store.state.hyperparameters, patch);
  const changed = changedFields(store.state.hyperparameters, wanted);
  if (run === null || changed.length === 0) return;
  const problems = hyperparameterProblems(wanted);
  if (problems.length > 0) return store.patch({ problems });
  const { entry, best } = run;
  if (changed.some((field) => field.takesHold === 'restart')) return begin(await keptOrFresh(entry, wanted));
  if (changed.some((field) => field.takesHold === 'rebuild')) {
    const checkpoint = await run.client.checkpoint();
    if (checkpoint === null) return begin(freshRun(entry, wanted));
    return begin({
      ...continuedRun(entry, checkpoint, wanted, best),
      history: points,
      changed: settingChanges(store.state.hyperparameters, wanted),
    });
  }
  await run.client.setHyperparameters(wanted);
  const pending = new Set([...store.state.pending, ...changed.map(({ key }) => key)]);
  store.patch({ hyperparameters: wanted, pending: [...pending], problems: [] });
}

/** Goes on with the run that is there, built anew. */
async function rebuild(changes: Pick<Beginning, 'withoutCollectors'>): Promise<void> {
  if (run === null) return;
  const { entry, best, keeps } = run;
  const { hyperparameters } = store.state;
  const checkpoint = await run.client.checkpoint();
  const beginning =
    checkpoint === null
      ? freshRun(entry, hyperparameters)
      : continuedRun(entry, checkpoint, hyperparameters, best);
  begin({ ...beginning, ...changes, keeps, history: points });
}

async function importRun(file: File): Promise<void> {
  if (run === null) return;
  const beginning = continuedRun(run.entry, await readFile(file), null, null);
  begin({ ...beginning, hasPast: await isKeptRun(beginning) });
  inform('import', `The agent from “${file.name}” goes on from here.`);
}

async function exportRun(): Promise<void> {
  const { game, status } = store.state;
  const checkpoint = (await run?.client.checkpoint()) ?? null;
  if (checkpoint === null) {
    throw new PlaytrainError(
      'worker-lost',
      'There is nothing to export yet; wait until the agent has started.',
    );
  }
  download(checkpoint, `playtrain-${game}-update-${status.policyVersion}.safetensors`);
}

function loadBest(): void {
  if (run === null || run.best === null) return;
  const { entry, best } = run;
  const history = points.filter(({ version }) => version <= best.version);
  begin({ ...continuedRun(entry, best.bytes, store.state.hyperparameters, best), history });
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href);
  inform('link', 'The link to this game with these settings is copied.');
}

/** Does what a person asked for; failures become notices and change nothing else. */
async function perform(intent: Intent): Promise<void> {
  switch (intent.kind) {
    case 'play':
    case 'pause':
      store.patch({ running: intent.kind === 'play' });
      return run?.setTransport(store.state);
    case 'step':
      return run?.driver.step();
    case 'speed':
      store.patch({ speed: intent.speed });
      return run?.setTransport(store.state);
    case 'lockstep':
      store.patch({ lockstep: intent.on });
      return run?.setTransport(store.state);
    case 'learning':
      store.patch({ learning: intent.on });
      return run?.client.setLearning(intent.on);
    case 'focusArena':
      store.patch({ focusedArena: intent.arena, focusPlayer: 'newest' });
      return run?.setPlayer(intent.arena, 'newest');
    case 'focusPlayer':
      // A match that is learned from has the first arena.
      if (play.isOnCourt && intent.player !== 'newest') return;
      store.patch({ focusPlayer: intent.player });
      return run?.setPlayer(store.state.focusedArena, intent.player);
    case 'settings':
      return applySettings(intent.patch);
    case 'restart':
      return begin(freshRun(findGame(store.state.game), store.state.hyperparameters));
    case 'chooseGame':
      return begin(await keptOrFresh(findGame(intent.game), null));
    case 'exportRun':
      return exportRun();
    case 'importRun':
      return importRun(intent.file);
    case 'loadBest':
      return loadBest();
    case 'copyLink':
      return copyLink();
    case 'theme':
      return store.patch({ theme: intent.theme });
    case 'dismiss':
      return store.dismiss(intent.notice);
    default:
      return play.handle(intent);
  }
}

/** Those that replace the run, or build on its settings: each waits for the one before. */
const inTurn: ReadonlySet<Intent['kind']> = new Set([
  'settings',
  'restart',
  'chooseGame',
  'importRun',
  'loadBest',
  'startMatch',
  'matchMe',
  'rematch',
  'leaveCourt',
  'watchReplay',
]);
const turns$ = new Subject<() => Promise<void>>();

function handle(intent: Intent): void {
  const attempt = () =>
    perform(intent).catch((error: unknown) => {
      // A new list, though an empty one: the form then shows again what is in force.
      if (intent.kind === 'settings') store.patch({ problems: [] });
      store.notify({ id: intent.kind, severity: 'error', message: sentence(error) });
    });
  if (inTurn.has(intent.kind)) turns$.next(attempt);
  else void attempt();
}

/** Opens what an address names: at the first visit, or when another is put into the open page. */
async function visit({ game, hyperparameters, speed, problems }: UrlState, named: boolean): Promise<void> {
  problems.forEach((message, index) => {
    store.notify({ id: `link-${index}`, severity: 'warning', message });
  });
  store.patch({ speed });
  begin(await keptOrFresh(findGame(game), named ? hyperparameters : null));
}

turns$.pipe(concatMap((turn) => turn())).subscribe();
hands$({ window, frames$, pad$: page.pad$, state$: store.state$ }).subscribe((now) => {
  hands = now;
  // A match that is learned from is played in the first arena.
  run?.setPersonInput(play.isOnCourt ? 0 : store.state.focusedArena, now[0]);
});
frames$.subscribe((nowMs) => play.frame(nowMs));
visible$.pipe(filter((visible) => !visible)).subscribe(() => play.hidden());
page.intents$.subscribe(handle);
store.state$
  .pipe(
    map(({ game, hyperparameters, speed }) => writeUrl(urlGameOf(game), hyperparameters, speed)),
    distinctUntilChanged(),
  )
  .subscribe((hash) => {
    written = hash;
    history.replaceState(null, '', hash);
  });
fromEvent(window, 'hashchange')
  .pipe(filter(() => location.hash !== written))
  .subscribe(() => turns$.next(() => visit(readUrl(location.hash, urlGames), true)));
turns$.next(() => visit(visited, namedAtFirst));
