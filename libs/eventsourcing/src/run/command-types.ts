import type { CommandBinding } from './command';

type CommandClass = new () => object;

/** The command classes of a service by their names, under which commands wait as JSON. */
export class CommandTypes {
  private readonly types = new Map<string, CommandClass>();

  constructor(bindings: readonly CommandBinding[]) {
    for (const { command } of bindings) {
      if (this.types.has(command.name)) throw new Error(`The service has two commands of the name ${command.name}.`);
      this.types.set(command.name, command);
    }
  }

  /** The name of a command's class; a command that the service does not handle is a mistake in the code that made it. */
  nameOf(command: object): string {
    const { name } = command.constructor;
    if (this.types.get(name) !== command.constructor) throw new Error(`The service does not handle ${name}.`);
    return name;
  }

  /** A command as it was before it became JSON. */
  revive(name: string, data: string): object {
    const type = this.types.get(name);
    if (!type) throw new Error(`The service handles no command of the name ${name} any more.`);
    return Object.assign(new type(), JSON.parse(data) as object);
  }
}
