import { html, type TemplateResult } from 'lit-html';
import { glossary, glossaryTexts } from '../../texts/glossary';

/** What the page's words mean. */
export function glossaryList(): TemplateResult {
  const entries = glossary.filter(({ onPage }) => onPage);
  return html`
    <h2>${glossaryTexts.heading}</h2>
    <dl class="glossary">
      ${entries.map(({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}
    </dl>`;
}
