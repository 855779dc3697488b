import { defineConfig } from 'vitest/config';

const daemon = process.env['CANTORA_BASE'] ?? 'http://127.0.0.1:4321';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The content security policy forbids data: scripts and styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', 'pcm-worklet': 'src/worklet/pcm-worklet.ts' },
      output: {
        // The worklet keeps its name: the operators' page tells people to look for dist/pcm-worklet.js.
        entryFileNames: (chunk) => (chunk.name === 'pcm-worklet' ? 'pcm-worklet.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: { '/api': daemon, '/ws': { target: daemon, ws: true } },
  },
  plugins: [
    {
      // Found in the style sheet, the font would be asked for late, and everything would be laid out twice.
      name: 'font-preload',
      transformIndexHtml: (_html, { bundle }) => Object.keys(bundle ?? {}).filter((name) => /-latin-wght-normal-.*\.woff2$/.test(name))
        .map((name) => ({ tag: 'link', injectTo: 'head', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${name}` } })),
    },
    {
      name: 'worklet-in-development',
      configureServer(server) {
        server.middlewares.use((request, _response, next) => {
          if (request.url === '/pcm-worklet.js') request.url = '/src/worklet/pcm-worklet.ts';
          next();
        });
      },
    },
  ],
  test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], environment: 'node', pool: 'threads' },
});
