import { readFileSync } from 'node:fs';
import { ConfigError } from '../../input/problem';
import { setYamlValue } from '../../input/yaml-edit';
import { fileChanges } from '../../output/changes';
import { rewriteFile } from '../../output/replace';
import { fieldManager } from '../cluster/field-owners';
import { OperationError } from '../error';
import type { Kubectl } from '../kubectl';
import { checkSecrets, secretAt } from './check';
import { type ComparedSecret, compareSecrets } from './compare';
import { sections } from './contract';
import { annotations, readLiveSecrets } from './live-secrets';
import { loadContract } from './operate';
import { readSecretsFile } from './secrets-file';

/** The Secrets that an apply would write, and the revisions that it would raise. */
export interface ApplyPlan {
  readonly namespace: string;
  /** The Secrets whose content differs from that in the cluster. */
  readonly writes: readonly ComparedSecret[];
  readonly unchanged: readonly ComparedSecret[];
  /**
   * The revisions to set in the configuration, by Secret. A higher revision restarts the workloads that read the Secret
   * at the next deployment.
   */
  readonly revisions: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/**
 * Compares the secrets file with the cluster.
 *
 * @throws ConfigError for an incomplete file, OperationError if a Secret can't be applied
 */
export async function planApply(config: string, kubectl: Kubectl): Promise<ApplyPlan> {
  const { contract } = loadContract(config);
  const file = await readSecretsFile(config, { needsKey: true });
  const problems = checkSecrets(contract, file, new Date());
  if (problems.length > 0) throw new ConfigError(problems);
  const opened = file.opened ?? [];
  const hashKey = secretAt(opened, [sections.operator, 'hash-key']);
  if (!hashKey)
    throw new OperationError(
      `${sections.operator}.hash-key is missing, which is needed to compare Secrets; run npx honeydue secrets generate.`,
    );
  const compared = compareSecrets(
    contract,
    opened,
    hashKey,
    await readLiveSecrets(kubectl, contract.namespace),
  );
  refuseTypes(contract.namespace, compared);
  const writes = compared.filter(({ state }) => state !== 'ours');
  return {
    namespace: contract.namespace,
    writes,
    unchanged: compared.filter((each) => !writes.includes(each)),
    revisions: revisionsOf(compared),
    warnings: file.warnings,
  };
}

/** @throws OperationError if the type of a Secret differs: the field is immutable */
function refuseTypes(namespace: string, compared: readonly ComparedSecret[]): void {
  const faults = compared.flatMap(({ secret: { name, type }, live }) =>
    live === undefined || live.type === type
      ? []
      : [
          `Secret ${name} has the type ${live.type} instead of ${type}, and the type of a Secret is immutable; run kubectl delete secret ${name} -n ${namespace}, and then this command again at once`,
        ],
  );
  if (faults.length > 0) throw new OperationError(faults.join('\n'));
}

/**
 * Raises the revision of each Secret whose content changes. If an earlier run was killed before it wrote the
 * configuration, the revision of the cluster is used. A new Secret keeps its revision, because no running pod reads it.
 */
function revisionsOf(compared: readonly ComparedSecret[]): Map<string, number> {
  const raised = compared.flatMap(({ secret, live, state }): [string, number][] => {
    if (secret.readers.length === 0 || live === undefined) return [];
    const stated = secret.revision ?? 0;
    const known = live.revision ?? 0;
    if (state !== 'ours') return [[secret.name, Math.max(stated, known) + 1]];
    return known > stated ? [[secret.name, known]] : [];
  });
  return new Map(raised);
}

export interface ApplyOptions {
  /** Whether to take over values that another manager has set. @default the apply fails and lists the conflicts */
  readonly forceConflicts?: boolean;
}

/** Applies the Secrets through kubectl's standard input, and then raises their revisions in the configuration. */
export async function applySecrets(
  config: string,
  { writes, namespace, revisions }: ApplyPlan,
  kubectl: Kubectl,
  { forceConflicts = false }: ApplyOptions = {},
): Promise<void> {
  if (writes.length > 0) {
    const items = writes.map((each) => manifest(each, namespace, revisions.get(each.secret.name)));
    const args = [
      'apply',
      '--server-side',
      `--field-manager=${fieldManager}`,
      ...(forceConflicts ? ['--force-conflicts'] : []),
      '-f',
      '-',
    ];
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { status, stderr } = await kubectl.run(args, { input });
    if (status !== 0)
      throw new OperationError(
        `kubectl apply failed:\n${masked(stderr, writes).trimEnd()}${wayOut(forceConflicts)}`,
      );
  }
  raise(config, revisions);
}

function wayOut(forced: boolean): string {
  return forced
    ? ''
    : '\nIf these are conflicts with another manager, --force-conflicts takes over its values. Run the command again to apply the remaining Secrets.';
}

function manifest({ secret, data, hash }: ComparedSecret, namespace: string, revision: number | undefined) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: secret.type,
    metadata: {
      name: secret.name,
      namespace,
      annotations: {
        [annotations.hash]: hash,
        [annotations.revision]: String(revision ?? secret.revision ?? 0),
      },
    },
    data: Object.fromEntries(
      [...(data ?? [])].map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  };
}

/** The API server's messages contain no values; this masks them if a future version does. */
function masked(text: string, writes: readonly ComparedSecret[]): string {
  const values = writes.flatMap(({ data }) => [...(data ?? new Map<string, string>()).values()]);
  const forms = values.flatMap((value) => [
    value,
    Buffer.from(value).toString('base64'),
    JSON.stringify(value).slice(1, -1),
  ]);
  return forms
    .filter((form) => form.length > 3)
    .reduce((before, form) => before.replaceAll(form, '***'), text);
}

function raise(config: string, revisions: ReadonlyMap<string, number>): void {
  if (revisions.size === 0) return;
  const text = readFileSync(config, 'utf8');
  const edited = [...revisions].reduce(
    (before, [name, revision]) => setYamlValue(before, ['secrets', name, 'revision'], revision),
    text,
  );
  rewriteFile(config, edited, fileChanges);
}
