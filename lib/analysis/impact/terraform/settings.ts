import type { Json } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { readConfiguration, resourcesOf } from '../../../documents/terraform';
import { type Change, changes, describeValues } from '../changes';
import type { Consequence } from '../consequence';

/** Changes outside of resources: providers, variables, locals, data, outputs, imports, modules. */
export function settings(base: Output, head: Output): Consequence[] {
  if (base.stacks.length === 0 || head.stacks.length === 0) return [];
  const [before, after] = [base, head].map(addressesOf);
  // The import of an added or removed resource is reported with the resource.
  const isInBoth = (to: string) => {
    const address = to.replace(/\[.*$/, '');
    return before?.has(address) === true && after?.has(address) === true;
  };
  const of = ({ stacks }: Output) =>
    stacks.map(({ configuration }) => {
      const {
        terraform,
        provider,
        variable,
        data,
        output,
        locals = {},
        module = {},
        ...blocks
      } = readConfiguration(configuration);
      return {
        ...{ provider, variable, data, output, locals, module },
        import: Object.fromEntries(blocks.import.flatMap(({ to, id }) => (isInBoth(to) ? [[to, id]] : []))),
        required_providers: terraform['required_providers'],
        required_version: terraform['required_version'],
      };
    });
  return changes(of(base) as unknown as Json, of(head) as unknown as Json).flatMap((change) => {
    const object = change.path.replace(/^\[\d+\]\.?/, '');
    if (isWithoutEffect(object, change)) return [];
    return { class: 'in place', side: 'terraform', object, field: '', wayOut: '', ...said(object, change) };
  });
}

/** A data source only reads, and a variable with a default needs no input. Resources that use either are reported. */
function isWithoutEffect(place: string, { before, after }: Change): boolean {
  if (before !== undefined && after !== undefined) return false;
  if (/^data\.[^.]+(\.[^.]+)?$/.test(place)) return true;
  const declared = before ?? after;
  return (
    /^variable\.[^.]+$/.test(place) &&
    typeof declared === 'object' &&
    declared !== null &&
    'default' in declared
  );
}

function addressesOf({ stacks }: Output): Set<string> {
  return new Set(
    stacks.flatMap(({ configuration }) => resourcesOf(configuration).map(({ address }) => address)),
  );
}

type Said = Pick<Consequence, 'reason'> & Partial<Pick<Consequence, 'class' | 'wayOut'>>;

function said(place: string, { before, after }: Change): Said {
  const values = describeValues(before, after);
  if (/^variable\.[^.]+$/.test(place)) {
    if (after === undefined) return { reason: 'Terraform no longer asks for the value of the variable.' };
    if (before === undefined)
      return {
        reason: `Terraform asks for the value of the variable before it plans. Its description: ${String((after as { description?: string }).description ?? 'none')}`,
      };
  }
  if (/^required_providers\.[^.]+\.(version|source)$/.test(place))
    return {
      reason: `${values}.`,
      wayOut: 'Run terraform init -upgrade, then terraform plan, which shows the effects of the new version',
    };
  if (place.startsWith('import'))
    return {
      reason: `The id ${values}. A resource that is already imported does not change${after === undefined ? '; one that is not yet imported is created a second time' : ''}.`,
    };
  if (!place.startsWith('module')) return { reason: `${values}.` };
  const isWhole = /^module(\.[^.[]+)?$/.test(place);
  if (isWhole && before === undefined)
    return { reason: 'The module is new. Its resources are not analysed.' };
  if (isWhole && after === undefined)
    return {
      class: 'lost',
      reason: 'Terraform destroys all resources of the module, which are not analysed.',
      wayOut:
        "Read the output of terraform plan; a removed block with destroy = false keeps the module's resources.",
    };
  return {
    class: 'replaced',
    reason: `${values}. The module's resources are not analysed: they may be replaced.`,
    wayOut: 'Read the output of terraform plan.',
  };
}
