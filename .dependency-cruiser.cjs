const { join } = require('node:path');

/**
 * docs/tour.md describes the arrow; these rules keep it pointing one way. test/architecture.spec.ts runs them and proves with
 * a tree of violations that each one bites.
 */

/** Business files carry no suffix: the only dot of the path is the one before `ts`. */
const PURE = '^apps/[^.]+\\.ts$';
const NOT_BUSINESS = ['^apps/(all-in-one|wall)/', '^apps/[^/]+/src/(main\\.ts|migrations/)'];
const VOCABULARY = '^libs/eventsourcing/src/vocabulary\\.ts$';
const CONTRACTS = '^libs/contracts/src/';
const PARTS = '^libs/eventsourcing/src/parts\\.ts$';
const DOORS = ['^libs/[^/]+/src/index\\.ts$', VOCABULARY, PARTS, '^libs/eventsourcing/src/testing/index\\.ts$'];
const TEST_CODE = '\\.(spec|int-spec|journey-spec|contract)\\.ts$|^test/|/testing/';
const VALIDATION = package_('class-(validator|transformer)');

/** A package, however it was found. */
function package_(name) {
  return `(^|/)node_modules/${name}/|^${name}$`;
}

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Only the files under `allowed` may import the package. */
const onlyIn = (name, comment, allowed, npmPackage) =>
  rule(name, comment, { pathNot: [...allowed, TEST_CODE] }, { path: package_(npmPackage) });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle has no beginning to read from.', {}, { circular: true }),
    rule('nothing-unresolved', 'It is neither in the tree nor installed.', { pathNot: '\\.d\\.ts$' }, { couldNotResolve: true }),

    // The services
    rule(
      'services-share-events-only',
      'No app imports another: it listens to its events. Only all-in-one puts services side by side.',
      { path: '^apps/([^/]+)/', pathNot: '^apps/all-in-one/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'all-in-one-takes-whole-services',
      'all-in-one imports modules, never what is inside of a service.',
      { path: '^apps/all-in-one/' },
      { path: '^apps/', pathNot: ['^apps/all-in-one/', '\\.module\\.ts$'] },
    ),
    rule(
      'one-wiring-file',
      'A module is imported where an application starts and nowhere else.',
      { path: '^(apps|libs)/', pathNot: ['/main\\.ts$', '^apps/all-in-one/', TEST_CODE] },
      { path: '^apps/.*\\.module\\.ts$' },
    ),
    rule(
      'no-barrels-in-apps',
      'Import the file that says it: a barrel hides what a file needs.',
      { path: '^apps/.*/index\\.ts$' },
      {},
    ),

    // The layers
    rule(
      'business-is-pure',
      'A file without suffix imports contracts, the vocabulary, validation and its like, and nothing else.',
      { path: PURE, pathNot: NOT_BUSINESS },
      { pathNot: [PURE, CONTRACTS, VOCABULARY, VALIDATION] },
    ),
    rule(
      'processes-are-pure',
      'Events in, commands out: a process imports what business files may, and the commands.',
      { path: '^apps/.*\\.process\\.ts$' },
      { pathNot: [PURE, CONTRACTS, VOCABULARY, VALIDATION] },
    ),
    rule(
      'views-know-no-http',
      'A read model can be rebuilt without a web server.',
      { path: '^apps/.*\\.view\\.ts$' },
      { path: ['\\.(http|process|module)\\.ts$', '^libs/platform/', package_('@nestjs/[^/]+')] },
    ),
    rule(
      'http-is-the-edge',
      'Only the wiring imports a controller.',
      { path: '^apps/', pathNot: ['\\.(module|http)\\.ts$', TEST_CODE] },
      { path: '^apps/.*\\.http\\.ts$' },
    ),

    // The libraries
    rule(
      'contracts-import-nothing',
      'Everybody shares them, so they bring nothing along.',
      { path: CONTRACTS },
      { pathNot: CONTRACTS },
    ),
    rule('vocabulary-imports-nothing', 'Rules are written in it, so it is as pure as they are.', { path: VOCABULARY }, {}),
    rule(
      'eventsourcing-knows-no-retail',
      'The log would serve another business as well.',
      { path: '^libs/eventsourcing/' },
      { path: ['^apps/', CONTRACTS, '^libs/platform/'] },
    ),
    rule(
      'platform-knows-no-service',
      'Services use the platform, not the other way.',
      { path: '^libs/platform/' },
      { path: '^apps/' },
    ),
    rule(
      'libraries-through-their-door',
      'One explicit index per library, the vocabulary and the testing kit; what is behind them may change.',
      { path: '^(apps|tools|test)/' },
      { path: '^libs/', pathNot: DOORS },
    ),
    rule(
      'parts-are-for-tools',
      'A service is wired by eventSourced; only tools put the library together by hand.',
      { path: '^(apps|libs)/', pathNot: TEST_CODE },
      { path: PARTS },
    ),
    rule(
      'libraries-use-the-doors-of-others',
      'What goes for apps goes for libraries among each other.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/', pathNot: ['^libs/$1/', ...DOORS] },
    ),
    rule(
      'no-test-code-in-the-product',
      'Specs, suites and the testing kit stay out of what is shipped.',
      { pathNot: TEST_CODE },
      { path: TEST_CODE },
    ),

    // What each package may be used for
    onlyIn(
      'pg-only-in-the-log',
      'SQL of the log lives in store and feed, that of the keys of persons in the store of privacy; the test of `pg-types-only-in-eventsourcing` covers the rest of the library.',
      ['^libs/eventsourcing/', '^libs/privacy/src/store/', '^tools/local/'],
      'pg',
    ),
    rule(
      'pg-types-only-in-eventsourcing',
      'Runners pass the transaction from the store along by its type; they issue no SQL of their own.',
      { path: '^libs/eventsourcing/', pathNot: ['^libs/eventsourcing/src/(store|feed)/', TEST_CODE] },
      { path: package_('pg'), dependencyTypesNot: ['type-only'] },
    ),
    onlyIn(
      'kafkajs-only-in-its-feed',
      'kafkajs can be replaced in one place.',
      ['^libs/eventsourcing/src/feed/kafka[^/]*$'],
      'kafkajs',
    ),
    onlyIn(
      'typeorm-only-in-views',
      'TypeORM names the tables of views and moves them forward; the data source is opened in one place.',
      ['\\.view\\.ts$', '^apps/[^/]+/src/migrations/', '^libs/eventsourcing/src/nest/'],
      'typeorm',
    ),
    onlyIn(
      'cqrs-only-at-the-edge',
      'Controllers and timers dispatch, the library registers handlers, and nobody else knows the bus.',
      ['\\.(http|timer)\\.ts$', '^libs/eventsourcing/src/nest/'],
      '@nestjs/cqrs',
    ),
    rule(
      'installed-with-the-product',
      'What is shipped needs no development package.',
      { path: '^(apps|libs)/', pathNot: TEST_CODE },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)(dist|coverage|\\.retail)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: join(__dirname, '.dependency-cruiser.resolve.cjs') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
      conditionNames: ['require', 'node', 'default', 'import'],
    },
  },
};
