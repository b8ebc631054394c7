import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findingsAlong, pointsOf, type RecordedRuns } from '../bench/recorded-runs';

const folder = 'tests/fixtures/doctor';

function recorded(file: string): RecordedRuns {
  const bytes = gunzipSync(readFileSync(`${folder}/${file}`));
  return JSON.parse(new TextDecoder().decode(bytes)) as RecordedRuns;
}

describe('the doctor finds nothing in runs by the presets', () => {
  it.each(readdirSync(folder))('%s, over five seeds, at any moment', (file) => {
    const { runs, spec } = recorded(file);
    expect(runs).toHaveLength(5);
    for (const run of runs) {
      const { settings } = run;
      const found = findingsAlong(pointsOf(run), settings, spec);
      expect({ seed: settings.seed, found }).toEqual({ seed: settings.seed, found: [] });
    }
  });
});
