/**
 * `npm run build:kernels`: compiles the WebAssembly kernels from their AssemblyScript sources into a module of
 * TypeScript that holds the bytes. The module is committed, so only who changes a kernel runs this; a test compiles anew
 * and compares.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { projectFolder } from './set-up.mjs';

const kernelFolder = 'src/agent/kernels/simd';
const lineLength = 100;
/** No allocator, no garbage collection, no imports: memory is laid out by who makes an instance. */
const options = ['--runtime', 'stub', '--use', 'abort=', '--noAssert', '--enable', 'simd', '-O3'];

/** Where the compiled module is kept. */
export const compiledPath = join(projectFolder, kernelFolder, 'compiled-kernels.ts');

/** Compiles the sources as they are now. Returns the text of the TypeScript module. Throws what the compiler says. */
export async function compileKernels(): Promise<string> {
  let bytes: string | Uint8Array = new Uint8Array(0);
  let complaints = '';
  const { error } = await asc.main(
    [
      `${kernelFolder}/assembly/index.ts`,
      '--baseDir',
      projectFolder,
      '--outFile',
      'kernels.wasm',
      ...options,
    ],
    {
      writeFile: (_name, contents) => {
        bytes = contents;
      },
      stderr: {
        write: (text) => {
          complaints += text;
        },
      },
    },
  );
  if (error) throw new Error(`The kernels do not compile.\n${complaints}`, { cause: error });
  const base64 = Buffer.from(bytes as Uint8Array).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [
    '// Made by `npm run build:kernels` from assembly/*.ts; change those and run it, not this.',
    '',
    `/** A WebAssembly module of ${bytes.length} bytes, in base64. */`,
    'export const compiledKernels: string = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(compiledPath, await compileKernels());
  console.log(`Wrote ${compiledPath}.`);
}
