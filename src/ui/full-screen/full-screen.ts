/** What stands on the whole screen: the game, with its lines and bars. */
export function stageOf(document: Document): HTMLElement {
  const stage = document.querySelector<HTMLElement>('.stage');
  if (stage === null) throw new Error('There is no stage.');
  return stage;
}

/** Whether the browser lets pages have the whole screen at all; a phone may not. */
export function mayFillScreen(document: Document): boolean {
  return document.fullscreenEnabled === true;
}

export interface FullScreenIntent {
  /** The game alone on the whole screen, or back. */
  readonly kind: 'fullScreen';
}

declare module '../shell/page-state' {
  interface FeatureIntents {
    readonly fullScreen: FullScreenIntent;
  }
}
