import type { Readable } from 'node:stream';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem';

export const CSV = 'text/csv';

/** A file on its way in: it is read while it comes, however long it is. */
export class CsvUpload {
  constructor(readonly rows: Readable) {}

  /** A request is known again by its body; what is not read yet says nothing. */
  toJSON(): string {
    return CSV;
  }
}

/** Says of a route that its body is a CSV file, and not JSON; the handler takes it as `@Body() upload: unknown`. */
export function TakesCsv(columns: string): MethodDecorator {
  return applyDecorators(
    RouteConfig({ [CSV]: true }),
    ApiConsumes(CSV),
    ApiBody({ schema: { type: 'string', description: columns } }),
  );
}

/** The file of a route that `TakesCsv`. @throws Problem 400 `csv-required` when none came */
export function csvIn(body: unknown): Readable {
  if (body instanceof CsvUpload) return body.rows;
  throw new Problem({
    status: 400,
    code: 'csv-required',
    detail: 'The body is no CSV file.',
    remedy: `Send the file as it is, with content-type ${CSV}.`,
  });
}

/** Lets CSV files through to the routes that take them. */
export function takeCsv(server: FastifyInstance): void {
  server.addContentTypeParser(CSV, (request: FastifyRequest, file: Readable, done) => {
    const takesIt = (request.routeOptions.config as unknown as Record<string, unknown>)[CSV] === true;
    if (takesIt) done(null, new CsvUpload(file));
    else done(jsonRequired());
  });
}

function jsonRequired(): Problem {
  return new Problem({
    status: 415,
    code: 'unsupported-media-type',
    detail: `This route takes no ${CSV}.`,
    remedy: 'Send the body as content-type application/json.',
  });
}
