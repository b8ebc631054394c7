import { html, nothing, type TemplateResult } from 'lit-html';
import { pageTexts } from '../../texts/page';
import { openDialog } from '../kit/dialogs';
import { keyName } from '../kit/key-name';
import type { Emit } from '../kit/panel';
import { switched } from '../kit/switched';
import { matchShortcuts, shortcuts } from './keys';
import type { PageState } from './page-state';

/** Shows what the page is and which keys it knows, those of matches where there are any, until it is closed. */
export async function showHelp(root: HTMLElement, state: PageState, emit: Emit): Promise<void> {
  const { keyNames, letterKeys } = state;
  const texts = pageTexts.help;
  const hasMatches = state.play !== null;
  await openDialog(
    root,
    texts.title,
    html`
      <p>${texts.about}${hasMatches ? ` ${texts.aboutMatches}` : ''}</p>
      <h3>${texts.keys}</h3>
      ${keyList(shortcuts, keyNames)}
      ${hasMatches ? html`<h3>${texts.matchKeys}</h3>${keyList(matchShortcuts, keyNames)}` : nothing}
      <p class="quiet">${texts.rest}</p>
      <label class="by-itself"><span class="switch"><input type="checkbox" role="switch" .checked=${letterKeys}
        @change=${switched((on) => emit({ kind: 'letterKeys', on }))} /></span>
        ${texts.letters}</label>
      <div class="dialog-buttons">
        <button type="submit" value="close" class="button button-primary" autofocus>${texts.close}</button>
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
