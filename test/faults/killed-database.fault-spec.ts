import { randomUUID } from 'node:crypto';
import { isUnavailable } from '#libs/eventsourcing';
import { archiveFaults, untilArchived } from './bed/archive';
import { readLog, soundness, takenOnce } from './bed/audit';
import { newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { OwnServer } from './bed/own-server';
import { PlainLog } from './bed/plain-log';
import { Proxy } from './bed/proxy';
import { chanceOf, rounds } from './bed/seed';
import { until } from './bed/until';

const chance = chanceOf('killed database');
let count = 0;
const newLines = (many: number): Line[] =>
  Array.from({ length: many }, () => ({ commandId: randomUUID(), note: `n${chance.between(1, 40)}`, line: count++ }));

/** Writes a line until it is acknowledged: whoever is told that the database is away asks again, under the same id. */
async function insist(instance: Instance, line: Line): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await instance.write(line);
      return;
    } catch (error) {
      if (!isUnavailable(error) || tries === 30) throw error;
    }
  }
}

describe('a database that is killed while it is written to', () => {
  let server: OwnServer;
  let instance: Instance | undefined;
  beforeAll(async () => {
    server = await OwnServer.start();
  }, 60_000);
  afterEach(() => instance?.stop(), 30_000);
  afterAll(() => server.stop(), 60_000);

  const victims: Record<string, () => Promise<number[]>> = {
    'a backend': () => server.backends('faults.%'),
    'the postmaster': async () => [await server.postmaster()],
  };

  /** Gives whoever will be killed. After the last time the instance has to connect again first. */
  async function victimOf(kind: string): Promise<number> {
    let found: number[] = [];
    await until(async () => (found = (await victims[kind]?.()) ?? []).length > 0, `${kind} to kill`);
    return chance.pick(found);
  }

  it.each(Object.keys(victims))(
    'by SIGKILL of %s has every line that it acknowledged, once, and those that were asked for again, once',
    async (victim) => {
      const writer = (instance = await Instance.open({ databaseUrl: server.url }));
      const lines: Line[] = [];
      for (let round = 0; round < rounds(2, 25); round++) {
        const burst = newLines(rounds(400, 1500));
        const fatal = chance.between(1, 200);
        let acknowledged = 0;
        const pid = await victimOf(victim);
        const note = (): void => {
          if (++acknowledged === fatal) process.kill(pid, 'SIGKILL');
        };
        await Promise.all(burst.map((line) => insist(writer, line).then(note)));
        lines.push(...burst);
        await server.survives(pid);
      }
      await untilArchived(server.url, 30_000);
      expect(takenOnce(await readLog(server.url, 'notebook'), lines)).toEqual([]);
      expect(await archiveFaults(server.url)).toEqual([]);
    },
    900_000,
  );

  it('[control] loses lines that it acknowledged when it does not wait for the disk', async () => {
    const plain = await PlainLog.open(server.url, { hasty: true });
    const [pid] = await server.backends('plain');
    const lines = newLines(50);
    for (const line of lines) await plain.write({ line, version: 1 });
    process.kill(pid!, 'SIGKILL');
    await server.survives(pid!);
    expect(takenOnce(await plain.read(), lines)).toContainEqual(expect.stringMatching(/^lost: .* was acknowledged$/));
    await plain.close();
  }, 60_000);
});

describe('a database whose answer is lost after the work is done', () => {
  let database: TestDatabase;
  let proxy: Proxy;
  let url: string;
  beforeEach(async () => {
    database = await newDatabase();
    ({ proxy, url } = await Proxy.before(database.url));
  });
  afterEach(async () => {
    proxy.close();
    await database.drop();
  });

  it('is asked again under the same ids, so that every line is there once and its writer never hears of it', async () => {
    const instance = await Instance.open({ databaseUrl: url, services: ['notebook'] });
    const lines: Line[] = [];
    for (let round = 1; round <= rounds(10, 300); round++) {
      const burst = newLines(40);
      proxy.loseAnswerTo('append');
      await Promise.all(burst.map((line) => instance.write(line)));
      lines.push(...burst);
      expect(proxy.lost).toBe(round);
    }
    const log = await readLog(database.url, 'notebook');
    expect([...soundness(log), ...takenOnce(log, lines)]).toEqual([]);
    expect(log.events).toHaveLength(lines.length);
    await instance.stop();
  }, 300_000);

  it('[control] is asked again by somebody who does not say that it is the same, and has the line twice', async () => {
    const plain = await PlainLog.open(url);
    const [line] = newLines(1);
    proxy.loseAnswerTo('INSERT INTO plain');
    await expect(plain.write({ line: line!, version: 1 })).rejects.toThrow('Connection terminated');
    await plain.write({ line: line!, version: 1 });
    expect(takenOnce(await plain.read(), [line!])).toEqual([expect.stringMatching(/^doubled: .* is there 2 times$/)]);
    await plain.close();
  });
});
