import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../../local/package-root';
import type { LoadOrder, LoadReport } from './load';

/** The load generator, in a process of its own. */
export class LoadProcess {
  private readonly child: ChildProcess;

  /** From what is built, also when this runs from the sources: the system that is loaded has been built a moment ago. */
  constructor() {
    this.child = fork(join(packageRoot(), 'dist', 'tools', 'retail', 'bench', 'checkout', 'load.js'), { execArgv: [] });
  }

  /** @throws Error when the generator does not come to its end */
  async run(order: LoadOrder): Promise<LoadReport> {
    const answer = once(this.child, 'message');
    const died = once(this.child, 'exit').then(() => {
      throw new Error('The load generator has ended.');
    });
    this.child.send(order);
    const [report] = (await Promise.race([answer, died])) as [LoadReport | { failed: string }];
    died.catch(() => undefined);
    if ('failed' in report) throw new Error(`The load generator: ${report.failed}`);
    return report;
  }

  stop(): Promise<void> {
    this.child.disconnect();
    return Promise.resolve();
  }
}
