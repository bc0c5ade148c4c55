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
 * construction time. No message shows them. A thrown error keeps its stack trace, because V8 records that one itself.
 */
function withoutStackTraces(make: () => void): void {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    make();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
