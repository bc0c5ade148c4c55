import { append } from '../../documents/append';
import { holdsUnresolved, placeholder } from '../../documents/unresolved';
import { nameIn, type ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

interface NamedSecretKey {
  readonly secret: string;
  readonly key: string;
  readonly purpose: string;
}

/** The names of all Secret keys, and the workloads that read them. Values are never read. */
export function secretsTable(subject: ReportSubject): ReportTable[] {
  const readers = readersOf(subject);
  const stated = statedKeys(subject);
  const known = new Set(stated.map(keyName));
  const others = [...readers.keys()].filter((each) => !known.has(each)).map(parseName);
  return reportTable({
    id: 'secrets',
    title: 'Secrets',
    about: [
      'The keys that must exist in the Secrets of the cluster. This repository does not contain their values.',
    ],
    columns: ['Secret', 'Key', 'Purpose', 'Read by'],
    rows: [...stated, ...others].map((each) => {
      const { secret, key, purpose } = each;
      const place = subject.deployment?.configured(['secrets', secret.replace(/^.*\//, ''), 'keys', key]);
      const read = [...(readers.get(keyName(each)) ?? []), ...(readers.get(`${secret}\n*`) ?? [])];
      return [secret, { text: key, place: purpose === '' ? undefined : place }, purpose, listOnce(read)];
    }),
  });
}

function statedKeys({ deployment }: ReportSubject): NamedSecretKey[] {
  return Object.entries(deployment?.model.secrets ?? {}).flatMap(([secret, { keys }]) =>
    Object.entries(keys).map(([key, purpose]) => ({ secret, key, purpose })),
  );
}

/** The names of the workloads that read each key. `*` is for workloads that read all keys. */
function readersOf(subject: ReportSubject): Map<string, string[]> {
  const { manifests } = subject.drill.cluster;
  const readers = new Map<string, string[]>();
  const own = subject.deployment?.model.namespace;
  for (const { object, value } of manifests.references.named('Secret')) {
    const { namespace, name, key = '*' } = value;
    // An unresolved name is a placeholder, not a name. The synth lists it.
    if (holdsUnresolved(object) && (name === placeholder || key === placeholder)) continue;
    const secret = own === undefined || namespace !== own ? `${namespace}/${name}` : name;
    append(readers, keyName({ secret, key }), nameIn(subject, object));
  }
  return readers;
}

function keyName({ secret, key }: Pick<NamedSecretKey, 'secret' | 'key'>): string {
  return `${secret}\n${key}`;
}

function parseName(name: string): NamedSecretKey {
  const [secret = '', key = ''] = name.split('\n');
  return { secret, key, purpose: '' };
}

function listOnce(names: readonly string[]): string {
  return [...new Set(names)].sort().join(', ');
}
