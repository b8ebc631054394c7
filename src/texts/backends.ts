import type { BackendName, BackendReport, BackendWhy, SimdKernels } from '../contract';

/** What backends are called. */
export const backendLabels: Readonly<Record<BackendName, string>> = {
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

const leftAlone =
  'The graphics processor failed again and again, so it is left alone until the page is reloaded.';

const outlooks = {
  toBeTimed: 'Whether WebGL is quicker here is measured after the first update.',
  takesOver: 'WebGL, which was the quickest here at an earlier visit, takes over when it is ready.',
  leftAlone,
  absent: 'This learner was made without WebGL, which playtrain/webgl brings.',
};

/** How updates are computed there. */
const simdSentences: Readonly<Record<SimdKernels, string>> = {
  fma: 'Multiplications and additions are fused, which is quicker; how they round depends on the machine, so that lockstep goes without.',
  plain:
    'Each multiplication and addition is rounded, so that the same seed comes to the same on every machine.',
};

/** Why one thread computes updates although there are cores for more. */
const aloneSentences: Readonly<Record<NonNullable<BackendReport['aloneBecause']>, string>> = {
  notIsolated: 'One thread: the page is not cross-origin isolated.',
};

/** What updates are computed on, in a few words. */
export function updatesOn({ name, shards }: Pick<BackendReport, 'name' | 'shards'>): string {
  return shards === 1 ? backendLabels[name] : `${backendLabels[name]}, ${shards} threads`;
}

/** In a few sentences: why updates are computed where they are, and how. */
export function backendSentence({
  name,
  why,
  simd,
  aloneBecause,
}: Pick<BackendReport, 'name' | 'why' | 'simd' | 'aloneBecause'>): string {
  const sentences = [reasonSentence(name, why)];
  if (simd !== null) sentences.push(simdSentences[simd]);
  if (aloneBecause !== null) sentences.push(aloneSentences[aloneBecause]);
  return sentences.join(' ');
}

function reasonSentence(name: BackendName, why: BackendWhy): string {
  switch (why.code) {
    case 'chosen':
      return 'As chosen in the settings.';
    case 'first':
      return `${backendLabels[name]} needs nothing to be fetched, so it begins. ${outlooks[why.webgl]}`;
    case 'quickest': {
      const when = why.measured === 'now' ? 'measured just now' : 'measured at an earlier visit';
      const obstacle =
        why.obstacle === null ? '' : ` ${why.obstacle === 'leftAlone' ? leftAlone : why.obstacle.error}`;
      return `The quickest here for this net and minibatch, ${when}.${obstacle}`;
    }
    case 'leftAlone':
      return leftAlone;
    case 'updateFailed':
      return 'An update on WebGL failed, so it is left alone until the page is reloaded.';
    case 'onlyOne':
      return 'There is nothing else to choose from here.';
  }
}
