import {
  type EnvironmentSpec,
  type Hyperparameters,
  type Opponents,
  opponentNames,
  type Policy,
  type ScriptedPlayer,
  seatsOf,
} from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { type ArenaOrigin, arenaStream } from '../random/stream';

/** Who sits opposite the learner. */
export type Opponent =
  | { readonly kind: 'self' }
  | { readonly kind: 'past'; readonly policy: Policy }
  | { readonly kind: 'scripted'; readonly player: ScriptedPlayer };

const self: Opponent = { kind: 'self' };

/** What an opponent is called in records. */
export function opponentName(opponent: Opponent): string {
  return opponent.kind === 'scripted' ? opponent.player.id : opponentNames[opponent.kind];
}

/** One arena's parts in the running episode. */
interface Part {
  opponent: Opponent;
  /** Where the learner sits; it has both seats where it meets itself. */
  learnerSeat: number;
}

/**
 * Says who plays which seat. An arena's parts are drawn anew when its episode ends, by the shares in force: first what
 * kind of opponent, then which one, then where the learner sits. Each arena draws from a generator of its own.
 */
export class Casting {
  private readonly seats: number;
  private readonly randoms: readonly SeededRandom[];
  private readonly parts: readonly Part[];
  private readonly scripted: readonly ScriptedPlayer[];
  private past: readonly Policy[];
  private settings: Hyperparameters;

  /** Draws everybody's first parts. */
  constructor(
    spec: EnvironmentSpec,
    settings: Hyperparameters,
    { past, scripted }: Opponents,
    origin: ArenaOrigin,
  ) {
    const { arenas } = settings;
    this.seats = seatsOf(spec);
    this.settings = settings;
    this.past = past;
    this.scripted = scripted;
    this.randoms = Array.from({ length: arenas }, (_, arena) => arenaStream(origin, 'casting', arena));
    this.parts = this.randoms.map(() => ({ opponent: self, learnerSeat: 0 }));
    for (let arena = 0; arena < arenas; arena++) this.recast(arena);
  }

  /** Shares and window hold from the next episode of each arena on. */
  setSettings(settings: Hyperparameters): void {
    this.settings = settings;
    this.past = this.past.slice(-settings.pastWindow);
  }

  addPast(policy: Policy): void {
    this.past = [...this.past, policy].slice(-this.settings.pastWindow);
  }

  opponent(arena: number): Opponent {
    return this.parts[arena]!.opponent;
  }

  /** Whether the learner was cast for this agent. */
  isOwn(agent: number): boolean {
    if (this.seats === 1) return true;
    const { opponent, learnerSeat } = this.parts[Math.floor(agent / this.seats)]!;
    return opponent === self || agent % this.seats === learnerSeat;
  }

  /** The arena's episode ended: draws the next one's parts. */
  recast(arena: number): void {
    if (this.seats === 1) return;
    const part = this.parts[arena]!;
    const random = this.randoms[arena]!;
    part.opponent = this.draw(random);
    part.learnerSeat = random.below(this.seats);
  }

  private draw(random: SeededRandom): Opponent {
    const { past, scripted } = this;
    const { selfShare } = this.settings;
    const pastShare = past.length > 0 ? this.settings.pastShare : 0;
    const scriptedShare = scripted.length > 0 ? this.settings.scriptedShare : 0;
    // With all shares at zero there is nobody else to meet.
    let left = random.uniform() * (selfShare + pastShare + scriptedShare);
    const which = random.uniform();
    left -= selfShare;
    if (left < 0) return self;
    left -= pastShare;
    const policy = past[Math.floor(which * past.length)];
    if (left < 0 && policy !== undefined) return { kind: 'past', policy };
    const player = scripted[Math.floor(which * scripted.length)];
    return scriptedShare > 0 && player !== undefined ? { kind: 'scripted', player } : self;
  }
}
