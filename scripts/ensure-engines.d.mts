export function ensureEngines(): Promise<void>;
