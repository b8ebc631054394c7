/** A word that means one thing, in code, docs and on the page. */
export interface GlossaryEntry {
  readonly word: string;
  readonly meaning: string;
  /** Whether the page uses it, too. */
  readonly onPage: boolean;
}

const page = (word: string, meaning: string): GlossaryEntry => ({ word, meaning, onPage: true });
const code = (word: string, meaning: string): GlossaryEntry => ({ word, meaning, onPage: false });

/** At most twenty, or nobody reads them. `docs/glossary.md` is written from here. */
export const glossary: readonly GlossaryEntry[] = [
  page(
    'arena',
    'one independent copy of a game; the picture shows many. Where agents meet, it has two seats, left and right',
  ),
  page('tick', 'one fixed step of a game, such as 1/60 s; never a frame'),
  page('observation', 'the numbers that an agent sees before it decides'),
  page('decision', 'one action chosen by an agent, every few ticks'),
  page('policy', 'what chooses: a small network, whose weights learning changes'),
  page(
    'episode',
    'one try, from start to end. It is terminated where it really ended, truncated where a time limit or a person cut it',
  ),
  page('return', 'what an episode paid in all: the sum of its rewards'),
  page('rollout', 'so many decisions of every arena, which one update learns from'),
  page('update', 'one round of learning from a rollout; policies are numbered by it'),
  page('collector', 'a helper out of sight that gathers experience, too'),
  page('run', 'one learner’s life: a name, settings, history, files'),
  page('generation', 'a policy of a run’s past, kept as an opponent'),
  page('ladder', 'everybody whom one can meet, by rating'),
  code('agent (index)', 'a row of all arrays: arena × seats + seat'),
  code(
    'snapshot',
    'frozen weights with a version, which is the number of the update that made them: what acts',
  ),
  code('cast', 'played by the learner or by whom it meets, as the actor draws it each episode'),
  code(
    'session',
    'what is alive of a run on a page: workers, arenas, subscriptions; thrown away and begun anew',
  ),
  code(
    'checkpoint',
    'a run’s whole training state as bytes; it names its earlier policies, which are files of their own',
  ),
  code(
    'desk, gate',
    'the one class that says which run is in front, and what a run passes before it leaves the page: it is saved, and a person asked where it cannot be',
  ),
  code('intent', 'what a person asked for, as plain data; each feature handles its own'),
];

export const glossaryTexts = {
  heading: 'Glossary',
  introduction:
    'Twenty words that mean one thing each. The page uses the first of them, code and docs all. Written by `npx tsx scripts/write-docs.ts` from `src/texts/glossary.ts`.',
  onPage: 'On the page',
  inCode: 'In code',
};
