/**
 * `npm run build:kernels`: compiles the WebAssembly kernels from their AssemblyScript sources, without relaxed SIMD and
 * with it, each for a memory of its own and for one that threads share, into a module of TypeScript that holds the
 * bytes. The module is committed, so only who changes a kernel runs this; a test compiles anew and compares.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { projectFolder } from './set-up.mjs';

const kernelFolder = 'src/agent/kernels/simd';
const lineLength = 100;
/** No allocator, no garbage collection, no imports: memory is laid out by who makes an instance. */
const options = ['--runtime', 'stub', '--use', 'abort=', '--noAssert', '-O3'];
/** What each of the binaries may use. */
const features = { plain: ['simd'], fma: ['simd', 'relaxed-simd'] } as const;
/** A memory that is brought along, of any size that WebAssembly can address. */
const sharedMemory = ['--enable', 'threads', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'];

/** Where the compiled module is kept. */
export const compiledPath = join(projectFolder, kernelFolder, 'compiled-kernels.ts');

/** Compiles the sources as they are now. Returns the text of the TypeScript module. Throws what the compiler says. */
export async function compileKernels(): Promise<string> {
  return [
    '// Made by `npm run build:kernels` from assembly/*.ts; change those and run it, not this.',
    '',
    '/** WebAssembly modules in base64: without relaxed SIMD, and with its multiply-add. */',
    'export const compiledKernels = {',
    ...property('plain', await compileBinary(features.plain)),
    ...property('fma', await compileBinary(features.fma)),
    '} as const;',
    '',
    '/** The same over a memory that threads share, which is brought along. */',
    'export const sharedKernels = {',
    ...property('plain', await compileBinary(features.plain, sharedMemory)),
    ...property('fma', await compileBinary(features.fma, sharedMemory)),
    '} as const;',
    '',
  ].join('\n');
}

function property(name: keyof typeof features, bytes: Uint8Array): string[] {
  const base64 = Buffer.from(bytes).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [
    `  /** ${bytes.length} bytes. */`,
    `  ${name}: [`,
    ...lines.map((line) => `    '${line}',`),
    "  ].join(''),",
  ];
}

async function compileBinary(
  enabled: readonly string[],
  memory: readonly string[] = [],
): Promise<Uint8Array> {
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
      ...enabled.flatMap((feature) => ['--enable', feature]),
      ...memory,
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
  return bytes as Uint8Array;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(compiledPath, await compileKernels());
  console.log(`Wrote ${compiledPath}.`);
}
