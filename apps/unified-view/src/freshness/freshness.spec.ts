import { freshnessOf } from './freshness';

const lane = (name: string, place: string, position: number, absorbed = 0) => {
  const [source = '', number] = place.split(' ');
  return { name, source, lane: Number(number), position, absorbed };
};

describe('freshness', () => {
  const progress = [
    lane('sales', 'hema 0', 7),
    lane('sales', 'hema 1', 3, 2),
    lane('sales', 'payment 0', 5, 1),
    lane('orders', 'hema 0', 9),
    lane('orders', 'hema 1', 4),
  ];

  it('is what a view has, what there is, and what it lacks', () => {
    const [orders, sales] = freshnessOf(
      progress,
      new Map([
        ['hema', [9, 4]],
        ['payment', [5]],
      ]),
    );
    expect(orders).toMatchObject({ name: 'orders', position: 13, lag: 0, absorbed: 0 });
    expect(sales).toEqual({
      ...{ name: 'sales', position: 15, lag: 3, absorbed: 3 },
      sources: [
        { source: 'hema', position: 10, head: 13, lag: 3 },
        { source: 'payment', position: 5, head: 5, lag: 0 },
      ],
    });
  });

  it('does not set one lane off against another', () => {
    const [view] = freshnessOf([lane('sales', 'hema 0', 9), lane('sales', 'hema 1', 1)], new Map([['hema', [5, 4]]]));
    expect(view).toMatchObject({ lag: 3 });
  });

  it('is unknown, and not none, while a source does not answer', () => {
    const [, sales] = freshnessOf(progress, new Map([['hema', [9, 4]]]));
    expect(sales).toMatchObject({
      lag: null,
      sources: [
        { source: 'hema', lag: 3 },
        { source: 'payment', head: null, lag: null },
      ],
    });
  });
});
