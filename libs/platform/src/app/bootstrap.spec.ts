import { Module } from '@nestjs/common';
import { createServer, type Server } from 'node:net';
import { pino } from 'pino';
import { ConfigError, loadConfig, type Config } from '../config/config';
import { bootstrap, listen, StartError, startFault } from './bootstrap';
import { createApp } from './create-app';

@Module({})
class EmptyModule {}

const config = (port: number, host = '127.0.0.1'): Config => ({
  ...loadConfig({ DATABASE_URL: 'postgres://localhost/none' }),
  port,
  host,
});

const start = async (at: Config): Promise<string> => {
  const app = await createApp(EmptyModule, at, { logger: pino({ level: 'silent' }) });
  const url = await listen(app, at);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  await app.close();
  return url;
};

async function occupied(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port };
}

describe('a start', () => {
  it('listens and says where', async () => {
    expect(await start(config(0))).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says what to do when the port is taken', async () => {
    const { server, port } = await occupied();
    const failed = start(config(port));
    await expect(failed).rejects.toThrow(StartError);
    await expect(failed).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Set PORT to a free one`);
    server.close();
  });

  it('says what to do when the address is not of this machine', async () => {
    await expect(start(config(0, '192.0.2.1'))).rejects.toThrow('This machine has no address 192.0.2.1. Set HOST');
  });
});

describe('why a start failed', () => {
  it.each([
    [new ConfigError(['PORT is "x". Set it.']), 'The configuration does not hold:\n  PORT is "x". Set it.'],
    [
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      'PostgreSQL does not answer. Start it where DATABASE_URL says, or correct DATABASE_URL.',
    ],
    [new Error('a surprise'), 'The start failed: a surprise'],
  ])('%s', (error, told) => {
    expect(startFault(error)).toBe(told);
  });
});

describe('a program that cannot start', () => {
  it('says why on one line of the log and ends with status 1', async () => {
    const before = process.env;
    process.env = { PORT: 'tea' };
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    await bootstrap(EmptyModule, 'inventory');
    process.env = before;
    write.mockRestore();
    expect(exit).toHaveBeenCalledWith(1);
    exit.mockRestore();
    expect(lines).toHaveLength(1);
    const { name, level, msg } = JSON.parse(lines[0]!) as { name: string; level: number; msg: string };
    expect({ name, level }).toEqual({ name: 'inventory', level: 60 });
    expect(msg).toMatch(/PORT is "tea".*DATABASE_URL is not set/s);
  });
});
