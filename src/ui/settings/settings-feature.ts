import type { Panel } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import { SettingsForm } from './settings-form';
import { settingsHead } from './settings-head';

/** The form of all settings, which comes forward where one is to be shown. */
export const settingsFeature = {
  initial: { settingsLocked: false },
  tab: { id: 'settings', label: 'Settings' },
  mount({ tabs, emit, ask, shownSettings$, atEnd }, panel) {
    const head = panel.appendChild(document.createElement('div'));
    head.className = 'settings-head';
    // Disabled, it disables all that is in it.
    const lockable = panel.appendChild(document.createElement('fieldset'));
    lockable.className = 'settings-lockable';
    const form = new SettingsForm(lockable, emit, ask);
    const shown = shownSettings$.subscribe((key) => {
      tabs.choose('settings');
      form.reveal(key);
    });
    atEnd(() => shown.unsubscribe());
    return [settingsHead(head, { emit, ask, focusNext: () => tabs.focus() }), locking(lockable), form];
  },
} satisfies PageFeature;

/** Lets nobody change what is in a fieldset as long as settings are locked. */
function locking(lockable: HTMLFieldSetElement): Panel {
  return {
    update({ settingsLocked }) {
      if (lockable.disabled !== settingsLocked) lockable.disabled = settingsLocked;
    },
  };
}
