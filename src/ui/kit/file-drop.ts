/** Takes files that are dropped on `container`, and shows that it would while one is dragged over it. */
export function takeDrops(container: HTMLElement, take: (file: File) => void): void {
  const isFileDrag = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  container.addEventListener('dragover', (event) => {
    // What lies inside may have taken it already.
    if (!isFileDrag(event) || event.defaultPrevented) return;
    event.preventDefault();
    container.classList.add('dropping');
  });
  container.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && container.contains(event.relatedTarget))) {
      container.classList.remove('dropping');
    }
  });
  container.addEventListener('drop', (event) => {
    container.classList.remove('dropping');
    if (!isFileDrag(event) || event.defaultPrevented) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) take(file);
  });
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
