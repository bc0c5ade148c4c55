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

/** By argument that protects a resource from deletion: the value that removes the protection. */
const guards: Readonly<Record<string, boolean>> = {
  delete_protection: false,
  rebuild_protection: false,
  // With `auto_delete`, a primary IP is deleted together with its server.
  auto_delete: true,
};

/** Removed protections: a later apply, or a click in the Hetzner console, may then destroy the resource. */
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
      reason: `${all.join(' and ')} no longer protect${all.length === 1 ? 's' : ''} the resource. An apply, or a click in the console, may then destroy it.`,
      wayOut: '',
    },
  ];
}

/**
 * What the provider may do to a resource when `ignore_changes` no longer lists some arguments. Only the state
 * knows whether the real value differs, and the state is not read.
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
      : (['replaced', 'The resource is replaced.'] as const);
    add(kind, name, words);
  }
  for (const name of names.filter((each) => !known.includes(each))) {
    const effect = updateEffect(after.type, name);
    if (!isKnownType(after.type))
      add(
        'replaced',
        name,
        'It is unknown whether the provider updates the resource in place or replaces it.',
      );
    else if (effect === undefined)
      add('in place', name, 'Terraform updates the resource to the value in the configuration.');
    else if (name !== 'backups' || after.body['backups'] !== true)
      add(effectClasses[effect.kind], name, effect.words);
  }
  return [...groups].map(([kind, { names: all, words }]) => ({
    ...{ class: kind, side: 'terraform', object: after.address, field: 'lifecycle.ignore_changes' },
    reason: `Terraform no longer ignores ${all.join(', ')}. The real value is in the state, which is not read. If the real value differs from the configuration: ${[...words].join(' ')}`,
    wayOut:
      kind === 'in place'
        ? ''
        : `Put ${all.join(', ')} back under ignore_changes, or read the output of terraform plan before the apply.`,
  }));
}

/** The names of the arguments that are set. An argument that is not set keeps its value. */
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
