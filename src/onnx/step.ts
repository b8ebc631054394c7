import type { OnnxNode } from './model';
import type { Traced } from './straight-net';

/** What an operator is followed with. */
export interface Step {
  readonly node: OnnxNode;
  /** How errors call it. */
  readonly called: string;
  readonly inputs: readonly Traced[];
  /** @throws PlaytrainError `bad-file` where all the graph asks for comes to too much. */
  spend(multiplications: number): void;
}
