import type { Page } from '@playwright/test';

/**
 * What is cut off on purpose, with why. Everything else shows all of its words at every size.
 *
 * Each is a selector of what cuts, or of what is cut.
 */
const mayBeCut = [
  // Heard, not seen.
  '.visually-hidden',
  '.skip-link',
];

/** Words that their box, or one around it, cuts off where nothing can be scrolled: what is cut, and by what. */
export function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate((exceptions) => {
    const slackPx = 1.5;
    const nameOf = (element: Element) => {
      const { className, tagName } = element;
      const classes = typeof className === 'string' ? className.trim().split(/\s+/).join('.') : '';
      return classes === '' ? tagName.toLowerCase() : `.${classes}`;
    };
    /** Whether a box cuts what is beyond it, in each direction; what can be scrolled to is not cut. */
    const cutsOf = (style: CSSStyleDeclaration) => ({
      across: /hidden|clip/.test(style.overflowX),
      down: /hidden|clip/.test(style.overflowY),
    });
    const isLeftOut = (element: Element) => exceptions.some((selector) => element.closest(selector) !== null);
    const isClippedAway = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { clipPath, opacity } = getComputedStyle(at);
        if (clipPath !== 'none' || opacity === '0') return true;
      }
      return false;
    };
    const found: string[] = [];
    const range = document.createRange();
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const node = words.currentNode;
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || element === null || element.closest('script, style, option, select') !== null)
        continue;
      if (!element.checkVisibility({ visibilityProperty: true }) || isLeftOut(element)) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      for (let at: Element | null = element; at !== null && boxes.length > 0; at = at.parentElement) {
        const style = getComputedStyle(at);
        // What is fixed is in no box of those around it.
        const { across, down } = cutsOf(style);
        if (across || down) {
          const { left, right, top, bottom } = at.getBoundingClientRect();
          // A letter's box is higher than the letter.
          const tallPx = slackPx + 0.2 * Number.parseFloat(getComputedStyle(element).fontSize);
          const isCut = boxes.some(
            (box) =>
              (across && (box.left < left - slackPx || box.right > right + slackPx)) ||
              (down && (box.top < top - tallPx || box.bottom > bottom + tallPx)),
          );
          if (isCut && !isClippedAway(element)) {
            found.push(`“${text.slice(0, 40)}” by ${nameOf(at)}`);
            break;
          }
        }
        if (style.position === 'fixed') break;
      }
    }
    const context = document.createElement('canvas').getContext('2d')!;
    for (const select of document.querySelectorAll('select')) {
      if (!select.checkVisibility() || isLeftOut(select)) continue;
      const style = getComputedStyle(select);
      context.font = style.font;
      const label = select.selectedOptions[0]?.textContent?.trim() ?? '';
      // With the arrow, which is as wide as a letter is high.
      const needsPx =
        context.measureText(label).width +
        Number.parseFloat(style.paddingLeft) +
        Number.parseFloat(style.paddingRight) +
        Number.parseFloat(style.fontSize);
      if (needsPx > select.clientWidth + slackPx)
        found.push(`“${label}” by ${select.name || nameOf(select)}`);
    }
    return [...new Set(found)];
  }, mayBeCut);
}

/** What can be pressed and has something else in its middle, once it is scrolled into view: what, and by what. */
export function covered(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    // On a phone a match has the screen to itself.
    const played = document.querySelector('.stage-played');
    const isAlone = played !== null && getComputedStyle(played).position === 'fixed';
    const root = dialog ?? (isAlone ? played : document);
    const found: string[] = [];
    const scrolled = [scrollX, scrollY] as const;
    for (const control of root.querySelectorAll('button, select, input, summary, a[href], [role="tab"]')) {
      if (
        !control.checkVisibility({ visibilityProperty: true }) ||
        control.closest('.visually-hidden, .skip-link') ||
        // Nobody moves while a match stands still.
        (control.closest('.pad') && document.querySelector('.match-overlay'))
      )
        continue;
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, top, width, height } = control.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      const label = control instanceof HTMLInputElement ? (control.labels?.[0] ?? null) : null;
      const isFree = hit !== null && (control.contains(hit) || (label?.contains(hit) ?? false));
      if (!isFree) {
        const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
        found.push(`${name || control.id || control.className} by ${hit?.className || hit?.tagName}`);
      }
    }
    window.scrollTo(...scrolled);
    return found;
  });
}
