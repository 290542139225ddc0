import ts from 'typescript-eslint';

/** Business files: a name without a second dot, because the suffix is the layer and these have none. */
const BUSINESS = ['apps/*/src/**/!(*.*).ts'];
const NOT_BUSINESS = ['apps/*/src/main.ts', 'apps/*/src/migrations/**', 'apps/{all-in-one,wall}/**'];

const syntax = (selector, message) => ({ selector, message });

export const NO_DEFAULT_EXPORT = syntax('ExportDefaultDeclaration', 'Export it by name, so that it has one name everywhere.');

const TIME = 'Time comes in: use `now` of the context.';
const NO_CLOCK_OR_CHANCE = [
  syntax("NewExpression[callee.name='Date'][arguments.length=0]", TIME),
  syntax("CallExpression[callee.name='Date']", TIME),
  syntax("MemberExpression[object.name='Date'][property.name='now']", TIME),
  syntax("MemberExpression[object.name='Math'][property.name='random']", 'Chance comes in with the command.'),
];
const NO_ASYNC = [
  syntax(':function[async=true]', 'A rule is not async: what it must know comes in through `given`.'),
  syntax('AwaitExpression', 'A rule does not wait: what it must know comes in through `given`.'),
  syntax('ImportExpression', 'A rule imports statically.'),
];
const NO_OUTSIDE_WORLD = [
  ...['process', 'performance', 'crypto', 'fetch', 'console', 'globalThis', 'require', 'Promise'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
].map((name) => ({ name, message: 'A rule sees only what it is handed.' }));

const READ_SIDE_HAS_NO = ['Aggregate', 'Decide', 'DecideAcross', 'dispatch', 'handles', 'processOf', 'spans'];

/** What no linter preset knows: which files are pure, and that the read side decides nothing. */
export const purity = [
  { files: ['apps/**/*.ts', 'libs/**/*.ts'], languageOptions: { parser: ts.parser } },
  {
    files: [...BUSINESS, 'apps/**/*.process.ts', 'libs/contracts/src/**/*.ts', 'libs/eventsourcing/src/vocabulary.ts'],
    ignores: [...NOT_BUSINESS, '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...NO_CLOCK_OR_CHANCE, ...NO_ASYNC],
      'no-restricted-globals': ['error', ...NO_OUTSIDE_WORLD],
    },
  },
  {
    // A query waits for the database, a row is folded from events alone.
    files: ['apps/**/*.view.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...NO_CLOCK_OR_CHANCE] },
  },
  {
    files: ['apps/unified-view/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^#libs/',
              importNames: READ_SIDE_HAS_NO,
              message: 'The unified view reads; commands are for the services that own them.',
            },
          ],
        },
      ],
    },
  },
];

export default purity;
