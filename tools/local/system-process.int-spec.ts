import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testBrokers } from '#libs/eventsourcing/testing';
import { isAlive } from './orphan';
import { eventually } from './ports';
import { startSystemProcess, type SystemProcess } from './system-process';

const BUS = testBrokers().length > 0 ? 'kafka' : 'postgres';
const PRODUCT = { name: 'Longjing', price: { amountMinor: 12_800, currency: 'CNY' } };

describe('the whole system, as `npm start` runs it', () => {
  let folder: string;
  let dataDir: string;
  let system: SystemProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-retail-start-'));
    await chmod(folder, 0o755);
    dataDir = join(folder, 'data');
    system = await startSystemProcess({ dataDir, bus: BUS, demo: true });
  }, 120_000);
  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true });
  }, 60_000);

  const put = async (sku: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': sku };
    const body = JSON.stringify(PRODUCT);
    return (await fetch(`${system.url}/storefront/products/${sku}`, { method: 'PUT', headers, body })).status;
  };
  const get = async (sku: string): Promise<number> => (await fetch(`${system.url}/storefront/products/${sku}`)).status;

  it('is well, with every service', async () => {
    const health = (await (await fetch(`${system.url}/health`)).json()) as { status: string; services: string[] };
    expect(health).toMatchObject({ status: 'ok' });
    expect(health.services).toHaveLength(7);
    expect(await put('first')).toBe(201);
  });

  it('sets the demo city up, and sells nothing in it', async () => {
    const said = async (): Promise<boolean> => (await system.said()).includes('  demo       Hangzhou');
    await eventually(said, { timeoutMs: 30_000, complaint: await system.said() });
    const summary = (await (await fetch(`${system.url}/unified-view/sales/summary`)).json()) as object;
    expect(summary).toMatchObject({ documents: 0, lines: 0, units: 0, netMinor: 0 });
    expect(await (await fetch(`${system.url}/unified-view/stock/summary`)).json()).toMatchObject({ netChange: 0 });
  }, 40_000);

  it('is there once for a folder, and names who has it', async () => {
    const second = startSystemProcess({ dataDir, bus: 'postgres' });
    await expect(second).rejects.toThrow(`already at ${system.url} (process ${system.pid})`);
    expect(await get('first')).toBe(200);
  }, 60_000);

  it.each(['process', 'everything'] as const)(
    'has everything when it comes again after SIGKILL: %s',
    async (what) => {
      expect(await put(`before-${what}`)).toBe(201);
      const { databaseUrl, brokers } = system;
      await system.kill(what);
      system = await startSystemProcess({ dataDir, bus: BUS });
      expect(system).toMatchObject({ databaseUrl, brokers });
      expect([await get('first'), await get(`before-${what}`)]).toEqual([200, 200]);
    },
    120_000,
  );

  it('stops in good order, and leaves nothing running', async () => {
    const servers = await Promise.all(['postgres', 'kafka'].map((name) => pidIn(join(dataDir, name, 'pid'))));
    expect(await system.stop()).toBe(0);
    expect(await system.said()).toMatch(/Stopped\.\n$/);
    expect(servers.filter(isAlive)).toEqual([]);
  }, 60_000);

  it('says so when its port is taken, and takes no folder', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const failed = startSystemProcess({ dataDir: join(folder, 'other'), bus: 'postgres', port });
    await expect(failed).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Name a free one with --port`);
    server.close();
    expect(existsSync(join(folder, 'other'))).toBe(false);
  }, 60_000);
});

const pidIn = async (file: string): Promise<number> => Number(await readFile(file, 'utf8').catch(() => '0'));
