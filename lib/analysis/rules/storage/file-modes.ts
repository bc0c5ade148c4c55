import type { KeyToPath, Volume } from '../../../../imports/kubernetes/kinds';
import { textOf } from '../../../documents/source-text';
import { pods } from '../parts';
import { type Fault, rule } from '../rule';

const most = 0o777;

export const fileModes = rule({
  id: 'file-modes',
  sentence: 'The file modes of a volume are from 0 to 0777.',
  why: 'The API server refuses the pod. YAML reads 600 as decimal, which is 1130 in octal.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write the mode with a leading zero: 0600.',
  parts: pods,
  faults: ({ spec: { volumes = [] } }) =>
    volumes.flatMap((volume, index) =>
      modesOf(volume, `volumes[${index}]`).flatMap(({ holder, field, path }): Fault[] => {
        const mode = (holder as Readonly<Record<string, unknown>>)[field];
        if (typeof mode !== 'number' || (mode >= 0 && mode <= most)) return [];
        const text = textOf(holder, field) ?? String(mode);
        const octal = /^[0-7]{1,3}$/.test(text) ? `. Write 0${text}` : '';
        return [
          {
            path: `${path}.${field}`,
            found: `is ${text}`,
            must: `be from 0 to 0777 (decimal ${most})${octal}`,
          },
        ];
      }),
    ),
});

/** A volume source or one of its items, and the name of the field with its file mode. */
interface Mode {
  readonly holder: object;
  readonly field: string;
  readonly path: string;
}

function modesOf({ configMap, secret, downwardAPI, projected }: Volume, path: string): Mode[] {
  const of = (name: string, source: { readonly items?: readonly KeyToPath[] } | undefined): Mode[] =>
    source === undefined
      ? []
      : [
          { holder: source, field: 'defaultMode', path: `${path}.${name}` },
          ...(source.items ?? []).map((holder, index) => ({
            ...{ holder, field: 'mode', path: `${path}.${name}.items[${index}]` },
          })),
        ];
  return [
    ...of('configMap', configMap),
    ...of('secret', secret),
    ...of('downwardAPI', downwardAPI as { readonly items?: readonly KeyToPath[] } | undefined),
    ...(projected === undefined
      ? []
      : [{ holder: projected, field: 'defaultMode', path: `${path}.projected` }]),
    ...(projected?.sources ?? []).flatMap((source, index) => [
      ...of(`projected.sources[${index}].configMap`, source.configMap),
      ...of(`projected.sources[${index}].secret`, source.secret),
    ]),
  ];
}
