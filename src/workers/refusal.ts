import { PlaytrainError, type PlaytrainErrorCode } from '../contract';

/** An error as it crosses between threads, which keep only messages of errors. */
export interface Refusal {
  readonly refused: PlaytrainErrorCode;
  readonly message: string;
}

/** What `work` returns, or, where it throws a `PlaytrainError`, that error as plain data. */
export async function orRefusal<Result>(work: () => Result | Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlaytrainError) return { refused: error.code, message: error.message };
    throw error;
  }
}

/** The other side of `orRefusal`. @throws PlaytrainError for a refusal. */
export function granted<Answer>(answer: Answer): Exclude<Answer, Refusal> {
  if (isRefusal(answer)) throw new PlaytrainError(answer.refused, answer.message);
  return answer as Exclude<Answer, Refusal>;
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}
