/** The brokers that the test run started; empty where there is no Java to run them. */
export function testBrokers(): string[] {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  return brokers ? brokers.split(',') : [];
}

/** Suites that need Kafka: skipped aloud without it, except where `CI=true` makes that a failure (see the test setup). */
export const describeWithKafka: jest.Describe = ((name: string, suite: () => void) =>
  testBrokers().length > 0 ? describe(name, suite) : describe.skip(`${name} (skipped: no Kafka)`, suite)) as jest.Describe;
