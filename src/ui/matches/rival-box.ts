import { html, type TemplateResult } from 'lit-html';
import { practiceTexts } from '../../texts/practice';
import { icons } from '../kit/icons';
import type { Emit } from '../kit/panel';
import { explanation } from '../kit/tooltip';
import type { PlayState } from './play-state';

/** An agent of one's own to meet: the button that has it trained for that, and how far that is. */
export function rivalBox(rival: PlayState['rival'], emit: Emit): TemplateResult {
  if (rival === null) {
    return html`
      <div class="rival">
        <button type="button" class="button" @click=${() => emit({ kind: 'trainRival' })}>${practiceTexts.rival}</button>
        ${explanation('explain-rival', 'a rival of your own', practiceTexts.rivalMeaning)}
      </div>`;
  }
  const { leftMs, totalMs } = rival;
  return html`
    <div class="rival rival-learning">
      <label for="rival-progress">${practiceTexts.training}, <span class="figure">${practiceTexts.left(leftMs)}</span></label>
      <progress id="rival-progress" max=${totalMs} .value=${totalMs - leftMs}></progress>
      <button type="button" class="button button-primary" @click=${() => emit({ kind: 'meetRival' })}>${icons.play}${practiceTexts.meet}</button>
      <button type="button" class="button" @click=${() => emit({ kind: 'leaveRival' })}>${practiceTexts.leave}</button>
    </div>`;
}
