import { TerraformElement, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Json } from '../../documents/kubernetes';
import type { TerraformConfiguration, TerraformDocument } from '../../documents/terraform';

/** The directory of a stack, as the cdktf CLI expects it. */
function stackDirectory(stack: string): string {
  return `stacks/${stack}`;
}

/**
 * Turns the stacks below a construct into documents in memory, without cdktf's metadata, which contains paths
 * of the code.
 *
 * cdktf's `App` isn't used, because its constructor creates directories.
 */
export function terraformDocuments(root: Construct): TerraformDocument[] {
  return root.node.children.filter(TerraformStack.isStack).map((stack) => {
    refuseDoubleAddresses(stack);
    // Without `prepareStack`, which resolves references between stacks: there is only one stack.
    const stackName = stack.node.id;
    return {
      stack: stackName,
      file: `${stackDirectory(stackName)}/cdk.tf.json`,
      configuration: configurationOf(stack.toTerraform() as Partial<TerraformConfiguration>),
    };
  });
}

const nothing: Omit<TerraformConfiguration, '//'> = {
  terraform: {},
  provider: {},
  variable: {},
  data: {},
  resource: {},
  import: [],
  output: {},
};

function configurationOf(made: Partial<TerraformConfiguration>): TerraformConfiguration {
  const { '//': own = {}, ...blocks } = made;
  return { ...nothing, ...(withoutMetadata(blocks) as object), '//': own };
}

/** Everything but `//` keys, at any depth. */
function withoutMetadata(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, below]) =>
      key === '//' || below === undefined ? [] : [[key, withoutMetadata(below)]],
    ),
  );
}

/** Two elements with the same address would be merged silently. */
function refuseDoubleAddresses(stack: TerraformStack): void {
  const addresses = stack.node
    .findAll()
    .filter((element): element is TerraformElement => TerraformElement.isTerraformElement(element))
    .map(({ node }) => node.id);
  const seen = new Set<string>();
  const double = addresses.find((address) => seen.size === seen.add(address).size);
  if (double !== undefined)
    throw new Error(`two elements of the stack ${stack.node.id} are called ${double}`);
}
