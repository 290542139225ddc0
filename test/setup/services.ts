import { randomUUID } from 'node:crypto';
import { Module, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { dispatch, eventSourced, type CommandBinding } from '#libs/eventsourcing';
import { openTestPool, testDatabaseUrl } from '#libs/eventsourcing/testing';
import { createApp, loadConfig } from '#libs/platform';

/** An answer over HTTP. */
export interface Reply<T> {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: T;
}

/** Services at work on a database of their own, spoken to without a socket. */
export interface Running {
  app: NestFastifyApplication;
  /** A write has a fresh Idempotency-Key unless the headers bring one. */
  call<T>(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, headers?: Record<string, string>): Promise<Reply<T>>;
  /** Carries a command out that a process would send. */
  carryOut(command: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the modules of services in one process, on a fresh database, with the logs themselves as the bus. */
export async function run(...services: Type[]): Promise<Running> {
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const pool = openTestPool(1);
  await pool.query(`CREATE DATABASE ${database}`);
  const url = new URL(testDatabaseUrl());
  url.pathname = database;
  const running = await runOn(url.href, ...services);
  const stop = async (): Promise<void> => {
    await running.stop();
    await pool.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await pool.end();
  };
  return { ...running, stop };
}

/** The same on a database that is there, and stays. */
export async function runOn(databaseUrl: string, ...services: Type[]): Promise<Running> {
  class Together {}
  Module({ imports: services })(Together);
  const app = await createApp(Together, loadConfig({ DATABASE_URL: databaseUrl, BUS: 'postgres', LOG_LEVEL: 'silent' }));
  await app.init();
  return { app, stop: () => app.close(), carryOut: carryOutBy(app), call: callOn(app) };
}

function callOn(app: NestFastifyApplication): Running['call'] {
  return async (method, url, payload, more = {}) => {
    const headers = { ...(method !== 'GET' && { 'idempotency-key': randomUUID() }), ...more };
    const {
      statusCode: status,
      headers: answered,
      body,
    } = await app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status, headers: answered, body: JSON.parse(body) as never };
  };
}

function carryOutBy(app: NestFastifyApplication): Running['carryOut'] {
  return async (command) => {
    const request = { commandId: randomUUID(), by: 'test', now: '2026-01-02T03:04:05.678Z' };
    await dispatch(app.get(CommandBus, { strict: false }), command, request);
  };
}

/** Makes the stand-in for another service say something: `say('product:TEA', 'ProductListed', {...})`. */
export type Say = (stream: string, type: string, data: object) => Promise<void>;

/** A stand-in for a service that others listen to: a log that says whatever it is told to say. */
export function standIn(service: string): { module: Type; sayIn: (running: Running) => Say } {
  class Utter {
    category = '';
    id = '';
    type = '';
    data: object = {};
  }
  const binding: CommandBinding<Utter> = {
    command: Utter,
    streams: ({ category, id }) => [{ aggregate: { category, initial: {}, evolve: {} }, id }],
    decide: ({ category, id, type, data }) => [{ stream: `${category}:${id}`, events: [{ type, data }] }],
  };
  class StandIn {}
  Module(eventSourced({ service, commands: [binding as unknown as CommandBinding] }))(StandIn);
  const sayIn =
    (running: Running): Say =>
    (stream, type, data) => {
      const [category = '', ...id] = stream.split(':');
      return running.carryOut(Object.assign(new Utter(), { category, id: id.join(':'), type, data }));
    };
  return { module: StandIn, sayIn };
}
