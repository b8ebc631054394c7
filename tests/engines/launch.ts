import { findEngines } from '../../scripts/engines.mjs';
import { launchChromium } from './chromium';
import type { Engine, EngineName } from './engine';
import { launchFirefox } from './firefox';
import { launchWebKit } from './webkit';

/** @throws {Error} where the engine's browser is not installed. */
export function launch(name: EngineName): Promise<Engine> {
  const { chromium, firefox, webkit } = findEngines();
  switch (name) {
    case 'chromium':
      return launchChromium(found(name, chromium).browser);
    case 'firefox':
      return launchFirefox(found(name, firefox));
    case 'webkit':
      return launchWebKit(found(name, webkit));
  }
}

function found<Paths>(name: EngineName, paths: Paths | null): Paths {
  if (paths === null) throw new Error(`The engine “${name}” is not installed.`);
  return paths;
}
