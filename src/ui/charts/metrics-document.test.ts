import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricDefinitions, winRateDefinition } from '../../texts/metrics';
import { metricsDocument } from './metrics-document';

it('docs/metrics.md says what the page says', () => {
  // If it does not: npx tsx scripts/write-docs.ts
  const written = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
  expect(written).toBe(metricsDocument([...metricDefinitions, winRateDefinition]));
});
