import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';

const source = new URL('../src/', import.meta.url);

function files(folder: string): string[] {
  return readdirSync(new URL(folder, source), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}${name}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('/testing/'));
}

/** A node of a syntax tree, as far as it matters here. */
interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly callee?: { readonly name?: string };
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}
const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** What a literal says; what is put into it stands as an ellipsis. */
function textOf({ type, value, quasis = [] }: SyntaxNode): string {
  if (type === 'TemplateLiteral') return quasis.map((quasi) => quasi.value.cooked).join('…');
  return type === 'Literal' && typeof value === 'string' ? value : '';
}

/** An `Error` that is none of ours is a fault of the page, which nobody can do anything about. */
const programmers: ReadonlySet<string> = new Set(['Error', 'Declined']);

/** Texts in a file that read as sentences: of three words or more, with a full stop, a question or an exclamation mark. */
function sentencesIn(text: string, errors: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = [];
  const isError = ({ type, callee }: SyntaxNode) =>
    type === 'NewExpression' && [programmers, errors].some((names) => names.has(callee?.name ?? ''));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value) || isError(value)) return;
    const pieces = textOf(value)
      .replace(/<[^>]*>/g, '\n\n')
      .split(/\n\s*\n/);
    const said = pieces.map((piece) => piece.replace(/\s+/g, ' ').trim());
    found.push(...said.filter((piece) => /\S+ \S+ \S+.*[\p{L}\d…][”)]?[.?!](?:\s|$)/u.test(piece)));
    Object.values(value).forEach(visit);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return found;
}

it('knows a sentence by its words and its end, in markup too', () => {
  const said = (text: string) => sentencesIn(text);
  expect(said("const a = 'It is not so.'")).toEqual(['It is not so.']);
  expect(said(`const a = html\`<p>It is <b>\${what}</b> so. </p>\``)).toEqual([]);
  expect(said(`const a = html\`<p>It is \${what} so. </p>\``)).toEqual(['It is … so.']);
  expect(said(`throw new PlaytrainError('bad-file', \`“\${name}” is no file.\`)`)).toEqual([
    '“…” is no file.',
  ]);
  expect(said("throw new Error('The run is not there.')")).toEqual([]);
  const thrown = "throw new PlaytrainError('bad-file', 'It is no file.')";
  expect(sentencesIn(thrown, librarysErrors)).toEqual([]);
  expect(sentencesIn(`say(${JSON.stringify('It is no file.')})`, librarysErrors)).toEqual(['It is no file.']);
  expect(said("const label = 'Keep as another'; const at = 'a.b.c d e'")).toEqual([]);
});

/** What the page says itself. What a game is, its own `about.ts` says, so that a game stays one folder. */
const pages = ['app/', 'ui/', 'storage/', 'doctor/', 'offline/'];
/** Of the library: what goes wrong is told to programmers in an error's sentence, with a code; all else in codes. */
const librarys = ['contract/', 'workers/', 'streams/', 'random/'];
const librarysErrors: ReadonlySet<string> = new Set(['PlaytrainError', 'WorkerLost']);
/** Where such an error's sentence is made apart from it. */
const apart: ReadonlySet<string> = new Set([
  'workers/served-learner.ts',
  'workers/supervisor.ts',
  'workers/worker-handle.ts',
]);

it('every sentence of the page stands in src/texts, where a translation would begin', () => {
  const said = (names: readonly string[], errors?: ReadonlySet<string>) =>
    names.flatMap((name) =>
      sentencesIn(readFileSync(new URL(name, source), 'utf8'), errors).map((sentence) => ({
        name,
        sentence,
      })),
    );
  const found = [
    ...said(pages.flatMap(files)),
    ...said(librarys.flatMap(files), librarysErrors).filter(({ name }) => !apart.has(name)),
  ];
  expect(found.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([]);
});
