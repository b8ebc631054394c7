/** Tells of elements whether they can be seen. */
export interface VisibilityWatch {
  observe(element: Element): void;
  disconnect(): void;
}

/**
 * Calls `changed` whenever an observed element comes into view or leaves it. Where the browser does not tell, each counts
 * as seen from the beginning.
 */
export function watchVisibility(changed: (element: Element, isSeen: boolean) => void): VisibilityWatch {
  try {
    return new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) changed(target, isIntersecting);
    });
  } catch {
    return { observe: (element) => changed(element, true), disconnect: () => {} };
  }
}
