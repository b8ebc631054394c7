import { adamDecays, normEpsilon } from '../../adam-constants';
import { logStdBounds } from '../../policy';
import { readLog } from './minibatch-statistics';
import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { texelProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * Adam's step of all parameters (`adam.ts`), the gradient's global norm clipped first:
 *
 *     g ← g · min(1, max / (‖g‖ + 1e-6))
 *     m ← β₁ m + (1 − β₁) g
 *     v ← β₂ v + (1 − β₂) g²
 *     θ ← θ − stepSize · m / (√v · varianceScale + ε)      log standard deviations: no further than their bounds
 *
 * or, once a KL was too large, a copy. One fragment is four parameters. The bias corrections are computed in float64 on
 * the host, for every step of the update in advance: they are those of the step as long as none was left out, and after
 * the first that is, none is taken.
 *
 * Shapes: θ, m, v as the parameters in `tile-layout.ts`, read from one set of textures and written to another.
 */
export function adamStepProgram(layout: TileLayout): ProgramSource {
  return {
    samplers: ['updateTable', 'gradient', 'presentLog', 'parameters', 'adamMean', 'adamVariance'],
    fragmentShader: `${texelProgram}${readUpdateTable(layout)}${readLog}
uniform sampler2DArray gradient;
uniform sampler2DArray presentLog;
uniform sampler2D parameters;
uniform sampler2D adamMean;
uniform sampler2D adamVariance;
layout(location = 0) out vec4 nextParameters;
layout(location = 1) out vec4 nextMean;
layout(location = 2) out vec4 nextVariance;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  Minibatch now = readMinibatch();
  Settings settings = readSettings();
  vec4 entry = logEntry(presentLog, now.number, 1);
  float norm = entry.y;
  bool goesOn = entry.w > 0.0;

  vec4 parameter = texelFetch(parameters, at, 0);
  vec4 mean = texelFetch(adamMean, at, 0);
  vec4 variance = texelFetch(adamVariance, at, 0);
  if (goesOn) {
    float coefficient = min(1.0, settings.maxGradientNorm / (norm + ${normEpsilon.toExponential()}));
    vec4 g = coefficient * texelFetch(gradient, ivec3(at.x, at.y >> 2, at.y & 3), 0);
    mean = ${adamDecays.mean} * mean + ${1 - adamDecays.mean} * g;
    variance = ${adamDecays.variance} * variance + ${1 - adamDecays.variance} * g * g;
    parameter -= now.stepSize * (mean / (sqrt(variance) * now.varianceScale + settings.adamEpsilon));
    ${layout.hasAxes ? boundLogStd(layout) : ''}
  }
  nextParameters = parameter;
  nextMean = mean;
  nextVariance = variance;
}`,
  };
}

/** Brings four parameters back within their bounds, where they are log standard deviations. What fills up is 0 and stays. */
function boundLogStd({ headRegion, lossTerms }: TileLayout): string {
  const first = headRegion.x + lossTerms.logStd;
  const row = 4 * (headRegion.y + headRegion.kernelHeight);
  const [low, high] = [logStdBounds.low, logStdBounds.high].map((bound) => bound.toFixed(1));
  return `if (at.x >= ${first} && at.y == ${row}) parameter = clamp(parameter, ${low}, ${high});`;
}
