import { join } from 'node:path';
import { Drill } from '../lib/analysis/drill/drill';
import { synthesize } from '../lib/cli/synthesize';
import { drillFacts } from '../lib/deployment/checks/drill-facts';
import { drillText } from '../lib/report/drill';
import { median } from './measure';

/** The processor time of a drill of production in milliseconds, without its synth: cold and warm. */
export function measureDrill(root: string, rounds: number): { cold: number; warm: number } {
  const { model, documents } = synthesize(join(root, 'config', 'production.yaml'));
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
