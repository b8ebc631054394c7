/** Frames of the page for a while, something drawn in each of them. @returns milliseconds between them. */
export function frameIntervals(canvas: HTMLCanvasElement, durationMs: number): Promise<readonly number[]> {
  const drawing = canvas.getContext('2d');
  const intervalsMs: number[] = [];
  let firstMs: number | null = null;
  let lastMs = 0;
  return new Promise((resolve) => {
    const frame = (nowMs: number) => {
      if (firstMs === null) firstMs = nowMs;
      else intervalsMs.push(nowMs - lastMs);
      lastMs = nowMs;
      draw(drawing, canvas, nowMs);
      if (nowMs - firstMs < durationMs) requestAnimationFrame(frame);
      else resolve(intervalsMs);
    };
    requestAnimationFrame(frame);
  });
}

function draw(
  drawing: CanvasRenderingContext2D | null,
  { width, height }: HTMLCanvasElement,
  nowMs: number,
): void {
  if (drawing === null) return;
  drawing.clearRect(0, 0, width, height);
  drawing.fillStyle = '#e69f00';
  const across = (1 + Math.sin(nowMs / 400)) / 2;
  drawing.fillRect(across * (width - height), 0, height, height);
}
