import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSIBLE = /\.(m?js|css|html|svg|json|txt)$/;
/** Below this many bytes a compressed copy saves nothing worth a file. */
const WORTH_COMPRESSING = 1024;

/** Writes a .br and a .gz beside every text asset, so that the server only has to pick one. */
function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = await readdir(outDir, { recursive: true });
      for (const file of files.filter((name) => COMPRESSIBLE.test(name))) {
        const path = join(outDir, file);
        const content = await readFile(path);
        if (content.length < WORTH_COMPRESSING) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}

/** What PDF.js fetches while it shows some documents: fonts, character maps, decoders. */
function pdfAssets(): Plugin {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  const source = resolve(manifest, '..');
  return {
    name: 'pdf-assets',
    apply: 'build',
    async generateBundle() {
      const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
      for (const folder of ['cmaps', 'standard_fonts', 'wasm'])
        for (const file of await readdir(join(source, folder)))
          if (!/\.wasm$|quickjs/i.test(file))
            this.emitFile({
              type: 'asset',
              fileName: `assets/pdfjs-${version}/${folder}/${file}`,
              source: await readFile(join(source, folder, file)),
            });
    },
  };
}

/**
 * The client takes paths and types from the contract; the schemas check on the server. Without zod in the first
 * page 25 kB of compressed script are saved. Using a schema in the client fails loudly instead of passing anything.
 */
function contractWithoutSchemas(): Plugin {
  const id = '\0no-schemas';
  return {
    name: 'contract-without-schemas',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === 'zod' && importer?.includes('/packages/contract/') ? id : undefined,
    load: (loaded) =>
      loaded === id
        ? `const refuse = () => { throw new Error('schemas are not part of the client'); };
           const checks = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync']);
           export const z = new Proxy(function () {}, {
             get: (_, key) => (checks.has(key) ? refuse : z),
             apply: () => z,
           });`
        : undefined,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractWithoutSchemas(), react(), pdfAssets(), precompress()],
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: {
    port: 5173,
    proxy: { '/api': process.env.API_ORIGIN ?? 'http://127.0.0.1:3001' },
  },
});
