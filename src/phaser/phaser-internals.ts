import type Phaser from 'phaser';

// All that is used of Phaser without being documented for use. Each is looked up where it is needed, so that a version
// that calls it otherwise is told in a sentence, and a test names it.

interface QueuedOperation {
  readonly op: string;
  readonly keyA: string;
  readonly keyB: string | null;
}

/** A key event as Phaser reads it. */
export interface KeyEvent {
  readonly type: 'keydown' | 'keyup';
  readonly keyCode: number;
  readonly timeStamp: number;
}

/** Operations on scenes that wait for the next step. */
export function queuedOperations(game: Phaser.Game): QueuedOperation[] {
  const { _queue: queue } = game.scene as unknown as { readonly _queue?: QueuedOperation[] };
  if (!Array.isArray(queue)) throw changed('SceneManager._queue');
  return queue;
}

/** Leaves it to the caller to begin the first scenes of a game that starts. @returns what begins them, and throws what they throw. */
export function takeSceneStart(game: Phaser.Game): () => void {
  const scenes = game.scene as unknown as { readonly bootQueue?: () => void };
  const { bootQueue } = scenes;
  if (bootQueue === undefined) throw changed('SceneManager.bootQueue');
  game.events.off('ready', bootQueue, scenes);
  return () => bootQueue.call(scenes);
}

/** Gives the game a key event as the browser would. */
export function sendKey(game: Phaser.Game, { type, keyCode, timeStamp }: KeyEvent): void {
  const keyboard = game.input.keyboard as unknown as {
    readonly onKeyDown?: (event: object) => void;
    readonly onKeyUp?: (event: object) => void;
  } | null;
  const send = type === 'keydown' ? keyboard?.onKeyDown : keyboard?.onKeyUp;
  if (send === undefined) {
    throw keyboard === null
      ? new Error(
          'The game has its keyboard switched off (input.keyboard in its config), so no keys can be pressed.',
        )
      : changed('KeyboardManager.onKeyDown');
  }
  const noModifiers = { altKey: false, ctrlKey: false, shiftKey: false, metaKey: false };
  const event = { type, keyCode, timeStamp, location: 0, defaultPrevented: false, ...noModifiers };
  send({ ...event, preventDefault: () => {}, stopImmediatePropagation: () => {}, stopPropagation: () => {} });
}

/** A button of a mouse. */
export type MouseButton = 'left' | 'middle' | 'right';

/** A pointer event as Phaser reads it, with the place in the game's own coordinates. */
export interface PointerEvent {
  readonly type: 'move' | 'down' | 'up';
  readonly x: number;
  readonly y: number;
  /** The one that goes down or up; of a move, the one that is down. */
  readonly button: MouseButton | null;
  readonly timeStamp: number;
}

/** Each button's number in an event, and its bit among those that are down. */
const mouseButtons = { left: [0, 1], middle: [1, 4], right: [2, 2] } as const;

/** Gives the game a pointer event as the browser would. */
export function sendPointer(game: Phaser.Game, { type, x, y, button, timeStamp }: PointerEvent): void {
  const input = game.input as unknown as {
    readonly onMouseMove?: (event: object) => void;
    readonly onMouseDown?: (event: object) => void;
    readonly onMouseUp?: (event: object) => void;
  };
  const { onMouseMove, onMouseDown, onMouseUp } = input;
  const send = { move: onMouseMove, down: onMouseDown, up: onMouseUp }[type];
  if (send === undefined) throw changed('InputManager.onMouseMove');
  if (game.config.renderType === headless) listWhatIsAbove(game);
  const { canvasBounds, displayScale } = game.scale;
  const [number, bit] = button === null ? [0, 0] : mouseButtons[button];
  send.call(input, {
    type: `mouse${type}`,
    pageX: canvasBounds.x + x / displayScale.x,
    pageY: canvasBounds.y + y / displayScale.y,
    button: number,
    buttons: type === 'up' ? 0 : bit,
    timeStamp,
    target: game.canvas,
    preventDefault: () => {},
  });
}

/** `Phaser.HEADLESS`. */
const headless = 3;

/** Of what lies under a pointer the topmost hears it: which that is, cameras note as they draw. */
function listWhatIsAbove(game: Phaser.Game): void {
  for (const scene of game.scene.getScenes(true)) {
    scene.sys.depthSort();
    for (const camera of scene.cameras.cameras) {
      const { renderList } = camera as unknown as { readonly renderList?: object[] };
      if (renderList === undefined) throw changed('Camera.renderList');
      renderList.splice(0, Infinity, ...scene.sys.displayList.list);
    }
  }
}

/** Phaser's own part that hears keys. */
interface KeyListener {
  enabled: boolean;
  readonly target: EventTarget | null;
  readonly startListeners?: () => void;
  readonly stopListeners?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onKeyUp?: (event: KeyboardEvent) => void;
}

/** What takes away listeners that stand in the place of Phaser's own. */
const standIns = new WeakMap<KeyListener, () => void>();

/**
 * Which of the page's key events reach the game; null where none do. Those of `sendKey` do in any case.
 *
 * @param isHeard tells by a key's code.
 */
export function listenToKeys(game: Phaser.Game, isHeard: ((keyCode: number) => boolean) | null): void {
  const keyboard = game.input.keyboard as unknown as KeyListener | null;
  if (keyboard === null) return;
  if (keyboard.startListeners === undefined || keyboard.stopListeners === undefined) {
    throw changed('KeyboardManager.startListeners');
  }
  standIns.get(keyboard)?.();
  standIns.delete(keyboard);
  // The game is destroyed.
  if (keyboard.target === null) return;
  // It would listen twice.
  keyboard.stopListeners();
  if (isHeard !== null) {
    // Which makes what `sendKey` calls, too.
    keyboard.startListeners();
    keyboard.stopListeners();
    standIns.set(keyboard, standIn(keyboard, isHeard));
  }
  keyboard.enabled = true;
}

/** All of the page's key events reach the game, as they do by themselves. */
export function listenToAllKeys(game: Phaser.Game): void {
  listenToKeys(game, null);
  (game.input.keyboard as unknown as KeyListener | null)?.startListeners?.();
}

/** Passes on what is heard. @returns what ends it. */
function standIn(keyboard: KeyListener, isHeard: (keyCode: number) => boolean): () => void {
  const pass = (event: Event) => {
    // Phaser, too, tells keys by what has long been deprecated.
    if (!(event instanceof KeyboardEvent) || !isHeard(event.keyCode)) return;
    (event.type === 'keydown' ? keyboard.onKeyDown : keyboard.onKeyUp)?.(event);
  };
  const { target } = keyboard;
  for (const type of ['keydown', 'keyup']) target?.addEventListener(type, pass);
  return () => {
    for (const type of ['keydown', 'keyup']) target?.removeEventListener(type, pass);
  };
}

/** Lets cameras follow what they follow: Phaser does so as it draws, and a game may read where they are. */
export function moveCameras(scene: Phaser.Scene): void {
  for (const camera of scene.cameras.cameras) {
    const { preRender } = camera as unknown as { readonly preRender?: () => void };
    if (preRender === undefined) throw changed('Camera.preRender');
    preRender.call(camera);
  }
}

function changed(name: string): Error {
  return new Error(
    `This version of Phaser has no ${name}, which is needed to run a game without a page; use one of the versions that playtrain names as its peer.`,
  );
}

/** Puts what moves and draws the game, once a frame of the display, in the place of Phaser’s own. @returns what puts that back. */
export function replaceLoop(game: Phaser.Game, frame: (nowMs: number) => void): () => void {
  const loop = game.loop as unknown as { callback?: (nowMs: number, deltaMs: number) => void };
  const given = loop.callback;
  if (given === undefined) throw changed('TimeStep.callback');
  loop.callback = frame;
  return () => {
    loop.callback = given;
  };
}
