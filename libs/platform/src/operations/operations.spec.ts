import { pino } from 'pino';
import { openParcels, type Parcels } from '../testing/parcels';
import { HealthChecks, type HealthReport } from './health';
import { createLogger, NestLog } from './log';

let parcels: Parcels;
beforeEach(async () => {
  parcels = await openParcels();
});
afterEach(() => parcels.app.close());

const get = (url: string): ReturnType<Parcels['app']['inject']> => parcels.app.inject({ method: 'GET', url });

describe('the health of a process', () => {
  it('is good when everything it needs answers', async () => {
    parcels.app.get(HealthChecks).register('inventory.database', { check: () => Promise.resolve(), remedy: 'Start it.' });
    parcels.app.get(HealthChecks).register('inventory.lag', { check: () => Promise.resolve('12 events'), remedy: 'Wait.' });
    const answer = await get('/health');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      status: 'ok',
      services: [],
      checks: [
        { name: 'inventory.database', ok: true, detail: 'answers' },
        { name: 'inventory.lag', ok: true, detail: '12 events' },
      ],
    });
  });

  it('is degraded when something fails, and says what to do', async () => {
    const fault = new AggregateError([], '');
    Object.assign(fault, { code: 'ECONNREFUSED' });
    parcels.app.get(HealthChecks).register('inventory.database', { check: () => Promise.reject(fault), remedy: 'Start it.' });
    const answer = await get('/health');
    expect(answer.statusCode).toBe(503);
    expect(answer.json<HealthReport>().checks).toEqual([
      { name: 'inventory.database', ok: false, detail: 'ECONNREFUSED', remedy: 'Start it.' },
    ]);
    expect((await get('/health/live')).statusCode).toBe(200);
    expect(parcels.log).toEqual([]);
  });

  it('does not wait longer than a second for anybody', async () => {
    parcels.app.get(HealthChecks).register('inventory.bus', { check: () => new Promise(() => undefined), remedy: 'Start it.' });
    const answer = await get('/health');
    expect(answer.json<HealthReport>()).toMatchObject({ status: 'degraded', checks: [{ detail: 'no answer within 1000 ms' }] });
  });
});

describe('the metrics of a process', () => {
  it('count requests by route and status, not by URL', async () => {
    await get('/inventory/parcels/1');
    await get('/inventory/parcels/2');
    await get('/inventory/parcels/nowhere');
    await get('/nothing/3');
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    const count = 'http_request_duration_seconds_count';
    expect(body).toContain(`${count}{method="GET",route="/inventory/parcels/:id",status="200"} 2`);
    expect(body).toContain(`${count}{method="GET",route="/inventory/parcels/:id",status="404"} 1`);
    expect(body).toContain(`${count}{method="GET",route="unknown",status="404"} 1`);
    expect(body).toContain('process_cpu_seconds_total');
  });
});

describe('the log', () => {
  it('says nothing of requests that went well or were refused', async () => {
    await get('/inventory/parcels/1');
    await get('/inventory/parcels/nowhere');
    expect(parcels.log).toEqual([]);
  });

  it('tells of a request that failed, without what was secret in it', async () => {
    parcels.script.error = new Error('broken');
    const headers = { authorization: 'Bearer hush-hush' };
    await parcels.app.inject({ method: 'GET', url: '/inventory/parcels/9?key=hush-hush', headers });
    expect(parcels.log).toHaveLength(2);
    expect(JSON.parse(parcels.log[1]!)).toMatchObject({ method: 'GET', route: '/inventory/parcels/:id', status: 500 });
    expect(parcels.log.join()).not.toContain('hush-hush');
  });

  it('never shows what is secret by its name', () => {
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const logger = createLogger({ logLevel: 'info' }, 'inventory');
    logger.info(
      { headers: { authorization: 'hush-hush' }, config: { databaseUrl: 'hush-hush' }, password: 'hush-hush' },
      'Ready',
    );
    write.mockRestore();
    expect(lines.join()).not.toContain('hush-hush');
  });

  it('carries what Nest says, its steps of a start only when asked for', () => {
    const lines: Record<string, unknown>[] = [];
    const nest = new NestLog(
      pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) }),
    );
    nest.log('Mapped {/}', 'RouterExplorer');
    nest.log('Ready', 'Till');
    nest.error('It broke', 'Error: It broke\n    at till', 'Till');
    nest.warn(new Error('It bends'), 'Till');
    expect(lines).toMatchObject([
      { level: 30, msg: 'Ready', context: 'Till' },
      { level: 50, msg: 'It broke', stack: expect.stringContaining('at till') as string },
      { level: 40, err: { message: 'It bends' } },
    ]);
  });
});
