/** A counter of the Run panel: what it is called, and what it counts. */
export interface CounterText {
  readonly name: string;
  readonly meaning: string;
}

export const counterTexts = {
  decisions: {
    name: 'Decisions',
    meaning: 'Actions chosen by the learner’s policy since the run began, over all arenas.',
  },
  duringUpdates: {
    name: 'Decisions during updates',
    meaning:
      'Decisions taken while an update was running: the game did not wait for the learner. Zero would mean that it did.',
  },
  unrecorded: {
    name: 'Decisions not learned from',
    meaning:
      'Played, but not recorded, because both rollouts were full and the learner was busy. The game goes at 1× meanwhile.',
  },
  late: {
    name: 'Actions that came late',
    meaning:
      'Decisions at 1× whose action came after its moment; the one before stayed in force that long. The step still counts.',
  },
  behind: {
    name: 'Updates behind',
    meaning:
      'How many updates older than the learner’s newest policy the one was that played the oldest step of the last rollout: 0 or 1.',
  },
  rate: { name: 'Decisions per second', meaning: 'Over all arenas.' },
  collectors: {
    name: 'Helpers out of sight',
    meaning:
      'Workers that play more arenas than you see, and the decisions a second of each; the “Collectors” setting says how many. None means that the agent learns from the arenas that you see.',
  },
  share: {
    name: 'Learning’s share',
    meaning:
      'Of the time that the last update took, the part in which learning worked; the rest it left to the game’s frames. The priority setting says how far it may be pushed back.',
  },
  frame: { name: 'Frame time', meaning: 'Between two drawn frames; 17 ms on a 60 Hz display.' },
} as const satisfies Record<string, CounterText>;
