import { asapScheduler, distinctUntilChanged, map, observeOn, type Subscription } from 'rxjs';
import { loadModule } from '../../contract';
import { type OverlayIntent, type OverlayState, overlayParts } from '../../ui/overlay/overlay-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import { failureNotice } from '../shell/notice-board';
import type { Overlay } from './overlay';
import type { OverlayPorts } from './overlay-ports';

/** What an agent senses and thinks, over the game: fetched when somebody wishes for it, gone when nobody does. */
export class OverlayFeature implements AppFeature {
  readonly intents: IntentHandlers<OverlayIntent> = {
    overlay: now(({ on }) => this.choose({ ...this.state, on })),
    overlayPart: now(({ part, on }) => {
      const parts = overlayParts.filter((each) => (each === part ? on : this.state.parts.includes(each)));
      this.choose({ ...this.state, parts });
    }),
  };
  private readonly ports: OverlayPorts;
  private readonly following: Subscription;
  private shown: Overlay | null = null;
  private isWished = false;

  constructor(ports: OverlayPorts) {
    this.ports = ports;
    const isOn$ = ports.store.state$.pipe(
      map(({ overlay }) => overlay.on),
      distinctUntilChanged(),
      observeOn(asapScheduler),
    );
    this.following = isOn$.subscribe((isOn) => void this.show(isOn));
  }

  dispose(): void {
    this.following.unsubscribe();
    void this.show(false);
  }

  private get state(): OverlayState {
    return this.ports.store.state.overlay;
  }

  private choose(overlay: OverlayState): void {
    this.ports.store.patch({ overlay });
    this.ports.remember({ overlay });
  }

  private async show(isOn: boolean): Promise<void> {
    this.isWished = isOn;
    this.shown?.end();
    this.shown = null;
    if (!isOn) return;
    try {
      const module = await loadModule('What is drawn over the game', () => import('./overlay'));
      if (!this.isWished || this.shown !== null) return;
      this.shown = new module.Overlay(this.ports);
    } catch (error) {
      this.ports.board.tell(failureNotice('overlay', error));
    }
  }
}
