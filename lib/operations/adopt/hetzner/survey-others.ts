import type { Deployment } from '../../../deployment/config/schema/schema';
import type { HetznerProject } from '../../hetzner/project';
import type { HetznerServer } from '../../hetzner/resources';
import { plainText, type SurveyPart } from '../survey';
import { serverAt } from './node-servers';
import { creationOf, resourceArgument } from './survey-servers';

/** Other resources that are not in the configuration: addresses, placement groups, networks and volumes. */
export function surveyOtherResources(
  project: HetznerProject,
  deployment: Deployment,
): (() => Promise<SurveyPart>)[] {
  return [
    () => surveyPrimaryIps(project, deployment),
    () => surveyPlacementGroups(project, deployment),
    () => surveyNetworks(project, deployment),
    ...undescribable.map(
      ([collection, noun, command]) =>
        async (): Promise<SurveyPart> => ({
          undescribed: (await project.list(collection)).map((resource) => ({
            name: `${noun} ${plainText(resource.name)}`,
            writtenBy: creationOf(resource),
            command: `hcloud ${command} delete ${resourceArgument(resource)}`,
          })),
        }),
    ),
  ];
}

/** Resources for which the configuration has no entry. */
const undescribable = [
  ['volumes', 'volume', 'volume'],
  ['load_balancers', 'load balancer', 'load-balancer'],
  ['floating_ips', 'floating IP', 'floating-ip'],
] as const;

/** Lists primary IPs without a server, because they cost as much as used ones. */
async function surveyPrimaryIps(project: HetznerProject, { nodes }: Deployment): Promise<SurveyPart> {
  const described = Object.values(nodes).map(({ address }) => address);
  const unused = (await project.list('primary_ips')).filter(
    ({ ip, assignee_id: assignee }) => assignee === null && !described.includes(ip),
  );
  return {
    undescribed: unused.map((primaryIp) => ({
      name: `primary IP ${primaryIp.ip} without a server`,
      writtenBy: creationOf(primaryIp),
      command: `hcloud primary-ip delete ${resourceArgument(primaryIp)}`,
    })),
  };
}

async function surveyPlacementGroups(project: HetznerProject, deployment: Deployment): Promise<SurveyPart> {
  if (deployment.adopt?.placementGroup !== undefined) return {};
  const own = await nodeServerIds(project, deployment);
  const groups = (await project.list('placement_groups')).filter(({ servers }) =>
    servers.some((id) => own.has(id)),
  );
  return {
    undescribed: groups.map((group) => ({
      name: `placement group ${plainText(group.name)} of the nodes' servers; Terraform creates another one`,
      writtenBy: creationOf(group),
      entry: `adopt.placementGroup: "${group.id}"`,
    })),
  };
}

async function surveyNetworks(project: HetznerProject, deployment: Deployment): Promise<SurveyPart> {
  if (deployment.adopt?.privateNetwork !== undefined) return {};
  const own = await nodeServerIds(project, deployment);
  const networks = (await project.list('networks')).filter(({ servers }) =>
    servers.some((id) => own.has(id)),
  );
  return {
    undescribed: networks.map((network) => ({
      name: `network ${plainText(network.name)} (${network.ip_range}) of the nodes' servers`,
      writtenBy: creationOf(network),
      entry: `adopt.privateNetwork: "${network.id}", and hetzner.privateNetwork: { range: ${network.ip_range}, subnet: <its subnet> }`,
      command: `hcloud network delete ${resourceArgument(network)}`,
    })),
  };
}

async function nodeServerIds(project: HetznerProject, { nodes }: Deployment): Promise<ReadonlySet<number>> {
  const servers = await project.list('servers');
  const own = Object.values(nodes).map((node): HetznerServer | undefined => serverAt(servers, node));
  return new Set(own.flatMap((server) => (server === undefined ? [] : [server.id])));
}
