import {
  animationFrames,
  auditTime,
  BehaviorSubject,
  distinctUntilChanged,
  filter,
  fromEvent,
  interval,
  map,
  merge,
  share,
  Subject,
  Subscription,
  timer,
} from 'rxjs';
import { afterEvent, phaseAfter, shownPhase } from './app/after-event';
import { createStage } from './app/game-stage';
import { gameState, initialState } from './app/initial-state';
import { type Beginning, continuedRun, freshRun, keptRun } from './app/open-run';
import { PageStore } from './app/page-store';
import { exposeProbe } from './app/probe';
import { Run } from './app/run';
import { download, readFile } from './app/run-files';
import { changedFields, type Hyperparameters, type MetricPoint } from './contract';
import { findGame, games } from './game/engine/registry';
import { saveRun, type StoredRun } from './storage/run-store';
import { questions$ } from './streams/drive';
import { medianFrameMs$, metricPoints$ } from './streams/metric-points';
import { gamepadInput$, keyboardInput$, personInput$ } from './streams/person-input';
import { mountPage } from './ui/page';
import type { Intent } from './ui/page-state';
import { resolvedTheme } from './ui/theme';
import { readUrl, type UrlGame, writeUrl } from './ui/url-state';
import type { KeptCheckpoint } from './workers/doors';

const saveIntervalMs = 3000;
const statusIntervalMs = 250;
const goodNewsMs = 6000;

const urlGames = games.map(({ simulation, presets }) => ({ id: simulation.game, defaults: presets.watch }));
const urlGameOf = (id: string): UrlGame => ({ id, defaults: findGame(id).presets.watch });
const visited = readUrl(location.hash, urlGames as [UrlGame, ...UrlGame[]]);
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

let run: Run | null = null;
let joined = new Subscription();

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element with the id “app” to build on.');
const page = mountPage(root, { state$: store.state$, metrics$: points$, history$ });
exposeProbe(
  window,
  () => store.state,
  () => run,
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
async function begin(beginning: Beginning): Promise<void> {
  const { entry, hyperparameters, checkpoint, best, history } = beginning;
  joined.unsubscribe();
  run?.dispose();
  joined = new Subscription();
  const begun = new Run(entry, hyperparameters, checkpoint);
  if (best !== null) begun.best = { ...best, isBest: true };
  run = begun;
  history$.next(history);
  const last = history.at(-1);
  store.patch({ ...gameState(entry, hyperparameters), best: summary(begun) });
  store.patchStatus({ policyVersion: last?.version ?? 0, decisions: last?.decisions ?? 0 });
  begun.setTransport(store.state);
  join(begun, joined);
  const all = joined;
  const shown = show(begun).then((end) => all.add(end));
  if (!store.state.learning) await begun.client.setLearning(false);
  if (store.state.lockstep) await begun.client.setLockstep(true);
  try {
    await Promise.all([shown, begun.client.open()]);
  } catch (error) {
    if (run !== begun || hyperparameters.backend === 'auto') throw error;
    store.notify({
      id: 'backend',
      severity: 'warning',
      message: `${sentence(error)} Another backend is used instead.`,
    });
    await begin({ ...beginning, hyperparameters: { ...hyperparameters, backend: 'auto' } });
  }
}

/** Draws a run's arenas. @returns what ends it. */
async function show(begun: Run): Promise<() => void> {
  const stage = createStage(begun.driver, {
    focusedArena: () => store.state.focusedArena,
    focus: (arena) => handle({ kind: 'focusArena', arena }),
    theme: () => resolvedTheme(store.state.theme),
    reducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  // Fetched beside the agent's start, so that the page is there before the game engine is.
  const [{ mountGame }, createScene] = await Promise.all([
    import('./game/scenes/mount'),
    begun.entry.loadScene(),
  ]);
  if (run !== begun) return () => {};
  const mounted = mountGame(page.gameContainer, createScene, stage);
  return () => mounted.destroy();
}

/** Every subscription of a run: game to agent and back, charts, storage, the person's hands. */
function join(begun: Run, all: Subscription): void {
  const { client, driver } = begun;
  all.add(
    questions$(driver, { frames$, wakes$: client.wakes$, answers$: client.answers$ }).subscribe((question) =>
      client.ask(question),
    ),
  );
  all.add(client.connected$.subscribe(() => driver.reconnect()));
  all.add(metricPoints$(client.events$, medianFrameMs$(frames$)).subscribe(points$));
  all.add(
    client.events$.subscribe((event) => {
      begun.agentPhase = phaseAfter(begun.agentPhase, event);
      store.patch(afterEvent(store.state, event));
    }),
  );
  all.add(
    client.checkpoints$.subscribe((checkpoint) => {
      begun.latest = checkpoint;
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
  const playing$ = store.state$.pipe(
    map(({ focusPlayer }) => focusPlayer === 'person'),
    distinctUntilChanged(),
  );
  const pad$ = page.pad$.pipe(map((pad) => ({ vertical: 0, ...pad })));
  const hands = [
    keyboardInput$(window, playing$),
    gamepadInput$(frames$, () => navigator.getGamepads()),
    pad$,
  ];
  all.add(personInput$(hands).subscribe((input) => driver.setPersonInput(store.state.focusedArena, input)));
  const frameMs$ = medianFrameMs$(frames$).pipe(auditTime(statusIntervalMs));
  let frameMs = 0;
  all.add(frameMs$.subscribe((median) => (frameMs = median)));
  all.add(
    interval(statusIntervalMs).subscribe(() => {
      const phase = shownPhase(begun.agentPhase, store.state.running, driver.isEased);
      const decisions = driver.decisions ?? store.state.status.decisions;
      store.patchStatus({ phase, decisions, lateDecisions: driver.lateDecisions, frameMs });
    }),
  );
}

async function keep(begun: Run, slot: 'latest' | 'best', checkpoint: KeptCheckpoint): Promise<void> {
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

/** Settings as a person left them: refused, taken over at the next update, or begun anew with. */
async function applySettings(wanted: Hyperparameters): Promise<void> {
  const changed = changedFields(store.state.hyperparameters, wanted);
  if (run === null || changed.length === 0) return;
  const { entry } = run;
  if (changed.some((field) => field.takesHold === 'restart')) return begin(freshRun(entry, wanted));
  if (changed.some((field) => field.takesHold === 'rebuild')) {
    const { best } = run;
    const checkpoint = await run.client.checkpoint();
    const kept = best === null ? null : { ...best, savedAtMs: Date.now() };
    return begin(continuedRun(entry, checkpoint, wanted, kept));
  }
  await run.client.setHyperparameters(wanted);
  const pending = new Set([...store.state.pending, ...changed.map(({ label }) => label)]);
  store.patch({ hyperparameters: wanted, pending: [...pending], problems: [] });
}

async function chooseGame(game: string): Promise<void> {
  const entry = findGame(game);
  await begin((await keptRun(entry, null)) ?? freshRun(entry, entry.presets.watch));
}

async function importRun(file: File): Promise<void> {
  if (run === null) return;
  const beginning = continuedRun(run.entry, await readFile(file), null, null);
  await begin(beginning);
  inform('import', `The agent from “${file.name}” goes on from here.`);
}

async function exportRun(): Promise<void> {
  if (run === null) return;
  const { policyVersion } = store.state.status;
  download(
    await run.client.checkpoint(),
    `playtrain-${store.state.game}-update-${policyVersion}.safetensors`,
  );
}

async function loadBest(): Promise<void> {
  if (run === null || run.best === null) return;
  const { entry, best } = run;
  await begin(
    continuedRun(entry, best.bytes, store.state.hyperparameters, { ...best, savedAtMs: Date.now() }),
  );
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
      run?.setTransport(store.state);
      return run?.client.setLockstep(intent.on);
    case 'learning':
      store.patch({ learning: intent.on });
      return run?.client.setLearning(intent.on);
    case 'focusArena':
      store.patch({ focusedArena: intent.arena, focusPlayer: 'newest' });
      return run?.setPlayer(intent.arena, 'newest');
    case 'focusPlayer':
      store.patch({ focusPlayer: intent.player });
      return run?.setPlayer(store.state.focusedArena, intent.player);
    case 'settings':
      return applySettings(intent.hyperparameters);
    case 'restart':
      return begin(freshRun(findGame(store.state.game), store.state.hyperparameters));
    case 'chooseGame':
      return chooseGame(intent.game);
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
  }
}

function handle(intent: Intent): void {
  perform(intent).catch((error: unknown) => {
    if (intent.kind === 'settings') store.patch({ problems: [sentence(error)] });
    else store.notify({ id: intent.kind, severity: 'error', message: sentence(error) });
  });
}

async function open(): Promise<void> {
  const entry = findGame(visited.game);
  const named = location.hash.length > 1 ? visited.hyperparameters : null;
  visited.problems.forEach((message, index) => {
    store.notify({ id: `link-${index}`, severity: 'warning', message });
  });
  let kept: Beginning | null = null;
  try {
    kept = await keptRun(entry, named);
  } catch (error) {
    store.notify({ id: 'storage', severity: 'warning', message: sentence(error) });
  }
  await begin(kept ?? freshRun(entry, visited.hyperparameters));
}

page.intents$.subscribe(handle);
store.state$
  .pipe(
    map(({ game, hyperparameters, speed }) => writeUrl(urlGameOf(game), hyperparameters, speed)),
    distinctUntilChanged(),
  )
  .subscribe((hash) => history.replaceState(null, '', hash));
open().catch((error: unknown) => {
  store.notify({ id: 'start', severity: 'error', message: sentence(error) });
});
