import { Subscription } from 'rxjs';
import type { AppParts } from '../../app/app-parts';
import type { PanelHost } from '../panel-host';

type PageAddress = AppParts['address'];

/** The address bar is the game's: the panel asks for nothing there, and writes nothing. */
export class DockedAddress implements PageAddress {
  readonly isNamed = false;
  readonly isForClass = false;
  private readonly host: PanelHost['game'];

  constructor(host: PanelHost['game']) {
    this.host = host;
  }

  async game(): Promise<string> {
    return this.host.spec.game;
  }

  async read() {
    return {
      game: this.host.spec.game,
      run: null,
      hyperparameters: this.host.presets.fast,
      overrides: {},
      speed: '1' as const,
      locked: false,
      lesson: null,
      replay: null,
      large: null,
      inspect: null,
      update: null,
      problems: [],
    };
  }

  follow(): Subscription {
    return new Subscription();
  }

  onTyped(): Subscription {
    return new Subscription();
  }
}
