import type { RunSession } from '../runs/run-session';

/** What matches ask of a session. */
export type SessionForMatches = Pick<RunSession, 'withoutCollectors'> & {
  readonly agent: Pick<RunSession['agent'], 'collectors'>;
};

/** Where the run in front stands, as seen from the court. */
type State<Session> =
  /** None has begun. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly session: Session }
  /** A match has it built anew, with its collectors or without; the match itself goes on. */
  | { readonly kind: 'rebuilding'; readonly session: Session };

/** The run beside which matches are played, and what they change of it: whether it has collectors. */
export class RunForMatches<Session extends SessionForMatches = RunSession> {
  private state: State<Session> = { kind: 'none' };
  private readonly rebuildRun: (withoutCollectors: boolean) => Promise<void>;

  /** @param rebuildRun builds the run anew where it stands; the new session is told by `begun` before it resolves. */
  constructor(rebuildRun: (withoutCollectors: boolean) => Promise<void>) {
    this.rebuildRun = rebuildRun;
  }

  /** The newest session; null before the first. */
  get session(): Session | null {
    return this.state.kind === 'none' ? null : this.state.session;
  }

  /**
   * A session took the place of the one before.
   *
   * @returns whether a match had asked for it. Else what was played in the old session's arenas is over.
   */
  begun(session: Session): boolean {
    const isForMatch = this.state.kind === 'rebuilding';
    this.state = { kind: isForMatch ? 'rebuilding' : 'open', session };
    return isForMatch;
  }

  /** Lets all experience be gathered in the page's own arenas, so that a person can be learned from. */
  async takeCollectors(): Promise<void> {
    if ((this.session?.agent.collectors ?? 0) > 0) await this.rebuild(true);
  }

  /** Gives a run whose collectors were taken them back. */
  async giveCollectorsBack(): Promise<void> {
    if (this.session?.withoutCollectors === true) await this.rebuild(false);
  }

  private async rebuild(withoutCollectors: boolean): Promise<void> {
    if (this.state.kind === 'none') return;
    this.state = { ...this.state, kind: 'rebuilding' };
    try {
      await this.rebuildRun(withoutCollectors);
    } finally {
      this.state = { ...this.state, kind: 'open' };
    }
  }
}
