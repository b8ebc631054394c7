import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pointsOf, type RecordedRuns } from '../bench/recorded-runs';
import { diagnose } from '../src/doctor/diagnose';

const folder = 'tests/fixtures/doctor';
/** A recorded run is judged as often as a person may look. */
const looks = 12;

function recorded(file: string): RecordedRuns {
  const bytes = gunzipSync(readFileSync(`${folder}/${file}`));
  return JSON.parse(new TextDecoder().decode(bytes)) as RecordedRuns;
}

describe('the doctor finds nothing in runs by the presets', () => {
  it.each(readdirSync(folder))('%s, over five seeds, at any moment', (file) => {
    const { runs, spec } = recorded(file);
    expect(runs).toHaveLength(5);
    for (const run of runs) {
      const points = pointsOf(run);
      for (let look = 1; look <= looks; look++) {
        const sofar = points.slice(0, Math.ceil((look / looks) * points.length));
        const { settings } = run;
        const found = diagnose({ points: sofar, settings, spec, usual: settings });
        expect({ seed: settings.seed, look, found }).toEqual({ seed: settings.seed, look, found: [] });
      }
    }
  });
});
