import { ConfigError, loadConfig } from './config';

const DATABASE_URL = 'postgres://retail:hush-hush@127.0.0.1:5432/retail';
const SECRET = 'a-secret-of-thirty-two-characters';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig({ DATABASE_URL, ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs nothing but a database', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: DATABASE_URL,
      bus: 'postgres',
      kafkaBrokers: [],
      kafkaConsumers: 'per-process',
      lanes: 8,
      namespace: 'retail',
      logLevel: 'info',
      bodyLimitBytes: 1_048_576,
    });
  });

  it('takes the names of brokers as a wish for Kafka', () => {
    expect(loadConfig({ DATABASE_URL, KAFKA_BROKERS: 'a:9092, b:9092' })).toMatchObject({
      bus: 'kafka',
      kafkaBrokers: ['a:9092', 'b:9092'],
    });
  });

  it('can give each service of a process a consumer of its own', () => {
    const brokers = { KAFKA_BROKERS: 'a:9092', KAFKA_CONSUMERS: 'per-service' };
    expect(loadConfig({ DATABASE_URL, ...brokers }).kafkaConsumers).toBe('per-service');
    expect(faultsOf({ KAFKA_CONSUMERS: 'one' })[0]).toMatch(
      /^KAFKA_CONSUMERS is "one"\. Set it to one of per-process, per-service/,
    );
  });

  it('lets the postgres feed win over brokers when told so', () => {
    expect(loadConfig({ DATABASE_URL, KAFKA_BROKERS: 'a:9092', BUS: 'postgres' }).bus).toBe('postgres');
  });

  it('knows other services by one address or one each', () => {
    const { servicesUrl, serviceUrls } = loadConfig({
      DATABASE_URL,
      SERVICES_URL: 'http://all:3000/',
      UNIFIED_VIEW_URL: 'http://view:3007',
    });
    expect(servicesUrl).toBe('http://all:3000');
    expect(serviceUrls).toEqual({ 'unified-view': 'http://view:3007' });
  });

  it('tells of everything that is wrong at once, with the remedy', () => {
    const faults = faultsOf({ DATABASE_URL: '', PORT: '70000', BUS: 'rabbit', LOG_LEVEL: 'loud' });
    expect(faults).toHaveLength(4);
    expect(faults).toEqual([
      expect.stringMatching(/^PORT is "70000"\. Set it to an integer from 0 to 65535/),
      expect.stringMatching(/^DATABASE_URL is not set\. Set it to/),
      expect.stringMatching(/^BUS is "rabbit"\. Set it to one of kafka, postgres/),
      expect.stringMatching(/^LOG_LEVEL is "loud"/),
    ]);
  });

  it('never repeats an address that may hold a password', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://root:hush-hush@host/db' }).join()).not.toContain('hush-hush');
  });

  it('keeps the keys of persons in the same database, unless it is told of another', () => {
    const apart = 'postgres://keys:secret@127.0.0.1:5433/keys';
    expect(loadConfig({ DATABASE_URL }).privacyDatabaseUrl).toBe(DATABASE_URL);
    expect(loadConfig({ DATABASE_URL, PRIVACY_DATABASE_URL: apart }).privacyDatabaseUrl).toBe(apart);
  });

  it('takes no master key that is anything but 32 bytes, and never repeats it', () => {
    const [fault] = faultsOf({ PRIVACY_MASTER_KEY: 'hush-hush' });
    expect(fault).toMatch(/^PRIVACY_MASTER_KEY is not 64 hexadecimal digits\. Set it to the output of/);
    expect(fault).not.toContain('hush-hush');
    expect(faultsOf({ PRIVACY_MASTER_KEY: 'a1'.repeat(32) })).toEqual([]);
  });

  it('asks for brokers where the bus is Kafka', () => {
    expect(faultsOf({ BUS: 'kafka' })[0]).toMatch(/^KAFKA_BROKERS is not set, and BUS is kafka/);
    expect(faultsOf({ KAFKA_BROKERS: 'a' })[0]).toMatch(/names the broker "a", which is no host:port/);
  });

  it.each(['0.0.0.0', '::', '10.0.0.7', 'shop.example'])('is not open to others: %s needs a secret', (host) => {
    expect(faultsOf({ HOST: host })[0]).toMatch(/^AUTH_JWT_SECRET is not set, and HOST is .*HOST=127\.0\.0\.1/);
    expect(faultsOf({ HOST: host, AUTH_JWT_SECRET: SECRET })).toEqual([]);
  });

  it.each(['localhost', '127.0.0.5', '::1'])('is open on loopback: %s', (host) => {
    expect(faultsOf({ HOST: host })).toEqual([]);
  });

  it('does not take a secret that can be guessed', () => {
    expect(faultsOf({ AUTH_JWT_SECRET: 'short' })[0]).toMatch(/^AUTH_JWT_SECRET has 5 characters/);
  });
});
