import type { Json } from './kubernetes';

/** What stands below a name of Terraform's JSON syntax. */
export type TerraformBlock = { readonly [argument: string]: Json | undefined };

/** One resource or data source, as Terraform addresses it. */
export interface TerraformResource {
  /** `hcloud_server.hetzner1`, or `data.cloudflare_zone.…`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: TerraformBlock;
}

/**
 * A configuration in Terraform's JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export interface TerraformConfiguration {
  readonly terraform: TerraformBlock;
  readonly provider: Readonly<Record<string, readonly TerraformBlock[]>>;
  readonly variable: Readonly<Record<string, TerraformBlock>>;
  readonly data: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly import: readonly { readonly to: string; readonly id: string }[];
  readonly output: Readonly<Record<string, TerraformBlock>>;
  /** What the stock CLI of cdktf reads; Terraform doesn't. */
  readonly '//': TerraformBlock;
}

/** One stack, and the file that it is written to. */
export interface TerraformDocument {
  /** The stack's name. */
  readonly stack: string;
  /** Path below the output directory. */
  readonly file: string;
  readonly configuration: TerraformConfiguration;
}

/** The resources of a configuration, those of one type if it is named. */
export function resourcesOf({ resource }: TerraformConfiguration, type?: string): TerraformResource[] {
  return Object.entries(resource)
    .filter(([each]) => type === undefined || each === type)
    .flatMap(([each, bodies]) =>
      Object.entries(bodies).map(([name, body]) => ({ address: `${each}.${name}`, type: each, name, body })),
    );
}
