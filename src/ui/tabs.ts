import { html, render } from 'lit-html';

export interface Tab {
  readonly id: string;
  readonly label: string;
}

/**
 * Tabs over panels (WAI-ARIA tabs pattern: arrow keys, Home and End move; the panel follows).
 *
 * @param chosen called with a tab's id after its panel was shown.
 * @returns each panel's element by tab id.
 */
export function tabs(
  container: HTMLElement,
  label: string,
  list: readonly Tab[],
  chosen: (id: string) => void,
): ReadonlyMap<string, HTMLElement> {
  const bar = document.createElement('div');
  bar.className = 'tabs';
  bar.setAttribute('role', 'tablist');
  bar.setAttribute('aria-label', label);
  container.append(bar);

  const panels = new Map<string, HTMLElement>();
  for (const { id } of list) {
    const panel = document.createElement('div');
    panel.id = `panel-${id}`;
    panel.className = `panel panel-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `tab-${id}`);
    panel.tabIndex = 0;
    panels.set(id, panel);
    container.append(panel);
  }

  const choose = (id: string, focus: boolean) => {
    draw(id);
    for (const [panelId, panel] of panels) panel.hidden = panelId !== id;
    if (focus) bar.querySelector<HTMLElement>(`#tab-${id}`)?.focus();
    chosen(id);
  };
  const move = (event: KeyboardEvent, index: number) => {
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    const tab = target === undefined ? undefined : list.at(target % list.length);
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab.id, true);
  };
  const draw = (selected: string) =>
    render(
      list.map(
        ({ id, label: name }, index) => html`
          <button type="button" role="tab" class="tab" id="tab-${id}" aria-controls="panel-${id}"
            aria-selected=${id === selected} tabindex=${id === selected ? 0 : -1}
            @click=${() => choose(id, false)} @keydown=${(event: KeyboardEvent) => move(event, index)}>${name}</button>`,
      ),
      bar,
    );
  const first = list[0];
  if (first !== undefined) choose(first.id, false);
  return panels;
}
