import type { TerraformResource } from '../../../documents/terraform';
import { ignoredArguments, isProtected } from '../../../terraform/lifecycle';
import {
  forcesReplacement,
  isKeptWhenLeftOut,
  isKnownType,
  replacingArguments,
} from '../../../terraform/providers';
import { disruptiveArguments, updateEffect } from '../../../terraform/updates';
import type { Consequence, ConsequenceClass } from '../consequence';
import type { ChangedResource } from './changed-resource';
import type { ResourceChanges } from './resources';
import { effectClasses } from './update-classes';

/** Arguments that keep a resource from being deleted, and the value that lets it go. */
const guards: Readonly<Record<string, boolean>> = {
  delete_protection: false,
  rebuild_protection: false,
  // Of an address: it goes with the server that it is assigned to.
  auto_delete: true,
};

/** Protections that are taken off: the next plan, or a click in the console, may then cause a loss. */
export function protections({ changed }: ResourceChanges): Consequence[] {
  return changed.flatMap((resource) => [...lifted(resource), ...watchedAgain(resource)]);
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

/**
 * What the provider may do to a resource because Terraform looks again at arguments that it ignored. Whether the real
 * value differs is in the state, which isn't read.
 */
function watchedAgain({ after, noLongerIgnored }: ChangedResource): Consequence[] {
  if (noLongerIgnored.length === 0) return [];
  const names = stated(after, noLongerIgnored);
  const known = names.filter((name) => forcesReplacement(after.type, name));
  const groups = new Map<ConsequenceClass, { names: string[]; words: Set<string> }>();
  const add = (kind: ConsequenceClass, name: string, words: string) => {
    const group = groups.get(kind) ?? { names: [], words: new Set() };
    groups.set(kind, { names: [...group.names, name], words: group.words.add(words) });
  };
  for (const name of known) {
    const [kind, words] = isProtected(after)
      ? (['fails', 'A replacement is planned, and prevent_destroy refuses the whole plan.'] as const)
      : (['replaced', 'The resource is destroyed and made anew.'] as const);
    add(kind, name, words);
  }
  for (const name of names.filter((each) => !known.includes(each))) {
    const effect = updateEffect(after.type, name);
    if (!isKnownType(after.type))
      add('replaced', name, 'Whether the provider updates it in place or replaces it is not known here.');
    else if (effect === undefined) add('in place', name, 'It gets the value that is described.');
    else if (name !== 'backups' || after.body['backups'] !== true)
      add(effectClasses[effect.kind], name, effect.words);
  }
  return [...groups].map(([kind, { names: all, words }]) => ({
    ...{ class: kind, side: 'terraform', object: after.address, field: 'lifecycle.ignore_changes' },
    reason: `Terraform no longer ignores ${all.join(', ')}. The state, which isn't read, has the real value. If it is not the one that is described: ${[...words].join(' ')}`,
    wayOut:
      kind === 'in place'
        ? ''
        : `Put ${all.join(', ')} back under ignore_changes, or see what terraform plan says before anything is applied.`,
  }));
}

/** The arguments by name, without those that keep their value because they are not stated. */
function stated(resource: TerraformResource, names: readonly string[]): string[] {
  const { type, body } = resource;
  const still = ignoredArguments(resource);
  const all = isKnownType(type)
    ? [...new Set([...replacingArguments(type), ...disruptiveArguments(type)])]
    : ['all'];
  return names
    .flatMap((name) => (name === 'all' ? all : [name]))
    .filter((name) => still === 'all' || !still.has(name))
    .filter((name) => body[name] !== undefined || !isKeptWhenLeftOut(type, name));
}
