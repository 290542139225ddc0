const { join } = require('node:path');

const library = (file) => join(process.cwd(), 'libs', file);

/** Leads "#libs/…" to the sources, where "imports" of package.json leads to what was built from them. */
module.exports = {
  resolve: {
    alias: {
      '#libs/eventsourcing/vocabulary$': library('eventsourcing/src/vocabulary.ts'),
      '#libs/eventsourcing/parts$': library('eventsourcing/src/parts.ts'),
      '#libs/eventsourcing/testing$': library('eventsourcing/src/testing/index.ts'),
      '#libs/eventsourcing$': library('eventsourcing/src/index.ts'),
      '#libs/contracts$': library('contracts/src/index.ts'),
      '#libs/platform$': library('platform/src/index.ts'),
      '#libs/privacy$': library('privacy/src/index.ts'),
    },
  },
};
