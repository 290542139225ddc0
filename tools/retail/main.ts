import 'reflect-metadata';
import { COMMANDS } from './commands';
import { say, UsageError } from './command';

const HELP = new Set(['help', '--help', '-h', undefined]);

function help(): string {
  const lines = Object.entries(COMMANDS).map(([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(72)} ${summary}`);
  return ['retail <command> [options]', '', ...lines].join('\n');
}

async function main([name, ...args]: string[]): Promise<number> {
  if (HELP.has(name)) {
    process.stdout.write(`${help()}\n`);
    return 0;
  }
  const command = COMMANDS[name ?? ''];
  if (!command) throw new UsageError(`There is no command "${name ?? ''}". See retail --help.`);
  return command.run(args);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const { code } = error as { code?: string };
    const askedWrongly = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = askedWrongly ? 2 : 1;
  },
);
