import { writeFileSync } from 'node:fs';
import { metricDefinitions, winRateDefinition } from '../src/texts/metrics';
import { metricsDocument } from '../src/ui/charts/metrics-document';

/** Writes docs/metrics.md from the definitions that the page shows. */
const path = new URL('../docs/metrics.md', import.meta.url);
const definitions = [...metricDefinitions, winRateDefinition];
writeFileSync(path, metricsDocument(definitions));
console.log(`Wrote ${definitions.length} definitions to docs/metrics.md.`);
