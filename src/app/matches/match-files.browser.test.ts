import { afterEach, expect, it, vi } from 'vitest';
import { volley } from '../../game/volley/simulation';
import { playMatch } from '../../match/play-match';
import { scriptedMatchPlayer } from '../../match/player';
import { packBytes } from '../../match/record';
import { recordFromLink } from '../../match/record-link';
import { pageState } from '../../ui/testing/test-state';
import { NoticeBoard } from '../shell/notice-board';
import { PageStore } from '../shell/page-store';
import { MatchChoice } from './match-choice';
import { MatchFiles } from './match-files';

afterEach(() => vi.restoreAllMocks());

function setUp() {
  const { runs, front, ...shell } = pageState();
  const view = runs[front];
  const [pebble, steady] = volley.scriptedPlayers ?? [];
  if (view === undefined || pebble === undefined || steady === undefined) throw new Error('Nobody is there.');
  const store = new PageStore(shell, view);
  const files = new MatchFiles(new NoticeBoard(store, () => {}), new MatchChoice());
  const { record } = playMatch(
    volley,
    [scriptedMatchPlayer(pebble, 1), scriptedMatchPlayer(steady, 2)],
    3,
    1,
  );
  return { files, record, notices: () => store.state.notices };
}

it('where the clipboard is refused, the link to a match is there to be copied by hand', async () => {
  const { files, record, notices } = setUp();
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No.', 'NotAllowedError'));
  vi.spyOn(document, 'execCommand').mockReturnValue(false);
  await files.shareReplay(record, null);
  const [notice] = notices();
  const link = /\bhttp\S+/.exec(notice?.message ?? '')?.[0] ?? '';
  const fragment = new URLSearchParams(new URL(link).hash.slice(1));
  expect(fragment.get('game')).toBe('volley');
  expect(recordFromLink(fragment.get('replay') ?? '')).toEqual(record);
});

it('a match that is too long for a link goes by file', async () => {
  const { files, record, notices } = setUp();
  const noise = crypto.getRandomValues(new Uint8Array(20_000)).map((byte) => byte % 6);
  await files.shareReplay({ ...record, actions: packBytes(noise) }, 'a');
  expect(notices()).toMatchObject([
    { severity: 'info', actions: [{ intent: { kind: 'exportReplay', id: 'a' } }] },
  ]);
});
