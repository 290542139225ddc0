// Decorators ask for it as soon as they run, and every service imports this library first.
import 'reflect-metadata';

export { bootstrap, listen, startFault, StartError } from './app/bootstrap';
export { Clock, SystemClock } from './app/clock';
export { NeedsKeys } from './app/keys';
export { createApp, type AppOptions } from './app/create-app';
export { packageRoot } from './app/package-root';
export { Rounds } from './app/rounds';
export { callerOf, hasScope, type Caller } from './auth/caller';
export { scopeRequired } from './auth/authorize';
export { serviceToken } from './auth/tokens';
export { CONFIG, ConfigError, loadConfig, type Config } from './config/config';
export { Answer, versioned, written } from './http/answer';
export { BodyPipe } from './http/body.pipe';
export { csvIn, TakesCsv } from './http/csv';
export { instantIn, pastInstantIn } from './http/instant';
export { pageOf, pageRequest, timeKey, type CursorKey, type Page, type PageRequest } from './http/page';
export { PositionWaiters, type PositionWaiter } from './http/positions';
export { Problem, type FieldError, type ProblemDocument, type ProblemFacts } from './http/problem';
export { invalidInput, invalidRequest } from './http/problems';
export { Write, type WriteRequest } from './http/write';
export { HealthChecks, type HealthCheck, type HealthReport, type HealthResult } from './operations/health';
export { createLogger, LOGGER } from './operations/log';
export { Metrics } from './operations/metrics';
