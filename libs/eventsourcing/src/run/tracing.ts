import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { Refusal } from '../vocabulary';
import type { Job } from './job';
import type { Slice } from './slice';

const NAME = 'new-retail-eventsourcing';

/** What the API gives stands for the SDK's provider, and knows whether there is one. */
interface StandIn extends TracerProvider {
  getDelegateTracer?(name: string): Tracer | undefined;
}

/** Undefined where nobody has installed an OpenTelemetry SDK: then nothing is made for nobody. */
function tracer(): Tracer | undefined {
  const provider: StandIn = trace.getTracerProvider();
  return provider.getDelegateTracer ? provider.getDelegateTracer(NAME) : provider.getTracer(NAME);
}

/**
 * Does work within a span, below whatever span is active; without an SDK it only does the work.
 * @param describe says what is told of it, asked only when somebody listens
 */
export async function traced<T>(name: string, describe: () => SpanOptions, work: () => Promise<T>): Promise<T> {
  const span = tracer()?.startSpan(name, describe());
  if (!span) return work();
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Follows a command from the moment in which it is handed in until it is answered, whatever batch carries it. `command.id` is with
 * every event that it wrote, so that an event leads to its span.
 */
export function followed(job: Job): Job {
  const { name } = job.command.constructor;
  const { commandId, by } = job.request;
  const attributes: Attributes = { 'command.name': name, 'command.id': commandId, 'command.by': by };
  const span = tracer()?.startSpan(`command ${name}`, { attributes });
  if (!span) return job;
  const { resolve, reject } = job;
  return Object.assign(job, {
    span,
    resolve: (outcome: Parameters<Job['resolve']>[0]) => {
      span.setAttributes({ position: outcome.position, duplicate: outcome.duplicate }).end();
      resolve(outcome);
    },
    reject: (error: unknown) => {
      fail(span, error);
      span.end();
      reject(error);
    },
  });
}

/** A batch is nobody's child: it links to the commands that it carries. */
export function batchOf(jobs: readonly Job[]): SpanOptions {
  const links = jobs.flatMap(({ span }) => (span ? [{ context: span.spanContext() }] : []));
  return { links, root: true, attributes: { 'batch.commands': jobs.length } };
}

/** Events that have come in are nobody's child either: what wrote them is over. */
export function consumed({ lane, through, events }: Slice): () => SpanOptions {
  return () => ({
    kind: SpanKind.CONSUMER,
    root: true,
    attributes: { lane, position: through, 'messaging.batch.message_count': events.length },
  });
}

/** A rule that says no is an answer and no fault. */
function fail(span: Span, error: unknown): void {
  if (error instanceof Refusal) {
    span.setAttribute('refused', error.code);
    return;
  }
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
