import type { Box } from './box';
import type { DisplayList } from './display-list';
import { OverlayCanvas, overlayPixelRatio } from './overlay-canvas';
import { patchRoom } from './patch-room';
import { patchesOf } from './patches';

const nothing = { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };

/** A canvas, and where it lay last. */
interface Sheet {
  readonly canvas: OverlayCanvas;
  room: Box;
}

/**
 * What is drawn over a place of the page, on canvases no larger than that: where no graphics processor puts the page
 * together, whatever changes is copied whole, and then blended, for every frame.
 */
export class OverlayLayer {
  private readonly holder: HTMLElement;
  private readonly isDrawnInSoftware: () => boolean;
  private readonly follow: ResizeObserver;
  private readonly sheets: Sheet[] = [];
  /** Of its place, in CSS pixels. */
  size = { widthPx: 0, heightPx: 0 };

  constructor(place: HTMLElement, isDrawnInSoftware: () => boolean) {
    this.isDrawnInSoftware = isDrawnInSoftware;
    this.holder = document.createElement('div');
    this.holder.className = 'overlay-senses';
    place.append(this.holder);
    this.follow = new ResizeObserver(() => this.measure(place));
    this.follow.observe(place);
    this.measure(place);
  }

  /** Shows this and nothing else, in order. @param within beyond which nothing is seen. */
  draw(items: DisplayList, within: Box): void {
    const patches = patchesOf(items, within, overlayPixelRatio());
    const free = new Set(this.sheets);
    for (const patch of patches) {
      const sheet = this.sheetFor(patch.box, free, within);
      free.delete(sheet);
      sheet.room = patchRoom(patch.box, sheet.room, within);
      const context = sheet.canvas.begin(sheet.room);
      if (context === null) continue;
      for (const item of patch.items) item.draw(context);
    }
    for (const { canvas } of free) canvas.hide();
  }

  hide(): void {
    for (const { canvas } of this.sheets) canvas.hide();
  }

  end(): void {
    this.follow.disconnect();
    this.holder.remove();
  }

  /** One that is as large as is needed already, if there is one. */
  private sheetFor(box: Box, free: ReadonlySet<Sheet>, within: Box): Sheet {
    const isFitting = ({ room }: Sheet) => {
      const { widthPx, heightPx } = patchRoom(box, room, within);
      return widthPx === room.widthPx && heightPx === room.heightPx;
    };
    const known = [...free].find(isFitting) ?? [...free][0];
    if (known !== undefined) return known;
    const made = { canvas: new OverlayCanvas(this.holder, this.isDrawnInSoftware), room: nothing };
    this.sheets.push(made);
    return made;
  }

  private measure({ clientWidth, clientHeight }: HTMLElement): void {
    this.size = { widthPx: clientWidth, heightPx: clientHeight };
  }
}
