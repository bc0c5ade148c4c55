import { impact } from '../lib/analysis/impact/impact';
import { outputOf } from '../lib/cli/output';
import { synthesize } from '../lib/cli/synthesize';
import { topologyOf } from '../lib/deployment/model/addresses';
import { impactText } from '../lib/report/impact';
import { withGrown } from './grown';
import { median } from './measure';

/** Processor time, in seconds, of a comparison of two outputs. */
export interface ImpactTime {
  readonly services: number;
  readonly cold: number;
  readonly warm: number;
}

/** Compares an output with a changed copy. The change affects the pods, policies and hosts of every service. */
export function measureImpact(root: string, services: number, rounds: number): ImpactTime {
  const outputOfEdited = (edit: (deployment: string) => string) =>
    withGrown(
      root,
      services,
      (path) => {
        const synthesis = synthesize(path);
        return { output: outputOf(synthesis), topology: topologyOf(synthesis.model) };
      },
      edit,
    );
  const base = outputOfEdited((text) => text);
  const head = outputOfEdited((text) =>
    text.replace('https://api.myhoneydue.com/api', 'https://api.example.com/api'),
  );
  // Removes one connection, so that the connections of both outputs are analysed.
  const [first] = head.output.objects.filter(({ object }) => object.kind === 'NetworkPolicy').slice(-1);
  const output = { ...head.output, objects: head.output.objects.filter((each) => each !== first) };
  const once = (): number => {
    const before = process.cpuUsage();
    const found = impact(base.output, output, head.topology);
    impactText({ ...found, base: 'base', head: 'head', open: [], unused: [] });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const cold = once();
  return { services, cold, warm: median(Array.from({ length: rounds }, once)) };
}
