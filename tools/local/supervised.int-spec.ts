import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './orphan';
import { eventually } from './ports';
import { Supervised, type SupervisedParts } from './supervised';

describe('a server that is looked after', () => {
  let folder: string;
  let said: string[];
  let server: Supervised;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-retail-supervised-'));
    said = [];
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** A server of a few words: it counts its lives in a file, and is ready when its number is in another. */
  const supervise = (program: string, parts: Partial<SupervisedParts> = {}): Supervised =>
    (server = new Supervised({
      name: 'The server',
      file: process.execPath,
      args: ['-e', `require('fs').appendFileSync('lives', 'I'); ${program}`],
      options: { cwd: folder },
      log: join(folder, 'log'),
      pidFile: join(folder, 'pid'),
      stopSignal: 'SIGTERM',
      ready: (pid, signal) =>
        eventually(async () => (await read('ready')) === String(pid), { timeoutMs: 5000, complaint: 'too late', signal }),
      meanwhile: 'Work waits.',
      say: (message) => said.push(message),
      ...parts,
    }));
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  const pid = async (): Promise<number> => Number(await read('pid'));
  const lives = async (): Promise<number> => (await read('lives')).length;
  const heard = (message: string): Promise<void> =>
    eventually(() => Promise.resolve(said.some((line) => line.includes(message))), {
      timeoutMs: 10_000,
      complaint: said.join('\n'),
    });

  const LIVES = "require('fs').writeFileSync('ready', String(process.pid)); setInterval(() => {}, 1000);";

  it('is started again when it dies, and says what that means', async () => {
    await supervise(LIVES).start();
    process.kill(await pid(), 'SIGKILL');
    await heard('The server is back.');
    expect(said[0]).toBe(`The server has ended (SIGKILL); its log is ${folder}/log. Work waits. It is being started again.`);
    expect([isAlive(await pid()), await lives()]).toEqual([true, 2]);
  });

  it('is not started again when it was stopped', async () => {
    await supervise(LIVES).start();
    const first = await pid();
    await server.stop();
    expect([isAlive(first), await lives(), said]).toEqual([false, 1, []]);
  });

  it('is not started again when it was stopped while it was away', async () => {
    await supervise(LIVES).start();
    process.kill(await pid(), 'SIGKILL');
    await heard('It is being started again.');
    await server.stop();
    const count = await lives();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([await lives(), isAlive(await pid())]).toEqual([count, false]);
  });

  it('fails at once, and not when the time is up, when it dies before it is ready', async () => {
    const began = performance.now();
    await expect(supervise('process.exit(3)').start()).rejects.toThrow('The server has ended (status 3)');
    expect(performance.now() - began).toBeLessThan(4000);
    expect(said).toEqual([]);
  });

  it('is not left behind when it does not become ready', async () => {
    const late = (): Promise<void> => Promise.reject(new Error('too late'));
    await expect(supervise('setInterval(() => {}, 1000)', { ready: late }).start()).rejects.toThrow('too late');
    expect(isAlive(await pid())).toBe(false);
  });

  it('says when its program is missing', async () => {
    await expect(supervise('', { file: join(folder, 'nothing') }).start()).rejects.toThrow('ENOENT');
  });

  it('is tried again until it comes, with pauses between', async () => {
    const flaky = `if (require('fs').readFileSync('lives').length === 2) process.exit(1); ${LIVES}`;
    await supervise(flaky).start();
    process.kill(await pid(), 'SIGKILL');
    await heard('The server is back.');
    expect(await lives()).toBe(3);
    expect(said.filter((line) => line.includes('It is being started again.'))).toHaveLength(2);
  });

  it('keeps what it says in its log', async () => {
    await supervise(`console.log('hello'); ${LIVES}`).start();
    expect(await read('log')).toContain('hello');
  });
});
