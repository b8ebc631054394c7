import { writeFileSync } from 'node:fs';
import { glossary } from '../src/texts/glossary';
import { metricDefinitions, winRateDefinition } from '../src/texts/metrics';
import { glossaryDocument } from '../src/ui/about/glossary-document';
import { metricsDocument } from '../src/ui/charts/metrics-document';

/** Writes the docs that say what the page says, from the same texts. */
function write(name: string, text: string): void {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  console.log(`Wrote docs/${name}.`);
}

write('metrics.md', metricsDocument([...metricDefinitions, winRateDefinition]));
write('glossary.md', glossaryDocument(glossary));
