import { decodeTrainingState } from '../../agent/checkpoint';
import { type AgentEvent, type ComparedPoint, PlaytrainError } from '../../contract';
import { AgentClient } from '../../workers/agent-client';
import type { ComparedRun } from '../../workers/comparison-host';
import type { LiveGame } from '../games/page-game';
import { workersOf } from '../workers/page-workers';
import type { ComparedTrainer } from './compared-trainer';

/** Told no oftener, of a run's updates. */
const mostPoints = 100;

/** Trains runs of a live game unseen: each in a twin of its own, in lockstep with a learner of its own. */
export class LiveTrainer implements ComparedTrainer {
  private readonly game: LiveGame;
  private agent: AgentClient | null = null;

  constructor(game: LiveGame) {
    this.game = game;
  }

  async train(
    { hyperparameters, decisions, from }: ComparedRun,
    onPoint: (point: ComparedPoint) => void,
  ): Promise<readonly ComparedPoint[]> {
    const { game } = this;
    const { spec } = game;
    const begun = from === null ? 0 : decodeTrainingState(from, spec).decisions;
    const agent = new AgentClient(
      {
        spec,
        // One twin fills a rollout after another, so that the same seed comes to the same.
        hyperparameters: { ...hyperparameters, collectors: '1', backend: 'wasm' },
        checkpoint: from,
        best: null,
      },
      workersOf(game),
    );
    this.agent = agent;
    const points: ComparedPoint[] = [];
    const every = decisions / mostPoints;
    const trained = new Promise<readonly ComparedPoint[]>((resolve, reject) => {
      const hear = (event: AgentEvent) => {
        if (event.kind === 'failed' || event.kind === 'restarted') {
          reject(new PlaytrainError('worker-lost', event.message));
        }
        if (event.kind !== 'updated') return;
        const { metrics } = event;
        const taken = metrics.decisions - begun;
        if (metrics.meanReturn !== null && taken >= (points.at(-1)?.decisions ?? 0) + every) {
          const point = { decisions: taken, meanReturn: metrics.meanReturn };
          points.push(point);
          onPoint(point);
        }
        if (taken >= decisions) resolve(points);
      };
      // Whoever ends it waits for nothing.
      agent.events$.subscribe({ next: hear, complete: () => resolve(points) });
    });
    const begin = async () => {
      await agent.setLockstep(true);
      await Promise.all([agent.open(), agent.setLearning(true)]);
    };
    try {
      // Together: it may fail before it has begun.
      const [taken] = await Promise.all([trained, begin()]);
      return taken;
    } finally {
      agent.dispose();
    }
  }

  dispose(): void {
    this.agent?.dispose();
  }
}
