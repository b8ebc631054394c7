import { type ActionComponent, PlaytrainError } from '../../contract';

/**
 * One number of an action as the game may see it: clipped where continuous.
 *
 * @throws PlaytrainError where it is not a number, or not one of the choices there are.
 */
export function actionInForce(
  component: ActionComponent,
  value: number,
  index: number,
  agent: number,
): number {
  if (component.kind === 'axis') {
    const { low, high } = component;
    if (value < low) return low;
    if (value > high) return high;
    if (value >= low) return value;
    throw new PlaytrainError(
      'bad-actions',
      `The action for agent ${agent} has ${value} at component ${index}; it must be a number.`,
    );
  }
  const { count } = component;
  if (Number.isInteger(value) && value >= 0 && value < count) return value;
  throw new PlaytrainError(
    'bad-actions',
    `The action for agent ${agent} is choice ${value} at component ${index}; the choices are 0 to ${count - 1}.`,
  );
}
