import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openParcels } from '../testing/parcels';
import { PositionWaiters } from './positions';

describe('an application that closes', () => {
  it('gives the answer that is on its way, and does not wait for more from whoever kept the connection', async () => {
    const { app } = await openParcels();
    let answer: (reached: boolean) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      app.get(PositionWaiters).register('inventory', {
        reached: () => {
          resolve();
          return new Promise((reached) => {
            answer = reached;
          });
        },
      });
    });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    const headers = { 'after-position': 'inventory:0=12' };
    const status = new Promise((resolve, reject) => {
      const path = '/inventory/parcels/7';
      get({ port, path, agent, headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    await asked;
    const server = app.getHttpServer();
    const closed = app.close();
    while (server.listening) await new Promise(setImmediate);
    answer(true);
    expect(await status).toBe(200);
    await closed;
    agent.destroy();
  });
});
