import { defineConfig, globalIgnores } from 'eslint/config';
import js from '@eslint/js';
import ts from 'typescript-eslint';
import { NO_DEFAULT_EXPORT, purity } from './eslint.purity.mjs';

const TESTS = ['**/*.{spec,int-spec,journey-spec,contract}.ts', 'test/**/*.ts'];

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const limits = {
  'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 25 }],
  'max-params': ['error', 4],
  'max-depth': ['error', 3],
  complexity: ['error', 12],
};

export default defineConfig(
  globalIgnores(['dist/', '.retail/', 'coverage/']),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...limits,
      eqeqeq: 'error',
      'no-console': 'error',
      'no-warning-comments': 'error',
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A Nest module, a command or a query may be a class without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return reject(error)` leaves early in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // process.env['NAME'] says that the name comes from outside.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // Rows and commands are plain data; the class says only how they are stored or checked.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Flags of other packages' enums are combined to numbers.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // An empty string from outside means absent.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    },
  },
  ...purity,
  {
    files: TESTS,
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // One SQL statement is read as a whole, however long it is.
  { files: ['libs/eventsourcing/src/store/*-schema.ts', 'apps/*/src/migrations/**'], rules: { 'max-lines-per-function': 'off' } },
  // Where a command line talks to people, and where a tool asks for a default export.
  { files: ['tools/**', 'test/setup/**', '*.mjs'], rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: readonly('process', 'console', 'module', 'require', '__dirname', 'URL', 'setTimeout', 'fetch') },
  },
  {
    files: ['apps/wall/public/**/*.js'],
    languageOptions: {
      globals: readonly(
        'document',
        'window',
        'location',
        'navigator',
        'fetch',
        'crypto',
        'AbortSignal',
        'setTimeout',
        'clearTimeout',
        'Intl',
      ),
    },
  },
);
