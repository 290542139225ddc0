import { Inject, Injectable, type Type } from '@nestjs/common';
import { CommandHandler, QueryHandler } from '@nestjs/cqrs';
import type { CommandBinding, Outcome } from '../run/command';
import type { QueryBinding } from './bindings';
import { requestOf } from './command-context';
import { ServiceRuntime } from './service-runtime';

/** Makes the `@nestjs/cqrs` handler of a command: all of them do the same, so nobody writes them. */
export function commandHandler(binding: CommandBinding): Type {
  class Handler {
    constructor(private readonly runtime: ServiceRuntime) {}
    execute(command: object): Promise<Outcome> {
      return this.runtime.run(command, requestOf(command));
    }
  }
  CommandHandler(binding.command as never)(Handler);
  return named(Handler, `${binding.command.name}Handler`);
}

/** Makes the `@nestjs/cqrs` handler of a query. */
export function queryHandler({ query, answer }: QueryBinding): Type {
  class Handler {
    constructor(private readonly runtime: ServiceRuntime) {}
    execute(asked: object): Promise<unknown> {
      return answer(asked, this.runtime.database.source.manager);
    }
  }
  QueryHandler(query as never)(Handler);
  return named(Handler, `${query.name}Handler`);
}

function named<T extends Type>(handler: T, name: string): T {
  Injectable()(handler);
  Inject(ServiceRuntime)(handler, undefined, 0);
  return Object.defineProperty(handler, 'name', { value: name });
}
