import { type ActionComponent, actionLayout, type EnvironmentSpec, type Thought } from '../../contract';

/** One row of what a policy makes likely: a choice with its odds, or a number and what it is drawn around. */
export type OddsRow =
  | { readonly kind: 'choice'; readonly name: string; readonly odds: number }
  | {
      readonly kind: 'amount';
      readonly name: string;
      /** As shares of its bounds, 0 to 1. */
      readonly mean: number;
      readonly deviation: number;
    };

/** Rows to be drawn, in the order of the action's components. */
export function oddsRows(spec: EnvironmentSpec, { odds }: Pick<Thought, 'odds'>): readonly OddsRow[] {
  const { parts } = actionLayout(spec.actionSpace);
  const named = parts.flatMap(({ name, components }) => components.map((component) => ({ name, component })));
  const labels = named.flatMap(({ component }) => (component.kind === 'choice' ? component.labels : []));
  const isShared = (label: string) => labels.filter((each) => each === label).length > 1;
  return named.flatMap(({ name, component }, index) =>
    rowsOf(component, odds[index]).map((row) =>
      row.kind === 'choice' && isShared(row.name) ? { ...row, name: cardLabel(name, row.name) } : row,
    ),
  );
}

/** Choices of several parts that are called the same are told apart by their parts. */
const cardLabel = (part: string, label: string) => (part === '' ? label : `${part}: ${label}`);

function rowsOf(component: ActionComponent, odds: Thought['odds'][number] | undefined): readonly OddsRow[] {
  if (component.kind === 'axis') {
    if (odds?.kind !== 'amount') return [];
    const { name, low, high } = component;
    const room = high - low;
    return [{ kind: 'amount', name, mean: (odds.mean - low) / room, deviation: odds.deviation / room }];
  }
  if (odds?.kind !== 'choices') return [];
  return odds.odds.map((share, choice) => ({
    kind: 'choice',
    name: component.labels[choice] ?? String(choice + 1),
    odds: share,
  }));
}

/** What an agent sees by name alone, without a place in the picture. */
export interface SightRow {
  readonly name: string;
  readonly value: number;
}

/** @param placed how many of the last components are drawn where they are. */
export function sightRows(
  { observationSpace }: EnvironmentSpec,
  placed: number,
  { observation }: Pick<Thought, 'observation'>,
): readonly SightRow[] {
  const { names, size } = observationSpace;
  return names.slice(0, size - placed).map((name, index) => ({ name, value: observation[index] ?? 0 }));
}
