interface LockEntry {
  readonly version: string;
  readonly optional?: boolean;
  readonly link?: boolean;
}
export const projectFolder: string;
export function nodeProblem(version: string): string | null;
export function isInstalled(
  wanted: Readonly<Record<string, LockEntry>>,
  installed: Readonly<Record<string, LockEntry>>,
): boolean;
export function runNpm(commandArguments: readonly string[]): boolean;
export function setUp(): void;
