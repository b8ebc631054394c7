import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Intent, Notice } from '../shell/page-state';
import { icons } from './icons';
import { changeDetector, type Emit, type Panel } from './panel';

/** Messages that stay until they are dismissed. Errors interrupt a screen reader, the rest wait their turn. */
export function notices(container: HTMLElement, emit: Emit): Panel {
  container.innerHTML = '<div role="alert"></div><div role="status"></div>';
  const [alerts, messages] = container.children as unknown as [HTMLElement, HTMLElement];
  const changed = changeDetector((state) => [state.notices]);
  return {
    update(state) {
      if (!changed(state)) return;
      render(
        template(
          state.notices.filter(({ severity }) => severity === 'error'),
          emit,
        ),
        alerts,
      );
      render(
        template(
          state.notices.filter(({ severity }) => severity !== 'error'),
          emit,
        ),
        messages,
      );
    },
  };
}

const severityNames = { info: 'Note', warning: 'Warning', error: 'Error' } as const;

function template(shown: readonly Notice[], emit: Emit) {
  return repeat(
    shown,
    ({ id }) => id,
    ({ id, severity, message, actions }) => html`
      <div class="notice" data-severity=${severity}>
        ${severity === 'info' ? icons.info : icons.warning}
        <p><span class="visually-hidden">${severityNames[severity]}: </span>${message}</p>
        ${actions === undefined || actions.length === 0 ? nothing : actionsOf(id, actions, emit)}
        <button type="button" class="button button-icon button-small" aria-label="Dismiss: ${message}"
          @click=${() => emit({ kind: 'dismiss', notice: id })}>${icons.close}</button>
      </div>`,
  );
}

function actionsOf(notice: string, actions: NonNullable<Notice['actions']>, emit: Emit) {
  const act = (intent: Intent) => {
    emit(intent);
    emit({ kind: 'dismiss', notice });
  };
  return html`<div class="notice-actions">
    ${actions.map(
      ({ label, intent }) =>
        html`<button type="button" class="button button-compact" @click=${() => act(intent)}>${label}</button>`,
    )}
  </div>`;
}
