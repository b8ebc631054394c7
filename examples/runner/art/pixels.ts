/** A picture of pixels to be set one by one. */
export class Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(4 * width * height);
  }

  /** @param colour as `#rrggbb`, or `#rrggbbaa`. What lies outside is left out. */
  set(x: number, y: number, colour: string): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const numbers = [1, 3, 5, 7].map((at) => Number.parseInt(colour.slice(at, at + 2) || 'ff', 16));
    this.data.set(numbers, 4 * (y * this.width + x));
  }

  fill(left: number, top: number, width: number, height: number, colour: string): void {
    for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) this.set(x, y, colour);
  }

  /** Rows of letters, each of which stands for a colour; what stands for none is left as it is. */
  stamp(left: number, top: number, rows: readonly string[], colours: Readonly<Record<string, string>>): void {
    rows.forEach((row, y) => {
      Array.from(row).forEach((letter, x) => {
        const colour = colours[letter];
        if (colour !== undefined) this.set(left + x, top + y, colour);
      });
    });
  }
}
