import { COMMANDS } from './commands';
import { print, printJson, say, UsageError } from './command';
import { Refused } from './system/problem';

const HELP = new Set(['help', '--help', '-h', undefined]);

/** Does what `retail` is asked for; gives the exit status. */
export function runCommand(args: string[]): Promise<number> {
  return ending(() => run(args), args);
}

/** Every way to end has its status, and with `--json` its one object. */
export async function ending(work: () => Promise<number>, args: readonly string[]): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return failed(error, args);
  }
}

async function run([name, ...rest]: string[]): Promise<number> {
  if (HELP.has(name)) {
    print(help());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name ?? ''] : undefined;
  if (!command) throw new UsageError(`There is no command "${name ?? ''}". See retail --help.`);
  return command.run(rest);
}

function help(): string {
  const lines = Object.entries(COMMANDS).map(([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(72)} ${summary}`);
  return ['retail <command> [options]', '', ...lines].join('\n');
}

function failed(error: unknown, args: readonly string[]): number {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const askedWrongly = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
  say(message);
  if (args.includes('--json')) {
    if (error instanceof Refused) printJson({ ok: false, ...error.problem });
    else printJson({ ok: false, code: askedWrongly ? 'usage' : 'failed', detail: message });
  }
  return askedWrongly ? 2 : 1;
}
