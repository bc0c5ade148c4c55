import { version } from 'cdktf/package.json';
import { RootConstruct } from 'constructs';
import { DeploymentStack, type DeploymentStackProps } from './deployment';

/** The cdktf app of a deployment; undefined when nothing of it is Terraform's to make. */
export function terraformApp(props: DeploymentStackProps): RootConstruct | undefined {
  const { hetzner, edge } = props.model;
  if (hetzner === undefined && edge?.cloudflare === undefined) return undefined;
  // Stacks ask for nothing more of an App, and cdktf's own makes directories as soon as it is there.
  const root = new RootConstruct();
  root.node.setContext('cdktfVersion', version);
  new DeploymentStack(root, props);
  return root;
}
