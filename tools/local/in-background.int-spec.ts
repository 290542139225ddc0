import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inBackground, type Command } from './in-background';

/** Says its policy (field 41 of its status, see proc_pid_stat(5); 3 is SCHED_BATCH, 0 the usual one) and its number. */
const SPEAKER: Command = { file: 'sh', args: ['-c', 'cut -d" " -f41 /proc/$$/stat; echo $$'] };

async function heard({ file, args }: Command): Promise<{ said: string; pid: number | undefined }> {
  const child = spawn(file, [...args]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return { said, pid: child.pid };
}

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('a server that works in the background', () => {
  onLinux('does not push others aside, and is found under the number that its starter had', async () => {
    const { said, pid } = await heard(await inBackground(SPEAKER));
    expect(said).toBe(`3\n${pid}\n`);
  });

  onLinux('is started as usual where the system has no such starter', async () => {
    const command = await inBackground(SPEAKER, ['no-such-program']);
    expect((await heard(command)).said).toMatch(/^0\n/);
  });
});
