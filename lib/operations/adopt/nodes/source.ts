import { type AdoptSource, adoptSource, SourceMissing } from '../source';
import { authorizedKeysResolver } from './authorized-keys';
import { NodesConnection } from './connection';
import { networksResolver } from './networks';

/** The source for values of the nodes, read over SSH. */
export function nodesSource(): AdoptSource {
  return adoptSource<NodesConnection>({
    name: 'nodes',
    needs: '--ssh',
    resolvers: [authorizedKeysResolver, networksResolver],
    connect: async ({ ssh, signal }, ask) => {
      if (!ssh) throw new SourceMissing('only with --ssh');
      return ask(new NodesConnection(signal));
    },
  });
}
