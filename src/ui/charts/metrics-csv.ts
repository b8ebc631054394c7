import type { MetricPoint } from '../../contract';
import { markTexts } from '../../texts/marks';
import { metricDefinitions } from '../../texts/metrics';
import { winRateKeys } from './win-rates';

/**
 * Every point as comma-separated values (RFC 4180) under a row of names; empty where there is no value. Where agents
 * meet, each opponent's win rate has a column.
 */
export function metricsCsv(points: readonly MetricPoint[]): string {
  const keys = [...metricDefinitions.map(({ key }) => key), ...winRateKeys(points)];
  const header = ['version', 'decisions', ...keys.map(quoted), 'returnSpread', 'settingsChanged'];
  const rows = points.map((point) => [
    point.version,
    point.decisions,
    ...keys.map((key) => point.values[key] ?? ''),
    point.returnSpread ?? '',
    quoted(markTexts(point).join('; ')),
  ]);
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
