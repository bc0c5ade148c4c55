import { version } from 'cdktf/package.json';
import { RootConstruct } from 'constructs';
import { DeploymentStack, type DeploymentStackProps } from './deployment';

/** The cdktf app of a deployment. */
export function terraformApp(props: DeploymentStackProps): RootConstruct {
  // Stacks ask for nothing more of an App, and cdktf's own makes directories as soon as it is there.
  const root = new RootConstruct();
  root.node.setContext('cdktfVersion', version);
  withoutStackTraces(() => new DeploymentStack(root, props));
  return root;
}

/**
 * cdktf formats the whole stack for each of its tokens, three a resource, half of the time that stacks take to make; no message
 * shows them. An error's own stack is formatted when somebody reads it, and that is later.
 */
function withoutStackTraces(make: () => void): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => '';
  try {
    make();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
