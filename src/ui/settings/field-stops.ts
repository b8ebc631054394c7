import type { NumberField } from '../../contract';

/** Sliders with more positions than this cannot be set by hand. */
const maxSliderPositions = 2_000;

/** One decade of a logarithmic ladder. */
const decade = [1, 1.5, 2, 3, 5, 7] as const;

/**
 * The values that a logarithmic field steps through, ascending, first and last its bounds: powers of two for counts
 * whose bounds are powers of two, else 1, 1.5, 2, 3, 5, 7 in every decade.
 */
export function fieldStops(field: NumberField): readonly number[] {
  const { min, max } = field;
  const stops: number[] = [min];
  if (field.integer && Number.isInteger(Math.log2(min)) && Number.isInteger(Math.log2(max))) {
    for (let value = min * 2; value < max; value *= 2) stops.push(value);
  } else {
    for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.log10(max); exponent++) {
      for (const digit of decade) {
        const value = Number(`${digit}e${exponent}`);
        if (value > min && value < max && (!field.integer || Number.isInteger(value))) stops.push(value);
      }
    }
  }
  stops.push(max);
  return stops;
}

/** The stop above (`direction` 1) or below (−1) a value; the bound where there is none. */
export function nextValue(field: NumberField, value: number, direction: 1 | -1): number {
  if (field.scale === 'log') {
    const stops = fieldStops(field);
    if (direction === 1) return stops.find((stop) => stop > value) ?? field.max;
    return stops.findLast((stop) => stop < value) ?? field.min;
  }
  const moved = Number((value + direction * field.step).toFixed(decimals(field.step)));
  return Math.min(field.max, Math.max(field.min, moved));
}

/** A slider for a field: how many positions it has, and what each stands for. */
export interface Slider {
  readonly positions: number;
  valueAt(position: number): number;
  /** The position nearest to a value. */
  positionOf(value: number): number;
}

/** The slider that suits a field, or null where a slider would not help. */
export function fieldSlider(field: NumberField): Slider | null {
  if (field.scale === 'log') {
    const stops = fieldStops(field);
    const distance = (stop: number, value: number) => Math.abs(Math.log(stop / value));
    return {
      positions: stops.length,
      valueAt: (position) => stops[position] ?? field.min,
      positionOf: (value) =>
        stops.reduce(
          (nearest, stop, index) =>
            distance(stop, value) < distance(stops[nearest] ?? field.min, value) ? index : nearest,
          0,
        ),
    };
  }
  const positions = Math.round((field.max - field.min) / field.step) + 1;
  if (positions > maxSliderPositions) return null;
  return {
    positions,
    valueAt: (position) => Number((field.min + position * field.step).toFixed(decimals(field.step))),
    positionOf: (value) => Math.min(positions - 1, Math.max(0, Math.round((value - field.min) / field.step))),
  };
}

function decimals(step: number): number {
  return Math.max(0, Math.ceil(-Math.log10(step)));
}
