import source from '../../agent/gae.ts?raw';

/** Lines of the very file that trains, as it was when the page was built. */
const lines = source.split('\n');

const marks = {
  residual: 'discount * followingValue',
  advantage: 'advantage = residual +',
  return: 'returns[cell] = advantage +',
} as const;

export type Quoted = keyof typeof marks;

/** The line of `gae.ts` that computes it, and its number. A sum that is broken over two lines is joined. */
export function sourceLine(quoted: Quoted): { readonly number: number; readonly text: string } {
  const index = lines.findIndex((line) => line.includes(marks[quoted]));
  if (index === -1) throw new Error(`gae.ts has no line with “${marks[quoted]}”.`);
  const before = lines[index - 1] ?? '';
  const text = before.trimEnd().endsWith('=')
    ? `${before.trim()} ${lines[index]!.trim()}`
    : lines[index]!.trim();
  return { number: index + 1, text };
}
