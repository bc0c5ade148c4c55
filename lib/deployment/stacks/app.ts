import { version } from 'cdktf/package.json';
import { RootConstruct } from 'constructs';
import { DeploymentStack, type DeploymentStackProps } from './deployment';

/** The cdktf app of a deployment. */
export function terraformApp(props: DeploymentStackProps): RootConstruct {
  // Stacks need only this part of an App. cdktf's own `App` creates directories in its constructor.
  const root = new RootConstruct();
  root.node.setContext('cdktfVersion', version);
  withoutStackTraces(() => new DeploymentStack(root, props));
  return root;
}

/**
 * cdktf records a stack trace for each of its tokens, three for each resource, which takes half of the
 * construction time. No message shows them. The stack trace of a thrown error is not affected: Node formats
 * it when it is read.
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
