import type { Car } from './car';

const countdownSteps = 180;

export interface RaceNews {
  /** Seconds until the start, as they are called: 3, 2, 1, and 0 for the start; null where nothing is. */
  readonly counts: number | null;
  /** Who has driven all laps with this step. */
  readonly arrived: readonly number[];
}

/** A race of a person's car against the others: a countdown, so many laps, and who was where. Counts steps. */
export class Race {
  readonly laps: number;
  private steps = 0;
  private readonly finished: number[] = [];

  constructor(laps: number) {
    this.laps = laps;
  }

  /** Whether cars must still wait. */
  get isHeld(): boolean {
    return this.steps < countdownSteps;
  }

  /** Seconds until the start: 3, 2, 1; 0 from then on. */
  get countdown(): number {
    return Math.max(0, Math.ceil((countdownSteps - this.steps) / 60));
  }

  /** Whether a car has driven all laps. */
  hasFinished(index: number): boolean {
    return this.finished.includes(index);
  }

  /** One step. @returns what came about in it. */
  step(cars: readonly Car[]): RaceNews {
    const counts = this.isHeld && this.steps % 60 === 0 ? this.countdown : null;
    this.steps += 1;
    const arrived: number[] = [];
    cars.forEach(({ laps }, index) => {
      if (laps.laps >= this.laps && !this.hasFinished(index)) arrived.push(index);
    });
    this.finished.push(...arrived);
    return { counts: this.steps === countdownSteps ? 0 : counts, arrived };
  }

  /** A car's place among those that are driven, 1 for the first. */
  placeOf(index: number, cars: readonly Car[]): number {
    const finished = this.finished.indexOf(index);
    if (finished >= 0) return finished + 1;
    const distance = cars[index]!.distancePx;
    const ahead = cars.filter(
      (car, other) =>
        other !== index && car.isDriven && (this.hasFinished(other) || car.distancePx > distance),
    );
    return ahead.length + 1;
  }
}
