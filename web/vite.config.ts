import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { catalogFaults, compileCatalog } from './catalogs.ts';

/** Words are compiled while building (`…/advisor.json?words`), so that the browser carries no message parser. */
function words(): Plugin {
  return {
    name: 'pauta-words',
    enforce: 'pre',
    buildStart() {
      const faults = catalogFaults(import.meta.dirname);
      if (faults.length > 0) this.error(`The words are not complete:\n${faults.join('\n')}`);
    },
    transform: {
      filter: { id: /\/locales\/[\w-]+\/[\w-]+\.json\?words$/ },
      handler(json, id) {
        const locale = /\/locales\/([\w-]+)\//.exec(id)?.[1] ?? '';
        // JSON.parse is the fastest way a browser reads a big constant.
        const compiled = JSON.stringify(compileCatalog(locale, json));
        return { code: `export default JSON.parse(${compiled})`, map: null, moduleType: 'js' };
      },
    },
  };
}

const PUSH_WORKER = 'push-worker';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'public',
  plugins: [words(), react()],
  build: {
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    // Nothing inlined: the content security policy names files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The first load's target is 250 KB compressed (DESIGN.md): about 700 KB before compression.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        [PUSH_WORKER]: join(import.meta.dirname, 'push-worker.ts'),
      },
      output: {
        // A service worker's address is its identity: it must not change from build to build.
        entryFileNames: (chunk) => (chunk.name === PUSH_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
