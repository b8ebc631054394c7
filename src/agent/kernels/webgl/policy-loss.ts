import { type ActionComponent, actionLayout } from '../../../contract';
import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { tileProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * PPO's loss (`ppo.ts`, `minibatchLoss`) differentiated with respect to the networks' outputs, step by step:
 *
 *     L = (1/B) Σ max(−A r, −A clip(r, 1 ± ε)) + c_v (V − R)² − c_e H,      r = π(a) / π_old(a)
 *
 *     ∂L/∂log π = −A r / B where the plain term is the larger, else 0
 *     ∂L/∂V     = 2 c_v (V − R) / B, or that of the clipped prediction where its error is the larger
 *     logits:     ∂log π/∂l_k = [a = k] − p_k,  ∂H/∂l_k = −p_k (log p_k + H)
 *     Gaussian:   ∂log π/∂μ = z/σ,  ∂log π/∂log σ = z² − 1,  ∂H/∂log σ = 1,     z = (a − μ)/σ
 *
 * Forbidden choices have probability 0 and slope 0.
 *
 * One fragment is four steps × one column of tiles of the loss terms `[B, columns]`:
 *
 *     slopes of logits or means │ slope of the value, 0, 0, 0 │ slopes of log σ, where there are any
 *     │ policy loss, value loss, entropy, KL │ clipped, |r − 1| on the version that is trained, 0, 0
 *
 * Each fragment computes its steps' whole loss and writes its own column: for the few outputs that a policy has that
 * costs less than one more program.
 */

/** A forbidden choice's logit, as in `tensor-distributions.ts`. */
const forbiddenLogit = '-1e8';

/** Where the flags of a choice begin that nothing forbids. */
const noFlags = -1;

function categorical(layout: TileLayout): string {
  const { components, outputs: count } = actionLayout(layout.policy.actionSpace);
  const isAllowed = layout.hasMasks
    ? `flags == ${noFlags} || masksTexel(place, (flags + k - first) >> 2)[(flags + k - first) & 3] > 0.0`
    : 'true';
  return `
float logits[${count}];
float logShares[${count}]; // log p
float entropies[${count}]; // of the choice to which the logit belongs
bool allowed[${count}];

/** Adds the choice among logits [first, end), whose flags begin at \`flags\`. */
void addChoice(int first, int end, int flags, int place, ivec2 at) {
  for (int k = first; k < end; k++) {
    allowed[k] = ${isAllowed};
    logits[k] = allowed[k] ? texelFetch(outputs, ivec3(k >> 2, at), 0)[k & 3] : ${forbiddenLogit};
  }
  float largest = logits[first];
  for (int k = first + 1; k < end; k++) largest = max(largest, logits[k]);
  float total = 0.0;
  for (int k = first; k < end; k++) {
    float below = logits[k] - largest;
    // Some devices' exponential of such numbers is not 0.
    total += below < -87.0 ? 0.0 : exp(below);
  }
  float logTotal = log(total);
  float choiceEntropy = 0.0;
  for (int k = first; k < end; k++) {
    float logShare = logits[k] - largest - logTotal;
    logShares[k] = logShare;
    if (logShare > -87.0) choiceEntropy -= exp(logShare) * logShare;
  }
  for (int k = first; k < end; k++) entropies[k] = choiceEntropy;
  entropy += choiceEntropy;
  for (int k = first; k < end; k++) logProbability += actionsTexel(place, k >> 2)[k & 3] * logShares[k];
}

void readChoices(int place, ivec2 at) {
  ${components.map(readComponent).join('\n  ')}
}

/** Slopes of four logits, 0 in the places of means. */
vec4 choiceSlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
  vec4 chosen = actionsTexel(place, column);
  vec4 slopes = vec4(0.0);
  for (int i = 0; i < 4; i++) {
    int k = 4 * column + i;
    if (k >= ${count}) break;
    float logShare = logShares[k];
    float share = logShare > -87.0 ? exp(logShare) : 0.0;
    if (allowed[k]) {
      slopes[i] =
        ofLogProbability * (chosen[i] - share) - ofEntropy * share * (logShare + entropies[k]);
    }
  }
  return slopes;
}
`;
}

function readComponent(component: ActionComponent): string {
  const { kind, output } = component;
  if (kind === 'axis') return `allowed[${output}] = false;`;
  return `addChoice(${output}, ${output + component.count}, ${component.mask ?? noFlags}, place, at);`;
}

function gaussian(layout: TileLayout): string {
  const { components, logStds: count } = actionLayout(layout.policy.actionSpace);
  const means = new Set(components.flatMap(({ kind, output }) => (kind === 'axis' ? [output] : [])));
  const texels = Array.from({ length: layout.actions }, (_, column) => {
    const flags = [0, 1, 2, 3].map((i) => (means.has(4 * column + i) ? '1.0' : '0.0'));
    return `vec4(${flags.join(', ')})`;
  });
  const { x, y, kernelHeight } = layout.headRegion;
  return `
const float halfLogTwoPi = ${0.5 * Math.log(2 * Math.PI)};

vec4 logStdTexel(int column) { return texelFetch(parameters, ivec2(${x + layout.lossTerms.logStd} + column, ${4 * (y + kernelHeight)}), 0); }

/** 1 for each output that is a mean, 0 for logits and for what fills the last texel up. */
const vec4 axes[${texels.length}] = vec4[${texels.length}](${texels.join(', ')});

/** z = (a − μ)/σ of four components. */
vec4 deviations(int place, int column, ivec2 at) {
  vec4 means = texelFetch(outputs, ivec3(column, at), 0);
  return (actionsTexel(place, column) - means) * exp(-logStdTexel(column)) * axes[column];
}

void readAxes(int place, ivec2 at) {
  for (int column = 0; column < ${layout.actions}; column++) {
    // Log standard deviations are 0 where there is no axis.
    vec4 z = deviations(place, column, at);
    float sumOfLogStd = dot(logStdTexel(column), vec4(1.0));
    logProbability -= 0.5 * dot(z, z) + sumOfLogStd;
    entropy += sumOfLogStd;
  }
  logProbability -= ${count}.0 * halfLogTwoPi;
  entropy += ${count}.0 * (halfLogTwoPi + 0.5);
}

/** Slopes of four means, 0 in the places of logits. */
vec4 axisSlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
  return ofLogProbability * deviations(place, column, at) * exp(-logStdTexel(column));
}

/** Slopes of four log standard deviations. */
vec4 logStdSlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
  vec4 z = deviations(place, column, at);
  return (ofLogProbability * (z * z - 1.0) + ofEntropy) * axes[column];
}
`;
}

export function policyLossProgram(layout: TileLayout): ProgramSource {
  const { value, logStd, statistics } = layout.lossTerms;
  const slopes = 'ofLogProbability, ofEntropy';
  const hasChoices = actionLayout(layout.policy.actionSpace).parts.some(({ kind }) => kind === 'choices');
  const policySlopes = [...(hasChoices ? ['choiceSlopes'] : []), ...(layout.hasAxes ? ['axisSlopes'] : [])]
    .map((name) => `${name}(place, column, at, ${slopes})`)
    .join(' + ');
  const logStdColumns = `
  if (column < ${statistics}) return logStdSlopes(place, column - ${logStd}, at, ${slopes});`;
  return {
    samplers: [
      'updateTable',
      'outcomes',
      'advantageMoments',
      'outputs',
      ...(layout.hasAxes ? ['parameters'] : []),
    ],
    fragmentShader: `${tileProgram}${readUpdateTable(layout)}
uniform sampler2D outcomes;
uniform sampler2D advantageMoments;
uniform sampler2DArray outputs;
${layout.hasAxes ? 'uniform sampler2D parameters;' : ''}

// Of one step.
float logProbability;
float entropy;
${hasChoices ? categorical(layout) : ''}
${layout.hasAxes ? gaussian(layout) : ''}

/** eˣ − 1 − x, which cancels near 0: there, its series. */
float expMinusLinear(float x) {
  if (abs(x) >= 0.5) return exp(x) - 1.0 - x;
  return 0.5 * x * x * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0)))));
}

/** Four numbers of one step, in one column of tiles; \`old\` are its outcomes, \`at\` its row of tiles and place therein. */
vec4 lossTerms(int place, vec4 old, int column, ivec2 at, Settings settings, Minibatch now) {
  vec4 moments = texelOf(advantageMoments, now.number);
  float advantage = (old.z - moments.x) * moments.y;
  float share = 1.0 / float(now.count);

  logProbability = 0.0;
  entropy = 0.0;
  ${hasChoices ? 'readChoices(place, at);' : ''}
  ${layout.hasAxes ? 'readAxes(place, at);' : ''}
  float logRatio = logProbability - old.x;
  float ratio = exp(logRatio);
  float plain = -advantage * ratio;
  float clipped = -advantage * clamp(ratio, 1.0 - settings.clipRange, 1.0 + settings.clipRange);
  float ofLogProbability = plain >= clipped ? share * plain : 0.0;
  float ofEntropy = -share * settings.entropyCoefficient;
  if (column < ${value}) return ${policySlopes};

  float value = texelFetch(outputs, ivec3(${value}, at), 0).x;
  float error = value - old.w;
  float squares = error * error;
  float ofValue = error;
  if (settings.valueClip) {
    float moved = value - old.y;
    float clippedError = old.y + clamp(moved, -settings.valueClipRange, settings.valueClipRange) - old.w;
    if (clippedError * clippedError > squares) {
      squares = clippedError * clippedError;
      ofValue = abs(moved) <= settings.valueClipRange ? clippedError : 0.0;
    }
  }
  ofValue *= 2.0 * share * settings.valueCoefficient * settings.valueFactor;
  if (column == ${value}) return vec4(ofValue, 0.0, 0.0, 0.0);
  ${layout.hasAxes ? logStdColumns : ''}

  if (column == ${statistics}) {
    return vec4(max(plain, clipped), settings.valueFactor * squares, entropy, expMinusLinear(logRatio));
  }
  float ratioError = abs(ratio - 1.0);
  return vec4(float(ratioError > settings.clipRange), ratioError * onVersionOf(place), 0.0, 0.0);
}

void main() {
  ivec2 tile = ivec2(gl_FragCoord.xy);
  Settings settings = readSettings();
  Minibatch now = readMinibatch();
  ivec4 rows = batchRows(now.schedule, tile.y);
  ivec4 places = batchPlaces(now.schedule, tile.y);
  mat4 terms = mat4(0.0);
  for (int i = 0; i < 4; i++) {
    if (4 * tile.y + i >= now.count) break;
    terms[i] = lossTerms(places[i], texelOf(outcomes, rows[i]), tile.x, ivec2(tile.y, i), settings, now);
  }
  writeTile(terms);
}`,
  };
}
