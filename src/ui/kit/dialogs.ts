import { html, nothing, render, type TemplateResult } from 'lit-html';
import { matchShortcuts, shortcuts } from '../shell/keys';
import { icons } from './icons';

/** The words of a dialog that asks before something is lost or interrupted. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** Asks before something is lost. Resolves to true only when the person confirmed; Escape cancels. */
export async function ask(root: HTMLElement, question: Question): Promise<boolean> {
  const answer = await openDialog(
    root,
    question.title,
    html`
      <p>${question.body}</p>
      <div class="dialog-buttons">
        <button type="submit" value="cancel" class="button" autofocus>${question.cancel}</button>
        <button type="submit" value="confirm" class="button button-primary">${question.confirm}</button>
      </div>`,
  );
  return answer === 'confirm';
}

/** Shows what the page is and which keys it knows, those of matches where there are any, until it is closed. */
export async function showHelp(root: HTMLElement, hasMatches: boolean): Promise<void> {
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
      ${keyList(shortcuts)}
      ${hasMatches ? html`<h3>Keys in a match</h3>${keyList(matchShortcuts)}` : nothing}
      <p class="quiet">Keys rest while a form field or a dialog has the focus.</p>
      <div class="dialog-buttons">
        <button type="submit" value="close" class="button button-primary" autofocus>Close</button>
      </div>`,
  );
}

function keyList(list: typeof shortcuts): TemplateResult {
  return html`
    <dl class="keys">
      ${list.map(
        ({ keys, does }) =>
          html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`,
      )}
    </dl>`;
}

/** Opens a modal dialog; resolves to the value of the button that closed it, or '' after Escape. */
function openDialog(root: HTMLElement, title: string, content: TemplateResult): Promise<string> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  render(
    html`
      <form method="dialog">
        <div class="dialog-head">
          <h2 id="dialog-title">${title}</h2>
          <button type="submit" value="" class="button button-icon" aria-label="Close">${icons.close}</button>
        </div>
        ${content}
      </form>`,
    dialog,
  );
  root.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
    // The button that gets the focus stands at its end.
    dialog.scrollTop = 0;
  });
}
