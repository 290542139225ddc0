import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { impurities, ROOT, violations, withTree, type Tree } from './architecture/gates';

interface Rule {
  name: string;
  comment: string;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { forbidden } = require('../.dependency-cruiser.cjs') as { forbidden: Rule[] };

/** For every rule, a file that breaks it and what it must not import. */
const OFFENSES: Record<string, [from: string, to: string][]> = {
  'no-cycles': [['libs/platform/src/egg.ts', './hen']],
  'nothing-unresolved': [['libs/platform/src/lost.ts', './nowhere']],
  'services-share-events-only': [['apps/hema/src/till/peek.view.ts', '../../../inventory/src/stock/stock']],
  'all-in-one-takes-whole-services': [['apps/all-in-one/src/main.ts', '../../inventory/src/stock/stock']],
  'one-wiring-file': [['apps/inventory/src/stock/wire.http.ts', '../inventory.module']],
  'no-barrels-in-apps': [['apps/inventory/src/stock/index.ts', './stock']],
  'business-is-pure': [
    ['apps/inventory/src/stock/reserve-stock.ts', '#libs/platform'],
    ['apps/inventory/src/stock/release-stock.ts', 'node:crypto'],
    ['apps/inventory/src/stock/adjust-stock.ts', '#libs/eventsourcing'],
    ['apps/inventory/src/stock/count-stock.ts', './availability.view'],
  ],
  'processes-are-pure': [['apps/inventory/src/stock/expire.process.ts', '@nestjs/common']],
  'views-know-no-http': [['apps/inventory/src/stock/shelf.view.ts', './stock.http']],
  'http-is-the-edge': [['apps/inventory/src/main.ts', './stock/stock.http']],
  'contracts-import-nothing': [['libs/contracts/src/order.events.ts', '#libs/eventsourcing/vocabulary']],
  'vocabulary-imports-nothing': [['libs/eventsourcing/src/vocabulary.ts', './lane']],
  'eventsourcing-knows-no-retail': [['libs/eventsourcing/src/run/retail.ts', '#libs/contracts']],
  'platform-knows-no-service': [['libs/platform/src/favorite.ts', '../../../apps/inventory/src/stock/stock']],
  'libraries-through-their-door': [['tools/window.ts', '../libs/eventsourcing/src/lane']],
  'parts-are-for-tools': [['apps/hema/src/till/wires.http.ts', '#libs/eventsourcing/parts']],
  'libraries-use-the-doors-of-others': [['libs/platform/src/window.ts', '../../eventsourcing/src/lane']],
  'no-test-code-in-the-product': [['libs/platform/src/kit.ts', '#libs/eventsourcing/testing']],
  'pg-only-in-the-log': [['libs/platform/src/sql.ts', 'pg']],
  'pg-types-only-in-eventsourcing': [['libs/eventsourcing/src/run/sql.ts', 'pg']],
  'kafkajs-only-in-its-feed': [['libs/eventsourcing/src/feed/postgres-feed.ts', 'kafkajs']],
  'typeorm-only-in-views': [['apps/inventory/src/stock/rows.http.ts', 'typeorm']],
  'cqrs-only-at-the-edge': [['apps/inventory/src/stock/bus.view.ts', '@nestjs/cqrs']],
  'installed-with-the-product': [['libs/platform/src/property.ts', 'fast-check']],
};

/** A slice as it should be: none of this may be reported. */
const INNOCENT: Tree = {
  'apps/inventory/src/stock/stock.ts':
    "import '#libs/contracts';\nimport '#libs/eventsourcing/vocabulary';\nimport 'class-validator';",
  'apps/inventory/src/stock/stock.http.ts': "import '@nestjs/cqrs';\nimport '#libs/platform';\nimport './stock';",
  'apps/inventory/src/stock/availability.view.ts': "import 'typeorm';\nimport '#libs/eventsourcing/vocabulary';",
  'apps/inventory/src/stock/allocate.process.ts': "import '#libs/contracts';\nimport './stock';",
  'apps/inventory/src/stock/stock.spec.ts': "import '#libs/eventsourcing/testing';\nimport './stock';",
  'apps/inventory/src/inventory.module.ts':
    "import './stock/stock.http';\nimport './stock/stock';\nimport '#libs/eventsourcing';",
  'apps/all-in-one/src/all.module.ts': "import '../../inventory/src/inventory.module';",
  'libs/contracts/src/index.ts': 'export {};',
  'libs/platform/src/index.ts': 'export {};',
  'libs/platform/src/hen.ts': "import './egg';",
  'libs/eventsourcing/src/index.ts': "import './lane';",
  'libs/eventsourcing/src/lane.ts': 'export {};',
  'libs/eventsourcing/src/testing/index.ts': "import '../lane';",
  'libs/eventsourcing/src/parts.ts': "import './lane';",
  'libs/eventsourcing/src/store/log.ts': "import 'pg';",
  'libs/eventsourcing/src/run/runner.ts': "import type { Pool } from 'pg';\nexport type P = Pool;",
  'libs/eventsourcing/src/feed/kafka-feed.ts': "import 'kafkajs';",
};

const offenders: Tree = Object.fromEntries(
  Object.values(OFFENSES)
    .flat()
    .map(([path, target]) => [path, `import '${target}';\n`]),
);

describe('the shape of the code', () => {
  it('holds', async () => {
    expect(await violations(ROOT)).toEqual([]);
  }, 60_000);

  describe('in a tree that breaks every rule', () => {
    let found: string[] = [];
    beforeAll(async () => {
      found = await withTree({ ...INNOCENT, ...offenders }, violations);
    }, 60_000);

    it.each(forbidden.map(({ name }) => name))('%s is reported', (name) => {
      const culprits = found.filter((line) => line.startsWith(`${name}: `)).map((line) => line.split(/: | -> /)[1]);
      expect(culprits).toEqual(expect.arrayContaining((OFFENSES[name] ?? [['a control', '']]).map(([path]) => path)));
    });

    it('nobody innocent is', () => {
      expect(found.filter((line) => Object.keys(INNOCENT).some((path) => line.includes(`: ${path} ->`)))).toEqual([]);
    });
  });

  it('has no rule without its reason', () => {
    expect(forbidden.filter(({ comment }) => !/\w/.test(comment))).toEqual([]);
  });
});

describe('purity', () => {
  const rule = (body: string): string => `export function rule(): unknown {\n  ${body}\n}\n`;
  const TREE: Tree = {
    'apps/inventory/src/stock/now.ts': rule('return Date.now();'),
    'apps/inventory/src/stock/today.ts': rule('return new Date();'),
    'apps/inventory/src/stock/date.ts': rule('return Date();'),
    'apps/inventory/src/stock/dice.ts': rule('return Math.random();'),
    'apps/inventory/src/stock/env.ts': rule("return process.env['LANES'];"),
    'apps/inventory/src/stock/later.ts': 'export async function rule(): Promise<void> {}\n',
    'apps/inventory/src/stock/ask.ts': rule("return fetch('/');"),
    'apps/inventory/src/stock/expire.process.ts': rule('return Date.now();'),
    'apps/inventory/src/stock/shelf.view.ts': rule('return new Date();'),
    'apps/inventory/src/stock/default.ts': 'export default 1;\n',
    'apps/unified-view/src/orders/place.ts':
      "import { Decide } from '#libs/eventsourcing/vocabulary';\nexport type D = Decide;\n",
    'apps/inventory/src/stock/innocent.ts': rule("return new Date('2026-01-02').toISOString();"),
    'apps/inventory/src/stock/innocent.http.ts': rule('return Date.now();'),
  };

  it('is demanded of business files, and of nobody else', async () => {
    const found = await withTree(TREE, impurities);
    expect(Object.keys(found).sort()).toEqual(
      Object.keys(TREE)
        .filter((path) => !path.includes('innocent'))
        .sort(),
    );
  }, 60_000);
});

describe('a service', () => {
  it('starts from a main file that does nothing else', async () => {
    const apps = await readdir(join(ROOT, 'apps'));
    for (const app of apps.filter((name) => name !== 'wall' && name !== 'all-in-one')) {
      const main = await readFile(join(ROOT, 'apps', app, 'src/main.ts'), 'utf8');
      expect(main.split('\n').filter((line) => /\S/.test(line) && !line.startsWith('import '))).toEqual([
        expect.stringMatching(/^void bootstrap\(\w+Module, '[a-z-]+'\);$/),
      ]);
    }
  });
});
