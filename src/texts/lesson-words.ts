/** What a step of a lesson says. */
export interface StepTexts {
  readonly title: string;
  readonly text: string;
  /** Once it is answered. */
  readonly right?: string;
  /** What went wrong, by the usual mistake’s id. */
  readonly usual?: Readonly<Record<string, string>>;
  /** What can be chosen, by its id. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Where something else was chosen. */
  readonly other?: string;
}

export interface LessonWords {
  readonly title: string;
  /** The one idea, in one sentence. */
  readonly idea: string;
  readonly steps: Readonly<Record<string, StepTexts>>;
}

const capture: StepTexts = {
  title: 'Catch an update',
  text: 'Under “Inspector”, press “Look at the next update”. Everything from here on is about its numbers.',
};
const turned = 'Right size, wrong sign: what came is counted for, what was expected against.';

const value: LessonWords = {
  title: 'Return and value',
  idea: 'R is what came. V is what was expected.',
  steps: {
    reward: {
      title: 'It earns as it goes',
      text: 'Each step pays a reward r. Here: 1, as long as the pole stands.',
    },
    capture,
    critic: {
      title: 'V expects',
      text: 'One stem a step. V says how much reward the agent expects from there on, before it comes.',
    },
    endless: {
      title: 'For ever',
      text: 'Rewards to come count less: each step by γ once more. What is this reward worth if it comes at every step, for ever?',
      right: 'Nobody can rightly expect more: that is as high as V should ever be.',
      usual: {
        discount: 'That is γ, what the next reward counts. Add all that follow, too.',
        once: 'That is the reward once. It comes again and again.',
      },
    },
    nearEnd: {
      title: 'Shortly before a fall',
      text: 'Choose a step two before one that says “ended”, in the table or by “Show me”.',
    },
    came: {
      title: 'What really came',
      text: 'Three rewards were left. Discounted, what did they come to?',
      right: 'That is the return R. Set λ to 1, and the inspector shows it.',
      usual: {
        undiscounted: 'That is their plain sum. The second counts γ, the third γ².',
        first: 'That is the first alone. Two more came.',
        value: 'That is V: what was expected, not what came.',
      },
    },
    wasRight: {
      title: 'Did it know?',
      text: 'R came, V was expected. What did the critic expect here?',
      choices: { tooLow: 'Too little', right: 'Just that', tooHigh: 'Too much' },
      other: 'Compare V with R.',
      right: 'That gap is what it learns from.',
    },
  },
};

const surprise: LessonWords = {
  title: 'δ is a surprise',
  idea: 'δ tells how much better one step went than expected.',
  steps: {
    capture,
    visit: {
      title: 'Find a surprise',
      text: 'Press one of “Biggest surprises”. The picture goes to that moment.',
    },
    formula: {
      title: 'What came, less what was expected',
      text: 'A reward came, and the agent now expects V′. Before, it expected V. The difference is δ.',
    },
    residual: {
      title: 'Your turn',
      text: 'How large was the surprise of this step?',
      right: 'That is δ, as the learner worked it out.',
      usual: {
        turned,
        undiscounted: 'Almost: V′ is one step later, so it counts γ.',
        unrewarded: 'Without the reward. It came, too.',
        unexpected: 'That is what came. Take off what was expected, V.',
      },
    },
    sign: {
      title: 'Good or bad?',
      text: 'How did this step go?',
      choices: { worse: 'Worse than expected', asExpected: 'As expected', better: 'Better than expected' },
      other: 'Look at the sign of δ.',
      right: 'What went better than expected is to be done more, what went worse less.',
    },
    atEnd: {
      title: 'At the end',
      text: 'The episode ended here: nothing follows. How large is δ?',
      right: 'The more V still expected, the worse a surprise the fall is.',
      usual: {
        below: 'That takes the next row’s V. It belongs to another episode.',
        turned,
        unexpected: 'That is what came. Take off what was expected, V.',
      },
    },
  },
};

const lambda: LessonWords = {
  title: 'λ looks ahead',
  idea: 'λ says how far later surprises reach back.',
  steps: {
    capture,
    zero: { title: 'λ = 0', text: 'Pull λ all the way down and watch the stems of A.' },
    oneStep: {
      title: 'Nothing reaches back',
      text: 'With λ = 0, how large is A of this step?',
      right: 'A is its own δ, and nothing else. Little noise; wrong wherever V is.',
      usual: {
        used: 'That is A with the λ that was used. Now it is 0.',
        zero: 'Only what comes later is gone. This step’s own δ stays.',
      },
    },
    spread: {
      title: 'Guess first',
      text: 'With λ = 1 all later surprises count in full. How will A scatter over the arenas?',
      choices: { less: 'Less', same: 'The same', more: 'More' },
      other: 'The more is added up, the more chance is in it.',
      right: 'All that happens later comes in, luck too.',
    },
    one: { title: 'λ = 1', text: 'Pull λ all the way up and see.' },
    meter: {
      title: 'The trade',
      text: 'Spread is noise. Truth tells how well A agrees with what really came. λ trades one for the other.',
    },
    back: { title: 'In between', text: 'Press “As it was used”.' },
    weight: {
      title: 'How far it reaches',
      text: 'Each step back takes γλ. What does a surprise two steps later weigh?',
      right: 'Each step further takes its share again, until nothing is left. So far λ looks.',
      usual: {
        once: 'That is one step later. Take it once more.',
        lambda: 'λ twice is there. γ fades, too.',
        discount: 'γ twice is there. λ fades, too.',
        doubled: 'They multiply: γλ · γλ.',
      },
    },
    same: {
      title: 'Three ways, one number',
      text: 'Backwards, added up, averaged: PPO goes backwards, since one pass is enough.',
    },
  },
};

const clip: LessonWords = {
  title: 'Why PPO clips',
  idea: 'Good news of a few steps must not change the policy too much.',
  steps: {
    capture,
    ratio: {
      title: 'How much more likely?',
      text: 'An update makes some actions more likely, others less. The ratio says how much.',
    },
    ratioOf: {
      title: 'Your turn',
      text: 'How likely the action was before the update, and after. What is the ratio?',
      right: '1 is no change. This step is among those that changed most.',
      usual: {
        turned: 'The other way round: new over old.',
        difference: 'That is the difference. A ratio divides.',
        new: 'That is the new one alone. Divide it by the old one.',
      },
    },
    bound: {
      title: 'So far and no farther',
      text: 'Â is A, centred and scaled. Where it is above 0, PPO pulls the ratio up, to a bound. Which one?',
      right: 'And down to 1 − ε where Â is below 0.',
      usual: {
        range: 'That is ε. It is counted from 1, no change.',
        lower: 'That is the lower one, for steps that went badly.',
        one: 'That is where it starts.',
      },
    },
    pulls: {
      title: 'Does it still pull?',
      text: 'By the sign of Â, PPO pulls this ratio up or down. Would it pull on?',
      choices: { pulls: 'It pulls on', stops: 'The clip stops it' },
      other: 'Is the ratio beyond the bound that Â pulls it to?',
      right: 'The clip only stops what goes on in the same direction; way back is free.',
    },
    wider: {
      title: 'Take it away, nearly',
      text: 'Under “Settings”, raise the clip range to 0.5 or more. This run is yours to break.',
    },
    again: { title: 'Look again', text: 'Catch a newer update, made with the wider range.' },
    farther: {
      title: 'Farther at once',
      text: 'Ratios may now go farther in one update. Sometimes it learns faster; sometimes it falls. The clip is a seat belt.',
    },
  },
};

const timeLimit: LessonWords = {
  title: 'A time limit is not death',
  idea: 'Where the clock cuts, life would have gone on.',
  steps: {
    limit: {
      title: 'Cut off',
      text: 'In Swing nothing ends an episode but the clock, after 200 ticks.',
    },
    capture,
    visit: { title: 'Find a cut', text: 'Choose a step that says “cut”, in the table or by “Show me”.' },
    target: {
      title: 'What would have come',
      text: 'The agent knows how it expected to go on from the last view. What should it learn for this step?',
      right: 'Not what came after, but what would have.',
      usual: {
        dead: 'That says nothing would have followed. Only the clock stopped it.',
        reset: 'That takes the next row’s V. It belongs to another episode.',
        undiscounted: 'Almost: what follows is one step later, so it counts γ.',
        unrewarded: 'The reward of this step came, too.',
      },
    },
    asDeath: {
      title: 'As if it had died',
      text: 'Many programs take the cut for death and learn r alone. How would the last steps look then?',
      choices: { worse: 'Worse than they are', same: 'The same', better: 'Better than they are' },
      other: 'Compare the two numbers.',
      right: 'The critic would learn something false about states that are nothing special.',
    },
    death: { title: 'See it', text: 'Switch “A time limit counts as death” on. What changes is marked.' },
    spreads: {
      title: 'It spreads',
      text: 'Not one row changed, but every one that λ carries it back to.',
    },
    reset: {
      title: 'The other mistake',
      text: 'Now switch on that the next episode’s start stands for the last view.',
    },
    back: { title: 'As it should be', text: 'Press “As it was used”.' },
  },
};

/** The five lessons, the list of them, and links for a class. */
export const lessonWords = {
  heading: 'Lessons',
  lead: 'Ten minutes each, in a run of their own. Your run waits and comes back as it is.',
  lessons: { value, surprise, lambda, clip, timeLimit } as const satisfies Readonly<
    Record<string, LessonWords>
  >,
  begin: 'Begin',
  goOn: (at: number, of: number) => `Go on at ${at} of ${of}`,
  again: 'Again',
  over: 'taken',
  close: 'Close',
  class: 'Class',
  unknown: (id: string) => `There is no lesson “${id}”. “Lessons” lists those that there are.`,
  card: (title: string) => `Lesson: ${title}`,
  progress: (number: number, of: number) => `${number} of ${of}`,
  next: 'Next',
  previous: 'Back',
  leave: 'Leave the lesson',
  leaveClass: 'Leave',
  restart: 'Start over',
  fold: 'Fold the card',
  unfold: 'Unfold the card',
  showMe: 'Show me',
  check: 'Check',
  answer: 'Your answer',
  step: 'Step',
  met: 'That’s it.',
  already: 'So it is already. Go on.',
  wrong: {
    tooHigh: 'Too high.',
    tooLow: 'Too low.',
    unreadable: 'A number, please, such as 0.95.',
    other: 'Not so.',
  },
  showAnswer: 'Show the answer',
  answerIs: (answer: string) => `It is ${answer}.`,
  wanting: 'This update has no such step. Look at a newer one; if none comes, start over.',
  nothingYet: 'Look at the next update first.',
  end: {
    title: 'Done',
    text: (right: number, of: number) =>
      right === of ? `All ${of} right at once.` : `${right} of ${of} right at once.`,
    next: (title: string) => `On to “${title}”`,
  },
  ofClass: {
    title: 'A run for the class',
    text: 'Nothing here is kept, and nothing that you have is touched.',
  },
  link: {
    heading: 'A link for your class',
    lead: 'It opens a fresh run with this seed for everybody and touches nothing that they have.',
    lesson: 'Lesson',
    none: 'No lesson',
    game: 'Game',
    seed: 'Seed',
    locked: 'Lock all settings',
    settings: 'Settings',
    free: 'free',
    fix: 'fixed',
    hide: 'hidden',
    copy: 'Copy the link',
  },
};
