import type { GateQuestion } from '../../ui/shell/page-state';
import type { Run } from './run';

/** Asks a person; resolves to whether they said yes. */
export type AskPerson = (question: GateQuestion) => Promise<boolean>;

/** A person was asked and said no: nothing is to change, and there is nothing to tell. */
export class Declined extends Error {}

/**
 * The one gate through which everything passes that takes a run off the page: what was learned is saved first, and
 * where it cannot be, a person is asked before it is lost.
 */
export class LeavingGate {
  private readonly ask: AskPerson;

  constructor(ask: AskPerson) {
    this.ask = ask;
  }

  /** @throws Declined where the run would be lost and a person wants to stay. */
  async pass(run: Run): Promise<void> {
    const { keeper } = run;
    await keeper.save();
    const { kind } = keeper.keeping;
    const isLost = kind === 'unsaved' || kind === 'failing' ? keeper.isBehind || run.newest !== null : false;
    if (isLost) await this.askToLose(run);
  }

  /** @throws Declined where a person does not want to lose what was learned. */
  async askToLose({ name }: Pick<Run, 'name'>): Promise<void> {
    const stays = !(await this.ask({ code: 'leave-unsaved', name }));
    if (stays) throw new Declined('The person stays with the run.');
  }
}
