import { hyperparameterFields } from '../src/contract';

/** Over how many decisions a rate falls to zero that does so over a whole run: as many as the setting may be. */
export function annealingOver(decisions: number): number {
  const field = hyperparameterFields.find(({ key }) => key === 'annealingDecisions');
  if (field?.kind !== 'number') throw new Error('There is no such setting.');
  return Math.min(field.max, Math.max(field.min, decisions));
}
