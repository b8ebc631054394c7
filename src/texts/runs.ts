/** What is said of the runs that this browser keeps, and of the one that is open. */
export const runTexts = {
  isGone: 'This run is not kept any more; choose another.',
  needsName: 'A run needs a name; give it one.',
  notBegun: 'The run has not begun yet; wait a moment.',
  nothingToExport: 'There is nothing to export yet; wait until the agent has started.',
  notKept: 'Nothing of this run is kept, so no update of it can be.',
  keepUpdate: 'Keep this update',
  updateKept: (version: number) =>
    `Update ${version} stays kept: fork the run there, or see it under “Then and now”.`,
  unreadable: (name: string) => `What is kept of “${name}” cannot be read; it was left as it is.`,
  begunInstead: (why: string, name: string) => `${why} “${name}” was begun in its place.`,
  openedLate: (name: string) =>
    `The browser’s storage took long to open, so another run was begun. “${name}”, which you have, can be opened now.`,
  learnsInPage: (why: string) =>
    `The game’s twin was given up, and the game learns in its page, more slowly: ${why}`,
  otherBackend: (why: string) => `${why} Another backend is used instead.`,
  restarted: (name: string) => `“${name}” is kept; this is another run.`,
  backTo: (name: string) => `Back to “${name}”`,
  deleted: (name: string) => `“${name}” is deleted.`,
  undo: 'Undo',
  openElsewhere: (name: string) => `“${name}” is open in another tab; close it there first.`,
  broughtBeside: (count: number, file: string) =>
    `${count === 1 ? 'One run' : `${count} runs`} from “${file}” came beside yours.`,
  leftAt: (name: string, version: number) => `${name}, update ${version}`,
  goesOnFromBest: (left: string) => `The run goes on from its best. What it left is kept as “${left}”.`,
  selectionOnly: 'The run is so long that the file holds a selection of its updates.',
  /** @param slower by what the learning rate of then was multiplied. */
  wentBack: (why: string, version: number, slower: number) =>
    `${why} The run went back to update ${version}, with the settings of then${
      slower === 1
        ? ''
        : ` but for a learning rate ${Math.round(1 / slower)} times smaller, since it had fallen from there before`
    }.`,
  spaceIsShort:
    'The browser has little room left for what this page keeps. Delete runs that you can do without under “Run”, or export everything first.',
  exportEverything: 'Export everything',
  exportThis: 'Export this run',
  keepAsAnother: 'Keep this as a run of its own',
  unsaved: {
    deleted: (name: string) =>
      `What was kept of “${name}” was deleted in another tab. What it learns here is not saved.`,
    elsewhere: (name: string) =>
      `“${name}” is open in another tab, which saves it. What it learns here is not saved.`,
  },
};

/** A question before a run is lost. */
export const leaveQuestion = (name: string) => ({
  title: 'Leave a run that is not saved?',
  body: `What “${name}” has learned here is not saved, and would be gone. Export it first to keep it, or keep it as a run of its own.`,
  confirm: 'Leave it',
  cancel: 'Stay',
});

/** Of links: opened ones, and one that is to be taken along. */
export const linkTexts = {
  openedBeside: (name: string) =>
    `The link was opened as a run of its own. “${name}”, which you have, has the same settings.`,
  goOnWith: (name: string) => `Go on with “${name}”`,
  copied: 'The link to this game with these settings is copied.',
  byHand: (link: string) => `Copy this link by hand: ${link}`,
};

/** The list of kept runs. */
export const keptTexts = {
  closed: 'What this browser keeps cannot be read now.',
  none: 'No run is kept yet; each is from its first update on.',
  space: (runs: string, ofAll: string | null) =>
    ofAll === null ? `Runs take ${runs}.` : `Runs take ${runs}, of ${ofAll} that this page may keep.`,
  mayBeDeleted:
    'The browser may delete them when the machine runs short of space, or when the page was not visited for long; export what you want to be sure of.',
};

/** A run that begins where another stands, or stood. */
export const forkTexts = {
  button: 'Fork',
  fork: (name: string) => `Fork ${name}`,
  where: (name: string) => `Where to fork ${name}`,
  present: (version: number) => `at update ${version}, the present one`,
  best: (version: number) => `at update ${version}, its best`,
  update: (version: number) => `at update ${version}`,
  first: 'at the beginning, before it learned',
  /** What a fork is called. */
  name: (parent: string, version: number) => `${parent} (update ${version})`,
  origin: (parent: string | null, version: number) =>
    `from update ${version} of ${parent === null ? 'a run that is gone' : `“${parent}”`}`,
};

/** What the Run panel says of the open run. */
export const runPanelTexts = {
  nothingYet: 'The run saves itself in this browser as it goes; nothing has been saved yet.',
  guest: 'This run belongs to the lesson. It is not kept; your own run comes back when you leave.',
  savedAt: 'Saved in this browser at',
  resumes: 'It goes on from there when the page is opened again.',
  failing:
    'The browser would not save the run; it is tried again, and the run goes on all the same. Export it to keep it.',
  unsaved: 'This run is not saved.',
  files:
    'An exported run is one file with weights, optimiser, settings and its whole history; “Export everything” puts all runs with all that belongs to them into one archive. Either can be imported here, or dropped anywhere on the page, and comes beside what you have.',
  forUnity: 'Export for Unity',
  forGodot: 'Export for Godot',
  otherEngines:
    'For other engines the policy alone goes into an .onnx file, as ML-Agents and Godot RL Agents read it. “Import run” takes such a file, too: a run of its own begins with it.',
  lockstep: 'Wait for every action and update',
  lockstepMeaning:
    'Lockstep: exact and repeatable, with the same seed giving the same run, but the game stands still while the agent learns.',
  noBest: 'There is none yet: it is kept as soon as enough episodes have ended.',
  noBestGeneration:
    'There is none yet: it is known as soon as generations of this run have played rating matches.',
  staysKept: 'It stays kept, and is among the opponents under “Play”.',
  backendNotOpen: 'Not open yet.',
};
