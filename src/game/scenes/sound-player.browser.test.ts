import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SoundPlayer } from './sound-player';

let player: SoundPlayer<'none'>;

beforeEach(async () => {
  await userEvent.click(document.body);
  player = new SoundPlayer({ none: 'data:audio/wav;base64,' });
});

afterEach(() => {
  player.dispose();
  vi.restoreAllMocks();
});

describe('SoundPlayer', () => {
  it.each(['suspended', 'interrupted'])('asks a context that is %s to go on', (state) => {
    const resume = vi.spyOn(AudioContext.prototype, 'resume').mockResolvedValue();
    player.prepare();
    vi.spyOn(AudioContext.prototype, 'state', 'get').mockReturnValue(state as AudioContextState);
    player.prepare();
    expect(resume).toHaveBeenCalledTimes(1);
  });

  it('tries again where the system refuses for now, but not every frame', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
    const resume = vi
      .spyOn(AudioContext.prototype, 'resume')
      .mockRejectedValue(new DOMException('A call is going on.', 'InvalidStateError'));
    player.prepare();
    const state = vi.spyOn(AudioContext.prototype, 'state', 'get');
    state.mockReturnValue('interrupted' as AudioContextState);
    for (let frame = 0; frame < 10; frame++) player.prepare();
    await Promise.resolve();
    expect(resume).toHaveBeenCalledTimes(1);
    now.mockReturnValue(11_000);
    player.prepare();
    expect(resume).toHaveBeenCalledTimes(2);
    state.mockReturnValue('running');
    now.mockReturnValue(12_000);
    player.prepare();
    expect(resume).toHaveBeenCalledTimes(2);
  });

  it('stays silent once it was disposed of', () => {
    player.prepare();
    player.dispose();
    const opened = vi.spyOn(window, 'AudioContext');
    player.prepare();
    expect(opened).not.toHaveBeenCalled();
  });
});
