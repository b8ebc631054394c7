import { actionLayout, policyOutputSize } from '../../../contract';
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

function categorical(layout: TileLayout): string {
  const { components, outputs: count } = actionLayout(layout.policy.actionSpace);
  const isAllowed = layout.hasMasks ? 'masksTexel(place, k >> 2)[k & 3] > 0.0' : 'true';
  const choices = components.flatMap((component) => {
    if (component.kind === 'axis') return [];
    return [`addChoice(${component.output}, ${component.output + component.count});`];
  });
  return `
float logits[${count}];
float logShares[${count}]; // log p
float entropies[${count}]; // of the choice to which the logit belongs
bool allowed[${count}];

/** Adds the choice among logits [first, end). */
void addChoice(int first, int end) {
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
}

void readPolicy(int place, ivec2 at) {
  for (int k = 0; k < ${count}; k++) {
    allowed[k] = ${isAllowed};
    logits[k] = allowed[k] ? texelFetch(outputs, ivec3(k >> 2, at), 0)[k & 3] : ${forbiddenLogit};
  }
  ${choices.join('\n  ')}
  for (int k = 0; k < ${count}; k++) logProbability += actionsTexel(place, k >> 2)[k & 3] * logShares[k];
}

/** Slopes of four logits. */
vec4 policySlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
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

function gaussian(layout: TileLayout): string {
  const count = policyOutputSize(layout.policy.actionSpace);
  const { x, y, kernelHeight } = layout.headRegion;
  return `
const float halfLogTwoPi = ${0.5 * Math.log(2 * Math.PI)};

vec4 logStdTexel(int column) { return texelFetch(parameters, ivec2(${x + layout.lossTerms.logStd} + column, ${4 * (y + kernelHeight)}), 0); }

/** z = (a − μ)/σ of four components. */
vec4 deviations(int place, int column, ivec2 at) {
  vec4 means = texelFetch(outputs, ivec3(column, at), 0);
  return (actionsTexel(place, column) - means) * exp(-logStdTexel(column));
}

void readPolicy(int place, ivec2 at) {
  for (int column = 0; column < ${layout.actions}; column++) {
    // What fills the last texel up is 0 in all three, and adds nothing.
    vec4 z = deviations(place, column, at);
    float sumOfLogStd = dot(logStdTexel(column), vec4(1.0));
    logProbability -= 0.5 * dot(z, z) + sumOfLogStd;
    entropy += sumOfLogStd;
  }
  logProbability -= ${count}.0 * halfLogTwoPi;
  entropy += ${count}.0 * (halfLogTwoPi + 0.5);
}

/** Slopes of four means. */
vec4 policySlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
  return ofLogProbability * deviations(place, column, at) * exp(-logStdTexel(column));
}

/** Slopes of four log standard deviations. */
vec4 logStdSlopes(int place, int column, ivec2 at, float ofLogProbability, float ofEntropy) {
  vec4 z = deviations(place, column, at);
  vec4 slopes = ofLogProbability * (z * z - 1.0) + ofEntropy;
  return mix(slopes, vec4(0.0), greaterThanEqual(4 * column + ivec4(0, 1, 2, 3), ivec4(${count})));
}
`;
}

export function policyLossProgram(layout: TileLayout): ProgramSource {
  const { value, logStd, statistics } = layout.lossTerms;
  const slopes = 'ofLogProbability, ofEntropy';
  const logStdColumns = `
  if (column < ${statistics}) return logStdSlopes(place, column - ${logStd}, at, ${slopes});`;
  return {
    samplers: [
      'updateTable',
      'outcomes',
      'advantageMoments',
      'outputs',
      ...(layout.isGaussian ? ['parameters'] : []),
    ],
    fragmentShader: `${tileProgram}${readUpdateTable(layout)}
uniform sampler2D outcomes;
uniform sampler2D advantageMoments;
uniform sampler2DArray outputs;
${layout.isGaussian ? 'uniform sampler2D parameters;' : ''}

// Of one step.
float logProbability;
float entropy;
${layout.isGaussian ? gaussian(layout) : categorical(layout)}

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
  readPolicy(place, at);
  float logRatio = logProbability - old.x;
  float ratio = exp(logRatio);
  float plain = -advantage * ratio;
  float clipped = -advantage * clamp(ratio, 1.0 - settings.clipRange, 1.0 + settings.clipRange);
  float ofLogProbability = plain >= clipped ? share * plain : 0.0;
  float ofEntropy = -share * settings.entropyCoefficient;
  if (column < ${value}) return policySlopes(place, column, at, ${slopes});

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
  ${layout.isGaussian ? logStdColumns : ''}

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
