import Phaser from 'phaser';
import { keys } from '../actions';
import type { AgentDeclaration } from '../agent-definition';
import { gain } from '../earnings';

/** Two who press their own key; whoever has pressed for `goal` steps wins. */
export class Contest extends Phaser.Scene {
  static goal = 5;
  pressed = [0, 0];
  private keys: Phaser.Input.Keyboard.Key[] = [];

  constructor() {
    super('Contest');
  }

  create(): void {
    this.pressed = [0, 0];
    this.keys = ['A', 'L'].map((key) => this.input.keyboard!.addKey(key));
  }

  override update(): void {
    this.keys.forEach(({ isDown }, who) => {
      if (isDown) this.pressed[who]! += 1;
    });
  }

  /** +1 and −1 once one has won. */
  lead(who: number): number {
    const hasWon = (seat: number) => Number(this.pressed[seat]! >= Contest.goal);
    return hasWon(who) - hasWon(1 - who);
  }
}

/** An agent in each of its two seats. */
export const contest: AgentDeclaration<Contest> = {
  name: 'contest',
  scene: 'Contest',
  every: 2,
  seats: 2,
  sees: ({ pressed }, who) => ({ own: pressed[who]! }),
  does: keys([
    { wait: [], press: ['A'] },
    { wait: [], press: ['L'] },
  ]),
  earns: { won: gain((scene, who) => scene.lead(who)) },
  wins: 'won',
  ends: ({ pressed }, who) => pressed[who]! >= Contest.goal,
  scripted: { idle: () => 'wait', busy: () => 'press', left: (_scene, who) => ['press', 'wait'][who]! },
};
