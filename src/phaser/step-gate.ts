/** Whether a game that is seen goes on, and how far it has come. */
export class StepGate {
  isRunning = false;
  /** Whether something lies over it, so that nobody would see it go on. */
  isCovered = false;
  /** Since it was opened. */
  steps = 0;
  private stepsAsked = 0;

  /** Lets one step happen while the game stands still. */
  step(): void {
    this.stepsAsked += 1;
  }

  /** Whether another step may be taken now. */
  mayStep(): boolean {
    if (this.isCovered) return false;
    if (this.isRunning) return true;
    if (this.stepsAsked === 0) return false;
    this.stepsAsked -= 1;
    return true;
  }
}
