import type { MetricDefinition } from '../../texts/metrics';

/** The text of `docs/metrics.md`: what every chart shows, in the words of the page's own explanations. */
export function metricsDocument(definitions: readonly MetricDefinition[]): string {
  const sections = definitions.map(({ key, label, unit, formula, healthy }) =>
    [
      `## ${label}`,
      '',
      `- **Key**: \`${key}\``,
      `- **Unit**: ${unit === '' ? 'none' : unit}`,
      `- **Formula**: ${formula}`,
      `- **Healthy**: ${healthy}`,
    ].join('\n'),
  );
  return [
    '# Metrics',
    'What the charts show, one point an update. Written by `npx tsx scripts/write-metrics.ts` from `src/contract/metrics.ts`, which the page’s tooltips read as well: change it there, then run the script.',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
