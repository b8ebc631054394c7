import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
/** All that workers run lies in these; `main.ts` is the page's own. */
const isInWorkers = (file: string) =>
  file.startsWith('src/') || /^bench\/(page|candidates)\/|-run\.ts$/.test(file);

const files = ['src/', 'bench/']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}${name}`,
    ),
  )
  .filter(
    (file) =>
      file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'src/main.ts' && isInWorkers(file),
  );

/** Whether a module waits for something while it loads. */
function awaitsAtTop(text: string): boolean {
  const waits = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(waits);
    if (typeof value !== 'object' || value === null) return false;
    const type = 'type' in value ? String(value.type) : '';
    if (/Function|^ClassBody$|^TS/.test(type)) return false;
    return (
      type === 'AwaitExpression' ||
      ('await' in value && value.await === true) ||
      Object.values(value).some(waits)
    );
  };
  return waits(parseAst(text, { lang: 'ts' }).body);
}

it('no module waits while it loads: a worker loses the messages that come meanwhile', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => awaitsAtTop(readFileSync(new URL(file, root), 'utf8')))).toEqual([]);
});

it('finds what waits, and lets functions wait', () => {
  expect(awaitsAtTop('const a = (await load()).b;')).toBe(true);
  expect(awaitsAtTop('export {}; for await (const a of load()) use(a);')).toBe(true);
  expect(awaitsAtTop('const a = async () => await load(); class A { async b() { await load(); } }')).toBe(
    false,
  );
});
