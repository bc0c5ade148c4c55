import { TerraformStack } from 'cdktf';
import { terraformApp } from '../../../lib/deployment/stacks/app';
import { terraformDocuments } from '../../../lib/deployment/synth/terraform';
import { production } from '../../support/production';

/** Everything but cdktf's metadata, which contains paths of the code. */
function withoutMetadata(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, below: unknown) => (key === '//' ? undefined : below)));
}

test('the resources that cdktf does not resolve are what it would make of them', () => {
  const [document] = terraformDocuments(terraformApp({ model: production.model }));
  const [stack] = terraformApp({ model: production.model }).node.children.filter(TerraformStack.isStack);
  const { resource, ...made } = withoutMetadata(stack?.toTerraform()) as { readonly resource: object };
  expect(Object.keys(resource)).toContain('cloudflare_dns_record');
  expect(withoutMetadata(document?.configuration)).toMatchObject({ ...made, resource });
  expect(withoutMetadata(document?.configuration.resource)).toEqual(resource);
});

test('what cdktf says of itself stays', () => {
  const [document] = terraformDocuments(terraformApp({ model: production.model }));
  const [stack] = terraformApp({ model: production.model }).node.children.filter(TerraformStack.isStack);
  expect(stack?.toTerraform()).toHaveProperty(['//'], document?.configuration['//']);
});
