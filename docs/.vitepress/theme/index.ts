import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import RestReference from './RestReference.vue'
import './portal.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('RestReference', RestReference)
  },
} satisfies Theme
