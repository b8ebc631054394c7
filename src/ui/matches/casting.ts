import { html, nothing, type TemplateResult } from 'lit-html';
import {
  type Contestant,
  generationId,
  generationOf,
  isPerson,
  type MatchSetup,
  matchKind,
  type SeatChoice,
  type Side,
  sideNames,
} from '../../contract';
import { playTexts } from '../../texts/matches';
import { chosenFile } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import type { Emit } from '../kit/panel';
import { generationSlider } from './generation-slider';
import { ladder } from './ladder';
import type { PlayState } from './play-state';

/** Which seat the ladder casts, and which generation the slider shows for it. */
export class Casting {
  /** The seat that is cast where agents are watched; where a person plays, it is the other one's. */
  private watchedSide: Side = 1;
  /** The generation under the slider's thumb while it moves, else the one last chosen. */
  generation: number | null = null;

  /** The seat that the ladder casts. */
  side({ seats }: MatchSetup): Side {
    if (isPerson(seats[0])) return 1;
    return isPerson(seats[1]) ? 0 : this.watchedSide;
  }

  /** Casts that seat from now on, as it is set up. */
  turnTo(side: Side, { seats }: MatchSetup): void {
    this.watchedSide = side;
    this.generation = generationOf(seats[side]);
  }

  /** The two have changed sides: whoever was cast is cast on the other. */
  swap(setup: MatchSetup): void {
    this.watchedSide = this.side(setup) === 0 ? 1 : 0;
  }
}

/** What a person may do to cast a seat. */
export interface CastingActions {
  readonly choose: (seat: SeatChoice) => void;
  /** The slider shows another generation. */
  readonly moved: () => void;
  readonly emit: Emit;
}

/** Everybody who may take the seat: the ladder, the run's generations, and agents from files. */
export function castingTemplate(
  play: PlayState,
  casting: Casting,
  { choose, moved, emit }: CastingActions,
): TemplateResult {
  const { setup, contestants } = play;
  const side = casting.side(setup);
  const seat = setup.seats[side];
  const isWatched = matchKind(setup) === 'agents';
  return html`
    ${ladder(play, isWatched ? playTexts.whoPlaysOn(sideNames[side]) : playTexts.opponent, seat, choose)}
    ${generationSlider(
      play,
      isWatched ? playTexts.asAtUpdate : playTexts.playAsAtUpdate,
      generationOf(seat) ?? casting.generation,
      (version) => {
        casting.generation = version;
        moved();
      },
      (version) => {
        casting.generation = version;
        choose(generationId(version));
      },
    )}
    <div class="row">
      ${exportButton(
        contestants.find(({ id }) => id === seat),
        emit,
      )}
      <label class="button file-button">${playTexts.importAgent}<input type="file" class="visually-hidden"
          accept=".safetensors,.onnx" @change=${chosenFile((file) => emit(fileIntent(file, 'importAgent')))} /></label>
    </div>
    <p class="quiet">${playTexts.files}</p>`;
}

function exportButton(chosen: Contestant | undefined, emit: Emit) {
  if (chosen === undefined || chosen.kind === 'scripted') return nothing;
  return html`
    <button type="button" class="button" @click=${() => emit({ kind: 'exportAgent', contestant: chosen.id })}>
      ${playTexts.exportAgent(chosen.name)}</button>`;
}
