import { outputOf } from '../../../lib/cli/output';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import type { TerraformBlock, TerraformConfiguration } from '../../../lib/documents/terraform';
import { describeObject } from '../../../lib/kubernetes/objects/object-key';
import { production } from '../../support/production';

/** Production's output as it stood when the tests were written. */
export const productionOutput: Output = outputOf(production);

type Fields = Record<string, Json>;

/** An output with one object changed; `undefined` takes it out. The test fails when there is none. */
export function withObject(output: Output, name: string, change: (object: Fields) => unknown): Output {
  let found = false;
  const objects = output.objects.flatMap((each) => {
    if (describeObject(each.object) !== name) return [each];
    found = true;
    const copy = structuredClone(each.object) as unknown as Fields;
    return change(copy) === 'gone' ? [] : [{ ...each, object: copy as unknown as KubernetesObject }];
  });
  if (!found) throw new Error(`the output has no ${name}`);
  return { ...output, objects };
}

/** An output with one more object. */
export function withAdded(output: Output, object: KubernetesObject): Output {
  return { ...output, objects: [...output.objects, { file: 'more.yaml', object }] };
}

/** An output with one resource of Terraform's changed; the test fails when there is none. */
export function withResource(output: Output, address: string, change: (body: Fields) => unknown): Output {
  const [type = '', name = ''] = address.split('.');
  return withConfiguration(output, ({ resource }) => {
    const bodies = resource[type] as Record<string, TerraformBlock> | undefined;
    const body = bodies?.[name];
    if (bodies === undefined || body === undefined) throw new Error(`the output has no ${address}`);
    if (change(body as Fields) === 'gone') delete bodies[name];
  });
}

/** An output with another configuration of Terraform's. */
export function withConfiguration(
  output: Output,
  change: (configuration: TerraformConfiguration) => void,
): Output {
  const stacks = output.stacks.map((each) => {
    const configuration = structuredClone(each.configuration);
    change(configuration);
    return { ...each, configuration };
  });
  return { ...output, stacks };
}

/** What stands at a path of plain fields, to be written to. */
export function fields(parent: Fields, ...path: (string | number)[]): Fields {
  return path.reduce<Fields>((value, key) => value[key] as unknown as Fields, parent);
}
