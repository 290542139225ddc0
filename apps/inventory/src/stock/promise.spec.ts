import fc from 'fast-check';
import { CHANNELS, type Channel } from '#libs/contracts';
import { drawsOf, free, promiseTo, type OpenQuota, type Supply } from './promise';

const supply = (terms: Partial<Supply> = {}): Supply => ({
  ...{ onHand: 100, reserved: 10, safetyStock: 5, inbound: 0, quotas: [] },
  ...terms,
});
const quota = (channel: Channel, unused: number, ...lendsTo: Channel[]): OpenQuota => ({ channel, unused, lendsTo });
const available = (channel: Channel, terms?: Partial<Supply>): number => promiseTo(channel, supply(terms)).available;

describe('what a channel can be promised', () => {
  it('is what is on hand, less what is reserved, less the safety stock, and what comes in', () => {
    expect(available('storefront')).toBe(85);
    expect(available('storefront', { inbound: 20 })).toBe(105);
  });

  it('leaves what is kept for others, and not what is kept for itself', () => {
    const quotas = [quota('hema', 30), quota('storefront', 10)];
    expect(promiseTo('storefront', supply({ quotas }))).toEqual({ channel: 'storefront', keptForOthers: 30, available: 55 });
    expect(available('hema', { quotas })).toBe(75);
    expect(available('lingshoutong', { quotas })).toBe(45);
  });

  it('may borrow from those who lend to it', () => {
    const quotas = [quota('hema', 30, 'storefront')];
    expect(available('storefront', { quotas })).toBe(85);
    expect(available('lingshoutong', { quotas })).toBe(55);
  });

  it('keeps no unit for two: where there is less than all quotas, the first come first', () => {
    const quotas = [quota('hema', 60), quota('storefront', 60)];
    expect(available('hema', { quotas })).toBe(60);
    expect(available('storefront', { quotas })).toBe(25);
    expect(available('lingshoutong', { quotas })).toBe(0);
  });

  it('is less than nothing where facts have eaten into what was promised', () => {
    expect(available('hema', { onHand: 3, quotas: [quota('storefront', 9)] })).toBe(-12);
  });
});

describe('a promise', () => {
  const quotas = [quota('hema', 30, 'storefront'), quota('storefront', 10)];

  it('comes out of the own quota first, then of what is nobody’s, and last of what others lend', () => {
    expect(drawsOf('storefront', 8, supply({ quotas }))).toEqual([{ channel: 'storefront', quantity: 8 }]);
    expect(drawsOf('storefront', 55, supply({ quotas }))).toEqual([{ channel: 'storefront', quantity: 10 }]);
    expect(drawsOf('storefront', 60, supply({ quotas }))).toEqual([
      { channel: 'storefront', quantity: 10 },
      { channel: 'hema', quantity: 5 },
    ]);
  });

  it('draws on no quota where the channel has none and nobody has to lend', () => {
    expect(drawsOf('lingshoutong', 45, supply({ quotas }))).toEqual([]);
  });
});

describe('promises of every kind, whatever the policy', () => {
  const channel = fc.constantFrom(...CHANNELS);
  const quotas = fc.uniqueArray(
    fc.record({ channel, unused: fc.nat(40), lendsTo: fc.subarray([...CHANNELS]) }).map(({ lendsTo, ...facts }) => ({
      ...{ ...facts, lendsTo: lendsTo.filter((other) => other !== facts.channel) },
    })),
    { selector: (one) => one.channel, maxLength: 3 },
  );
  const supplies: fc.Arbitrary<Supply> = fc.record({
    ...{ onHand: fc.integer({ min: -20, max: 120 }), reserved: fc.nat(40), safetyStock: fc.nat(20), inbound: fc.nat(20), quotas },
  });
  const asks = fc.array(fc.record({ channel, quantity: fc.integer({ min: 1, max: 30 }) }), { maxLength: 30 });

  /** As a stock would take it in. */
  function promised(before: Supply, to: Channel, quantity: number): Supply {
    const draws = drawsOf(to, quantity, before);
    const left = before.quotas.map((one) => ({
      ...one,
      unused: one.unused - (draws.find((draw) => draw.channel === one.channel)?.quantity ?? 0),
    }));
    return { ...before, reserved: before.reserved + quantity, quotas: left };
  }
  const all = (now: Supply): number[] => CHANNELS.map((one) => promiseTo(one, now).available);

  it('never exceed what is there, over all channels together', () => {
    fc.assert(
      fc.property(supplies, asks, (start, wanted) => {
        let now = start;
        for (const { channel: to, quantity } of wanted) {
          const can = promiseTo(to, now).available;
          if (quantity <= can) now = promised(now, to, quantity);
        }
        expect(now.reserved - start.reserved).toBeLessThanOrEqual(Math.max(0, free(start)));
        for (const { unused } of now.quotas) expect(unused).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('never eat what is kept for another channel, unless that one lends', () => {
    fc.assert(
      fc.property(supplies, asks, (start, wanted) => {
        let now = start;
        for (const { channel: to, quantity } of wanted) {
          const { available: can, keptForOthers } = promiseTo(to, now);
          if (quantity > can) continue;
          now = promised(now, to, quantity);
          expect(promiseTo(to, now).keptForOthers).toBe(keptForOthers);
        }
      }),
    );
  });

  it('leave each channel what it could have of its own quota, where nobody lends', () => {
    fc.assert(
      fc.property(supplies, asks, (lending, wanted) => {
        let now: Supply = { ...lending, quotas: lending.quotas.map((one) => ({ ...one, lendsTo: [] })) };
        for (const { channel: to, quantity } of wanted) {
          if (quantity > promiseTo(to, now).available) continue;
          const after = promised(now, to, quantity);
          for (const kept of now.quotas.filter((one) => one.channel !== to)) {
            const own = Math.min(kept.unused, promiseTo(kept.channel, now).available);
            expect(promiseTo(kept.channel, after).available).toBeGreaterThanOrEqual(own);
          }
          now = after;
        }
      }),
    );
  });

  it('grow with the stock, by a unit at most for each that comes in', () => {
    fc.assert(
      fc.property(supplies, fc.nat(30), (start, more) => {
        const after = all({ ...start, onHand: start.onHand + more });
        all(start).forEach((before, n) => {
          expect(after[n]).toBeGreaterThanOrEqual(before);
          expect(after[n]).toBeLessThanOrEqual(before + more);
        });
      }),
    );
  });

  it('are as they were when the goods leave: what was promised is only kept', () => {
    fc.assert(
      fc.property(supplies, channel, fc.integer({ min: 1, max: 30 }), (start, to, quantity) => {
        fc.pre(quantity <= promiseTo(to, start).available);
        const after = promised(start, to, quantity);
        const gone = { ...after, onHand: after.onHand - quantity, reserved: after.reserved - quantity };
        expect(all(gone)).toEqual(all(after));
      }),
    );
  });
});
