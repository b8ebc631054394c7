import Phaser from 'phaser';

/** Of a sound whose file is not there, so that nobody knows: as of a short effect. */
export const unknownSeconds = 1;

type Settings = Phaser.Types.Sound.SoundConfig;
const { Events } = Phaser.Sound;

/** A sound that nobody hears: it begins, lasts and ends by the game's own time. */
export class SilentSound extends Phaser.Sound.NoAudioSound {
  override isPlaying = false;
  override isPaused = false;
  override duration: number;
  override readonly totalDuration: number;
  override currentMarker: Phaser.Types.Sound.SoundMarker = { name: '' };
  private readonly rateOfAll: () => number;
  private waitsSeconds = 0;

  /** @param rateOfAll how many times as fast as usual all of the game's sounds are played now. */
  constructor(
    manager: Phaser.Sound.NoAudioSoundManager,
    key: string,
    settings: Settings,
    seconds: number,
    rateOfAll: () => number,
  ) {
    super(manager, key, settings);
    this.duration = seconds;
    this.totalDuration = seconds;
    this.rateOfAll = rateOfAll;
  }

  override addMarker(marker: Phaser.Types.Sound.SoundMarker): boolean {
    if (marker.name in this.markers) return false;
    this.markers[marker.name] = marker;
    return true;
  }

  override updateMarker(marker: Phaser.Types.Sound.SoundMarker): boolean {
    if (!(marker.name in this.markers)) return false;
    this.markers[marker.name] = { ...this.markers[marker.name], ...marker };
    return true;
  }

  override play(marker: string | Settings = '', settings: Settings = {}): boolean {
    if (typeof marker === 'object') return this.play('', marker);
    // One that a file names which is not there lasts as such files do.
    const { duration, config } = this.markers[marker] ?? {};
    this.currentMarker = { name: marker };
    this.duration = duration ?? (marker === '' ? this.totalDuration : unknownSeconds);
    this.currentConfig = { ...this.config, ...config, ...settings };
    this.applyConfig();
    this.isPlaying = true;
    this.isPaused = false;
    return this.tell(Events.PLAY);
  }

  override pause(): boolean {
    if (!this.isPlaying) return false;
    this.isPlaying = false;
    this.isPaused = true;
    return this.tell(Events.PAUSE);
  }

  override resume(): boolean {
    if (!this.isPaused) return false;
    this.isPlaying = true;
    this.isPaused = false;
    return this.tell(Events.RESUME);
  }

  override stop(): boolean {
    if (!this.isPlaying && !this.isPaused) return false;
    this.silence();
    return this.tell(Events.STOP);
  }

  override applyConfig(): void {
    const { loop = false, rate = 1, detune = 0, volume = 1, mute = false, pan = 0 } = this.currentConfig;
    const { seek = 0, delay = 0 } = this.currentConfig;
    Object.assign(this, { loop, rate, detune, volume, mute, pan, seek });
    this.waitsSeconds = delay;
  }

  override update(_timeMs: number, deltaMs: number): void {
    if (!this.isPlaying) return;
    const seconds = deltaMs / 1_000;
    if (this.waitsSeconds > 0) {
      this.waitsSeconds -= seconds;
      return;
    }
    // An octave has 1,200 cents.
    this.seek += seconds * this.rate * this.rateOfAll() * 2 ** (this.detune / 1_200);
    if (this.seek < this.duration) return;
    if (this.loop) {
      this.seek %= this.duration;
      this.tell(Events.LOOPED);
    } else {
      this.silence();
      this.tell(Events.COMPLETE);
    }
  }

  override setLoop(loop: boolean): this {
    return Object.assign(this, { loop });
  }

  override setMute(mute: boolean): this {
    return Object.assign(this, { mute });
  }

  override setVolume(volume: number): this {
    return Object.assign(this, { volume });
  }

  override setRate(rate: number): this {
    return Object.assign(this, { rate });
  }

  override setDetune(detune: number): this {
    return Object.assign(this, { detune });
  }

  override setSeek(seek: number): this {
    return Object.assign(this, { seek });
  }

  override setPan(pan: number): this {
    return Object.assign(this, { pan });
  }

  private silence(): void {
    this.isPlaying = false;
    this.isPaused = false;
    this.seek = 0;
  }

  private tell(event: string): true {
    this.emit(event, this);
    return true;
  }
}
