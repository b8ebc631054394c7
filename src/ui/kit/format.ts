import { englishFor } from './language-tag';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en', { maximumSignificantDigits: 12, notation: 'standard' });

/** Beyond it, either way, there are no dates; `Intl` throws. */
const lastMomentMs = 8.64e15;

/** Stands where there is no number yet. */
export const noValue = '–';

/** A whole number with thousands set apart: `12,288`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A number to twelve digits, with thousands set apart: `0.0003`, `1,000,000`. */
export function formatExact(value: number): string {
  return exact.format(value);
}

/** A size: `820 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  if (bytes < 999_500_000) return `${trimmed((bytes / 1_000_000).toPrecision(3))} MB`;
  return `${trimmed((bytes / 1_000_000_000).toPrecision(3))} GB`;
}

/** A number short enough for an axis: `950`, `12.3k`, `1.2M`, `5e−4`. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_950) return `${trimmed((value / 1_000_000).toFixed(1))}M`;
  if (size >= 1_000) return `${trimmed((value / 1_000).toFixed(1))}k`;
  if (size > 0 && size < 0.001) return withMinus(Number(value.toPrecision(3)).toExponential());
  return trimmed(value.toPrecision(3));
}

/** Nothing that is measured here tells such a number from 0. */
const negligible = 1e-9;

/** A measured value with about three significant digits: `212`, `0.0123`, `3.0e−5`, `≈ 0`; a dash for null. */
export function formatMetric(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return noValue;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < negligible) return '≈ 0';
  if (size >= 1_000) return withMinus(grouped.format(value));
  if (size >= 100) return withMinus(value.toFixed(0));
  if (size >= 10) return withMinus(value.toFixed(1));
  if (size >= 1) return withMinus(value.toFixed(2));
  if (size >= 0.001) return withMinus(value.toPrecision(2));
  return withMinus(value.toExponential(1));
}

function trimmed(text: string): string {
  return withMinus(text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text);
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A day and a time of day, or a dash where it is no date: `17 Jun 2026, 14:03`, or as the visitor's own English has it. */
export function formatMoment(
  atMs: number,
  languages: readonly unknown[] = visitorLanguages(),
  timeZone?: string,
): string {
  return inWords(atMs, languages, { dateStyle: 'medium', timeStyle: 'short', timeZone });
}

/** A time of day, or a dash: `14:03:27`, or as the visitor's own English has it. */
export function formatTime(
  atMs: number,
  languages: readonly unknown[] = visitorLanguages(),
  timeZone?: string,
): string {
  return inWords(atMs, languages, { timeStyle: 'medium', timeZone });
}

function visitorLanguages(): readonly unknown[] {
  return typeof navigator === 'object' ? (navigator.languages ?? [navigator.language]) : [];
}

function inWords(atMs: number, languages: readonly unknown[], options: Intl.DateTimeFormatOptions): string {
  if (!(Math.abs(atMs) <= lastMomentMs)) return noValue;
  return new Intl.DateTimeFormat(englishFor(languages), options).format(atMs);
}
