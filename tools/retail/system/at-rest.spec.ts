import { LOG_SERVICES } from '#libs/contracts';
import type { Answer, Ask, Asked } from './api';
import { atRest } from './at-rest';

interface State {
  head: number;
  position: number;
}

/** A system of one busy lane; every look at its heads changes it as it is told. */
function system(state: State, change: (state: State) => void = () => undefined): Asked {
  return {
    ask({ path }: Ask): Promise<Answer> {
      if (path === '/storefront/events/heads') change(state);
      const head = path.startsWith('/storefront') ? state.head : 0;
      const body = path.endsWith('/heads')
        ? { heads: [{ lane: 0, position: head }] }
        : { consumers: path.startsWith('/inventory') ? [consumer(state.position)] : [] };
      return Promise.resolve({ status: 200, headers: {}, body });
    },
  };
}

const consumer = (position: number): object => ({ name: 'hold-stock', source: 'storefront', lane: 0, position });

describe('a system at rest', () => {
  it('is one where everybody has read everything', async () => {
    const rest = await atRest(system({ head: 7, position: 7 }), 1000);
    expect(rest.busy).toEqual([]);
    expect([...rest.heads]).toEqual(LOG_SERVICES.map((service) => [service, [service === 'storefront' ? 7 : 0]]));
  });

  it('is waited for', async () => {
    const { busy, heads } = await atRest(
      system({ head: 9, position: 7 }, (state) => state.position++),
      5000,
    );
    expect([busy, heads.get('storefront')]).toEqual([[], [9]]);
  });

  it('is not waited for without end: who is behind is named', async () => {
    const { busy } = await atRest(system({ head: 9, position: 7 }), 50);
    expect(busy).toEqual(['hold-stock of inventory is 2 events behind lane 0 of storefront']);
  });

  it('is none while somebody writes', async () => {
    const writing = (state: State): void => void (state.position = ++state.head);
    expect((await atRest(system({ head: 1, position: 1 }, writing), 50)).busy).toEqual(['somebody keeps writing']);
  });
});
