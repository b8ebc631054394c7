import { get, set } from 'idb-keyval';

/** What a person chose about matches once and for all. */
export interface PlayPreferences {
  readonly sound: boolean;
  /** Whether agents play rating matches in the background. */
  readonly rates: boolean;
}

const key = 'playtrain/play-preferences';
const defaults: PlayPreferences = { sound: true, rates: true };

/** @returns what was chosen; sound and rating matches on where nothing was, or storage is closed. */
export async function loadPlayPreferences(): Promise<PlayPreferences> {
  return { ...defaults, ...(await get<PlayPreferences>(key).catch(() => undefined)) };
}

/** Where storage is closed it holds for this visit. */
export async function savePlayPreferences(preferences: PlayPreferences): Promise<void> {
  await set(key, preferences).catch(() => {});
}
