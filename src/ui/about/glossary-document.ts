import { type GlossaryEntry, glossaryTexts } from '../../texts/glossary';

/** The text of `docs/glossary.md`: the page's own words, then those of code. */
export function glossaryDocument(entries: readonly GlossaryEntry[]): string {
  const table = (title: string, shown: readonly GlossaryEntry[]) =>
    [
      `## ${title}\n`,
      '| word | meaning |',
      '| --- | --- |',
      ...shown.map(({ word, meaning }) => `| ${word} | ${meaning} |`),
    ].join('\n');
  const onPage = entries.filter((entry) => entry.onPage);
  const inCode = entries.filter((entry) => !entry.onPage);
  const { heading, introduction } = glossaryTexts;
  const parts = [
    `# ${heading}`,
    introduction,
    table(glossaryTexts.onPage, onPage),
    table(glossaryTexts.inCode, inCode),
  ];
  return `${parts.join('\n\n')}\n`;
}
