import type { Report } from './report';

/** A report as tables for people. */
export function tablesOf({ update, act, frames }: Report): readonly HTMLTableElement[] {
  return [
    table(
      'Updates: Balance’s nets, 64×64, milliseconds a minibatch',
      ['backend', 'path', 'minibatch', 'ms', 'of its thread'],
      update.map((row) => [
        row.backend,
        row.path,
        String(row.minibatch),
        row.wallMs.toFixed(2),
        row.threadMs.toFixed(2),
      ]),
    ),
    table(
      'The actor, microseconds a decision of all arenas',
      ['computes on', 'µs'],
      act.map((row) => [row.acting, row.microseconds.toFixed(0)]),
    ),
    table(
      'This page’s frames, milliseconds apart, while updates follow each other without rest',
      ['updates on', 'median', '99 %', 'frames'],
      frames.map((row) => [
        row.updates ?? 'none',
        row.p50Ms.toFixed(1),
        row.p99Ms.toFixed(1),
        String(row.frames),
      ]),
    ),
  ];
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const element = document.createElement('table');
  element.createCaption().textContent = title;
  const header = element.createTHead().insertRow();
  for (const text of head) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = text;
    header.append(cell);
  }
  const body = element.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    for (const text of cells) row.insertCell().textContent = text;
  }
  return element;
}
