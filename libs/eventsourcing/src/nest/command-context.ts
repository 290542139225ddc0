import type { CommandBus } from '@nestjs/cqrs';
import type { CommandRequest, Outcome } from '../run/command';

const requests = new WeakMap<object, CommandRequest>();

/**
 * Sends a command over the bus with what comes with it from outside. The command stays what the caller asked for, and nothing
 * else: who asks and under which id goes beside it.
 */
export function dispatch<S>(bus: CommandBus, command: object, request: CommandRequest): Promise<Outcome<S>> {
  requests.set(command, request);
  return bus.execute<never, Outcome<S>>(command as never);
}

/** What came with a command; a command that was not sent with `dispatch` is a mistake in the code that sent it. */
export function requestOf(command: object): CommandRequest {
  const request = requests.get(command);
  if (!request) throw new Error(`${command.constructor.name} has to be sent with dispatch().`);
  return request;
}
