import { PlaytrainError } from '../../contract';
import { fullScreenTexts } from '../../texts/full-screen';
import { type FullScreenIntent, stageOf } from '../../ui/full-screen/full-screen';
import { type AppFeature, type IntentHandlers, now } from '../feature';

/** The game on the whole screen. */
export function fullScreenFeature(document: Document): AppFeature {
  const intents: IntentHandlers<FullScreenIntent> = {
    fullScreen: now(async () => {
      try {
        if ((document.fullscreenElement ?? null) !== null) await document.exitFullscreen();
        else await stageOf(document).requestFullscreen();
      } catch (cause) {
        throw new PlaytrainError('bad-settings', fullScreenTexts.refused, { cause });
      }
    }),
  };
  return { intents };
}
