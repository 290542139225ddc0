import { attribute, type CpuProfile } from './attribute';
import { spentByStage } from './spent';
import { stageOfConnection, stageOfStranger } from './stages';
import { markdown, stageCosts } from './table';

const frame = (functionName: string, url = ''): CpuProfile['nodes'][number]['callFrame'] => ({
  functionName,
  url,
  lineNumber: 0,
});
const RUN = 'file:///app/dist/libs/eventsourcing/src/run';

/** root → idle; root → relay.round → kafkajs send → write; root → pg parse; root → collector. One sample of 10 each but two for write. */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 6, 7] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('round', `${RUN}/relay.js`), children: [4] },
    { id: 4, callFrame: frame('send', '/app/node_modules/kafkajs/src/producer/index.js'), children: [5] },
    { id: 5, callFrame: frame('writev') },
    { id: 6, callFrame: frame('parse', '/app/node_modules/pg-protocol/dist/parser.js') },
    { id: 7, callFrame: frame('(garbage collector)') },
  ],
  samples: [2, 3, 4, 5, 5, 6, 7],
  timeDeltas: [10, 10, 10, 10, 10, 10, 10],
};

describe('a processor profile', () => {
  const { shares, hotSpots } = attribute(profile);

  it('gives what a package does to whoever of ours called it', () => {
    expect(shares.get('relay')).toBeCloseTo(4 / 6);
  });

  it('gives what nobody of ours called to the package, and the rest to the runtime', () => {
    expect(shares.get('database driver')).toBeCloseTo(1 / 6);
    expect(shares.get('runtime')).toBeCloseTo(1 / 6);
  });

  it('tells what puts records for Kafka together from what takes them apart', () => {
    const files = ['encoder', 'requests/produce/v3/request', 'recordBatch/record/v0/index', 'recordBatch/record/v0/decoder'];
    const urls = files.map((file) => `/app/node_modules/kafkajs/src/protocol/${file}.js`);
    expect(urls.map((url) => stageOfStranger(frame('any', url)))).toEqual(['relay', 'relay', 'relay', 'consume']);
  });

  it('leaves idleness out, so that the shares are all of the work', () => {
    expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  it('names the functions that take most', () => {
    expect(hotSpots[0]).toMatchObject({ name: 'writev', stage: 'relay', share: 2 / 6 });
  });
});

describe('the costs by stage', () => {
  const spent = { nodeMs: 30, kafkaMs: 5, postgresMs: new Map([['append', 12.5] as const]) };
  const costs = stageCosts(attribute(profile), spent, 10);

  it('add up to what was spent', () => {
    const together = costs.reduce((sum, { nodeMs, postgresMs, kafkaMs }) => sum + nodeMs + postgresMs + kafkaMs, 0);
    expect(together).toBeCloseTo(4.75);
  });

  it('are a table in Markdown', () => {
    const table = markdown(costs);
    expect(table[0]).toContain('| stage ');
    expect(table).toContainEqual(expect.stringMatching(/^\| append +\| +\| +1\.250 \| +\| +1\.250 \|$/));
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
  });
});

describe('what the database spends', () => {
  const postgres = (pid: number, ms: number): { pid: number; part: 'postgres'; ms: number } => ({ pid, part: 'postgres', ms });
  const uses = new Map([
    [2, 'retail.storefront.log'],
    [3, 'retail.storefront.views'],
  ]);

  it('goes to what its connections are for', () => {
    const { postgresMs } = spentByStage(
      [postgres(1, 5), postgres(2, 100)],
      [postgres(1, 6), postgres(2, 130), postgres(3, 7)],
      uses,
    );
    expect([...postgresMs].sort()).toEqual([
      ['append', 30],
      ['database housekeeping', 1],
      ['views', 7],
    ]);
  });

  it('does not count again what a connection that ended had spent before', () => {
    const { postgresMs } = spentByStage([postgres(1, 5), postgres(2, 100)], [postgres(1, 108)], uses);
    expect([...postgresMs]).toEqual([['database housekeeping', 3]]);
  });
});

describe('a connection', () => {
  it.each([
    ['retail.storefront.log', 'append'],
    ['retail.unified-view.views', 'views'],
    ['retail.inventory.queries', 'queries'],
    ['', 'database housekeeping'],
    [undefined, 'database housekeeping'],
  ])('that calls itself %s is for %s', (name, stage) => {
    expect(stageOfConnection(name)).toBe(stage);
  });
});
