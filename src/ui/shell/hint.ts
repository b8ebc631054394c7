import { html, nothing, render } from 'lit-html';
import { hintTexts } from '../../texts/page';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';

/**
 * What a first visitor is told, until they put it away.
 *
 * @param focusNext takes the focus, which else would fall to nothing.
 */
export function hint(container: HTMLElement, emit: Emit, focusNext: () => void): Panel {
  const changed = changeDetector(({ hintDismissed }) => [hintDismissed]);
  const dismiss = () => {
    emit({ kind: 'dismissHint' });
    focusNext();
  };
  return {
    update(state) {
      if (changed(state)) render(state.hintDismissed ? nothing : template(dismiss), container);
    },
  };
}

function template(dismiss: () => void) {
  return html`
    <p class="hint">
      <span>${hintTexts.promise}</span>
      <button type="button" class="button button-icon button-small" aria-label=${hintTexts.dismiss}
        @click=${dismiss}>${icons.close}</button>
    </p>`;
}
