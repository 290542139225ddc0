/**
 * What our programs are started with, as `package.json` and the Dockerfile have it (ADR 47): most of what a request makes is gone before
 * it would be moved to the old generation, and one thread helps V8 and not four, which wait for cores longer than they run.
 */
export const NODE_FLAGS = ['--max-semi-space-size=64', '--v8-pool-size=1'];
