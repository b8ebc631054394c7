export function runTool(
  packageName: string,
  command: string,
  commandArguments: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<number>;
export function freePort(first: number): Promise<number>;
