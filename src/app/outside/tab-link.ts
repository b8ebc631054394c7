import { PlaytrainError, type Simulation, sentenceOf, type VectorEnvironment } from '../../contract';
import {
  autoresetModes,
  errorFrame,
  FrameError,
  headerBytes,
  isRefusal,
  protocolVersion,
  readHeader,
  requestTypes,
} from '../../sim/protocol';
import { serveSimulation } from '../../sim/served-game';
import { SimSession } from '../../sim/sim-session';
import { outsideTexts } from '../../texts/outside';
import type { OutsidePhase } from '../../ui/outside/outside-state';

/** How long after nobody listened it is tried again: twice as long each time, up to the longest. */
const firstRetryMs = 1_000;
const longestRetryMs = 16_000;
/** Steps are told of so often. */
const tellMs = 250;
/** A page draws no more; and memory for more is not to be had by one wrong word. */
const mostArenas = 1_024;

export interface TabLinkOptions {
  readonly simulation: Simulation;
  readonly port: number;
  /** By which the program knows the tab. */
  readonly code: string;
  readonly onPhase: (phase: OutsidePhase) => void;
  /** The arenas that are stepped from now on. */
  readonly onBegin: (environment: VectorEnvironment) => void;
}

/**
 * This tab's end of a connection to a program on this machine, which plays the game by the frames of docs/protocol.md. The
 * program listens; a tab never does. The program's first message is text, JSON: what the command line of `playtrain sim`
 * says by options. Then this side sends SPEC, and everything goes on in binary messages of one frame each.
 */
export class TabLink {
  private readonly options: TabLinkOptions;
  private socket: WebSocket | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private retryMs = firstRetryMs;
  private session: SimSession | null = null;
  private steps = 0;
  private toldMs = Number.NEGATIVE_INFINITY;
  private isOver = false;

  constructor(options: TabLinkOptions) {
    this.options = options;
    window.addEventListener('focus', this.tryNow);
    this.connect();
  }

  /** Lets go of the connection, and tells nothing any more. */
  dispose(): void {
    this.isOver = true;
    this.stopTrying();
    this.socket?.close();
  }

  /** Whoever comes back to the tab may just have started the program. */
  private readonly tryNow = () => {
    if (this.retry === null) return;
    clearTimeout(this.retry);
    this.retryMs = firstRetryMs;
    this.connect();
  };

  private tryLater(): void {
    this.retry = setTimeout(() => this.connect(), this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, longestRetryMs);
  }

  private stopTrying(): void {
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    window.removeEventListener('focus', this.tryNow);
  }

  private connect(): void {
    this.retry = null;
    const { port, code } = this.options;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, [`playtrain.${protocolVersion}`, `code.${code}`]);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      this.stopTrying();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.take(data);
    socket.onclose = ({ reason }) => {
      if (this.isOver) return;
      if (wasOpen) this.end(this.session === null ? reason || outsideTexts.refused : outsideTexts.lost);
      else this.tryLater();
    };
  }

  private take(data: unknown): void {
    if (this.isOver) return;
    try {
      if (typeof data === 'string') this.begin(data);
      else if (data instanceof ArrayBuffer) this.answer(data);
    } catch (error) {
      this.fail(error);
    }
  }

  private begin(words: string): void {
    const { simulation, onBegin, onPhase } = this.options;
    if (this.session !== null) throw new PlaytrainError('bad-settings', outsideTexts.begunAlready);
    const { autoreset, opponent, ...options } = readWords(words);
    const game = serveSimulation(simulation, options);
    const session = new SimSession(game, {
      autoreset,
      seed: options.seed,
      opponent: opponentOf(simulation, opponent),
      onFault: () => {},
    });
    this.session = session;
    this.send(session.spec);
    onBegin(game.environment);
    onPhase({ kind: 'playing', steps: 0 });
  }

  private answer(frame: ArrayBuffer): void {
    const { session } = this;
    if (session === null) throw new PlaytrainError('bad-settings', outsideTexts.tooEarly);
    const bytes = new Uint8Array(frame);
    const type = readHeader(bytes, 0, session.payloadBytes);
    const expected = headerBytes + (session.payloadBytes.get(type) ?? 0);
    if (bytes.length !== expected) {
      throw new PlaytrainError('bad-settings', outsideTexts.oneFrame(expected, bytes.length));
    }
    const reply = session.answer(type, bytes.subarray(headerBytes));
    // Simulations answer at once.
    if (reply instanceof Promise) throw new PlaytrainError('bad-settings', outsideTexts.notLive);
    this.send(reply);
    if (type === requestTypes.close) this.end(outsideTexts.ended);
    else if (type === requestTypes.step) this.count();
  }

  /** What is wrong with a request is told; only some of it ends the connection. */
  private fail(error: unknown): void {
    if (!(error instanceof FrameError)) {
      this.socket?.close(1008, closeReason(sentenceOf(error)));
      this.end(sentenceOf(error));
      return;
    }
    this.send(errorFrame(error));
    if (!isRefusal(error.code)) this.end(error.message);
  }

  private send(frame: Uint8Array): void {
    // A copy: the session writes its next answer into the same memory.
    this.socket?.send(Uint8Array.from(frame));
  }

  private count(): void {
    this.steps++;
    const nowMs = performance.now();
    if (nowMs - this.toldMs < tellMs) return;
    this.toldMs = nowMs;
    this.options.onPhase({ kind: 'playing', steps: this.steps });
  }

  private end(sentence: string): void {
    this.isOver = true;
    this.socket?.close();
    this.options.onPhase({ kind: 'over', sentence });
  }
}

/** A reason takes 123 bytes at most. */
function closeReason(sentence: string): string {
  return sentence.replace(/[^ -~]/g, '').slice(0, 120);
}

function readWords(text: string) {
  const told: unknown = JSON.parse(text);
  const words: Readonly<Record<string, unknown>> =
    typeof told === 'object' && told !== null ? { ...told } : {};
  const autoreset = autoresetModes.find((mode) => mode === words['autoreset']) ?? 'next-step';
  const { opponent = null } = words;
  return {
    autoreset,
    opponent: typeof opponent === 'string' ? opponent : null,
    arenas: whole('arenas', words['arenas'] ?? 1, 1, mostArenas),
    seed: whole('seed', words['seed'] ?? 1, 0, Number.MAX_SAFE_INTEGER),
    timeLimitTicks:
      words['timeLimitTicks'] == null ? null : whole('timeLimitTicks', words['timeLimitTicks'], 1, 1e9),
  };
}

function whole(name: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new PlaytrainError('bad-settings', outsideTexts.badWord(name, least, most));
}

function opponentOf({ scriptedPlayers = [] }: Simulation, id: string | null) {
  if (id === null) return null;
  const found = scriptedPlayers.find((player) => player.id === id);
  if (found !== undefined) return found;
  throw new PlaytrainError('bad-settings', outsideTexts.noPlayer(id));
}
