import countdownUrl from '../../../assets/sounds/volley/countdown.wav?url&no-inline';
import goUrl from '../../../assets/sounds/volley/go.wav?url&no-inline';
import jumpUrl from '../../../assets/sounds/volley/jump.wav?url&no-inline';
import landUrl from '../../../assets/sounds/volley/land.wav?url&no-inline';
import netUrl from '../../../assets/sounds/volley/net.wav?url&no-inline';
import pointLostUrl from '../../../assets/sounds/volley/point-lost.wav?url&no-inline';
import pointWonUrl from '../../../assets/sounds/volley/point-won.wav?url&no-inline';
import smashUrl from '../../../assets/sounds/volley/smash.wav?url&no-inline';
import touchUrl from '../../../assets/sounds/volley/touch.wav?url&no-inline';
import wallUrl from '../../../assets/sounds/volley/wall.wav?url&no-inline';
import { SoundPlayer } from '../scenes/sound-player';

const urls = {
  countdown: countdownUrl,
  go: goUrl,
  jump: jumpUrl,
  land: landUrl,
  net: netUrl,
  pointLost: pointLostUrl,
  pointWon: pointWonUrl,
  smash: smashUrl,
  touch: touchUrl,
  wall: wallUrl,
} as const;
export type VolleySound = keyof typeof urls;

/** Walls of the court are not the ends of the earth: sounds move less than what makes them. */
const panShare = 0.6;
const loudness = 0.7;

/** The court's sounds, heard while somebody listens. */
export class VolleySounds {
  private readonly player = new SoundPlayer<VolleySound>(urls);
  private heard = false;

  /** Called every frame: whether sounds are to be heard now. */
  listen(heard: boolean): void {
    this.heard = heard;
    if (heard) this.player.prepare();
  }

  /** `volume` 0 to 1; `place` from −1 at the left wall to 1 at the right one; `rate` 1 as recorded. */
  play(name: VolleySound, volume: number, place: number, rate = 1): void {
    if (!this.heard) return;
    this.player.play(name, { volume: volume * loudness, pan: place * panShare, rate });
  }

  dispose(): void {
    this.player.dispose();
  }
}
