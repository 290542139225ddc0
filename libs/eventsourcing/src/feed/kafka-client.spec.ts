import type { Admin } from 'kafkajs';
import { KafkaClient } from './kafka-client';

const NOT_THE_LEADER = new Error('This server is not the leader for that topic-partition');

/** A client of brokers that say these things in turn when they are asked for the offsets of a topic. */
function clientOf(...answers: (Error | { partition: number; high: string }[])[]): { client: KafkaClient; admins: () => number } {
  const client = new KafkaClient({ brokers: ['localhost:1'], clientId: 'test', log: () => undefined });
  const nothing = (): Promise<void> => Promise.resolve();
  const admin = jest.spyOn(client.kafka, 'admin').mockImplementation(() => {
    const answer = answers.shift() ?? NOT_THE_LEADER;
    const fetchTopicOffsets = (): Promise<unknown> =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    return { connect: nothing, disconnect: nothing, fetchTopicOffsets } as unknown as Admin;
  });
  return { client, admins: () => admin.mock.calls.length };
}

describe('where a topic ends', () => {
  it('asks again, and afresh who leads, when a broker does not lead the partition yet', async () => {
    const { client, admins } = clientOf(NOT_THE_LEADER, NOT_THE_LEADER, [{ partition: 0, high: '7' }]);

    await expect(client.ends('bar.v1')).resolves.toEqual([{ partition: 0, end: 7 }]);
    expect(admins()).toBe(3);
  });

  it('is asked before a log is taken for the topic’s own', async () => {
    const { client } = clientOf(NOT_THE_LEADER, [{ partition: 0, high: '7' }], NOT_THE_LEADER, [{ partition: 0, high: '7' }]);

    await expect(client.assertOurs('bar.v1', [0])).rejects.toThrow('events of another log');
    await client.assertOurs('bar.v1', [7]);
  });
});
