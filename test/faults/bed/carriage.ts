import { KafkaClient, type Outgoing } from '#libs/eventsourcing/parts';
import { befall, type Mishap } from './mishap';

/** Puts something between the notebook's relay in this process and its broker; gives the function that takes it away. */
export function intercept(
  carry: (lanes: readonly Outgoing[], send: (lanes: readonly Outgoing[]) => Promise<void>) => Promise<void>,
): () => void {
  const { publish } = KafkaClient.prototype;
  KafkaClient.prototype.publish = function (topic, batches) {
    const send = (lanes: readonly Outgoing[]): Promise<void> => publish.call(this, topic, lanes);
    return topic.endsWith('.notebook.v1') ? carry(batches, send) : send(batches);
  };
  return () => {
    KafkaClient.prototype.publish = publish;
  };
}

/** Lets the relay of a prone process meet the mishaps of the lines that it sends. */
export function exposeRelay(): void {
  intercept(async (lanes, send) => {
    const all = lanes.flatMap(({ messages }) => messages.map(({ value }) => mishapIn(value)));
    befall(
      'relay',
      all.find((mishap) => mishap === 'stop-relay'),
    );
    await send(lanes);
    befall(
      'relay',
      all.find((mishap) => mishap === 'kill-relay'),
    );
  });
}

function mishapIn(value: string): Mishap | undefined {
  return /"mishap":"([a-z-]+)"/.exec(value)?.[1] as Mishap | undefined;
}
