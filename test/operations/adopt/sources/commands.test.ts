import { listUnresolved } from '../../../../lib/deployment/model/unresolved-value';
import { cloudflareSource } from '../../../../lib/operations/adopt/cloudflare/source';
import { hetznerSource } from '../../../../lib/operations/adopt/hetzner/source';
import { nodesSource } from '../../../../lib/operations/adopt/nodes/source';
import { isPathOf } from '../../../../lib/operations/adopt/resolver';
import { deployment } from './asking';

test.each([
  [hetznerSource(), 7],
  [cloudflareSource(), 16],
  [nodesSource(), 2],
])('%#: the command of a resolver is the one that the configuration states', ({ resolvers }, count) => {
  const known = listUnresolved(deployment).flatMap(({ place, path, find }) => {
    const resolver = resolvers.find((each) => isPathOf(each.path, place));
    return resolver === undefined
      ? []
      : [{ path, find, command: resolver.command({ path: place, deployment }) }];
  });
  expect(known).toHaveLength(count);
  expect(known.filter(({ find, command }) => find !== command)).toEqual([]);
});
