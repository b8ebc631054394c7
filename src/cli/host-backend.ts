import { isSimdAvailable } from '../agent/analytic-trainer';
import { fastest, timeDecision, timeMinibatch } from '../agent/autopilot';
import { policyLayout } from '../agent/policy';
import { hostBackends, pinnedActing, type UpdateBackend } from '../agent/update-backend';
import type { ActingBackend, BackendTiming, EnvironmentSpec, Hyperparameters } from '../contract';

/** Where this process computes updates and actions. */
export interface HostBackend {
  readonly name: ActingBackend;
  readonly acting: ActingBackend;
  readonly updating: UpdateBackend;
  readonly timings: readonly BackendTiming[];
}

/** The backend that was pinned, or for `auto` the quicker one for each job, by timings taken now. */
export async function chooseHostBackend(
  spec: EnvironmentSpec,
  settings: Hyperparameters,
  choice: 'auto' | ActingBackend,
  clock: () => number,
): Promise<HostBackend> {
  if (choice !== 'auto') {
    return { name: choice, acting: pinnedActing(choice), updating: hostBackends[choice], timings: [] };
  }
  const layout = policyLayout(spec, settings);
  const candidates: readonly ActingBackend[] = isSimdAvailable() ? ['wasm', 'cpu'] : ['cpu'];
  const timings: BackendTiming[] = [];
  for (const backend of candidates) {
    const actMs = timeDecision(backend, layout, settings.arenas, clock);
    timings.push({ job: 'act', backend, milliseconds: actMs });
    const updateMs = await timeMinibatch(hostBackends[backend].createTrainer, layout, settings, clock);
    timings.push({ job: 'update', backend, milliseconds: updateMs });
  }
  const name = fastest(timings, 'update') === 'wasm' ? 'wasm' : 'cpu';
  const acting = fastest(timings, 'act') === 'wasm' ? 'wasm' : 'cpu';
  return { name, acting, updating: hostBackends[name], timings };
}
