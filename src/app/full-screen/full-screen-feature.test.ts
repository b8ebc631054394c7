import { expect, it } from 'vitest';
import { fullScreenFeature } from './full-screen-feature';

/** A document that shows its stage on the whole screen, or refuses to. */
function documentThat(refuses: boolean) {
  const asked: string[] = [];
  const stage = {
    requestFullscreen: async () => {
      if (refuses) throw new TypeError('Permissions check failed');
      asked.push('begin');
      document.fullscreenElement = stage;
    },
  };
  const document = {
    fullscreenElement: null as unknown,
    querySelector: () => stage,
    exitFullscreen: async () => {
      asked.push('end');
      document.fullscreenElement = null;
    },
  };
  const { fullScreen } = fullScreenFeature(document as unknown as Document).intents;
  const press = async () => fullScreen?.act({ kind: 'fullScreen' }, new AbortController().signal);
  return { press, asked };
}

it('goes there and back', async () => {
  const { press, asked } = documentThat(false);
  await press();
  await press();
  expect(asked).toEqual(['begin', 'end']);
});

it('says in a sentence where the browser refuses, or knows nothing of it', async () => {
  await expect(documentThat(true).press()).rejects.toThrow(
    'The browser shows nothing on the whole screen here',
  );
  const without = { querySelector: () => ({}), fullscreenElement: undefined } as unknown as Document;
  const { fullScreen } = fullScreenFeature(without).intents;
  const press = async () => fullScreen?.act({ kind: 'fullScreen' }, new AbortController().signal);
  await expect(press()).rejects.toThrow('The browser shows nothing on the whole screen here');
});
