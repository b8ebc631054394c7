import { overlayTexts } from '../../texts/overlay';
import { type CardLayout, cardPx, paddingPx, rowPx, sightPx, surprisePx } from './card-layout';
import type { OddsRow, SightRow } from './card-rows';

const paper = 'rgb(12 16 24 / 80%)';
const ink = '#f2f5f8';
const faint = '#a9b4bf';
const oddsColour = '#f0ac17';
const valueColour = '#2cc79a';
const better = '#4fd08a';
const worse = '#ff8a5c';

export function drawPaper(context: CanvasRenderingContext2D, heightPx: number): void {
  context.fillStyle = paper;
  context.beginPath();
  context.roundRect(0, 0, cardPx, heightPx, 8);
  context.fill();
  context.textBaseline = 'middle';
}

/** @param share how much of the gauge is full, 0 to 1. */
export function drawValue(
  context: CanvasRenderingContext2D,
  value: number,
  share: number,
  heightPx: number,
): void {
  const [topPx, bottomPx] = [paddingPx + 15, heightPx - paddingPx - 15];
  const [x, width] = [paddingPx + 9, 18];
  context.textAlign = 'center';
  context.fillStyle = faint;
  context.font = '600 11px ui-sans-serif, system-ui, sans-serif';
  context.fillText(overlayTexts.value, x + width / 2, paddingPx + 5);
  context.fillStyle = 'rgb(255 255 255 / 14%)';
  context.fillRect(x, topPx, width, bottomPx - topPx);
  const filledPx = (bottomPx - topPx) * share;
  context.fillStyle = valueColour;
  context.fillRect(x, bottomPx - filledPx, width, filledPx);
  context.fillStyle = ink;
  context.fillText(shortly(value), x + width / 2, heightPx - paddingPx - 5);
}

export function drawRows(
  context: CanvasRenderingContext2D,
  { odds, sights, leftPx, oddsTopPx, sightsTopPx }: CardLayout,
): void {
  odds.forEach((row, index) => {
    drawOdds(context, row, leftPx, oddsTopPx + index * rowPx);
  });
  sights.forEach((row, index) => {
    drawSight(context, row, leftPx, sightsTopPx + index * sightPx);
  });
}

/**
 * A ring that opens where something was better, or worse, than expected.
 *
 * @param size how large it is among the last ones, 0 to 1. @param since how far the ring has opened: 1 is gone.
 */
export function drawSurprise(
  context: CanvasRenderingContext2D,
  { leftPx, surpriseTopPx }: CardLayout,
  surprise: number,
  size: number,
  since: number,
): void {
  const [x, y] = [leftPx + 10, surpriseTopPx + surprisePx / 2];
  const colour = surprise < 0 ? worse : better;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, 2 + 6 * size, 0, 2 * Math.PI);
  context.fill();
  if (since < 1) {
    context.globalAlpha = 1 - since;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(x, y, 4 + 9 * since, 0, 2 * Math.PI);
    context.stroke();
    context.globalAlpha = 1;
  }
  context.textAlign = 'left';
  context.font = '600 12px ui-sans-serif, system-ui, sans-serif';
  const sign = surprise < 0 ? '−' : '+';
  context.fillText(`${overlayTexts.surprise} ${sign}${shortly(Math.abs(surprise))}`, x + 18, y + 0.5);
}

function drawOdds(context: CanvasRenderingContext2D, row: OddsRow, leftPx: number, topPx: number): void {
  const roomPx = cardPx - paddingPx - leftPx;
  const middlePx = topPx + rowPx / 2;
  context.fillStyle = 'rgb(255 255 255 / 10%)';
  context.fillRect(leftPx, topPx + 1, roomPx, rowPx - 3);
  context.fillStyle = oddsColour;
  if (row.kind === 'choice') {
    context.globalAlpha = 0.35 + 0.5 * row.odds;
    context.fillRect(leftPx, topPx + 1, roomPx * row.odds, rowPx - 3);
  } else {
    const inside = (share: number) => leftPx + roomPx * Math.min(1, Math.max(0, share));
    const [from, to] = [inside(row.mean - row.deviation), inside(row.mean + row.deviation)];
    context.globalAlpha = 0.5;
    context.fillRect(from, topPx + 1, to - from, rowPx - 3);
    context.globalAlpha = 1;
    context.fillRect(inside(row.mean) - 1.5, topPx + 1, 3, rowPx - 3);
  }
  context.globalAlpha = 1;
  context.font = '11px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'left';
  context.fillStyle = ink;
  context.fillText(row.name, leftPx + 4, middlePx - 0.5, roomPx - 36);
  if (row.kind !== 'choice') return;
  context.textAlign = 'right';
  context.fillText(`${Math.round(100 * row.odds)} %`, cardPx - paddingPx - 3, middlePx - 0.5);
}

function drawSight(
  context: CanvasRenderingContext2D,
  { name, value }: SightRow,
  leftPx: number,
  topPx: number,
): void {
  const roomPx = cardPx - paddingPx - leftPx;
  const middlePx = topPx + sightPx / 2;
  const barPx = roomPx * 0.34;
  const zeroPx = leftPx + roomPx - barPx / 2;
  context.font = '10px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'left';
  context.fillStyle = faint;
  context.fillText(name, leftPx, middlePx, roomPx - barPx - 36);
  context.textAlign = 'right';
  context.fillStyle = ink;
  context.fillText(value.toFixed(2), leftPx + roomPx - barPx - 4, middlePx);
  context.fillStyle = 'rgb(255 255 255 / 12%)';
  context.fillRect(zeroPx - barPx / 2, topPx + 2, barPx, sightPx - 5);
  context.fillStyle = '#3cc4ff';
  const toPx = (barPx / 2) * Math.min(1, Math.max(-1, value));
  context.fillRect(Math.min(zeroPx, zeroPx + toPx), topPx + 2, Math.abs(toPx), sightPx - 5);
}

/** Three digits at most, as there is room. */
function shortly(value: number): string {
  const size = Math.abs(value);
  const text = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2);
  return value < 0 ? `−${text}` : text;
}
