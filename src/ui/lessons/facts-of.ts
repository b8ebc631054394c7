import type { Facts } from '../../lessons/facts';
import type { PageState } from '../shell/page-state';

/** What lessons go by. */
export function factsOf({ inspector, hyperparameters }: PageState): Facts {
  return { captured: inspector.captured, look: inspector.look, settings: hyperparameters };
}
