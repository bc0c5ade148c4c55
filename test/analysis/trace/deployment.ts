import { readQuestion } from '../../../lib/analysis/trace/question';
import type { TraceReport } from '../../../lib/analysis/trace/trace';
import { outputOf } from '../../../lib/cli/output';
import { tracer } from '../../../lib/cli/trace/tracer';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import type { TerraformBlock } from '../../../lib/documents/terraform';
import type { WebRequestOptions } from '../../../lib/documents/web-request';
import { production } from '../../support/production';

const config = 'config/production.yaml';
const output = outputOf(production);
const inProduction = tracer(production, config);

/** A mistake in the documents of production. */
export type TraceFault = (output: Output) => Output;

/** A request through production. */
export function traced(request: string, options: WebRequestOptions = {}): TraceReport {
  return inProduction(readQuestion(request.split(' '), options));
}

/** A request through production with a mistake in its documents. */
export function tracedWith(fault: TraceFault, request: string, options: WebRequestOptions = {}): TraceReport {
  return tracer(production, config, fault(output))(readQuestion(request.split(' '), options));
}

/** Resources of Terraform whose name begins with a text, changed or left out. */
export function resources(
  type: string,
  beginning: string,
  change: (body: TerraformBlock) => TerraformBlock | undefined,
): TraceFault {
  return (all) => ({
    ...all,
    stacks: all.stacks.map(({ file, configuration }) => {
      const bodies = Object.entries(configuration.resource[type] ?? {});
      if (!bodies.some(([name]) => name.startsWith(beginning))) throw new Error(`no ${type}.${beginning}`);
      const changed = bodies.flatMap(([name, body]) => {
        const now = name.startsWith(beginning) ? change(body) : body;
        return now === undefined ? [] : [[name, now] as const];
      });
      const resource = { ...configuration.resource, [type]: Object.fromEntries(changed) };
      return { file, configuration: { ...configuration, resource } };
    }),
  });
}

/** An object with a text in it replaced, or left out. */
export function object(kind: string, name: string, find: string, replace?: string): TraceFault {
  return (all) => {
    const isIt = (each: KubernetesObject) => each.kind === kind && each.metadata.name === name;
    if (!all.objects.some((each) => isIt(each.object))) throw new Error(`no ${kind} ${name}`);
    return {
      ...all,
      objects: all.objects.flatMap((each) => {
        if (!isIt(each.object)) return [each];
        if (replace === undefined) return [];
        const text = JSON.stringify(each.object);
        if (!text.includes(find)) throw new Error(`${kind} ${name} has no ${find}`);
        return [{ ...each, object: JSON.parse(text.replaceAll(find, replace)) as KubernetesObject }];
      }),
    };
  };
}

/** The script of a node with a text in it replaced. */
export function script(node: string, find: RegExp, replace: string): TraceFault {
  return (all) => {
    const file = `nodes/${node}.sh`;
    const text = all.texts.get(file) ?? '';
    if (!find.test(text)) throw new Error(`${file} has no ${find}`);
    return { ...all, texts: new Map([...all.texts, [file, text.replaceAll(find, replace)]]) };
  };
}

/** A rule of Cloudflare's that comes before the others of its phase. */
export function edgeRule(phase: string, rule: TerraformBlock): TraceFault {
  return resources('cloudflare_ruleset', phase, (body) => ({
    ...body,
    rules: [rule as Json, ...(body['rules'] as readonly Json[])],
  }));
}

/** The step that stops a request: its key, what it names, and what lets the request through. */
export function stopOf({ outcome, steps }: TraceReport) {
  const last = steps.at(-1);
  return { outcome, key: last?.key, reason: last?.reason, fix: last?.fix };
}
