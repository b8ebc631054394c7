import { expect, open, picture, state, test, untilVersion } from './page';

const magic = [0x50, 0x54, 1];
const types = { reset: 1, step: 2, close: 6, spec: 16, outcome: 17, closed: 20 };

interface Spec {
  readonly game: string;
  readonly arenas: number;
  readonly frames: { readonly reset: number; readonly step: number };
}

function frame(type: number, payload: Buffer): Buffer {
  const head = Buffer.from([...magic, type, 0, 0, 0, 0]);
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

test('a program on this machine steps the game that is seen, once a person offers the tab', async ({
  page,
}) => {
  const replies: Buffer[] = [];
  let protocols: readonly string[] = [];
  let send: (message: string | Buffer) => void = () => {};
  let leave: () => void = () => {};
  await page.routeWebSocket('ws://127.0.0.1:9876/', (socket) => {
    send = (message) => socket.send(message);
    leave = () => void socket.close();
    protocols = socket.protocols();
    socket.onMessage((message) => replies.push(Buffer.from(message as Buffer)));
    socket.send(JSON.stringify({ arenas: 4, seed: 7, autoreset: 'next-step' }));
  });
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByText('Train this tab from Python').click();
  await page.getByLabel('Port', { exact: true }).fill('9876');
  await page.getByRole('button', { name: 'Offer this tab' }).click();

  const reply = async (type: number, index: number) => {
    await expect.poll(() => replies.length).toBeGreaterThan(index);
    const bytes = replies[index]!;
    expect([...bytes.subarray(0, 4)]).toEqual([...magic, type]);
    return bytes.subarray(8);
  };
  const spec = JSON.parse((await reply(types.spec, 0)).toString()) as Spec;
  expect(spec).toMatchObject({ game: 'balance', arenas: 4 });
  const code = (await state(page)).outside?.code;
  expect(code).toMatch(/^[A-Z2-9]{8}$/);
  expect(protocols).toEqual(['playtrain.1', `code.${code}`]);
  await expect(page.locator('.outside code')).toContainText(`TabVectorEnv("${code}", port=9876)`);
  expect((await state(page)).running).toBe(false);

  const all = Buffer.alloc(spec.frames.reset);
  all.fill(1, 0, 4);
  send(frame(types.reset, all));
  const first = await reply(types.outcome, 1);
  send(frame(types.step, Buffer.alloc(spec.frames.step)));
  const second = await reply(types.outcome, 2);
  expect(second.equals(first)).toBe(false);
  await expect(page.locator('.outside [role=status]')).toContainText('Python plays');
  await picture(page, 'outside-playing');

  // A frame that is none ends it with a sentence, and the run goes on as it was.
  send(Buffer.from('nonsense'));
  await expect(page.locator('.outside [role=status]')).toContainText('A frame begins with the bytes 50 54');
  await expect.poll(async () => (await state(page)).running).toBe(true);
  await page.locator('.outside').getByRole('button', { name: 'Close' }).click();

  // Whoever goes away in the middle is told of.
  replies.length = 0;
  await page.getByLabel('Port', { exact: true }).fill('9876');
  await page.getByRole('button', { name: 'Offer this tab' }).click();
  await reply(types.spec, 0);
  expect((await state(page)).outside?.code).not.toBe(code);
  leave();
  await expect(page.locator('.outside [role=status]')).toContainText('Python went away in the middle.');
});
