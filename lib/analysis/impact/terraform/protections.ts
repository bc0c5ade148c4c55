import type { Consequence } from '../consequence';
import { type ChangedResource, isProtected } from './changed-resource';
import { replacing } from './providers';
import type { ResourceChanges } from './resources';

/** Arguments that keep a resource from being deleted, and the value that lets it go. */
const guards: Readonly<Record<string, boolean>> = {
  delete_protection: false,
  rebuild_protection: false,
  // Of an address: it goes with the server that it is assigned to.
  auto_delete: true,
};

/** What stands in the way of a loss no longer: the next plan, or somebody in the console, may cause it. */
export function protections({ changed }: ResourceChanges): Consequence[] {
  return changed.flatMap((resource) => [...lifted(resource), ...minded(resource)]);
}

function lifted({ before, after, changes }: ChangedResource): Consequence[] {
  const gone = changes
    .filter(({ path, after: now }) => Object.hasOwn(guards, path) && (now ?? false) === guards[path])
    .map(({ path }) => path);
  const all = [...gone, ...(isProtected(before) && !isProtected(after) ? ['prevent_destroy'] : [])];
  if (all.length === 0) return [];
  return [
    {
      ...{ class: 'exposed', side: 'terraform', object: after.address, field: all[0] ?? '' },
      reason: `${all.join(' and ')} no longer protect${all.length === 1 ? 's' : ''} it: from now on a plan, or a click, may destroy it.`,
      wayOut: '',
    },
  ];
}

/** Arguments that the state may say otherwise of, and that Terraform looks at from now on. */
function minded({ after, minded: names }: ChangedResource): Consequence[] {
  const forcing = names.filter((name) => name === 'all' || replacing[after.type]?.includes(name));
  if (forcing.length === 0) return [];
  const then = isProtected(after)
    ? 'prevent_destroy then refuses the whole plan'
    : 'it is then destroyed and made anew';
  return [
    {
      ...{ class: isProtected(after) ? 'fails' : 'replaced', side: 'terraform', object: after.address },
      field: 'lifecycle.ignore_changes',
      reason: `Terraform no longer ignores ${forcing.join(', ')}. Whether what runs has the same value stands in the state, which isn't read; if not, ${then}.`,
      wayOut: 'See what terraform plan says of it before anything is applied.',
    },
  ];
}
