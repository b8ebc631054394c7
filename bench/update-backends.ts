import { hostBackends, type UpdateBackend } from '../src/agent/update-backend';
import { webglBackend } from '../src/agent/webgl-backend';
import type { BackendName } from '../src/contract';

/** All of them. WebGL's needs tfjs's WebGL backend to be open. */
export const updateBackends: Readonly<Record<BackendName, UpdateBackend>> = {
  ...hostBackends,
  webgl: webglBackend,
};
