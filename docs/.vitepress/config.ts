import { existsSync } from 'node:fs'
import { defineConfig } from 'vitepress'

interface Page { text: string; link: string }

/** Only pages that exist appear in the menu, so that a page may come with the feature it describes. */
const present = (pages: Page[]): Page[] =>
  pages.filter(({ link }) => existsSync(new URL(`..${link}.md`, import.meta.url)))

export default defineConfig({
  title: 'Cantora',
  description: 'Handbook and API reference of the Cantora singing daemon',
  base: '/docs/',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/docs/favicon.svg' }]],
  outDir: 'dist',
  cleanUrls: false,
  metaChunk: true,
  srcExclude: ['node_modules/**', 'dist/**', 'README.md'],
  themeConfig: {
    logo: '/favicon.svg',
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      ...present([
        { text: 'Handbook', link: '/handbook/getting-started' },
        { text: 'REST', link: '/reference/rest' },
        { text: 'Sockets', link: '/reference/sockets' },
      ]),
      { text: 'Javadoc', link: '/javadoc/index.html', target: '_self', rel: '' },
      { component: 'CockpitLink' },
    ],
    sidebar: [
      {
        text: 'Start',
        items: present([
          { text: 'Getting started', link: '/handbook/getting-started' },
          { text: 'Concepts', link: '/handbook/concepts' },
        ]),
      },
      {
        text: 'Sing',
        items: present([
          { text: 'The cockpit', link: '/handbook/cockpit' },
          { text: 'Score format', link: '/handbook/score' },
          { text: 'Lyrics and pronunciation', link: '/handbook/lyrics' },
          { text: 'Voices', link: '/handbook/voices' },
          { text: 'Making a voice', link: '/handbook/making-a-voice' },
          { text: 'Live sessions', link: '/handbook/live' },
          { text: 'Jam sessions', link: '/handbook/jam' },
        ]),
      },
      {
        text: 'Build with it',
        items: present([
          { text: 'Java SDK', link: '/handbook/sdk' },
          { text: 'Command line', link: '/handbook/cli' },
          { text: 'Import and export', link: '/handbook/interchange' },
          { text: 'Agents', link: '/handbook/agents' },
          { text: 'REST conventions', link: '/handbook/rest-conventions' },
          { text: 'REST reference', link: '/reference/rest' },
          { text: 'Socket reference', link: '/reference/sockets' },
        ]),
      },
      {
        text: 'Operate',
        items: present([
          { text: 'Configuration', link: '/handbook/configuration' },
          { text: 'Deployment', link: '/handbook/deployment' },
          { text: 'Clusters', link: '/handbook/cluster' },
          { text: 'Troubleshooting', link: '/handbook/troubleshooting' },
          { text: 'Error codes', link: '/handbook/error-codes' },
          { text: 'How each code is proven', link: '/handbook/error-tests' },
          { text: 'Performance', link: '/handbook/performance' },
          { text: 'Robustness', link: '/handbook/robustness' },
        ]),
      },
      { text: 'Project', items: present([
        { text: 'Decisions', link: '/decisions/index' },
        { text: 'Changes', link: '/handbook/changes' },
      ]) },
    ].filter(({ items }) => items.length > 0),
  },
})
