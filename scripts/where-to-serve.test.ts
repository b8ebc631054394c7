import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { stampOf } from './build-stamp.mjs';
import { addressOf, noteOn, occupantAt, outsideAddresses, whereToServe } from './where-to-serve.mjs';

type Occupant = Awaited<ReturnType<typeof occupantAt>>;

const asTold = (occupants: readonly Occupant[], first: number) => (port: number) =>
  Promise.resolve(occupants[port - first] ?? 'nothing');

describe('whereToServe', () => {
  it('takes the first port that is free, or that has this very page', async () => {
    const cases: readonly (readonly [Occupant[], number, boolean])[] = [
      [['nothing'], 4173, false],
      [['this page'], 4173, true],
      [['something else', 'nothing'], 4174, false],
      [['another Playtrain', 'this page'], 4174, true],
      [['this page, this machine alone', 'something else', 'nothing'], 4175, false],
    ];
    for (const [occupants, port, isThere] of cases) {
      const place = await whereToServe(4173, asTold(occupants, 4173));
      expect(place).toEqual({ port, isThere, firstOccupant: occupants[0] });
    }
  });

  it('gives up with a sentence where no port is free', async () => {
    const full = () => Promise.resolve<Occupant>('something else');
    await expect(whereToServe(4173, full)).rejects.toThrow('No port from 4173 to 4272 is free');
  });

  it('tells of runs that are kept at another address, and only then', async () => {
    const noteFor = async (...occupants: Occupant[]) =>
      noteOn(4173, await whereToServe(4173, asTold(occupants, 4173)));
    expect(await noteFor('nothing')).toBeNull();
    expect(await noteFor('this page')).toBeNull();
    const notes = [
      await noteFor('something else'),
      await noteFor('another Playtrain'),
      await noteFor('this page, this machine alone'),
    ];
    expect(new Set(notes).size).toBe(3);
    for (const note of notes) {
      expect(note).toContain(`those kept at ${addressOf(4173)} are not seen at ${addressOf(4174)}`);
    }
  });
});

describe('occupantAt', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** Serves one text at every address, or never answers. */
  async function served(text: string | null, host: string): Promise<number> {
    const server = createServer((_request, response) => {
      if (text !== null) response.end(text);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return (server.address() as AddressInfo).port;
  }

  it('tells what is there by what it answers', async () => {
    const port = await served(stampOf('mine'), '127.0.0.1');
    expect(await occupantAt(port, 'mine', false)).toBe('this page');
    expect(await occupantAt(port, 'newer', false)).toBe('another Playtrain');
    expect(await occupantAt(await served('<!doctype html>', '127.0.0.1'), 'mine', false)).toBe(
      'something else',
    );
    expect(await occupantAt(await served(null, '127.0.0.1'), 'mine', false)).toBe('something else');
    const [ended] = servers.splice(0, 1);
    ended?.closeAllConnections();
    await new Promise((resolve) => ended?.close(resolve));
    expect(await occupantAt(port, 'mine', false)).toBe('nothing');
  });

  it.skipIf(outsideAddresses().length === 0)('tells who lets others in from who does not', async () => {
    const alone = await served(stampOf('mine'), '127.0.0.1');
    expect(await occupantAt(alone, 'mine', true)).toBe('this page, this machine alone');
    const open = await served(stampOf('mine'), '0.0.0.0');
    expect(await occupantAt(open, 'mine', true)).toBe('this page');
    expect(await occupantAt(open, 'mine', false)).toBe('this page');
  });
});
