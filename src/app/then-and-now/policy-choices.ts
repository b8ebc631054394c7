import { decodePolicy, largestPolicyFileBytes, type PolicyData } from '../../agent/policy-file';
import { type EnvironmentSpec, PlaytrainError, updateSlot } from '../../contract';
import { play } from '../../play/play';
import type { PageStorage } from '../../storage/page-storage';
import { thenAndNowTexts } from '../../texts/then-and-now';
import type { PolicyChoiceShown } from '../../ui/then-and-now/then-and-now-state';
import type { Answer, PageGames } from '../games/page-game';
import { answering } from '../games/shipped-answer';
import { shippedLadder, shippedPolicy } from '../matches/shipped-agents';
import { joined } from '../runs/kept-state';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import { readFile } from '../shell/files';

/** A policy to be seen. */
export type ChosenPolicy =
  | { readonly kind: 'policy'; readonly policy: PolicyData }
  /** One that ships to be played by, and says nothing of itself. */
  | { readonly kind: 'shipped'; readonly decides: Answer };

/** A policy that can be chosen. */
export interface PolicyChoice extends PolicyChoiceShown {
  /** @throws PlaytrainError `bad-file`, `not-loaded`, `storage-failed`. */
  load(): Promise<ChosenPolicy>;
}

export interface PolicyChoicePorts {
  readonly session: RunSession;
  readonly storage: Pick<PageStorage, 'runs' | 'generations'>;
  readonly desk: Pick<RunDesk, 'save' | 'session'>;
  readonly cards: PageGames['cards'];
}

/** The agent in training, as it goes on. */
export const trainingChoice = 'training';

/** Every policy that a run's game can be seen played by here: the earliest of the run first, then what it is now. */
export async function policyChoices(ports: PolicyChoicePorts): Promise<readonly PolicyChoice[]> {
  return [...ownChoices(ports), ...(await generationChoices(ports)), ...(await otherChoices(ports))];
}

function ownChoices({ session, storage, desk }: PolicyChoicePorts): readonly PolicyChoice[] {
  const { run } = session;
  const { spec } = run.entry;
  // The run may go on in another session than it was opened in.
  const present = async () => fromState(await (desk.session ?? session).agent.checkpoint(), spec);
  const update = async (version: number) => {
    const { first } = run.updates;
    if (first?.version === version) return fromState(first.bytes, spec);
    // It may be among what is to be saved next.
    await desk.save();
    const { value } = await storage.runs.state(run.id, updateSlot(version));
    return fromState(value && joined(value), spec);
  };
  const updates = run.updates.list.map(({ version }, index): PolicyChoice => {
    const { first, earliest, kept } = thenAndNowTexts;
    const label = index > 0 ? kept(version) : version === 0 ? first : earliest;
    return { id: `at-${version}`, label, group: 'run', load: () => update(version) };
  });
  const { best } = run;
  return [
    ...updates.slice(0, 1),
    { id: trainingChoice, label: thenAndNowTexts.training, group: 'run', load: present },
    { id: 'now', label: thenAndNowTexts.now, group: 'run', load: present },
    ...(best === null
      ? []
      : [
          {
            id: 'best',
            label: thenAndNowTexts.best,
            group: 'run' as const,
            load: async () => fromState(best.bytes, spec),
          },
        ]),
    ...updates.slice(1),
  ];
}

/** Those of a run's past that are kept to be met. */
async function generationChoices({ session, storage }: PolicyChoicePorts): Promise<readonly PolicyChoice[]> {
  const { id, entry } = session.run;
  const versions = await storage.generations.versions(id).catch(() => []);
  return versions.map((version) => ({
    id: `generation-${version}`,
    label: thenAndNowTexts.generation(version),
    group: 'run',
    load: async () => fromState(await storage.generations.load(id, version), entry.spec),
  }));
}

/** Agents that ship, and other runs of the game. */
async function otherChoices({
  session,
  storage,
  cards,
}: PolicyChoicePorts): Promise<readonly PolicyChoice[]> {
  const { spec } = session.run.entry;
  const { game } = spec;
  const ladder = await shippedLadder(game).catch(() => null);
  const shipped = (ladder?.agents ?? []).map(
    ({ id, name, file }): PolicyChoice => ({
      id: `shipped-${id}`,
      label: thenAndNowTexts.shippedAs(name),
      group: 'others',
      load: async () => fromState(await shippedPolicy(game, file), spec),
    }),
  );
  const card: PolicyChoice = {
    id: 'card',
    label: thenAndNowTexts.shipped,
    group: 'others',
    load: async () => {
      const decides = await cards?.policy(game, spec);
      if (decides == null) throw gone();
      return { kind: 'shipped', decides };
    },
  };
  const runs = await storage.runs.list(game).catch(() => ({ value: [] }));
  const others = runs.value
    .filter(({ id, version }) => id !== session.run.id && version > 0)
    .map(
      ({ id, name }): PolicyChoice => ({
        id: `run-${id}`,
        label: thenAndNowTexts.run(name),
        group: 'others',
        load: async () => {
          const { value } = await storage.runs.state(id, 'latest');
          return fromState(value && joined(value), spec);
        },
      }),
    );
  return [...(cards?.policy === undefined || shipped.length > 0 ? [] : [card]), ...shipped, ...others];
}

/** A policy from a person's file. @throws PlaytrainError `bad-file` where it is none of this game. */
export async function policyFromFile(file: File, spec: EnvironmentSpec): Promise<ChosenPolicy> {
  const bytes = await readFile(file, largestPolicyFileBytes);
  if (!file.name.endsWith('.play')) return { kind: 'policy', policy: decodePolicy(bytes, spec) };
  try {
    return { kind: 'shipped', decides: answering(play(bytes), spec) };
  } catch (cause) {
    throw new PlaytrainError('bad-file', (cause as Error).message, { cause });
  }
}

function fromState(bytes: Uint8Array<ArrayBuffer> | null, spec: EnvironmentSpec): ChosenPolicy {
  if (bytes === null) throw gone();
  return { kind: 'policy', policy: decodePolicy(bytes, spec) };
}

const gone = () => new PlaytrainError('bad-file', thenAndNowTexts.gone);
