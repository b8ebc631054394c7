// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { download, readFile, withFile } from './files';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('keeps a download’s address until the browser has had time to read it, and no longer', () => {
  vi.useFakeTimers();
  const alive = new Set<string>();
  vi.stubGlobal('URL', {
    createObjectURL: () => {
      alive.add('blob:run');
      return 'blob:run';
    },
    revokeObjectURL: (address: string) => alive.delete(address),
  });
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(`${this.download} ${this.href}`);
  });
  download(Uint8Array.of(1, 2), 'run.safetensors');
  expect(clicked).toEqual(['run.safetensors blob:run']);
  expect([...alive]).toEqual(['blob:run']);
  vi.runAllTimers();
  expect([...alive]).toEqual([]);
});

it('reads no file that is larger than any of its kind, and says so with both sizes', async () => {
  const file = new File([Uint8Array.of(1, 2, 3)], 'agent.safetensors');
  const read = vi.spyOn(file, 'arrayBuffer').mockResolvedValue(Uint8Array.of(1, 2, 3).buffer);
  expect(await readFile(file, 3)).toEqual(Uint8Array.of(1, 2, 3));
  await expect(readFile(file, 2)).rejects.toThrow('“agent.safetensors” was not read: it has 3 B');
  expect(read).toHaveBeenCalledTimes(1);
});

it('tells of what cannot be read, such as a folder, by its name, and of nothing else so', async () => {
  const folder = new File([], 'matches.json');
  const unreadable = () => Promise.reject(new DOMException('It is a directory.', 'NotFoundError'));
  await expect(withFile(folder, unreadable)).rejects.toThrow('“matches.json” could not be read');
  vi.spyOn(folder, 'arrayBuffer').mockImplementation(unreadable);
  await expect(readFile(folder, 3)).rejects.toThrow('“matches.json” could not be read');
  const mistake = new RangeError('a mistake of ours');
  await expect(withFile(folder, () => Promise.reject(mistake))).rejects.toBe(mistake);
});
