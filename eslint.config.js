import js from '@eslint/js';
import globals from 'globals';

const MARKUP = {
  selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  message: 'markup from text opens the page to injection',
};
const WORDS = 'words stand in web/src/messages, by key';

// Types are checked by tsc; these rules are for what it does not see.
export default [
  { ignores: ['.toolchain/', 'build/', 'data/', 'dist/'] },
  js.configs.recommended,
  {
    files: ['**/*.{js,jsx,mjs}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-implicit-coercion': 'error',
      'no-restricted-syntax': ['error', MARKUP],
      'no-shadow': 'error',
      'no-throw-literal': 'error',
      // A component is used only in JSX, which the rule does not count.
      'no-unused-vars': ['error', { varsIgnorePattern: '^[A-Z_]', argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['web/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker, ...globals.serviceworker } },
  },
  {
    files: ['web/src/**'],
    ignores: ['web/src/boot/**', 'web/src/messages/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        MARKUP,
        { selector: 'JSXText[value=/\\p{L}{2}/u]', message: WORDS },
        {
          selector: 'JSXAttribute[name.name=/^(aria-label|title|alt|placeholder)$/] > Literal[value=/\\p{L}{2}/u]',
          message: WORDS,
        },
      ],
    },
  },
  { files: ['*.js', 'bench/**', 'scripts/**', 'wasm-tests/**'], languageOptions: { globals: globals.node } },
  // Functions handed to a page are run there.
  { files: ['bench/**', 'scripts/screenshot.mjs', 'wasm-tests/**'], languageOptions: { globals: globals.browser } },
];
