/** Mirrors "imports" of package.json onto the sources, so that tests need no build. */
const moduleNameMapper = {
  '^#libs/eventsourcing/vocabulary$': '<rootDir>/libs/eventsourcing/src/vocabulary.ts',
  '^#libs/eventsourcing/parts$': '<rootDir>/libs/eventsourcing/src/parts.ts',
  '^#libs/eventsourcing/testing$': '<rootDir>/libs/eventsourcing/src/testing/index.ts',
  '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
};

const swc = { ...require('./tools/setup/swc.cjs'), sourceMaps: 'inline' };

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper,
  moduleFileExtensions: ['ts', 'js', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.retail/'],
  setupFiles: ['reflect-metadata'],
};

const servers = {
  globalSetup: '<rootDir>/test/setup/start-servers.ts',
  globalTeardown: '<rootDir>/test/setup/stop-servers.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: '100%',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.spec.ts'] },
    { ...common, ...servers, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.int-spec.ts'] },
    {
      ...common,
      ...servers,
      displayName: 'journeys',
      testMatch: ['<rootDir>/test/journeys/**/*.journey-spec.ts'],
      runner: '<rootDir>/test/setup/one-at-a-time.cjs',
    },
    { ...common, ...servers, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.fault-spec.ts'] },
  ],
};
