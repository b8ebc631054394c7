/** How a command ended, for scripts. */
export const exitCodes = {
  success: 0,
  /** The game, its agent or learning failed. */
  failed: 1,
  /** The command cannot be understood. */
  usage: 2,
  /** `check` found something. */
  found: 3,
  /** What came to `sim` is not what its protocol says. */
  protocol: 4,
  /** Whoever played by `sim` went away without a word. */
  lost: 5,
  /** By Ctrl-C; what was learned is saved where `--out` says. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command that failed, with a sentence for people and a code for scripts. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
