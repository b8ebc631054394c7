import type { PlayingStyle } from '../contract';

/** What is said of one number of a style, where somebody has more of it than others, and where less. */
interface MeasureTexts {
  /** Numbers that tell of much the same: one of them is told of. */
  readonly about: 'serves' | 'attack' | 'touches' | 'place' | 'jumps' | 'length';
  readonly more: (value: number) => string;
  readonly less: (value: number) => string;
}

/** In what somebody plays unlike others. */
interface Trait {
  readonly texts: MeasureTexts;
  readonly value: number;
  /** From the mean of all, in standard deviations. */
  readonly distance: number;
}

const traitsTold = 2;
/** Who differ by less than this have the same number: styles are rounded to thousandths. */
const alike = 1e-6;

const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;
const decimal = (value: number) => value.toFixed(1);

/** Of the numbers that Volley's style meter takes. */
const measures: Readonly<Record<string, MeasureTexts>> = {
  aces: {
    about: 'serves',
    more: (value) => `wins ${percent(value)} of its serves outright`,
    less: (value) =>
      value < 0.005 ? 'never wins by a serve alone' : `wins only ${percent(value)} of its serves outright`,
  },
  faults: {
    about: 'serves',
    more: (value) => `loses ${percent(value)} of its serves before they are over the net`,
    less: (value) => (value < 0.005 ? 'never spoils a serve' : `spoils only ${percent(value)} of its serves`),
  },
  smashes: {
    about: 'attack',
    more: (value) => `smashes ${percent(value)} of the balls that it touches`,
    less: (value) => (value < 0.005 ? 'never smashes' : `smashes only ${percent(value)} of the balls`),
  },
  touches: {
    about: 'touches',
    more: (value) => `takes ${decimal(value)} touches to send the ball over`,
    less: (value) => `sends the ball over at once, with ${decimal(value)} touches each time`,
  },
  atNet: {
    about: 'place',
    more: (value) => `spends ${percent(value)} of the time at the net`,
    less: (value) => `keeps away from the net: ${percent(value)} of the time there`,
  },
  home: {
    about: 'place',
    more: (value) => `waits far back, ${decimal(value)} m from the net`,
    less: (value) => `waits close up, ${decimal(value)} m from the net`,
  },
  jumps: {
    about: 'jumps',
    more: (value) => `hops about, with ${decimal(value)} jumps a second`,
    less: (value) =>
      value < 0.05 ? 'stays on the ground' : `jumps little, ${decimal(value)} times a second`,
  },
  crossings: {
    about: 'length',
    more: (value) => `keeps rallies going, over the net ${decimal(value)} times each`,
    less: (value) => `ends rallies soon, after ${decimal(value)} crossings of the net`,
  },
};

/**
 * A sentence for each on how it plays, such as “Wins 55 % of its serves outright and jumps little, 0.5 times a second.”
 * It tells in what somebody is most unlike the others.
 *
 * @param styles null for whose style is not known.
 * @returns empty where nothing can be said.
 */
export function styleSentences(styles: readonly (PlayingStyle | null)[]): readonly string[] {
  const known = styles.filter((style) => style !== null);
  const spreads = Object.entries(measures).flatMap(([measure, texts]) => {
    const values = known.flatMap((style) => style[measure] ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const deviation = Math.sqrt(variance);
    return deviation > alike ? [{ measure, texts, mean, deviation }] : [];
  });
  return styles.map((style) => {
    const traits = spreads.flatMap(({ measure, texts, mean, deviation }): Trait[] => {
      const value = style?.[measure];
      return value === undefined ? [] : [{ texts, value, distance: (value - mean) / deviation }];
    });
    return sentenceOf(mostTelling(traits));
  });
}

/** The farthest from the mean, one of each kind. */
function mostTelling(traits: readonly Trait[]): readonly Trait[] {
  const byDistance = traits.toSorted((a, b) => Math.abs(b.distance) - Math.abs(a.distance));
  const isFirst = ({ texts }: Trait, place: number) =>
    byDistance.findIndex((other) => other.texts.about === texts.about) === place;
  return byDistance.filter(isFirst).slice(0, traitsTold);
}

function sentenceOf(traits: readonly Trait[]): string {
  const told = traits.map(({ texts, value, distance }) => (distance > 0 ? texts.more : texts.less)(value));
  const sentence = told.join(' and ');
  return sentence === '' ? '' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
