import 'reflect-metadata';
import { COMMANDS } from './commands';
import { printJson, say, UsageError } from './command';

const HELP = new Set(['help', '--help', '-h', undefined]);

function help(): string {
  const lines = Object.entries(COMMANDS).map(([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(72)} ${summary}`);
  return ['retail <command> [options]', '', ...lines].join('\n');
}

async function main([name, ...rest]: string[]): Promise<number> {
  if (HELP.has(name)) {
    process.stdout.write(`${help()}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name ?? ''] : undefined;
  if (!command) throw new UsageError(`There is no command "${name ?? ''}". See retail --help.`);
  return command.run(rest);
}

/** Every way to end has its status, and with `--json` its one object. */
function failed(error: unknown, args: string[]): number {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const askedWrongly = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
  say(message);
  if (args.includes('--json')) printJson({ ok: false, code: askedWrongly ? 'usage' : 'failed', detail: message });
  return askedWrongly ? 2 : 1;
}

const args = process.argv.slice(2);
void main(args)
  .catch((error: unknown) => failed(error, args))
  .then((status) => (process.exitCode = status));
