import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithKafka } from '#libs/eventsourcing/testing';
import { LocalKafka } from './kafka';
import { isAlive } from './orphan';
import { packageRoot } from './package-root';
import { answers, eventually } from './ports';

const HOME = join(packageRoot(), 'tools', 'kafka');

describeWithKafka('a Kafka of our own', () => {
  let folder: string;
  let said: string[];
  let kafka: LocalKafka;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-retail-kafka-'));
    said = [];
    kafka = new LocalKafka({ folder, home: HOME, say: (message) => said.push(message) });
  });
  afterEach(async () => {
    await kafka.stop();
    await rm(folder, { recursive: true });
  });

  const pid = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'));
  const isListening = (address: string): Promise<boolean> => answers(Number(address.split(':')[1]));

  it('comes back at the same address, when it was killed and when it was stopped', async () => {
    const address = await kafka.start();
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    const first = await pid();
    // Field 41 of its status is the policy under which it gets its turn, see `inBackground`.
    if (process.platform === 'linux') expect((await readFile(`/proc/${first}/stat`, 'utf8')).split(' ')[40]).toBe('3');
    process.kill(first, 'SIGKILL');
    const back = (): Promise<boolean> => Promise.resolve(said.includes('Kafka is back.'));
    await eventually(back, { timeoutMs: 40_000, complaint: said.join('\n') });
    expect([await isListening(address), isAlive(await pid()), (await pid()) === first]).toEqual([true, true, false]);
    expect(said[0]).toMatch(/^Kafka has ended \(SIGKILL\).*events wait in the log until it is back/);
    await kafka.stop();
    expect([await isListening(address), isAlive(await pid())]).toEqual([false, false]);
    expect(await new LocalKafka({ folder, home: HOME, say: () => undefined }).start()).toBe(address);
    await LocalKafka.stopLeftBehind(folder, (message) => said.push(message));
    expect(said).toContain('Stopped the Kafka that an earlier run left behind.');
  }, 120_000);

  it('is possible only with its artifacts', async () => {
    expect([await LocalKafka.isPossible(HOME), await LocalKafka.isPossible(folder)]).toEqual([true, false]);
  });
});
