import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import { type NotFound, notFound, type OpenValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { findWorkload } from './running-workload';

/** The running metrics agent. */
export interface RunningAgent {
  /** `deployment/vmagent` */
  readonly name: string;
  readonly pod: PodSpec;
  readonly container: Container;
  /** The values of the agent's flags, by their names without dashes. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

/** The running agent of a configuration, or the reason why there is none. */
export async function runningAgent(
  { deployment }: OpenValue,
  namespace: RunningNamespace,
): Promise<RunningAgent | NotFound> {
  const agent = agentName(deployment);
  if (agent === undefined)
    return notFound('missing', 'the configuration has no workload of kind MetricsAgent');
  const running = await findWorkload({ path: ['workloads', agent], deployment }, namespace);
  if ('kind' in running) return running;
  const { workload, container } = running;
  const { command = [], args = [] } = container;
  return { name: workload.name, pod: workload.pod, container, flags: readFlags([...command, ...args]) };
}

export function agentName({ workloads }: OpenValue['deployment']): string | undefined {
  return Object.entries(workloads).find(([, { kind }]) => kind === 'MetricsAgent')?.[0];
}

/** Reads flags in the forms of Go programs: `-name=value`, `--name=value`, `-name value`. */
function readFlags(args: readonly string[]): Map<string, string[]> {
  const flags = new Map<string, string[]>();
  for (const [index, argument] of args.entries()) {
    const [, name, value] = /^--?([\w.]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const next = args[index + 1] ?? '';
    flags.set(name, [...(flags.get(name) ?? []), value ?? (next.startsWith('-') ? '' : next)]);
  }
  return flags;
}

/** The object that a file in a container comes from, and the key in this object. */
export interface FileOrigin {
  readonly secret?: string;
  readonly configMap?: string;
  readonly key: string;
}

/** Finds the object that a file in a container comes from. Undefined for a file of the image. */
export function fileOrigin(
  { volumes = [] }: PodSpec,
  { volumeMounts = [] }: Container,
  file: string,
): FileOrigin | undefined {
  const mount = volumeMounts
    .filter(({ mountPath = '' }) => file === mountPath || file.startsWith(`${mountPath.replace(/\/$/, '')}/`))
    .toSorted((a, b) => (b.mountPath ?? '').length - (a.mountPath ?? '').length)[0];
  const { secret, configMap } = volumes.find(({ name }) => name === mount?.name) ?? {};
  const name = mount?.subPath ?? file.slice((mount?.mountPath ?? '').replace(/\/$/, '').length + 1);
  const items = secret?.items ?? configMap?.items;
  const key = items === undefined ? name : items.find(({ path }) => path === name)?.key;
  if (key === undefined) return undefined;
  if (secret?.secretName !== undefined) return { secret: secret.secretName, key };
  return configMap?.name === undefined ? undefined : { configMap: configMap.name, key };
}
