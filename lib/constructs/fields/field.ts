import { anyText, type ValueRule, type WholeNumberRule } from '../../kubernetes/value-rule';

/**
 * What a prop may be, as data. The constructs' checks and the configuration's schema are both derived from it, so that both have the
 * same words and limits.
 */
export type PropField =
  | { readonly type: 'text'; readonly rule: ValueRule<string> }
  | { readonly type: 'number'; readonly rule: WholeNumberRule }
  | { readonly type: 'flag' }
  | { readonly type: 'list'; readonly of: PropField; readonly isFilled: boolean }
  | { readonly type: 'map'; readonly key: ValueRule<string>; readonly of: PropField }
  | { readonly type: 'group'; readonly fields: PropFields }
  | KubernetesField;

/** A value in Kubernetes' own words: the schema of its type says what it may be. */
export interface KubernetesField {
  readonly type: 'kubernetes';
  /** The name of the type in Kubernetes' schema, such as `Affinity`; with `[]` for a list. */
  readonly of: string;
  /** Where a Pod has such a value, for messages. */
  readonly at: readonly string[];
}

/** A prop's field, and whether the prop may be left out. */
export interface PropFieldEntry {
  readonly field: PropField;
  readonly isRequired: boolean;
}

export type PropFields = Readonly<Record<string, PropFieldEntry>>;

/** A field for each prop, required where the prop is: the compiler holds the props and their fields together. */
export type FieldsOf<Props> = {
  readonly [Name in keyof Props]-?: {
    readonly field: PropField;
    readonly isRequired: Record<never, never> extends Pick<Props, Name> ? false : true;
  };
};

export function required(field: PropField): { readonly field: PropField; readonly isRequired: true } {
  return { field, isRequired: true };
}

export function optional(field: PropField): { readonly field: PropField; readonly isRequired: false } {
  return { field, isRequired: false };
}

export function textField(rule: ValueRule<string>): PropField {
  return { type: 'text', rule };
}

export function numberField(rule: WholeNumberRule): PropField {
  return { type: 'number', rule };
}

export const flagField: PropField = { type: 'flag' };

/** Text without a rule. */
export const anyTextField: PropField = { type: 'text', rule: anyText };

export function listField(of: PropField): PropField {
  return { type: 'list', of, isFilled: false };
}

/** A list that is not empty. */
export function filledList(of: PropField): PropField {
  return { type: 'list', of, isFilled: true };
}

export function mapField(key: ValueRule<string>, of: PropField): PropField {
  return { type: 'map', key, of };
}

export function groupField<Props extends object>(fields: FieldsOf<Props>): PropField {
  return { type: 'group', fields };
}

export function kubernetesField(of: string, ...at: string[]): PropField {
  return { type: 'kubernetes', of, at };
}
