import type { Watched } from './watchdog';

/**
 * A way to learn soon that a worker is gone where there are no locks. A worker that computes answers nobody, for minutes
 * where a driver compiles in it, and neither does one that is gone. A second worker, which the first has made, does
 * nothing but answer, and the browser ends it with the first.
 */
export class Pulse implements Watched {
  /** It does nothing else; but the machine may be busy. */
  readonly patienceMs = 10_000;
  private readonly port: MessagePort;
  private readonly gone: () => void;

  /** @param gone called once the worker is taken to have ended. */
  constructor(port: MessagePort, gone: () => void) {
    this.port = port;
    this.gone = gone;
  }

  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.port.onmessage = () => resolve();
      this.port.postMessage(null);
    });
  }

  stuck(): void {
    this.close();
    this.gone();
  }

  close(): void {
    this.port.close();
  }
}
