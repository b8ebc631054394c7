import type { PersonInput } from '../../contract';
import { noInput } from './person-input';

/** What is read of a gamepad; `Gamepad` of the browser is one. */
export interface Pad {
  readonly index: number;
  readonly connected: boolean;
  readonly mapping: string;
  readonly axes: readonly number[];
  readonly buttons: readonly { readonly pressed: boolean }[];
}

const deadZone = 0.2;
/** Of the standard mapping (W3C Gamepad, section 8): the cross, and the buttons that are named Start and Back. */
const cross = { up: 12, down: 13, left: 14, right: 15 } as const;
const startButton = 9;
const backButton = 8;

/** What a gamepad's left stick, cross and first button say. Only of the standard mapping is it known where the cross is. */
export function padInput(pad: Pad): PersonInput {
  const pressed = (button: number) => pad.buttons[button]?.pressed === true;
  const beyondDeadZone = (axis: number | undefined) =>
    axis !== undefined && Math.abs(axis) > deadZone ? axis : 0;
  const isStandard = pad.mapping === 'standard';
  const side = isStandard ? Number(pressed(cross.right)) - Number(pressed(cross.left)) : 0;
  const rise = isStandard ? Number(pressed(cross.up)) - Number(pressed(cross.down)) : 0;
  return {
    horizontal: side !== 0 ? side : beyondDeadZone(pad.axes[0]),
    vertical: rise !== 0 ? rise : 0 - beyondDeadZone(pad.axes[1]),
    primary: pressed(0),
  };
}

/** What is held on each player's gamepad, and whether one of theirs is gone. */
export interface PadsRead {
  readonly inputs: readonly [PersonInput, PersonInput];
  /** True while a player whose gamepad it was has none. */
  readonly isMissing: boolean;
}

const nothing: PadsRead = { inputs: [noInput, noInput], isMissing: false };

/**
 * Whose gamepad is which. A person alone has all of them, and the one that points furthest wins, so that a phantom
 * device takes none away. Of two, each has the one that they began with, by its number, until they begin anew: a battery
 * that dies gives the other's to nobody.
 */
export class PadSeats {
  private bound: readonly [number | null, number | null] | null = null;
  /** The one that a person alone used last; null where none was. */
  private usedAlone: number | null = null;

  /** @param two whether two people play. */
  read(pads: readonly (Pad | null)[], two: boolean): PadsRead {
    const connected = pads.filter((pad) => pad?.connected === true) as Pad[];
    if (!two) {
      this.bound = null;
      const inputs = connected.map(padInput);
      const inUse = inputs.findIndex(isSaying);
      if (inUse >= 0) this.usedAlone = connected[inUse]?.index ?? null;
      const isMissing = this.usedAlone !== null && !connected.some(({ index }) => index === this.usedAlone);
      return { inputs: [furthest(inputs), noInput], isMissing };
    }
    this.usedAlone = null;
    this.bound ??= bindingOf(connected);
    if (this.bound[0] === null && this.bound[1] === null) {
      // Whoever takes up the first gamepads in mid-match has them.
      if (connected.length === 0) return nothing;
      this.bound = bindingOf(connected);
    }
    const padOf = (index: number | null) => connected.find((pad) => pad.index === index);
    const [first, second] = [padOf(this.bound[0]), padOf(this.bound[1])];
    const isMissing =
      (this.bound[0] !== null && first === undefined) || (this.bound[1] !== null && second === undefined);
    return {
      inputs: [
        first === undefined ? noInput : padInput(first),
        second === undefined ? noInput : padInput(second),
      ],
      isMissing,
    };
  }
}

/** Of two people the first takes the first gamepad; where there is but one, the first person has it. */
function bindingOf(connected: readonly Pad[]): readonly [number | null, number | null] {
  return [connected[0]?.index ?? null, connected[1]?.index ?? null];
}

function isSaying({ horizontal, vertical, primary }: PersonInput): boolean {
  return horizontal !== 0 || vertical !== 0 || primary;
}

function furthest(inputs: readonly PersonInput[]): PersonInput {
  const best = (values: readonly number[]) =>
    values.reduce((winner, value) => (Math.abs(value) > Math.abs(winner) ? value : winner), 0);
  return {
    horizontal: best(inputs.map(({ horizontal }) => horizontal)),
    vertical: best(inputs.map(({ vertical }) => vertical)),
    primary: inputs.some(({ primary }) => primary),
  };
}

/** A button that does not play: Start begins, pauses, goes on and plays again; Back leaves. */
export type PadCommand = 'start' | 'back';

/** Tells when Start or Back goes down on any gamepad. */
export class PadButtons {
  private held = new Set<string>();

  read(pads: readonly (Pad | null)[]): readonly PadCommand[] {
    const now = new Set<string>();
    const commands: PadCommand[] = [];
    for (const pad of pads) {
      if (pad?.connected !== true || pad.mapping !== 'standard') continue;
      for (const [button, command] of [
        [startButton, 'start'],
        [backButton, 'back'],
      ] as const) {
        if (pad.buttons[button]?.pressed !== true) continue;
        const key = `${pad.index} ${button}`;
        now.add(key);
        if (!this.held.has(key)) commands.push(command);
      }
    }
    this.held = now;
    return commands;
  }
}

/** The gamepads that there are; none where the browser has no such interface, or forbids it. */
export function connectedPads(navigator: Navigator): readonly (Pad | null)[] {
  try {
    // Missing, whatever the types say, where the page came over plain http: that throws, too.
    return navigator.getGamepads();
  } catch {
    return [];
  }
}
