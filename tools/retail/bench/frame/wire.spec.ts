import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { parseReply, Wire } from './wire';

describe('an answer off the wire', () => {
  const whole = 'HTTP/1.1 201 Created\r\nContent-Length: 4\r\nx: y\r\n\r\nbody';

  it('has a status and a body', () => {
    expect(parseReply(whole)).toEqual({ status: 201, body: 'body', length: whole.length });
  });

  it('is none before it is whole, wherever it breaks off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(parseReply(whole.slice(0, length))).toBeUndefined();
      }),
      { seed: 1 },
    );
  });

  it('ends where the next one begins', () => {
    expect(parseReply(`${whole}HTTP/1.1 200 OK`)?.length).toBe(whole.length);
  });

  it('may have no body', () => {
    expect(parseReply('HTTP/1.1 204 No Content\r\nx: y\r\n\r\n')).toMatchObject({ status: 204, body: '' });
  });
});

describe('a connection that is kept', () => {
  let server: Server;
  let url: URL;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/gone') return void request.socket.destroy();
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = `${request.method ?? ''} ${request.headers['x-key'] as string} ${Buffer.concat(chunks).toString()}`;
        response.writeHead(201, { 'content-length': Buffer.byteLength(text) }).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => void server.close());

  it('carries one request after the other, whatever letters they are in', async () => {
    const wire = new Wire(url);
    expect(await wire.ask('POST', '/orders', 'x-key: one\r\n', '{"name":"杭州"}')).toEqual({
      status: 201,
      body: 'POST one {"name":"杭州"}',
    });
    expect(await wire.ask('GET', '/orders', 'x-key: two\r\n')).toEqual({ status: 201, body: 'GET two ' });
    wire.close();
  });

  it('says when the other side is gone', async () => {
    const wire = new Wire(url);
    await expect(wire.ask('GET', '/gone', '')).rejects.toThrow();
    wire.close();
  });
});
