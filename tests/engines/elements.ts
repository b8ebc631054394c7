import type { Wanted } from './find';

const tab = (name: string): Wanted => ({ role: 'tab', name });
const button = (name: string): Wanted => ({ role: 'button', name });
const choice = (name: string): Wanted => ({ role: 'radio', name });
const matchSpeeds: Wanted = { role: 'group', name: 'Speed of the match' };

/** All that scenarios touch, by role and accessible name: where the page renames something, this is the place. */
export const elements = {
  tabs: {
    charts: tab('Charts'),
    settings: tab('Settings'),
    run: tab('Run'),
    about: tab('About'),
    inspector: tab('Inspector'),
    play: tab('Play'),
  },
  lookAtUpdate: button('Look at the next update'),
  theme: button('Theme: …'),
  copyLink: button('Copy link'),
  help: button('Help and keys'),
  takeOver: button('Take over…'),
  thenAndNow: button('Then and now'),
  exportRun: button('Export run'),
  importRun: { role: 'file', name: 'Import run' },
  restart: button('Restart'),
  restartDialog: { role: 'dialog', name: '…' },
  aboutReturn: button('About Episode return'),
  pause: button('Pause'),
  startMatch: button('Play'),
  matchSpeed16: { ...choice('16×, …'), within: matchSpeeds },
  matchSpeedMax: { ...choice('Max, …'), within: matchSpeeds },
  keepReplay: button('Keep replay'),
  leaveCourt: button('Leave the court'),
  importReplay: { role: 'file', name: 'Import replay' },
  watchReplay: button('Watch … : …'),
  exportReplay: button('Export … : …'),
  padLeft: button('Left'),
  padRight: button('Right'),
  padJump: button('Jump'),
} as const satisfies Record<string, Wanted | Record<string, Wanted>>;
