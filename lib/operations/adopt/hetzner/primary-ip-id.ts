import type { HetznerProject } from '../../hetzner/project';
import { type AdoptResolver, found, notFound, stateValue } from '../resolver';

/** Finds the id of each node's primary IP. */
export const primaryIpIdResolver: AdoptResolver<HetznerProject> = {
  path: 'adopt.primaryIps.*',
  foundIn: "the id of the primary IP that is the node's address",
  command: () => 'hcloud primary-ip list -o columns=id,ip,assignee',
  async find({ path, deployment: { nodes } }, project) {
    const name = String(path.at(-1));
    const address = nodes[name]?.address;
    if (address === undefined) return notFound('missing', `no node is called ${name}; remove the entry`);
    const primaryIp = (await project.list('primary_ips')).find(({ ip }) => ip === address);
    return primaryIp === undefined
      ? notFound(
          'missing',
          `the project of HCLOUD_TOKEN has no primary IP ${address}; use a token of the project that has the node, or correct nodes.${name}.address`,
        )
      : found(stateValue(path, String(primaryIp.id)));
  },
};
