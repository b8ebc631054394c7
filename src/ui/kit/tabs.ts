import { html, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

export interface Tab {
  readonly id: string;
  readonly label: string;
}

/** Tabs over panels, of which some may be out of place for a while. */
export interface Tabs {
  /** Each panel's element by tab id. */
  readonly panels: ReadonlyMap<string, HTMLElement>;
  /**
   * Puts a tab into its place in the row, or takes it out. Whoever looks at the first tab of the row goes on doing so.
   */
  setShown(id: string, shown: boolean): void;
  /** Shows a tab's panel, as if the tab had been pressed; its tab must be in its place. */
  choose(id: string): void;
  /** Puts the focus on the chosen tab. */
  focus(): void;
}

/**
 * Tabs over panels (WAI-ARIA tabs pattern: arrow keys, Home and End move; the panel follows).
 *
 * @param chosen called with a tab's id after its panel was shown.
 */
export function tabs(
  container: HTMLElement,
  label: string,
  list: readonly Tab[],
  chosen: (id: string) => void,
): Tabs {
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

  const away = new Set<string>();
  let selected = list[0]?.id ?? '';
  const shownTabs = () => list.filter(({ id }) => !away.has(id));
  const choose = (id: string, focus: boolean) => {
    selected = id;
    draw();
    for (const [panelId, panel] of panels) panel.hidden = panelId !== id;
    if (focus) bar.querySelector<HTMLElement>(`#tab-${id}`)?.focus();
    chosen(id);
  };
  const move = (event: KeyboardEvent, index: number) => {
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    const shown = shownTabs();
    const tab = target === undefined ? undefined : shown.at(target % shown.length);
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab.id, true);
  };
  const draw = () =>
    render(
      repeat(
        shownTabs(),
        ({ id }) => id,
        ({ id, label: name }, index) => html`
          <button type="button" role="tab" class="tab" id="tab-${id}" aria-controls="panel-${id}"
            aria-selected=${id === selected} tabindex=${id === selected ? 0 : -1}
            @click=${() => choose(id, false)} @keydown=${(event: KeyboardEvent) => move(event, index)}>${name}</button>`,
      ),
      bar,
    );
  choose(selected, false);
  return {
    panels,
    choose: (id) => choose(id, false),
    focus: () => bar.querySelector<HTMLElement>(`#tab-${selected}`)?.focus(),
    setShown(id, shown) {
      if (away.has(id) !== shown) return;
      const wasFirst = shownTabs()[0]?.id === selected;
      if (shown) away.delete(id);
      else away.add(id);
      const first = shownTabs()[0]?.id ?? '';
      if (wasFirst || away.has(selected)) choose(first, false);
      else draw();
    },
  };
}
