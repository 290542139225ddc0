import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithKafka } from '#libs/eventsourcing/testing';
import { benchCommand } from './bench';
import { BENCHES } from './benches';

interface Answer {
  name: string;
  ok: boolean;
  fellShort: string[];
  runs: Record<string, number>[];
  machine: { cores: number };
}

const WITH_KAFKA = ['relay', 'checkout', 'flash-sale'];
const WITHOUT = Object.keys(BENCHES).filter((name) => !WITH_KAFKA.includes(name));
/** As little as says that it works; how fast is nothing for a test. */
const TINY = ['--seconds', '0.5', '--runs', '1', '--concurrency', '16', '--events', '12600', '--json'];

/** Worlds as small; and orders, which pass six services, need time to arrive before they are counted, on a busy machine above all. */
const SMALL: Readonly<Record<string, string[]>> = {
  checkout: ['--seconds', '4'],
  'flash-sale': ['--buyers', '40', '--stock', '7', '--skus', '2'],
  reserve: ['--skus', '40', '--locations', '6'],
  sourcing: ['--orders', '60', '--locations', '30', '--skus', '5'],
};
/** What is right when it is none. */
const NONE = ['oversold', 'worseThanRule'];

/** Runs the command and gives its status with everything that it printed. */
async function run(...args: string[]): Promise<{ status: number; printed: string[] }> {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const quiet = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return { status: await benchCommand(args), printed };
  } finally {
    write.mockRestore();
    quiet.mockRestore();
  }
}

/** The benchmarks' own place for temporary files, so that nobody else's are taken for theirs. */
let folder = '';
const usual = process.env['TMPDIR'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-retail-benches-'));
  // The system's user that runs PostgreSQL for root has to get in.
  await chmod(folder, 0o755);
  process.env['TMPDIR'] = folder;
});
afterAll(async () => {
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
  await rm(folder, { recursive: true });
});

async function answersWell(name: string): Promise<Answer & Record<string, unknown>> {
  const { status, printed } = await run(name, ...TINY, ...(SMALL[name] ?? []));
  expect(printed).toHaveLength(1);
  const answer = JSON.parse(printed[0]!) as Answer & Record<string, unknown>;
  expect(answer).toMatchObject({ name, ok: status === 0, machine: { cores: expect.any(Number) as number } });
  expect(answer.runs).toHaveLength(1);
  for (const figure of BENCHES[name]!.figures) expect(answer[figure.name]).toBeGreaterThan(NONE.includes(figure.name) ? -1 : 0);
  // Tiny as it is it may fall short of a figure, but nothing may go wrong.
  expect(answer.fellShort.filter((sentence) => !sentence.includes('but has to be'))).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  return answer;
}

describe('a benchmark', () => {
  it.each(WITHOUT)(
    '%s answers with one object that has its figures, and leaves nothing behind',
    async (name) => {
      await answersWell(name);
    },
    60_000,
  );
});

describeWithKafka('a benchmark with Kafka', () => {
  it('relay answers with one object that has its figures, and leaves nothing behind', async () => {
    await answersWell('relay');
  }, 60_000);

  it('checkout proves the books of the system that it has loaded', async () => {
    const { verify } = await answersWell('checkout');
    expect(verify).toMatchObject({ ok: true });
  }, 120_000);

  it('flash-sale sells what there is, once, to those who pay', async () => {
    expect(await answersWell('flash-sale')).toMatchObject({
      sold: 7,
      refused: 33,
      oversold: 0,
      charged: 7,
      verify: { ok: true },
    });
  }, 120_000);
});
