import { writeFileSync } from 'node:fs';
import { metricDefinitions } from '../src/contract';
import { metricsDocument } from '../src/ui/metrics-document';

/** Writes docs/metrics.md from the definitions that the page shows. */
const path = new URL('../docs/metrics.md', import.meta.url);
writeFileSync(path, metricsDocument(metricDefinitions));
console.log(`Wrote ${metricDefinitions.length} definitions to docs/metrics.md.`);
