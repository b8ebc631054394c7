/** Of the learning rate, what is left at each further fall from the same policy. */
const gentler = 0.5;

/**
 * How a run that goes back by itself goes on. From a policy that it falls from again and again the same settings lead to
 * the same fall, so from the second time on it learns more slowly. Pure but for what it remembers.
 */
export class WayBack {
  private version: number | null = null;
  private returns = 0;

  /**
   * The run goes back once more.
   *
   * @param version of the policy to which it goes back.
   * @returns by what to multiply the learning rate of then.
   */
  next(version: number): number {
    this.returns = version === this.version ? this.returns + 1 : 0;
    this.version = version;
    return gentler ** this.returns;
  }
}
