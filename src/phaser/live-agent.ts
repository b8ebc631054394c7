import type Phaser from 'phaser';
import { PlaytrainError } from '../contract';
import type { AgentDefinition } from './agent-definition';
import { listenTo, type Told } from './agent-of';
import type { Earning, ToldEarning } from './earnings';

/** One of a scene's agents, in its running episode: what it earned, and whether that is over. */
export class LiveAgent<Scene extends Phaser.Scene> {
  private readonly definition: AgentDefinition<Scene>;
  private readonly who: number;
  private readonly earnings: readonly (readonly [name: string, earning: Earning<Scene>])[];
  private scene: Scene;
  private told: Told;
  private meters: readonly ((scene: Scene) => number)[] = [];

  constructor(definition: AgentDefinition<Scene>, scene: Scene, who: number) {
    this.definition = definition;
    this.who = who;
    this.earnings = Object.entries(definition.earns);
    this.scene = scene;
    this.told = listenTo(scene, who);
  }

  /** Its episode begins. */
  begin(scene: Scene): void {
    const { who, definition } = this;
    this.scene = scene;
    this.told = listenTo(scene, who);
    this.told.clear();
    this.meters = this.earnings.map(([, earning]) => earning.meter(scene, definition.every, who));
  }

  /**
   * What came of a step for it.
   *
   * @param terms what it was paid, unweighted, from `offset` on. @returns whether its episode is over.
   */
  outcome(terms: Float64Array, offset: number): boolean {
    const { scene, told, definition, who } = this;
    this.earnings.forEach(([name, earning], index) => {
      terms[offset + index] = isTold(earning) ? told.take(name) : this.meters[index]!(scene);
    });
    const [unheard] = told.unheard;
    if (unheard !== undefined) {
      throw new PlaytrainError(
        'bad-environment',
        `The scene “${definition.scene}” rewards “${unheard}”, which the agent “${definition.name}” does not earn; add “${unheard}: told()” to what it earns.`,
      );
    }
    const isEnded = definition.ends?.(scene, who) ?? false;
    return told.takeEnd() || isEnded;
  }
}

function isTold<Scene>(earning: Earning<Scene>): earning is ToldEarning<Scene> {
  return 'isTold' in earning;
}
