import type Phaser from 'phaser';
import type { SeenAgent } from './seen-agent';

/** Where somebody plays or does not. */
type Seats = Pick<SeenAgent<Phaser.Scene>, 'setOn'>;

/** Who is to play the game that is seen: known before there is anybody to, and to whoever comes in their place. */
export class WhoPlays {
  private seats: Seats | null = null;
  private readonly asked: [on: boolean, who: number | undefined][] = [];

  /** Whether the agent plays. @param who one of several; all of them where it is left out. */
  set(on: boolean, who?: number): void {
    this.asked.push([on, who]);
    this.seats?.setOn(on, who);
  }

  /** From now on they are seated there. */
  take(seats: Seats): void {
    this.seats = seats;
    for (const [on, who] of this.asked) seats.setOn(on, who);
  }
}
