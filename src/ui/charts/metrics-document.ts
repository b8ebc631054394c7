import { type MetricDefinition, metricsDocumentIntroduction } from '../../texts/metrics';

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
  return ['# Metrics', metricsDocumentIntroduction, ...sections, ''].join('\n\n').replace(/\n+$/, '\n');
}
