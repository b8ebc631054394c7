import * as tf from '@tensorflow/tfjs-core';
import { isSimdAvailable } from '../agent/analytic-trainer';
import { fastest, timeDecision, timeMinibatch } from '../agent/autopilot';
import type { CreateTrainer } from '../agent/minibatch-trainer';
import { type PolicyLayout, policyLayout } from '../agent/policy';
import { pinnedActing, trainers } from '../agent/trainers';
import {
  type ActingBackend,
  type BackendName,
  type BackendReport,
  type BackendTiming,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  policyOutputSize,
} from '../contract';
import { loadTimings, saveTimings } from '../storage/timing-store';
import { openBackend } from './backend';

/** What a learner computes with, and what to say of it. */
export interface BackendDecision {
  readonly report: BackendReport;
  readonly createTrainer: CreateTrainer;
  /** What its timings are kept under. */
  readonly subject: string;
}

/** Those that compile nothing come first, so that what is slow to open does not delay them. */
const updateCandidates: readonly BackendName[] = ['wasm', 'cpu', 'webgl'];
const actCandidates: readonly ActingBackend[] = ['wasm', 'cpu'];

/**
 * Chooses where a run's updates and actions are computed, and opens it: the pinned backend, or with `auto` the
 * quickest for each job, by timings of an earlier visit or taken now.
 *
 * @param clock wall time, milliseconds.
 * @throws PlaytrainError `backend-unavailable` when a pinned backend does not start here.
 */
export async function chooseBackend(
  spec: EnvironmentSpec,
  hyperparameters: Hyperparameters,
  clock: () => number,
): Promise<BackendDecision> {
  const { backend } = hyperparameters;
  const layout = policyLayout(spec, hyperparameters);
  const subject = timingSubject(layout, hyperparameters);
  if (backend === 'auto') return chooseByTimings(layout, hyperparameters, subject, clock);
  const renderer = await prepare(backend);
  const acting = pinnedActing(backend);
  return decision(subject, {
    name: backend,
    acting,
    renderer,
    reason: 'As chosen in the settings.',
    timings: [],
  });
}

async function chooseByTimings(
  layout: PolicyLayout,
  hyperparameters: Hyperparameters,
  subject: string,
  clock: () => number,
): Promise<BackendDecision> {
  const known = await loadTimings(subject);
  const { timings, obstacles } =
    known === null ? await timeAll(layout, hyperparameters, clock) : { timings: known, obstacles: [] };
  // What failed may work at the next visit.
  if (known === null && obstacles.length === 0) await saveTimings(subject, timings);
  const updating = fastest(timings, 'update') ?? 'cpu';
  const acting = fastest(timings, 'act') === 'wasm' ? 'wasm' : 'cpu';
  try {
    const renderer = await prepare(updating);
    const when = known === null ? 'measured just now' : 'measured at an earlier visit';
    const reason = [`The quickest here for this net and minibatch, ${when}.`, ...obstacles].join(' ');
    return decision(subject, { name: updating, acting, renderer, reason, timings });
  } catch (error) {
    // What was there at an earlier visit need not be there now.
    if (known === null) throw error;
    const others = known.filter(({ backend }) => backend !== updating);
    await saveTimings(subject, others);
    return chooseByTimings(layout, hyperparameters, subject, clock);
  }
}

function decision(subject: string, report: BackendReport): BackendDecision {
  return { report, createTrainer: trainers[report.name], subject };
}

/** What makes timings worth keeping: the same browser on the same machine, and the same sizes. */
function timingSubject(layout: PolicyLayout, { minibatchSize, arenas }: Hyperparameters): string {
  const net = [layout.observationSize, ...layout.hiddenSizes, policyOutputSize(layout.actionSpace)].join('-');
  const machine = `${navigator.userAgent}, ${navigator.hardwareConcurrency} cores`;
  return `${layout.actionSpace.kind} ${net} ${layout.activation}, minibatch ${minibatchSize}, ${arenas} arenas, ${machine}`;
}

async function timeAll(layout: PolicyLayout, hyperparameters: Hyperparameters, clock: () => number) {
  const timings: BackendTiming[] = [];
  const obstacles = new Set<string>();
  /** What does not work here is left out, and why is kept; the same obstacle of two jobs once. */
  const attempt = async (backend: BackendName, time: () => Promise<BackendTiming>) => {
    try {
      await prepare(backend);
      timings.push(await time());
    } catch (error) {
      if (!(error instanceof PlaytrainError)) throw error;
      obstacles.add(error.message);
    }
  };
  for (const backend of actCandidates) {
    await attempt(backend, async () => {
      const milliseconds = timeDecision(backend, layout, hyperparameters.arenas, clock);
      return { job: 'act', backend, milliseconds };
    });
  }
  for (const backend of updateCandidates) {
    await attempt(backend, async () => {
      const milliseconds = await timeMinibatch(trainers[backend], layout, hyperparameters, clock);
      return { job: 'update', backend, milliseconds };
    });
  }
  return { timings, obstacles: [...obstacles] };
}

/**
 * Makes ready what a backend's trainer needs: WebGL a context of tfjs; the others none of tfjs's backends.
 *
 * @returns the renderer string, empty but for WebGL.
 */
async function prepare(backend: BackendName): Promise<string> {
  if (backend === 'webgl') return (await openBackend('webgl')).renderer;
  if (backend === 'wasm' && !isSimdAvailable()) {
    throw new PlaytrainError(
      'backend-unavailable',
      'WebAssembly cannot be used here: this browser has none with SIMD. Choose another backend, or automatic.',
    );
  }
  await tf.setBackend('cpu');
  return '';
}
