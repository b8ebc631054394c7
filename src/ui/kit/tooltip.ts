import { html, type TemplateResult } from 'lit-html';
import { icons } from './icons';

const gapPx = 8;

/**
 * A button that explains something: the explanation shows on hover, focus or tap, and is read out with the button.
 *
 * @param id unique on the page.
 * @param subject what is explained; names the button.
 */
export function explanation(id: string, subject: string, content: unknown): TemplateResult {
  return html`<button type="button" class="explain" aria-label="About ${subject}" aria-describedby=${id}
      data-explains=${id}>${icons.info}</button><span class="explanation" id=${id} hidden>${content}</span>`;
}

/**
 * Shows the explanations of a page in one bubble above everything else. Escape closes it, and it stays while the
 * pointer is on it (WCAG 2.2, 1.4.13).
 *
 * @returns a function that takes the bubble and its listeners away.
 */
export function mountExplanations(root: HTMLElement): () => void {
  const bubble = document.createElement('div');
  bubble.className = 'bubble';
  bubble.hidden = true;
  bubble.setAttribute('popover', 'manual');
  bubble.setAttribute('aria-hidden', 'true');
  root.append(bubble);
  let shownBy: HTMLElement | null = null;
  const listeners = new AbortController();
  const options = { signal: listeners.signal };

  const buttonOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('[data-explains]') : null;

  const hide = () => {
    shownBy = null;
    lower(bubble);
  };
  const show = (button: HTMLElement) => {
    const content = document.getElementById(button.dataset['explains'] ?? '');
    if (content === null || shownBy === button) return;
    shownBy = button;
    bubble.replaceChildren(content.cloneNode(true));
    const copy = bubble.firstElementChild;
    copy?.removeAttribute('id');
    copy?.removeAttribute('hidden');
    raise(bubble);
    placeNear(bubble, button);
  };
  const stays = (target: EventTarget | null) =>
    target instanceof Node && (bubble.contains(target) || buttonOf(target) === shownBy);

  root.addEventListener(
    'pointerover',
    (event) => {
      const button = buttonOf(event.target);
      if (button !== null && event.pointerType === 'mouse') show(button);
    },
    options,
  );
  root.addEventListener(
    'pointerout',
    (event) => {
      if (shownBy === null || event.pointerType !== 'mouse' || shownBy === document.activeElement) return;
      if (!stays(event.relatedTarget)) hide();
    },
    options,
  );
  root.addEventListener(
    'focusin',
    (event) => {
      const button = buttonOf(event.target);
      if (button?.matches(':focus-visible')) show(button);
      else if (shownBy !== null && !stays(event.target)) hide();
    },
    options,
  );
  root.addEventListener(
    'focusout',
    (event) => {
      if (event.target === shownBy) hide();
    },
    options,
  );
  root.addEventListener(
    'click',
    (event) => {
      const button = buttonOf(event.target);
      if (button !== null) show(button);
      else if (shownBy !== null && !stays(event.target)) hide();
    },
    options,
  );
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || shownBy === null) return;
      hide();
      // One press closes one thing: else it would pause a match as well.
      event.preventDefault();
    },
    options,
  );
  window.addEventListener('scroll', () => shownBy !== null && hide(), { ...options, capture: true });

  return () => {
    listeners.abort();
    bubble.remove();
  };
}

/** Shows a popover in the browser's top layer, or, where there is none (before 2024), where its style puts it. */
function raise(popover: HTMLElement): void {
  popover.hidden = false;
  try {
    popover.showPopover();
  } catch {
    // Shown already, only lower.
  }
}

function lower(popover: HTMLElement): void {
  popover.hidden = true;
  try {
    popover.hidePopover();
  } catch {
    // It never was in the top layer.
  }
}

/** Puts what floats above its button where there is room, else below, and inside the window in any case. */
function placeNear(floating: HTMLElement, button: Element): void {
  const target = button.getBoundingClientRect();
  const size = floating.getBoundingClientRect();
  const left = target.left + target.width / 2 - size.width / 2;
  const above = target.top - size.height - gapPx;
  floating.style.left = `${Math.max(gapPx, Math.min(left, window.innerWidth - size.width - gapPx))}px`;
  floating.style.top = `${above >= gapPx ? above : target.bottom + gapPx}px`;
}
