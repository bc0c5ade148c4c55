import type { Kubectl } from '../kubectl';

/** The annotations that `secrets apply` sets on Secrets. */
export const annotations = { hash: 'honeydue/content-hash', revision: 'honeydue/secret-revision' } as const;

/** The manager that set a Secret's values, from managedFields. */
export interface DataOwner {
  readonly manager: string;
  /** Such as `2026-05-15T08:00:00Z`. */
  readonly time: string;
  readonly keys: readonly string[];
}

/** A Secret in the cluster, without its values. */
export interface LiveSecret {
  readonly name: string;
  readonly type: string;
  readonly hash: string | undefined;
  readonly revision: number | undefined;
  readonly keys: readonly string[];
  readonly owners: readonly DataOwner[];
}

/**
 * A Go template, so that the values never leave kubectl. Each line has tab-separated columns: name, type, hash,
 * revision, keys, and the owners of keys as `manager=time=f:KEY,f:KEY;`.
 */
const template = [
  '{{range .items}}{{.metadata.name}}{{"\\t"}}{{.type}}{{"\\t"}}',
  ...Object.values(annotations).map(
    (name) => `{{with .metadata.annotations}}{{with index . "${name}"}}{{.}}{{end}}{{end}}{{"\\t"}}`,
  ),
  '{{range $key, $value := .data}}{{$key}} {{end}}{{"\\t"}}',
  '{{range .metadata.managedFields}}{{$owner := .}}{{with .fieldsV1}}{{with index . "f:data"}}',
  '{{$owner.manager}}={{$owner.time}}={{range $key, $value := .}}{{$key}},{{end}};{{end}}{{end}}{{end}}{{"\\n"}}{{end}}',
].join('');

/** The Secrets of a namespace, without their values. */
export async function readLiveSecrets(kubectl: Kubectl, namespace: string): Promise<LiveSecret[]> {
  const text = await kubectl.read([
    'get',
    'secrets',
    `--namespace=${namespace}`,
    '-o',
    `go-template=${template}`,
  ]);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', type = '', hash = '', revision = '', keys = '', owners = ''] = line.split('\t');
      return {
        ...{ name, type, hash: hash || undefined, revision: revision === '' ? undefined : Number(revision) },
        keys: keys.split(' ').filter((key) => key !== ''),
        owners: owners
          .split(';')
          .filter((each) => each !== '')
          .map(ownerOf),
      };
    });
}

/** Field sets contain `.` for the map itself. */
function ownerOf(text: string): DataOwner {
  const [manager = '', time = '', fields = ''] = text.split('=');
  const keys = fields.split(',').filter((field) => field.startsWith('f:'));
  return { manager, time, keys: keys.map((field) => field.slice(2)) };
}
