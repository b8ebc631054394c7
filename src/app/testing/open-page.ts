import { NEVER, of } from 'rxjs';
import { PageStorage } from '../../storage/page-storage';
import { newRunId } from '../../storage/run-id';
import type { GateQuestion } from '../../ui/shell/page-state';
import { ourGames } from '../games/our-games';
import { LeavingGate } from '../runs/gate';
import { initialGoing, initialView } from '../runs/initial-view';
import { RunDesk } from '../runs/run-desk';
import { initialShell } from '../shell/initial-shell';
import { NoticeBoard } from '../shell/notice-board';
import { PageStore } from '../shell/page-store';
import { FakeAgent } from './fake-agent';

/** One page: a desk over the database of that name, with agents that learn when a test says so. */
export async function openPage(name: string, storage = new PageStorage({ name }), game = 'balance') {
  const entry = await ourGames.load(game);
  const small = { ...entry.presets.fast, hiddenSizes: [2], arenas: 2, rolloutLength: 64, minibatchSize: 64 };
  const view = initialView(
    { id: newRunId(), name: entry.about.title, best: null, keeping: { kind: 'nothing-yet' } },
    entry,
    small,
    initialGoing,
  );
  const store = new PageStore(initialShell(ourGames.list), view);
  const board = new NoticeBoard(store, () => {});
  const agents: FakeAgent[] = [];
  const questions: GateQuestion[] = [];
  const answers = { leaves: true, refusal: null as Error | null };
  const desk = new RunDesk({
    store,
    board,
    storage,
    games: ourGames,
    frames$: NEVER,
    visible$: of(true),
    gate: new LeavingGate((question) => {
      questions.push(question);
      return Promise.resolve(answers.leaves);
    }),
    spawnAgent: (_game, start) => {
      const agent = new FakeAgent(start, answers.refusal);
      answers.refusal = null;
      agents.push(agent);
      return agent;
    },
  });
  const agent = () => {
    const newest = agents.at(-1);
    if (newest === undefined) throw new Error('There is no agent.');
    return newest;
  };
  /** So many updates, saved. */
  const learn = async (meanReturns: readonly number[], best = Math.max(...meanReturns)) => {
    for (const meanReturn of meanReturns) agent().learn(meanReturn, meanReturn === best);
    await desk.save();
    // The first save began with the first update.
    await desk.save();
  };
  const visit = (settings: Partial<typeof small> | null = null, run: string | null = null) =>
    desk.visit({ game, run, settings: settings === null ? null : { ...small, ...settings } });
  const messages = () => store.state.notices.map(({ message }) => message);
  return { storage, store, board, desk, agents, agent, learn, visit, questions, answers, messages, small };
}

export type OpenPage = Awaited<ReturnType<typeof openPage>>;
