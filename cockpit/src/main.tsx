import '@fontsource-variable/instrument-sans/wght.css';
import { render } from 'preact';
import { App } from './shell/App.tsx';
import { applyTheme } from './state/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';

applyTheme();
const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
render(<App />, root);
