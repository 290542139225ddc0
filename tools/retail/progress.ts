/** Where progress is shown: the standard error stream, or a stand-in. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** How much of the work is done. */
export interface Sofar {
  done: number;
  total: number;
  /** What is counted, in the plural: `rows`. */
  unit: string;
}

const EVERY_MS = 200;
/** A log file wants a line now and then, not a moving bar. */
const EVERY_MS_IN_A_LOG = 5000;
const BAR_WIDTH = 30;
const WHOLE_LINE = '\r\u001b[K';

/** A bar that moves on a terminal, and a line now and then elsewhere. */
export class Progress {
  private readonly began = performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly screen: Screen,
    private readonly sofar: () => Sofar,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.show(), this.screen.isTTY ? EVERY_MS : EVERY_MS_IN_A_LOG);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.show();
    if (this.screen.isTTY) this.screen.write('\n');
  }

  /** Says something without tearing the bar. */
  say(sentence: string): void {
    this.screen.write(this.screen.isTTY ? `${WHOLE_LINE}${sentence}\n` : `${sentence}\n`);
  }

  private show(): void {
    const line = progressLine(this.sofar(), (performance.now() - this.began) / 1000);
    this.screen.write(this.screen.isTTY ? `${WHOLE_LINE}${line}` : `${line}\n`);
  }
}

/** `[=====     ]  50 %  38,814 of 77,628 rows  4,312 rows/s  9 s left` */
export function progressLine({ done, total, unit }: Sofar, seconds: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const bar = '='.repeat(Math.round(part * BAR_WIDTH)).padEnd(BAR_WIDTH);
  const speed = seconds > 0 ? done / seconds : 0;
  const left = part < 1 && speed > 0 ? `  ${Math.ceil((total - done) / speed)} s left` : '';
  const count = (number: number): string => Math.round(number).toLocaleString('en-US');
  const percent = `${Math.floor(part * 100)} %`.padStart(5);
  return `[${bar}] ${percent}  ${count(done)} of ${count(total)} ${unit}  ${count(speed)} ${unit}/s${left}`;
}
