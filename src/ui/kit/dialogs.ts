import { html, render, type TemplateResult } from 'lit-html';
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

/** Opens a modal dialog; resolves to the value of the button that closed it, or '' after Escape. */
export function openDialog(root: HTMLElement, title: string, content: TemplateResult): Promise<string> {
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
