import type { LineLook } from './line-colours';

/** What stands around a chart in a picture of it. */
export interface PictureTexts {
  /** With its unit. */
  readonly title: string;
  /** Which game and run it is of. */
  readonly subtitle: string;
  /** What the chart counts to the right; null where the chart says so itself. */
  readonly below: string | null;
  /** Names of its lines. */
  readonly legend: readonly { readonly look: LineLook; readonly text: string }[];
}

export interface PictureColours {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
}

const font = 'ui-sans-serif, system-ui, sans-serif';
/** In CSS pixels. */
const margin = 14;
const titleRow = 24;
const subtitleRow = 22;
const textRow = 18;

/**
 * A picture of a chart that says what it shows, in device pixels.
 *
 * @param plot as it was drawn. @param widthPx its width in CSS pixels.
 */
export function chartPicture(
  plot: HTMLCanvasElement,
  widthPx: number,
  { title, subtitle, below, legend }: PictureTexts,
  { ground, ink, soft }: PictureColours,
): HTMLCanvasElement {
  const ratio = plot.width / widthPx;
  const heightPx = plot.height / ratio;
  const topPx = margin + titleRow + subtitleRow;
  const belowPx = below === null ? 0 : textRow;
  const picture = document.createElement('canvas');
  picture.width = Math.round((widthPx + 2 * margin) * ratio);
  picture.height = Math.round((topPx + heightPx + belowPx + legend.length * textRow + margin) * ratio);
  const context = picture.getContext('2d');
  if (context === null) return picture;
  context.fillStyle = ground;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(plot, margin * ratio, topPx * ratio);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  const write = (text: string, xPx: number, yPx: number, colour: string, size: string) => {
    context.fillStyle = colour;
    context.font = `${size} ${font}`;
    context.fillText(text, xPx, yPx);
  };
  write(title, margin, margin + titleRow / 2, ink, '600 16px');
  write(subtitle, margin, margin + titleRow + subtitleRow / 2 - 2, soft, '12px');
  const underPx = topPx + heightPx;
  if (below !== null) {
    context.textAlign = 'center';
    write(below, margin + widthPx / 2, underPx + textRow / 2, soft, '12px');
    context.textAlign = 'left';
  }
  legend.forEach(({ look, text }, index) => {
    const yPx = underPx + belowPx + (index + 0.5) * textRow;
    context.strokeStyle = look.colour;
    context.lineWidth = 2.5;
    context.setLineDash([...look.dash]);
    context.beginPath();
    context.moveTo(margin, yPx);
    context.lineTo(margin + 28, yPx);
    context.stroke();
    write(text, margin + 38, yPx, ink, '12px');
  });
  return picture;
}

/** The colours in which an element's text is read. */
export function coloursAround(element: HTMLElement): PictureColours {
  const { color } = getComputedStyle(element);
  const soft = element.querySelector('.chart-unit, .chart-at');
  return {
    ground: groundOf(element),
    ink: color,
    soft: soft === null ? color : getComputedStyle(soft).color,
  };
}

/** What an element stands on: the nearest ground around it that can be seen. */
function groundOf(element: HTMLElement): string {
  for (let each: HTMLElement | null = element; each !== null; each = each.parentElement) {
    const { backgroundColor } = getComputedStyle(each);
    if (backgroundColor !== 'transparent' && !/, 0\)$|\/ 0\)$/.test(backgroundColor)) return backgroundColor;
  }
  return '#ffffff';
}
