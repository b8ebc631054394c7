/** What a game may say to the agent that lives in one of its scenes. Without an agent it says so to nobody. */
export interface ToldAgent {
  /** Pays `amount` times what `told` weighs, under that name. */
  reward(name: string, amount?: number): void;
  /** Ends the episode with the step under way. */
  end(): void;
}

/** Gathers what a scene says during a step. */
export class Told implements ToldAgent {
  private readonly amounts = new Map<string, number>();
  private isOver = false;

  reward(name: string, amount = 1): void {
    this.amounts.set(name, (this.amounts.get(name) ?? 0) + amount);
  }

  end(): void {
    this.isOver = true;
  }

  /** What was said under a name since the last call. */
  take(name: string): number {
    const amount = this.amounts.get(name) ?? 0;
    if (amount !== 0) this.amounts.delete(name);
    return amount;
  }

  takeEnd(): boolean {
    const { isOver } = this;
    this.isOver = false;
    return isOver;
  }

  /** What was said under names that nobody asked for. */
  get unheard(): readonly string[] {
    return [...this.amounts.keys()];
  }

  clear(): void {
    this.amounts.clear();
    this.isOver = false;
  }
}

/** Of each scene, one an agent. */
const toldBy = new WeakMap<object, Told[]>();
const nobody: ToldAgent = { reward: () => {}, end: () => {} };

/** The agent that lives in a scene, to be told what no state of the game keeps. @param who which, where several do. */
export function agentOf(scene: object, who = 0): ToldAgent {
  return toldBy.get(scene)?.[who] ?? nobody;
}

/** From now on, what the scene says to one of its agents is gathered. */
export function listenTo(scene: object, who: number): Told {
  const all = toldBy.get(scene) ?? [];
  toldBy.set(scene, all);
  const told = all[who] ?? new Told();
  all[who] = told;
  return told;
}
