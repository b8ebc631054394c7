/**
 * Has text that changes be shown where a browser has translated the page. Chrome puts a `font` element with the
 * translation in the place of each text; lit goes on writing what is new into `data` of what stands there, which an
 * element has not. What is written so is shown as it is, and translated by the browser again.
 *
 * Texts that change all the while are better kept from being translated, by `translate="no"`.
 */
export function writeThroughTranslations(): void {
  Object.defineProperty(HTMLFontElement.prototype, 'data', {
    configurable: true,
    get(this: HTMLFontElement) {
      return this.textContent;
    },
    set(this: HTMLFontElement, text: string) {
      this.textContent = text;
    },
  });
}
