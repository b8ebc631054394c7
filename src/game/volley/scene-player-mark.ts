import type { PlayerLook } from '../../contract';
import type { Painter } from '../scenes/painted-textures';

/** Of a mark's drawing, in units of the face's, whose middle is the drawing's. */
export const markDrawing = { width: 260, height: 200 } as const;

const edge = '#1c2530';

/** Strokes in the player's colour with a dark edge, which stand out from a body of any colour. */
function stroke(context: CanvasRenderingContext2D, colour: string, width: number, path: Path2D): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = edge;
  context.lineWidth = width + 6;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

function fill(context: CanvasRenderingContext2D, colour: string, path: Path2D): void {
  context.fillStyle = colour;
  context.fill(path);
  context.strokeStyle = edge;
  context.lineWidth = 3;
  context.stroke(path);
}

function circles(...list: readonly (readonly [x: number, y: number, radius: number])[]): Path2D {
  const path = new Path2D();
  for (const [x, y, radius] of list) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
  return path;
}

/** Both halves of what is alike left and right; `half` is the left one, 0 the middle between the eyes. */
function mirrored(half: string): Path2D {
  const path = new Path2D(half);
  path.addPath(new Path2D(half), new DOMMatrix([-1, 0, 0, 1, 0, 0]));
  return path;
}

type Mark = (context: CanvasRenderingContext2D, colour: string) => void;

/** What players wear, around the middle of their face; eyes are 30 to each side of it and 14 above. */
const marks: Readonly<Record<string, Mark>> = {
  freckles: (context, colour) =>
    fill(
      context,
      colour,
      circles([-68, 20, 8], [-50, 32, 7], [-72, 42, 7], [68, 20, 8], [50, 32, 7], [72, 42, 7]),
    ),
  band: (context, colour) => stroke(context, colour, 20, new Path2D('M-100 -46C-60 -72 60 -72 100 -46')),
  brows: (context, colour) => stroke(context, colour, 13, mirrored('M-60 -50C-48 -64 -26 -62 -14 -48')),
  glasses: (context, colour) => {
    const rims = circles([-31, -14, 36], [31, -14, 36]);
    rims.addPath(new Path2D('M-67 -18L-94 -26M67 -18L94 -26'));
    stroke(context, colour, 10, rims);
  },
  moustache: (context, colour) =>
    fill(
      context,
      colour,
      mirrored('M0 22C-14 14 -34 16 -40 30C-46 38 -56 36 -58 30C-60 48 -34 52 -20 42C-12 38 -4 36 0 32Z'),
    ),
  stripes: (context, colour) => stroke(context, colour, 12, mirrored('M-78 24L-54 30M-76 40L-54 44')),
  star: (context, colour) =>
    fill(
      context,
      colour,
      new Path2D('M0 -84L7 -67L25 -66L11 -54L16 -37L0 -47L-16 -37L-11 -54L-25 -66L-7 -67Z'),
    ),
};

/** Paints what a player wears into a drawing of `markDrawing`'s proportions; null where this game has no such mark. */
export function markPainter({ colour, mark }: PlayerLook): Painter | null {
  const paint = marks[mark];
  if (paint === undefined) return null;
  return (context, widthPx, heightPx) => {
    context.translate(widthPx / 2, heightPx / 2);
    context.scale(widthPx / markDrawing.width, heightPx / markDrawing.height);
    paint(context, colour);
  };
}
