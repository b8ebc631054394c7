import { html, nothing, type TemplateResult } from 'lit-html';
import { openDialog } from '../kit/dialogs';
import { keyName } from '../kit/key-name';
import type { Emit } from '../kit/panel';
import { switched } from '../kit/switched';
import { matchShortcuts, shortcuts } from './keys';
import type { PageState } from './page-state';

/** Shows what the page is and which keys it knows, those of matches where there are any, until it is closed. */
export async function showHelp(root: HTMLElement, state: PageState, emit: Emit): Promise<void> {
  const { keyNames, letterKeys } = state;
  const hasMatches = state.play !== null;
  await openDialog(
    root,
    'How to use this page',
    html`
      <p>
        An agent learns the game with PPO, here in the browser, while the game plays. Watch the curve rise, change a
        setting and see what it does, or take over an arena and play
        yourself.${hasMatches ? ' Against whom, for points and a rating, you choose under “Play”.' : ''}
      </p>
      <h3>Keys</h3>
      ${keyList(shortcuts, keyNames)}
      ${hasMatches ? html`<h3>Keys in a match</h3>${keyList(matchShortcuts, keyNames)}` : nothing}
      <p class="quiet">Keys rest while a form field or a dialog has the focus.</p>
      <label class="by-itself"><span class="switch"><input type="checkbox" role="switch" .checked=${letterKeys}
        @change=${switched((on) => emit({ kind: 'letterKeys', on }))} /></span>
        Letters and digits alone are shortcuts</label>
      <div class="dialog-buttons">
        <button type="submit" value="close" class="button button-primary" autofocus>Close</button>
      </div>`,
  );
}

function keyList(list: typeof shortcuts, names: PageState['keyNames']): TemplateResult {
  return html`
    <dl class="keys">
      ${list.map(
        ({ keys, does }) =>
          html`<div><dt>${keys.map((key) => html`<kbd>${keyName(key, names)}</kbd> `)}</dt><dd>${does}</dd></div>`,
      )}
    </dl>`;
}
