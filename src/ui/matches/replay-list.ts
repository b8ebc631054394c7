import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { KeptReplay } from '../../contract';
import { forgetReplayQuestion, replayTexts } from '../../texts/replays';
import type { Question } from '../kit/dialogs';
import { chosenFile } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import { formatMoment } from '../kit/format';
import { icons } from '../kit/icons';
import type { Emit } from '../kit/panel';

/** The kept matches, to be watched again, handed on, or deleted. */
export function replayList(
  replays: readonly KeptReplay[],
  emit: Emit,
  ask: (question: Question) => Promise<boolean>,
): TemplateResult {
  const forget = async (replay: KeptReplay) => {
    if (await ask(forgetReplayQuestion(replayTitle(replay), formatMoment(replay.playedAtMs))))
      emit({ kind: 'forgetReplay', id: replay.id });
  };
  return html`
    <h2>${replayTexts.heading}</h2>
    ${
      replays.length === 0
        ? html`<p>${replayTexts.none}</p>`
        : html`<ul class="replays">
            ${repeat(
              replays,
              ({ id }) => id,
              (replay) => html`
                <li class="replay">
                  <div class="replay-text">
                    <strong class="figure">${replayTitle(replay)}</strong>
                    <span class="quiet">${formatMoment(replay.playedAtMs)}</span>
                  </div>
                  <button type="button" class="button button-icon" title="Watch" aria-label=${replayTexts.watch(replayTitle(replay))}
                    @click=${() => emit({ kind: 'watchReplay', id: replay.id })}>${icons.play}</button>
                  <button type="button" class="button button-icon" title=${replayTexts.shareMeaning} aria-label=${replayTexts.shareOne(replayTitle(replay))}
                    @click=${() => emit({ kind: 'shareReplay', id: replay.id })}>${icons.link}</button>
                  <button type="button" class="button button-icon" title="Export" aria-label=${replayTexts.exportOne(replayTitle(replay))}
                    @click=${() => emit({ kind: 'exportReplay', id: replay.id })}>${icons.save}</button>
                  <button type="button" class="button button-icon" title="Delete" aria-label=${replayTexts.deleteOne(replayTitle(replay))}
                    @click=${() => forget(replay)}>${icons.close}</button>
                </li>`,
            )}
          </ul>`
    }
    <div class="row">
      <label class="button file-button">${replayTexts.importOne}<input type="file" class="visually-hidden" accept=".json"
          @change=${chosenFile((file) => emit(fileIntent(file, 'importReplay')))} /></label>
    </div>`;
}

function replayTitle({ names, score }: KeptReplay): string {
  return `${names[0]} ${score[0]} : ${score[1]} ${names[1]}`;
}
