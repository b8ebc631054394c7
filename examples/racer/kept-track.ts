import type Phaser from 'phaser';
import type { Point } from './track';
import { tracks } from './tracks';

/** Under this the course that is driven lies among the game's data, as if it had been loaded. */
const key = 'track';
/** Under this the visitor's own course is kept in the browser. */
const keptAs = 'racer-track';

/** The outline of the course to drive: the one chosen last, the visitor's own, or the first that comes with the game. */
export function outlineToDrive(scene: Phaser.Scene): readonly Point[] {
  const { json } = scene.cache;
  if (!json.exists(key)) json.add(key, keptOutline() ?? Object.values(tracks)[0]!);
  return json.get(key) as readonly Point[];
}

/** From the next start of the scene on, this is driven. */
export function chooseOutline(scene: Phaser.Scene, outline: readonly Point[]): void {
  const { json } = scene.cache;
  if (json.exists(key)) json.remove(key);
  json.add(key, outline);
}

export function keepOutline(outline: readonly Point[]): void {
  try {
    localStorage.setItem(keptAs, JSON.stringify(outline));
  } catch {
    // It is driven all the same, until the page is left.
  }
}

/** The visitor's own course; null where there is none, or no place that keeps one. */
export function keptOutline(): readonly Point[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptAs) ?? 'null');
    return isOutline(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isOutline(value: unknown): value is readonly Point[] {
  if (!Array.isArray(value) || value.length < 3) return false;
  return value.every(
    (point: Partial<Point> | null) => Number.isFinite(point?.x) && Number.isFinite(point?.y),
  );
}
