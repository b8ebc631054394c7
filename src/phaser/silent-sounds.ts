import Phaser from 'phaser';
import { SilentSound, unknownSeconds } from './silent-sound';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly loop?: boolean;
}

const { Events } = Phaser.Sound;

/**
 * All of a game's sounds where nobody hears them: a game that waits for one to end waits as long as on a page. How long
 * one is, the game's cache says where its file is there, or somebody put `{ duration }`, in seconds, in its place.
 */
export class SilentSounds extends Phaser.Sound.NoAudioSoundManager {
  private readonly list: SilentSound[];

  constructor(game: Phaser.Game) {
    super(game);
    this.list = (this as unknown as { readonly sounds: SilentSound[] }).sounds;
    game.events.on(Phaser.Core.Events.PRE_STEP, this.passTime);
  }

  override add(key: string, settings: Phaser.Types.Sound.SoundConfig = {}): SilentSound {
    const sound = new SilentSound(this, key, settings, this.secondsOf(key), () => this.rate);
    this.list.push(sound);
    return sound;
  }

  override addAudioSprite(key: string, settings: Phaser.Types.Sound.SoundConfig = {}): SilentSound {
    const sound = this.add(key, settings);
    const { spritemap = {} } = (this.game.cache.json.get(key) ?? {}) as {
      readonly spritemap?: Readonly<Record<string, Span>>;
    };
    for (const [name, { start, end, loop = false }] of Object.entries(spritemap)) {
      sound.addMarker({ name, start, duration: end - start, config: { ...settings, loop } });
    }
    return Object.assign(sound, { spritemap });
  }

  override play(
    key: string,
    extra: Phaser.Types.Sound.SoundConfig | Phaser.Types.Sound.SoundMarker = {},
  ): boolean {
    const sound = this.playedOnce(this.add(key));
    if (!('name' in extra)) return sound.play(extra);
    sound.addMarker(extra);
    return sound.play(extra.name);
  }

  override playAudioSprite(
    key: string,
    name: string,
    settings: Phaser.Types.Sound.SoundConfig = {},
  ): boolean {
    return this.playedOnce(this.addAudioSprite(key)).play(name, settings);
  }

  override pauseAll(): void {
    for (const sound of this.list.slice()) sound.pause();
    this.emit(Events.PAUSE_ALL, this);
  }

  override resumeAll(): void {
    for (const sound of this.list.slice()) sound.resume();
    this.emit(Events.RESUME_ALL, this);
  }

  override stopAll(): void {
    for (const sound of this.list.slice()) sound.stop();
    this.emit(Events.STOP_ALL, this);
  }

  override setRate(rate = this.rate): this {
    return Object.assign(this, { rate });
  }

  override setMute(mute = this.mute): this {
    return Object.assign(this, { mute });
  }

  override setVolume(volume = this.volume): this {
    return Object.assign(this, { volume });
  }

  /** Called before each step of the game. */
  private readonly passTime = (timeMs: number, deltaMs: number): void => {
    const { list } = this;
    for (let i = list.length - 1; i >= 0; i--) if (list[i]!.pendingRemove) list.splice(i, 1);
    for (const sound of list.slice()) if (!sound.pendingRemove) sound.update(timeMs, deltaMs);
  };

  override destroy(): void {
    this.game.events.off(Phaser.Core.Events.PRE_STEP, this.passTime);
    super.destroy();
  }

  private playedOnce(sound: SilentSound): SilentSound {
    return sound.once(Events.COMPLETE, () => sound.destroy());
  }

  private secondsOf(key: string): number {
    const file: unknown = this.game.cache.audio.get(key);
    // Of one sound several elements may be kept.
    const kept: unknown = Array.isArray(file) ? file[0] : file;
    const { duration } = (kept ?? {}) as { readonly duration?: unknown };
    return typeof duration === 'number' && duration > 0 && duration < Infinity ? duration : unknownSeconds;
  }
}
