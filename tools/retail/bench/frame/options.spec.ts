import { benchOptions } from './options';

const NAMES = ['append', 'checkout'];
const parse = (...args: string[]): unknown => benchOptions(args, NAMES);

describe('the options of a benchmark', () => {
  it('leave to the benchmark what is not said', () => {
    expect(parse('append')).toEqual({ name: 'append', profile: false, json: false, numbers: {} });
  });

  it('are numbers where they are said', () => {
    expect(
      parse('checkout', '--seconds', '2.5', '--concurrency', '64', '--runs', '1', '--events', '1000', '--profile', '--json'),
    ).toEqual({ name: 'checkout', seconds: 2.5, concurrency: 64, runs: 1, events: 1000, profile: true, json: true, numbers: {} });
  });

  it('are also those that only some benchmarks understand', () => {
    expect(parse('append', '--buyers', '500', '--stock', '10', '--kill')).toMatchObject({
      numbers: { buyers: 500, stock: 10, kill: 1 },
    });
    expect(() => parse('append', '--instances', '9')).toThrow('--instances is "9"');
  });

  it('name the books to read', () => {
    for (const args of [['books.csv.gz'], ['--file', 'books.csv.gz']]) {
      expect(parse('checkout', ...args)).toMatchObject({ name: 'checkout', file: 'books.csv.gz' });
    }
  });

  it.each([[[]], [['nothing']], [['append', 'checkout']]])('want one benchmark that there is, not %j', (args) => {
    expect(() => parse(...args)).toThrow('NAME is one of append, checkout');
  });

  it.each([
    ['--seconds', '0'],
    ['--seconds', 'ten'],
    ['--seconds', '3601'],
    ['--concurrency', '1.5'],
    ['--runs', '-1'],
    ['--events', '1e6'],
  ])('refuse %s %s', (option, value) => {
    expect(() => parse('append', `${option}=${value}`)).toThrow(`${option} is "${value}"`);
  });
});
