import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { topicOf } from '#libs/eventsourcing/parts';
import { LOG_SERVICES } from '#libs/contracts';
import { testBrokers } from '#libs/eventsourcing/testing';
import type { TestSystem } from '../setup/system';

const NOT_OURS = ['pg_catalog', 'information_schema', 'pg_toast'];

/** Where words can still be read: every column of every table, and every byte on the topics. */
export async function placesThatSay(words: readonly string[], system: TestSystem): Promise<string[]> {
  const [tables, topics] = await Promise.all([tablesThatSay(words, system), topicsThatSay(words, system)]);
  return [...tables, ...topics].sort();
}

async function tablesThatSay(words: readonly string[], { databaseUrl }: TestSystem): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND NOT table_schema = ANY ($1)`,
    [NOT_OURS],
  );
  const found: string[] = [];
  for (const { name } of rows) {
    for (const word of words) {
      // A row as text shows bytes in hexadecimal.
      const hex = Buffer.from(word).toString('hex');
      const says = `SELECT 1 FROM ${name} AS t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0 LIMIT 1`;
      if ((await client.query(says, [word, hex])).rows.length > 0) found.push(`${name}: ${word}`);
    }
  }
  await client.end();
  return found;
}

async function topicsThatSay(words: readonly string[], system: TestSystem): Promise<string[]> {
  if (system.bus !== 'kafka') return [];
  const bytes = await bytesOnTopics(system.namespace);
  return Object.entries(bytes).flatMap(([topic, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${topic.slice(system.namespace.length + 1)}: ${word}`),
  );
}

/** Everything that the brokers hold: keys, values and headers, from the first offset to the last. */
async function bytesOnTopics(namespace: string): Promise<Record<string, string>> {
  const kafka = new Kafka({ brokers: testBrokers(), logLevel: logLevel.NOTHING });
  const topics = LOG_SERVICES.map((service) => topicOf(namespace, service));
  const admin = kafka.admin();
  await admin.connect();
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  await admin.disconnect();
  let left = ends.flat().reduce((sum, { high }) => sum + Number(high), 0);
  const bytes: Record<string, string> = {};
  const consumer = kafka.consumer({ groupId: `${namespace}.leftovers.${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = ({ topic, message }: Parameters<NonNullable<RunConfig['eachMessage']>>[0]): Promise<void> => {
      const parts = [message.key, message.value, JSON.stringify(message.headers)];
      bytes[topic] = `${bytes[topic] ?? ''}\n${parts.map((part) => part?.toString() ?? '').join('\n')}`;
      if (--left === 0) resolve();
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return bytes;
}

type RunConfig = NonNullable<Parameters<ReturnType<Kafka['consumer']>['run']>[0]>;
