import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../../local/package-root';

/**
 * Whoever makes the load, in a process of its own, so that its work is not taken for the system's. It takes orders of type O and
 * reports R about each; its script calls `serveLoad`.
 */
export class LoadProcess<O extends object, R extends object> {
  private readonly child: ChildProcess;

  /**
   * From what is built, also when this runs from the sources: the system that is loaded has been built a moment ago.
   * @param script its path below `tools/retail/bench`, without the ending
   */
  constructor(script: string) {
    this.child = fork(join(packageRoot(), 'dist', 'tools', 'retail', 'bench', `${script}.js`), { execArgv: [] });
  }

  /** @throws Error when it does not come to its end */
  async run(order: O): Promise<R> {
    const answer = once(this.child, 'message');
    const died = once(this.child, 'exit').then(() => {
      throw new Error('The load generator has ended.');
    });
    this.child.send(order);
    const [report] = (await Promise.race([answer, died])) as [R | { failed: string }];
    died.catch(() => undefined);
    if ('failed' in report) throw new Error(`The load generator: ${report.failed}`);
    return report;
  }

  stop(): Promise<void> {
    this.child.disconnect();
    return Promise.resolve();
  }
}

/** The other side: carries orders out, one after the other, for as long as whoever started this process wants. */
export function serveLoad(carryOut: (order: never) => Promise<object>): void {
  process.on('message', (order) => {
    void carryOut(order as never).then(
      (report) => process.send?.(report),
      (error: unknown) => process.send?.({ failed: String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
