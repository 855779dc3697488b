import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import CockpitLink from './CockpitLink.vue'
import RestReference from './RestReference.vue'
import './portal.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('CockpitLink', CockpitLink)
    app.component('RestReference', RestReference)
  },
} satisfies Theme
