/** How one sound is to be heard. */
export interface Hearing {
  /** 0 to 1. */
  readonly volume: number;
  /** −1, left, to 1, right. */
  readonly pan: number;
  /** 1 as recorded; twice as fast is an octave higher. */
  readonly rate: number;
}

/** A context that is silenced is asked to go on this often. */
const resumeEveryMs = 500;

/**
 * Plays short sounds through Web Audio. Nothing is fetched and no audio device is asked for until a sound is first
 * wanted and the person has touched the page, before which browsers allow none. Where that fails it stays silent: a
 * game without sound is still a game.
 */
export class SoundPlayer<Name extends string> {
  private readonly urls: Readonly<Record<Name, string>>;
  private readonly buffers = new Map<Name, AudioBuffer>();
  private context: AudioContext | null = null;
  private resumeAtMs = 0;
  private ended = false;

  /** The sounds' addresses by their names. */
  constructor(urls: Readonly<Record<Name, string>>) {
    this.urls = urls;
  }

  /** Makes ready what can be by now; cheap to call every frame. */
  prepare(): void {
    const { context } = this;
    if (context === null) {
      if (!this.ended && mayPlay()) this.open();
    } else if (isSilenced(context) && mayPlay() && performance.now() >= this.resumeAtMs) {
      this.resumeAtMs = performance.now() + resumeEveryMs;
      // A call is still going on, or nobody has touched the page since: it is tried again.
      context.resume().catch(() => undefined);
    }
  }

  /** Plays a sound now, if it is ready. */
  play(name: Name, { volume, pan, rate }: Hearing): void {
    const { context } = this;
    const buffer = this.buffers.get(name);
    if (context === null || buffer === undefined || context.state !== 'running') return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = rate;
    const gain = context.createGain();
    gain.gain.value = volume;
    const panner = context.createStereoPanner();
    panner.pan.value = Math.max(-1, Math.min(1, pan));
    source.connect(gain).connect(panner).connect(context.destination);
    source.start();
  }

  /** Falls silent for good and gives the audio device back. */
  dispose(): void {
    this.ended = true;
    this.buffers.clear();
    this.context?.close().catch(() => undefined);
    this.context = null;
  }

  private open(): void {
    try {
      this.context = new AudioContext({ latencyHint: 'interactive' });
    } catch {
      // No device, or too many contexts on the page.
      this.ended = true;
      return;
    }
    for (const name of Object.keys(this.urls) as Name[]) void this.load(name, this.context);
  }

  private async load(name: Name, context: AudioContext): Promise<void> {
    try {
      const response = await fetch(this.urls[name]);
      if (!response.ok) return;
      const buffer = await context.decodeAudioData(await response.arrayBuffer());
      if (!this.ended) this.buffers.set(name, buffer);
    } catch {
      // This one stays silent.
    }
  }
}

/** Whether the system has taken the sound away: iOS calls a context that a call or the locked screen silences so. */
function isSilenced({ state }: AudioContext): boolean {
  return state === 'suspended' || state === 'interrupted';
}

/** A browser warns in its console about sound from a page that nobody has touched. */
function mayPlay(): boolean {
  return typeof AudioContext === 'function' && (navigator.userActivation?.hasBeenActive ?? true);
}
