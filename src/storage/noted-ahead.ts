/**
 * What was chosen and is not in the database yet: a page that closes or reloads waits for no database, so it goes to the
 * storage that answers at once, too. Where there is none, a choice made at the last moment is lost.
 */
export class NotedAhead {
  private readonly storage: Storage | null;
  private readonly key: string;

  constructor(storage: Storage | null, name: string) {
    this.storage = storage;
    this.key = `playtrain/ahead/${name}`;
  }

  /** By key; of an unknown kind, since others may have written there. */
  get values(): Readonly<Record<string, unknown>> {
    try {
      const noted: unknown = JSON.parse(this.storage?.getItem(this.key) ?? '{}');
      return typeof noted === 'object' && noted !== null ? { ...noted } : {};
    } catch {
      return {};
    }
  }

  /**
   * @param joined what is noted of a key where something is noted of it already; else the newer one.
   * @returns what is noted now of these keys.
   */
  note(
    values: Readonly<Record<string, unknown>>,
    joined: (key: string, before: unknown, now: unknown) => unknown = (_key, _before, now) => now,
  ): Readonly<Record<string, unknown>> {
    const { values: before } = this;
    const entries = Object.entries(values);
    const now = Object.fromEntries(
      entries.map(([key, value]) => [key, key in before ? joined(key, before[key], value) : value]),
    );
    this.write({ ...before, ...now });
    return now;
  }

  /** These are in the database. What was noted since under the same key stays. */
  settle(values: Readonly<Record<string, unknown>>): void {
    const isSettled = ([key, value]: [string, unknown]) =>
      key in values && JSON.stringify(values[key]) === JSON.stringify(value);
    this.write(Object.fromEntries(Object.entries(this.values).filter((entry) => !isSettled(entry))));
  }

  private write(values: Readonly<Record<string, unknown>>): void {
    try {
      if (Object.keys(values).length === 0) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, JSON.stringify(values));
    } catch {
      // It is full, or refuses: the database may still come first.
    }
  }
}
