import { join } from 'node:path';
import { Drill } from '../lib/analysis/drill/drill';
import { type Synthesis, synthesize } from '../lib/cli/synthesize';
import { drillFacts } from '../lib/deployment/checks/drill-facts';
import { drillText } from '../lib/report/drill';
import { withGrown } from './grown';
import { median } from './measure';

/** Processor time, in milliseconds, of a drill and of printing its text. The synth is not included. */
export interface DrillTimes {
  readonly cold: number;
  readonly warm: number;
}

/** Measures the drill of production. */
export function measureDrill(root: string, rounds: number): DrillTimes {
  return timesOf(synthesize(join(root, 'config', 'production.yaml')), rounds);
}

/** Measures the drill of a deployment with the given number of services. */
export function measureGrownDrill(root: string, services: number, rounds: number): DrillTimes {
  return timesOf(
    withGrown(root, services, (path) => synthesize(path)),
    rounds,
  );
}

function timesOf({ model, documents }: Synthesis, rounds: number): DrillTimes {
  const once = (): number => {
    const before = process.cpuUsage();
    const objects = documents.map(({ object }) => object);
    const drill = Drill.of(objects, drillFacts(model));
    drillText(drill, () => undefined);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const cold = once();
  return { cold, warm: median(Array.from({ length: rounds }, once)) };
}
