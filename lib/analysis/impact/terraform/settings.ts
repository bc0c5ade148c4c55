import type { Json } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { readConfiguration, resourcesOf } from '../../../documents/terraform';
import { type Change, changes, describeValues } from '../changes';
import type { Consequence } from '../consequence';

/** What stands beside the resources: providers, variables, locals, data, outputs, imports, modules. */
export function settings(base: Output, head: Output): Consequence[] {
  if (base.stacks.length === 0 || head.stacks.length === 0) return [];
  const [before, after] = [base, head].map(addressesOf);
  // Of what is new or gone the resource itself is told.
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
  return changes(of(base) as unknown as Json, of(head) as unknown as Json).map((change) => {
    const object = change.path.replace(/^\[\d+\]\.?/, '');
    return { class: 'in place', side: 'terraform', object, field: '', wayOut: '', ...said(object, change) };
  });
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
    if (after === undefined) return { reason: 'Terraform no longer asks for it.' };
    if (before === undefined)
      return {
        reason: `Terraform asks for it before it plans: ${String((after as { description?: string }).description ?? 'it says not what for')}`,
      };
  }
  if (/^required_providers\.[^.]+\.(version|source)$/.test(place))
    return {
      reason: `${values}.`,
      wayOut:
        'terraform init -upgrade; what the other version makes of the same arguments, terraform plan says',
    };
  if (place.startsWith('import'))
    return {
      reason: `The id ${values}. Of what was taken over already it changes nothing${after === undefined ? '; what was not is made a second time' : ''}.`,
    };
  if (!place.startsWith('module')) return { reason: `${values}.` };
  const isWhole = /^module(\.[^.[]+)?$/.test(place);
  if (isWhole && before === undefined) return { reason: 'It is new: what it makes is not looked into.' };
  if (isWhole && after === undefined)
    return {
      class: 'lost',
      reason: 'Terraform destroys all that the module made, which is not looked into.',
      wayOut: 'See what terraform plan says; a removed block with destroy = false keeps what it made.',
    };
  return {
    class: 'replaced',
    reason: `${values}. What becomes of what the module made is not looked into: it may be destroyed and made anew.`,
    wayOut: 'See what terraform plan says of it.',
  };
}
