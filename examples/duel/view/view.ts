import type { Bout, Happening } from '../bout';
import { seatColours } from './colours';
import { Courtyard } from './courtyard';
import { Hud } from './hud';
import { OrbView } from './orb-view';
import { Sparks } from './sparks';
import { WizardView } from './wizard-view';

/** All that is seen of a duel. */
export class View {
  private readonly scene: Bout;
  private readonly courtyard: Courtyard;
  private readonly wizards: readonly WizardView[];
  private readonly orbs: readonly OrbView[];
  private readonly sparks: Sparks;
  private readonly hud: Hud;
  /** Who was hit last. */
  private frog: 0 | 1 = 0;

  constructor(scene: Bout) {
    this.scene = scene;
    this.courtyard = new Courtyard(scene);
    this.wizards = scene.wizards.map((wizard) => new WizardView(scene, wizard));
    this.orbs = scene.orbs.map((orb) => new OrbView(scene, orb));
    this.sparks = new Sparks(scene);
    this.hud = new Hud(scene);
  }

  draw(deltaMs: number): void {
    const { scene } = this;
    for (const happening of scene.happenings) this.show(happening);
    scene.happenings.length = 0;
    const isOver = scene.phase === 'hit' || scene.phase === 'match';
    this.courtyard.draw(deltaMs);
    this.wizards.forEach((wizard, seat) => {
      wizard.draw(deltaMs, isOver && seat === this.frog, isOver && seat !== this.frog);
    });
    for (const orb of this.orbs) orb.draw(deltaMs);
    this.sparks.draw(deltaMs);
    this.hud.draw(deltaMs);
  }

  private show({ kind, x, y, seat }: Happening): void {
    const { sparks, hud } = this;
    const { hex, light } = seatColours[seat];
    if (kind === 'throw') {
      this.wizards[seat]?.throws();
      sparks.burst('spark', x, y, 8, 160, hex);
    } else if (kind === 'catch') {
      sparks.burst('star', x, y, 7, 150, hex);
      hud.say('caught!', x, y, light);
    } else if (kind === 'pick') sparks.burst('spark', x, y, 6, 110, hex);
    else if (kind === 'rebound') sparks.burst('spark', x, y, 7, 140, 0xffffff);
    else if (kind === 'hit') this.showHit(x, y, seat);
    else if (kind === 'match') this.cheer(seat);
  }

  private showHit(x: number, y: number, seat: 0 | 1): void {
    this.frog = seat;
    this.sparks.burst('puff', x, y, 14, 110, 0xffffff);
    this.sparks.burst('star', x, y, 12, 260, seatColours[seat].hex);
    this.hud.say('ribbit!', x, y, '#b8f59a');
    this.scene.cameras.main.shake(170, 0.006);
  }

  private cheer(seat: 0 | 1): void {
    const { x, y } = this.scene.wizards[seat];
    for (const colour of [seatColours[seat].hex, 0xffffff, 0xffe07a]) {
      this.sparks.burst('star', x, y - 20, 14, 340, colour);
    }
  }
}
