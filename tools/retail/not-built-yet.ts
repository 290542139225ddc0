import { printJson, say, type Command } from './command';

/** A command whose name is fixed and which does nothing yet: it says so and ends with status 2. */
export function notBuiltYet(name: string, usage: string, summary: string): Command {
  const run = (args: string[]): Promise<number> => {
    const detail = `retail ${name} is not built yet.`;
    say(detail);
    if (args.includes('--json')) printJson({ ok: false, code: 'not-built-yet', detail });
    return Promise.resolve(2);
  };
  return { usage, summary: `${summary} (not built yet)`, run };
}
