/**
 * Takes all files that are dropped on `container`, and shows that it would while some are dragged over it. Links that
 * are dropped are nothing to it; some browsers would open them in the page's place.
 */
export function takeDrops(container: HTMLElement, take: (file: File) => void): void {
  const isFileDrag = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  container.addEventListener('dragover', (event) => {
    // What lies inside may have taken it already.
    if (event.defaultPrevented) return;
    if (isFileDrag(event)) container.classList.add('dropping');
    else if (!isLostLink(event)) return;
    event.preventDefault();
  });
  container.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && container.contains(event.relatedTarget))) {
      container.classList.remove('dropping');
    }
  });
  container.addEventListener('drop', (event) => {
    container.classList.remove('dropping');
    if (event.defaultPrevented) return;
    if (isFileDrag(event) || isLostLink(event)) event.preventDefault();
    for (const file of event.dataTransfer?.files ?? []) take(file);
  });
}

/** Whether it is a link, and what it is dragged over is no field that would take its text. */
function isLostLink({ dataTransfer, target }: DragEvent): boolean {
  const isField = target instanceof Element && target.closest('input, textarea') !== null;
  return dataTransfer?.types.includes('text/uri-list') === true && !isField;
}

/** Hands on the file that a person chose, and lets the same one be chosen again. */
export function chosenFile(take: (file: File) => void): (event: Event) => void {
  return (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const file = event.target.files?.[0];
    if (file !== undefined) take(file);
    // So that choosing the same file again is a change again.
    event.target.value = '';
  };
}
