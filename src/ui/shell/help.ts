import { html, nothing, type TemplateResult } from 'lit-html';
import type { Observable } from 'rxjs';
import { pageTexts } from '../../texts/page';
import { KeyBindings } from '../bindings/key-bindings';
import { openDialog } from '../kit/dialogs';
import type { Emit } from '../kit/panel';
import { switched } from '../kit/switched';
import { matchShortcuts, type Shortcut, shortcuts } from './keys';
import type { PageState } from './page-state';

/**
 * Shows what the page is and which keys it knows, those of matches where there are any, until it is closed. The keys of
 * play can be changed there.
 *
 * @param state as it is when help is asked for; `state$` as it goes on.
 * @param own the keys of features.
 */
export async function showHelp(
  root: HTMLElement,
  state: PageState,
  state$: Observable<PageState>,
  emit: Emit,
  own: readonly Shortcut[],
): Promise<void> {
  const { letterKeys } = state;
  const texts = pageTexts.help;
  const hasMatches = state.play !== null;
  const keysOfPlay = document.createElement('div');
  const bindings = new KeyBindings(keysOfPlay, state$, emit);
  const useful = own.filter(({ asks }) => asks(state) !== null);
  const ownAtAnyTime = useful.filter(({ during }) => during.includes('training'));
  const ownInMatches = useful.filter(({ during }) => !during.includes('training'));
  await openDialog(
    root,
    texts.title,
    html`
      <p>${texts.about}${hasMatches ? ` ${texts.aboutMatches}` : ''}</p>
      ${keysOfPlay}
      <h3>${texts.keys}</h3>
      ${keyList([...shortcuts, ...ownAtAnyTime.map(listed)])}
      ${hasMatches ? html`<h3>${texts.matchKeys}</h3>${keyList([...matchShortcuts, ...ownInMatches.map(listed)])}` : nothing}
      <p class="quiet">${texts.rest}</p>
      <label class="by-itself"><span class="switch"><input type="checkbox" role="switch" .checked=${letterKeys}
        @change=${switched((on) => emit({ kind: 'letterKeys', on }))} /></span>
        ${texts.letters}</label>
      <div class="dialog-buttons">
        <button type="submit" value="close" class="button button-primary" autofocus>${texts.close}</button>
      </div>`,
  );
  bindings.dispose();
}

const listed = ({ key, does }: Shortcut) => ({ keys: [key.toUpperCase()], does });

function keyList(list: typeof shortcuts): TemplateResult {
  return html`
    <dl class="keys">
      ${list.map(
        ({ keys, does }) =>
          html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`,
      )}
    </dl>`;
}
