import { join } from 'node:path';
import { DataFolder } from '../local/data-folder';
import { LocalKafka } from '../local/kafka';
import { packageRoot } from '../local/package-root';

const say = (message: string): void => console.error(message);

/** Starts the broker of a data folder and leaves it running. @throws Error when a system runs from there, or there is no Java */
export async function startByHand(dataDir: string): Promise<void> {
  const folder = await freeFolder(dataDir);
  const home = join(packageRoot(), 'tools', 'kafka');
  if (!(await LocalKafka.isPossible(home))) throw new Error('Kafka needs Java 17 and, to fetch it, Maven.');
  const kafka = new LocalKafka({ folder: join(folder.path, 'kafka'), home, say });
  // Marked as ours, so that `retail start` takes the folder as it is.
  await folder.take(false);
  const address = await kafka.start();
  await folder.release();
  say(`Kafka listens on ${address}. To stop it: node tools/kafka/stop.mjs`);
}

/** Stops the broker that `startByHand`, or a run that was killed, left running. */
export async function stopByHand(dataDir: string): Promise<void> {
  const folder = await freeFolder(dataDir);
  const stopped = await LocalKafka.stopLeftBehind(join(folder.path, 'kafka'), () => undefined);
  say(stopped ? 'Kafka has stopped.' : `No Kafka of ${folder.path} is running.`);
}

async function freeFolder(dataDir: string): Promise<DataFolder> {
  const folder = new DataFolder(dataDir);
  await folder.assertFree();
  return folder;
}
