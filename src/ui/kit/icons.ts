import { type SVGTemplateResult, svg } from 'lit-html';

/** Pictures of the page's buttons, drawn on a 20 × 20 grid in the text's colour; every button also has a name. */
const icon = (drawing: SVGTemplateResult): SVGTemplateResult => svg`
  <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">${drawing}</svg>`;

const stroked = (path: string): SVGTemplateResult =>
  icon(
    svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/>`,
  );

const filled = (path: string): SVGTemplateResult => icon(svg`<path d=${path} fill="currentColor"/>`);

export const icons = {
  play: filled('M6 3.5v13a.6.6 0 0 0 .92.5l10-6.5a.6.6 0 0 0 0-1l-10-6.5A.6.6 0 0 0 6 3.5z'),
  pause: filled('M5 3.5h3.4v13H5zM11.6 3.5H15v13h-3.4z'),
  step: filled('M4 4v12l8-6zM13.5 4H16v12h-2.5z'),
  restart: stroked('M4 4v4.5h4.5M4.4 8.2A6.3 6.3 0 1 1 4 12.2'),
  previous: stroked('M12 4.5 6.5 10l5.5 5.5'),
  next: stroked('M8 4.5 13.5 10 8 15.5'),
  left: filled('M13.5 3v14L3.5 10z'),
  right: filled('M6.5 3v14l10-7z'),
  up: filled('M3 13.5h14L10 3.5z'),
  /** Two arrows, one to each side. */
  swap: stroked('M6.5 4 3 7.5 6.5 11M3 7.5h11M13.5 9 17 12.5 13.5 16M17 12.5H6'),
  leave: stroked('M11.5 4H4v12h7.5M8.5 10H17M13.8 6.8 17 10l-3.2 3.2'),
  sound: icon(
    svg`<path d="M3 7.5v5h3l4.5 3.8V3.7L6 7.5z" fill="currentColor"/><path d="M13 7.3a4 4 0 0 1 0 5.4M15.3 5a7.2 7.2 0 0 1 0 10" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/>`,
  ),
  muted: icon(
    svg`<path d="M3 7.5v5h3l4.5 3.8V3.7L6 7.5z" fill="currentColor"/><path d="m13 7.8 4.4 4.4M17.4 7.8 13 12.2" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/>`,
  ),
  save: stroked('M10 3v9.5M6 8.8l4 4 4-4M4 16.5h12'),
  keep: stroked('M5.5 3.5h9v13L10 13l-4.5 3.5z'),
  link: stroked(
    'M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.6-2.6a3.25 3.25 0 0 0-4.6-4.6L10 5.4M11.5 8.5a3.2 3.2 0 0 0-4.6 0l-2.6 2.6a3.25 3.25 0 0 0 4.6 4.6L10 14.6',
  ),
  /** A small letter and a large one. */
  largeType: stroked('M1.5 15.5 4.5 8l3 7.5M2.5 13h4M8.5 15.5 13.5 3.5l5 12M10.2 11.5h6.6'),
  help: stroked('M7.2 7.4a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M10 15.6v.1'),
  close: stroked('M5 5l10 10M15 5 5 15'),
  undo: stroked('M4 8h8.2a3.9 3.9 0 0 1 0 7.8H8M4 8l3.5-3.5M4 8l3.5 3.5'),
  redo: stroked('M16 8H7.8a3.9 3.9 0 0 0 0 7.8H12M16 8l-3.5-3.5M16 8l-3.5 3.5'),
  below: stroked('M4.5 8 10 13.5 15.5 8'),
  /** Four cards. */
  games: filled('M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z'),
  larger: stroked('M7 3H3v4M13 3h4v4M7 17H3v-4M13 17h4v-4'),
  smaller: stroked('M3 7h4V3M17 7h-4V3M3 13h4v4M17 13h-4v4'),
  picture: stroked('M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2.5-2.5 4 4M12.8 7.5v.1'),
  down: filled('M3 6.5h14l-7 10z'),
  book: stroked(
    'M10 5.5C8.3 4.2 5.8 3.8 3 4v11.5c2.8-.2 5.3.2 7 1.5 1.7-1.3 4.2-1.7 7-1.5V4c-2.8-.2-5.3.2-7 1.5zM10 5.5V17',
  ),
  lock: stroked('M4.5 9h11v8h-11zM7 9V6.3a3 3 0 0 1 6 0V9'),
  star: filled('M10 2.2l2.4 4.9 5.4.8-3.9 3.8.9 5.4-4.8-2.6-4.8 2.6.9-5.4L2.2 7.9l5.4-.8z'),
  hand: stroked('M3 7h14v8H3zM6.5 9.5v3M5 11h3M13 10v.1M15 12v.1'),
  themeAuto: icon(
    svg`<circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="1.75"/><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>`,
  ),
  themeDark: stroked('M15.8 12.3A6.6 6.6 0 0 1 7.7 4.2a6.6 6.6 0 1 0 8.1 8.1z'),
  themeLight: stroked(
    'M10 6.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8zM10 2.2v1.6M10 16.2v1.6M2.2 10h1.6M16.2 10h1.6M4.5 4.5l1.1 1.1M14.4 14.4l1.1 1.1M15.5 4.5l-1.1 1.1M5.6 14.4l-1.1 1.1',
  ),
  info: stroked('M10 9v5M10 6v.1'),
  warning: stroked('M10 3 2.5 16.5h15zM10 8v4M10 14.4v.1'),
} as const;

/** Playtrain's mark: a pole balanced on a cart, over a rising curve. */
export const mark = svg`
  <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <path class="mark-curve" d="M3 27c6 0 7-3 11-9S22 5 29 5" fill="none" stroke-width="2" stroke-linecap="round"/>
    <path class="mark-pole" d="M15 22 19 7" fill="none" stroke-width="3" stroke-linecap="round"/>
    <path class="mark-cart" d="M8 21.5h14v5H8z"/>
  </svg>`;
