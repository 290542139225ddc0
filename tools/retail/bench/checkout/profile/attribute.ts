import { stageOf, stageOfStranger, type Frame, type Stage } from './stages';

/** A processor profile as V8 writes it. */
export interface CpuProfile {
  nodes: { id: number; callFrame: Frame & { lineNumber: number }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** A function and the share of all busy time that it took itself. */
export interface HotSpot {
  share: number;
  stage: Stage;
  name: string;
  at: string;
}

/** Which share of the busy time each stage took, and the functions that took most. */
export interface Attribution {
  shares: Map<Stage, number>;
  hotSpots: HotSpot[];
}

const IDLE = '(idle)';

/**
 * Gives every sample to the nearest function of ours that called it, by the file where that is; what nobody of ours called, to
 * the package that it is in; the rest is the runtime's: collecting garbage, polling sockets, native code.
 */
export function attribute(profile: CpuProfile): Attribution {
  const self = selfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const shares = new Map<Stage, number>();
  const spots = new Map<string, HotSpot>();
  const walk = (id: number, inherited: Stage | undefined, stranger: Stage | undefined): void => {
    const node = nodes.get(id);
    if (!node || node.callFrame.functionName === IDLE) return;
    const own = stageOf(node.callFrame) ?? inherited;
    const foreign = stageOfStranger(node.callFrame) ?? stranger;
    add({ shares, spots }, node.callFrame, { stage: own ?? foreign ?? 'runtime', time: self.get(id) ?? 0 });
    for (const child of node.children ?? []) walk(child, own, foreign);
  };
  const [root] = profile.nodes;
  if (root) walk(root.id, undefined, undefined);
  return shared(shares, [...spots.values()]);
}

interface Sums {
  shares: Map<Stage, number>;
  spots: Map<string, HotSpot>;
}

function add(
  { shares, spots }: Sums,
  frame: CpuProfile['nodes'][number]['callFrame'],
  found: { stage: Stage; time: number },
): void {
  const { stage, time } = found;
  shares.set(stage, (shares.get(stage) ?? 0) + time);
  const at = `${frame.url.replace(/^.*\/(dist|node_modules)\//, '')}:${frame.lineNumber + 1}`;
  const key = `${stage} ${frame.functionName} ${at}`;
  const spot = spots.get(key) ?? { share: 0, stage, name: frame.functionName || '(anonymous)', at };
  spots.set(key, { ...spot, share: spot.share + time });
}

function selfTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const self = new Map<number, number>();
  samples.forEach((id, n) => self.set(id, (self.get(id) ?? 0) + Math.max(0, timeDeltas[n] ?? 0)));
  return self;
}

function shared(times: Map<Stage, number>, spots: readonly HotSpot[]): Attribution {
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0) || 1;
  const shares = new Map([...times].map(([stage, time]) => [stage, time / busy]));
  const hotSpots = spots.map((spot) => ({ ...spot, share: spot.share / busy })).sort((a, b) => b.share - a.share);
  return { shares, hotSpots };
}
