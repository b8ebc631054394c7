/** Draws as Phaser's Graphics would, on a canvas of the page's. Lines are as wide as told in CSS pixels. */
export class GraphicsPen {
  private context!: CanvasRenderingContext2D;
  private lineScale = 1;

  /** @param lineScale units of the context a CSS pixel. */
  begin(context: CanvasRenderingContext2D, lineScale: number): void {
    this.context = context;
    this.lineScale = lineScale;
  }

  lineStyle(width: number, colour: number, alpha = 1): this {
    this.context.lineWidth = width * this.lineScale;
    this.context.strokeStyle = cssColour(colour, alpha);
    return this;
  }

  fillStyle(colour: number, alpha = 1): this {
    this.context.fillStyle = cssColour(colour, alpha);
    return this;
  }

  lineBetween(fromX: number, fromY: number, toX: number, toY: number): this {
    const { context } = this;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
    return this;
  }

  strokeCircle(x: number, y: number, radius: number): this {
    this.circle(x, y, radius);
    this.context.stroke();
    return this;
  }

  fillCircle(x: number, y: number, radius: number): this {
    this.circle(x, y, radius);
    this.context.fill();
    return this;
  }

  strokeRect(x: number, y: number, width: number, height: number): this {
    this.context.strokeRect(x, y, width, height);
    return this;
  }

  fillRect(x: number, y: number, width: number, height: number): this {
    this.context.fillRect(x, y, width, height);
    return this;
  }

  private circle(x: number, y: number, radius: number): void {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function cssColour(colour: number, alpha: number): string {
  return `rgb(${colour >> 16} ${(colour >> 8) & 255} ${colour & 255} / ${alpha})`;
}
