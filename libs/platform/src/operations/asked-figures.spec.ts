import { Registry } from 'prom-client';
import { AskedFigures, type Watched } from './asked-figures';

const WELL: Watched = {
  parked: () => Promise.resolve(new Map([['availability', 2]])),
  lag: () => Promise.resolve([{ consumer: 'availability', source: 'storefront', events: 12 }]),
  timers: () => Promise.resolve({ due: 3, parked: 1 }),
};

/** What is shown of services, without the explanations. */
async function shown(services: Record<string, Watched>, looks = 1): Promise<string[][]> {
  const registry = new Registry();
  const figures = new AskedFigures(registry);
  for (const [name, service] of Object.entries(services)) figures.watch(name, service);
  const texts = await Promise.all(Array.from({ length: looks }, () => registry.metrics()));
  return texts.map((text) => text.split('\n').filter((line) => line.startsWith('retail_')));
}

const OF_HEMA = [
  'retail_parked_events{service="hema",consumer="availability"} 2',
  'retail_consumer_lag_events{service="hema",consumer="availability",source="storefront"} 12',
  'retail_timers_due{service="hema"} 3',
  'retail_parked_timers{service="hema"} 1',
];

describe('figures that services are asked for', () => {
  it('say what is parked, how far consumers are behind, and which timers wait', async () => {
    expect(await shown({ hema: WELL })).toEqual([OF_HEMA]);
  });

  it('are shown of the others when a service fails, or does not answer in time', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const away = (): Promise<never> => Promise.reject(new Error('away'));
    const silent = (): Promise<never> => new Promise(() => undefined);
    const looking = shown({
      broken: { parked: away, lag: away, timers: away },
      hema: WELL,
      silent: { parked: silent, lag: silent, timers: silent },
    });
    await jest.advanceTimersByTimeAsync(1000);
    expect(await looking).toEqual([OF_HEMA]);
    jest.useRealTimers();
  });

  it('are whole for each of two who look at once', async () => {
    expect(await shown({ hema: WELL }, 2)).toEqual([OF_HEMA, OF_HEMA]);
  });
});
