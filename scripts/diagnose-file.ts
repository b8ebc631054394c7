import { decodeTrainingState } from '../src/agent/checkpoint';
import { splitHistory } from '../src/agent/history-file';
import type { Finding, Hyperparameters, MetricPoint } from '../src/contract';
import { diagnose } from '../src/doctor/diagnose';
import { readChunk, unpackChunk } from '../src/storage/history-chunk';
import { curvePoints } from '../src/streams/metric-points';
import { adviceText, findingSentence } from '../src/texts/doctor';
import { formatMetric } from '../src/ui/kit/format';

/** A finding in words as well. */
export interface FindingTold extends Finding {
  readonly sentence: string;
  /** What is to be done; empty where nobody knows. */
  readonly advice: string;
}

/**
 * What keeps the run in a file from learning.
 *
 * @param usualOf the settings that a game, by its id, is known to be learned with; null where none are.
 * @throws PlaytrainError `bad-file` where it is no run's.
 */
export async function diagnoseFile(
  bytes: Uint8Array<ArrayBuffer>,
  usualOf: (game: string) => Promise<Hyperparameters | null>,
): Promise<readonly FindingTold[]> {
  const { state, history } = splitHistory(bytes);
  const { spec, hyperparameters, curve } = decodeTrainingState(state);
  const chunk = history === null ? null : readChunk(history);
  const points: readonly MetricPoint[] = chunk === null ? curvePoints(curve) : unpackChunk(chunk);
  const findings = diagnose({ points, settings: hyperparameters, spec, usual: await usualOf(spec.game) });
  return findings.map((finding) => ({
    ...finding,
    sentence: findingSentence(finding, formatMetric),
    advice: adviceText(finding, hyperparameters),
  }));
}
