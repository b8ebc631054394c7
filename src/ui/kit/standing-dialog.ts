/** What is particular about a dialog. */
export interface StandingDialogParts {
  /** What it is put behind while it is open. */
  readonly neighbour: HTMLElement;
  readonly className: string;
  /** Id of the heading in it that names it. */
  readonly titleId: string;
  /** Called where a person closes it, by Escape too; it stands until the state says otherwise. */
  readonly onClose: () => void;
}

/** A modal dialog that stands as long as the page's state says so. */
export class StandingDialog {
  private readonly parts: StandingDialogParts;
  private shown: HTMLDialogElement | null = null;

  constructor(parts: StandingDialogParts) {
    this.parts = parts;
  }

  /** Null while it is not open. */
  get element(): HTMLDialogElement | null {
    return this.shown;
  }

  /** @param fill renders into it, before anybody sees it. */
  open(fill: (dialog: HTMLDialogElement) => void): void {
    const { neighbour, className, titleId, onClose } = this.parts;
    const dialog = document.createElement('dialog');
    dialog.className = `dialog ${className}`;
    dialog.setAttribute('aria-labelledby', titleId);
    // By Escape, which a browser lets no page refuse twice.
    dialog.addEventListener('close', onClose);
    this.shown = dialog;
    neighbour.after(dialog);
    fill(dialog);
    dialog.showModal();
    // What gets the focus may stand at its end.
    dialog.scrollTop = 0;
  }

  /** Gives the focus back to what had it. */
  close(): void {
    const dialog = this.shown;
    if (dialog === null) return;
    this.shown = null;
    dialog.removeEventListener('close', this.parts.onClose);
    dialog.close();
    dialog.remove();
  }
}
