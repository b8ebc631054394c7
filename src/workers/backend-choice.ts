import * as tf from '@tensorflow/tfjs-core';
import { isSimdAvailable } from '../agent/analytic-trainer';
import { fastest, timeDecision, timeMinibatch } from '../agent/autopilot';
import { hostBackend } from '../agent/host-backend';
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

export interface BackendQuestion {
  readonly spec: EnvironmentSpec;
  readonly settings: Hyperparameters;
  /** True once the graphics processor has failed again and again. */
  readonly withoutGraphics?: boolean;
  /** Wall time, milliseconds. */
  readonly clock: () => number;
}

const graphicsFailed =
  'The graphics processor failed again and again, so it is left alone until the page is reloaded.';

/**
 * Chooses where a run's updates and actions are computed, and opens it: the pinned backend, or with `auto` the
 * quickest for each job, by timings of an earlier visit or taken now.
 *
 * @throws PlaytrainError `backend-unavailable` when a pinned backend does not start here.
 */
export async function chooseBackend(question: BackendQuestion): Promise<BackendDecision> {
  const { spec, settings, withoutGraphics = false } = question;
  const layout = policyLayout(spec, settings);
  const subject = timingSubject(layout, settings);
  if (settings.backend === 'auto') return chooseByTimings(layout, subject, question);
  const given = settings.backend === 'webgl' && withoutGraphics ? hostBackend() : settings.backend;
  const renderer = await prepare(given);
  const reason = given === settings.backend ? 'As chosen in the settings.' : graphicsFailed;
  return decision(subject, { name: given, acting: pinnedActing(given), renderer, reason, timings: [] });
}

async function chooseByTimings(
  layout: PolicyLayout,
  subject: string,
  question: BackendQuestion,
): Promise<BackendDecision> {
  const { withoutGraphics = false } = question;
  const known = await loadTimings(subject);
  const { timings, obstacles } =
    known === null ? await timeAll(layout, question) : { timings: known, obstacles: [] };
  // What failed may work at the next visit.
  if (known === null && obstacles.length === 0 && !withoutGraphics) await saveTimings(subject, timings);
  const usable = timings.filter(({ backend }) => backend !== 'webgl' || !withoutGraphics);
  const updating = fastest(usable, 'update') ?? 'cpu';
  const acting = fastest(usable, 'act') === 'wasm' ? 'wasm' : 'cpu';
  try {
    const renderer = await prepare(updating);
    const when = known === null ? 'measured just now' : 'measured at an earlier visit';
    const reason = [`The quickest here for this net and minibatch, ${when}.`, ...obstacles];
    if (withoutGraphics) reason.push(graphicsFailed);
    return decision(subject, { name: updating, acting, renderer, reason: reason.join(' '), timings });
  } catch (error) {
    // What was there at an earlier visit need not be there now.
    if (known === null) throw error;
    const others = known.filter(({ backend }) => backend !== updating);
    await saveTimings(subject, others);
    return chooseByTimings(layout, subject, question);
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

async function timeAll(layout: PolicyLayout, question: BackendQuestion) {
  const { settings, withoutGraphics = false, clock } = question;
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
      const milliseconds = timeDecision(backend, layout, settings.arenas, clock);
      return { job: 'act', backend, milliseconds };
    });
  }
  for (const backend of updateCandidates.filter((each) => each !== 'webgl' || !withoutGraphics)) {
    await attempt(backend, async () => {
      const milliseconds = await timeMinibatch(trainers[backend], layout, settings, clock);
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
