import { BehaviorSubject, EMPTY, filter, type Observable, Subject } from 'rxjs';
import { type AgentEvent, type MetricPoint, sentenceOf } from '../contract';
import { metricPoints$ } from '../streams/metric-points';
import type { AgentCheck } from './check-agent';
import type { LearningMode } from './learning-mode';

/** What an agent that learns has to tell: its developer on the console, and whoever listens. */
export class LearningNews {
  readonly events$: Observable<AgentEvent>;
  readonly points$: Observable<MetricPoint>;
  readonly mode$: Observable<LearningMode>;
  /** Whether there is nothing to tell any more. */
  isOver = false;
  private readonly name: string;
  private readonly events = new Subject<AgentEvent>();
  private readonly mode = new BehaviorSubject<LearningMode | null>(null);
  /** What went wrong in the game that is seen, as told. */
  private readonly faults = new Set<string>();

  /** @param name the agent's. */
  constructor(name: string) {
    this.name = name;
    this.events$ = this.events;
    this.points$ = metricPoints$(this.events, EMPTY);
    this.mode$ = this.mode.pipe(filter((mode) => mode !== null));
  }

  readonly tell = (event: AgentEvent): void => {
    // biome-ignore lint/suspicious/noConsole: whoever writes the game looks there.
    if (event.kind === 'failed') console.error(`Playtrain, ${this.name}: ${event.message}`);
    this.events.next(event);
  };

  isIn(mode: LearningMode): void {
    this.mode.next(mode);
  }

  readonly failed = (error: unknown): void => {
    this.tell({ kind: 'failed', message: sentenceOf(error) });
  };

  /** Something went wrong in the game that is seen, whose scene is begun anew; each kind is told once. */
  readonly faulted = (error: unknown): void => {
    const what = sentenceOf(error);
    if (this.faults.has(what)) return;
    this.faults.add(what);
    const message = `The game that is seen stopped with an error (${what}). It was begun anew; if this repeats, mend the game’s rules.`;
    this.tell({ kind: 'warning', message });
  };

  /** The twin is given up for the reason that a sentence tells. */
  learnsInPage(reason: string): void {
    this.warn(`The game’s twin was given up, and the game learns in its page, more slowly: ${reason}`);
    this.tell({ kind: 'warning', message: reason, remedy: { code: 'learnsInPage' } });
  }

  /** What a check has found. */
  found({ findings }: AgentCheck): void {
    for (const { code, message, cure } of findings) this.warn(`${code}: ${message} ${cure}`);
  }

  end(): void {
    this.isOver = true;
    this.events.complete();
    this.mode.complete();
  }

  private warn(sentence: string): void {
    // biome-ignore lint/suspicious/noConsole: whoever writes the game looks there.
    console.warn(`Playtrain, ${this.name}: ${sentence}`);
  }
}
