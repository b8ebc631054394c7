import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { VolleySounds } from './scene-sounds';

const names = [
  'countdown',
  'go',
  'jump',
  'land',
  'net',
  'pointLost',
  'pointWon',
  'smash',
  'touch',
  'wall',
] as const;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('Volley’s sounds in a browser', () => {
  it('stay silent, and ask for no audio device, while nobody listens', async () => {
    await userEvent.click(document.body);
    const opened = vi.fn<() => void>();
    vi.stubGlobal('AudioContext', opened);
    const sounds = new VolleySounds();
    sounds.listen(false);
    sounds.play('touch', 1, 0);
    expect(opened).not.toHaveBeenCalled();
  });

  it('can all be heard once the page was clicked', async () => {
    await userEvent.click(document.body);
    const heard = new Set<AudioBuffer>();
    vi.spyOn(AudioBufferSourceNode.prototype, 'start').mockImplementation(function (
      this: AudioBufferSourceNode,
    ) {
      if (this.buffer !== null) heard.add(this.buffer);
    });
    const sounds = new VolleySounds();
    await vi.waitUntil(
      () => {
        sounds.listen(true);
        for (const name of names) sounds.play(name, 1, 0);
        return heard.size === names.length;
      },
      { timeout: 10_000 },
    );
    for (const { duration, numberOfChannels } of heard) {
      expect(duration).toBeGreaterThan(0.1);
      expect(numberOfChannels).toBe(1);
    }
    sounds.dispose();
    heard.clear();
    sounds.listen(true);
    sounds.play('touch', 1, 0);
    expect(heard.size).toBe(0);
  });

  it('fall silent where there is no audio device, without trying again', async () => {
    await userEvent.click(document.body);
    const opened = vi.fn<() => never>(function noDevice() {
      throw new DOMException('There is no audio device.', 'NotSupportedError');
    });
    vi.stubGlobal('AudioContext', opened);
    const sounds = new VolleySounds();
    for (let frame = 0; frame < 3; frame++) {
      sounds.listen(true);
      sounds.play('touch', 1, 0);
    }
    expect(opened).toHaveBeenCalledTimes(1);
  });
});
