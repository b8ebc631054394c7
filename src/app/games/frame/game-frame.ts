import { PlaytrainError } from '../../../contract';
import { pictureTexts } from '../../../texts/picture';
import type { FramedGame } from './frame-door';
import program from './frame-page.ts?worker&url';

/**
 * Starts a live game of the page's a second time, in a frame that fills `place`: of what a game keeps outside its scenes
 * there is one a page.
 *
 * @throws PlaytrainError `not-loaded` where it does not come, `bad-environment` where it does not begin.
 */
export async function openGameFrame(game: string, place: HTMLElement): Promise<FramedGame> {
  const frame = document.createElement('iframe');
  frame.className = 'game-again';
  frame.title = pictureTexts.frame;
  frame.tabIndex = -1;
  try {
    await loaded(frame, place);
    const door = frame.contentWindow?.playtrainFrame;
    if (door === undefined) throw new PlaytrainError('not-loaded', pictureTexts.noFrame);
    const { worlds, end } = await door.open(game);
    return {
      worlds,
      end: () => {
        end();
        frame.remove();
      },
    };
  } catch (error) {
    frame.remove();
    if (error instanceof PlaytrainError) throw error;
    // One of the frame's realm, whose classes are others.
    const { message } = error as Error;
    throw new PlaytrainError('bad-environment', message, { cause: error });
  }
}

function loaded(frame: HTMLIFrameElement, place: HTMLElement): Promise<void> {
  const { href } = new URL(program, document.baseURI);
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true });
    frame.srcdoc = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Playtrain</title><style>html, body { height: 100%; margin: 0; overflow: hidden; background: transparent }</style></head><body><script type="module" src="${href}"></script></body></html>`;
    place.append(frame);
  });
}
