import type { PageFeature } from '../shell/page-feature';
import { SettingsForm } from './settings-form';

/** The form of all settings, which comes forward where one is to be shown. */
export const settingsFeature = {
  initial: {},
  tab: { id: 'settings', label: 'Settings' },
  mount({ tabs, emit, ask, shownSettings$, atEnd }, panel) {
    const form = new SettingsForm(panel, emit, ask);
    const shown = shownSettings$.subscribe((key) => {
      tabs.choose('settings');
      form.reveal(key);
    });
    atEnd(() => shown.unsubscribe());
    return [form];
  },
} satisfies PageFeature;
