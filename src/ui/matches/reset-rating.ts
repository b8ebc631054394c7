import { html, nothing, type TemplateResult } from 'lit-html';
import { resetTexts } from '../../texts/reset-rating';
import type { Question } from '../kit/dialogs';
import type { Emit } from '../kit/panel';
import type { PlayState } from './play-state';

/** A way for the person to begin anew, such as for the next one at this computer; there is none before their first match. */
export function resetRating(
  { visitor }: PlayState,
  emit: Emit,
  ask: (question: Question) => Promise<boolean>,
): TemplateResult | typeof nothing {
  if (visitor.matches === 0) return nothing;
  const reset = async () => {
    if (await ask(resetTexts.question(visitor.matches))) emit({ kind: 'forgetRating' });
  };
  return html`<button type="button" class="reset reset-rating" @click=${reset}>${resetTexts.button}</button>`;
}
