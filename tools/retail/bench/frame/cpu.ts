import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time for /proc in hundredths of a second, on every platform that Node knows. */
const MS_PER_TICK = 10;

/** Who of a system spends processor time. */
export type Part = 'node' | 'postgres' | 'kafka';

/** One process and what it has spent, with those of its children that have ended. */
export interface Spender {
  pid: number;
  part: Part;
  /** User and system time, all threads. */
  ms: number;
}

interface Stat {
  pid: number;
  parent: number;
  name: string;
  ms: number;
}

/** Every process below one, and itself: a system that was started by it. Without /proc there is none. */
export function spenders(root: number): Spender[] {
  const all = processes();
  const family = new Set([root]);
  // Parents may be listed after their children: until nobody is added any more.
  for (let known = 0; known !== family.size;) {
    known = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => family.has(pid)).map(({ pid, name, ms }) => ({ pid, ms, part: partOf(name) }));
}

/** What each part has spent between two looks. Who ended meanwhile is in what its parent has spent. */
export function spentBetween(before: readonly Spender[], after: readonly Spender[]): Record<Part, number> {
  const spent: Record<Part, number> = { node: 0, postgres: 0, kafka: 0 };
  for (const { part, ms } of after) spent[part] += ms;
  for (const { part, ms } of before) spent[part] -= ms;
  return spent;
}

function partOf(name: string): Part {
  if (name === 'postgres') return 'postgres';
  return name === 'java' ? 'kafka' : 'node';
}

function processes(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(Number(pid)) ?? []);
}

/** Undefined when it ended between the list and the look. */
function statOf(pid: number): Stat | undefined {
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The name is in parentheses and may hold any character, so that fields are counted from the last one of them. */
export function parseStat(pid: number, text: string): Stat {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  const fields = text.slice(close + 2).split(' ');
  // User, system, and the same of children that were waited for: fields 14 to 17 of proc(5), the state being the third.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: Number(fields[1]), name: text.slice(open + 1, close), ms: ticks * MS_PER_TICK };
}
