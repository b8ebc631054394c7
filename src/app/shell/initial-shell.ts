import { bindingsFrom } from '../../contract';
import { defaultPreferences, type Preferences } from '../../storage/preferences';
import { initialFeatures } from '../../ui/features';
import type { ShellState } from '../../ui/shell/page-state';

/** What the page shows before anything is known: nothing yet, and what holds where nothing was chosen. */
export function initialShell(games: ShellState['games']): Omit<ShellState, 'runs' | 'front'> {
  return {
    ...initialFeatures,
    games,
    notices: [],
    keyNames: {},
    ...shownPreferences(defaultPreferences),
    // Whoever put it away is not to see it for a moment at each visit.
    hintDismissed: true,
  };
}

/** Of all that a person chose, what the page as a whole goes by. */
export function shownPreferences(preferences: Preferences) {
  const { theme, large, letterKeys, returnsByItself, hintDismissed, allSettings, overlay } = preferences;
  const bindings = bindingsFrom(preferences.bindings);
  return { theme, large, letterKeys, returnsByItself, hintDismissed, allSettings, overlay, bindings };
}
