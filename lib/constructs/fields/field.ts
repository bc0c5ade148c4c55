import { anyText, type ValueRule, type WholeNumberRule } from '../../kubernetes/value-rule';

/**
 * The allowed values of a prop, as data. The checks of the constructs and the schema of the configuration are
 * derived from this data, so that both have the same messages and limits.
 */
export type PropField =
  | { readonly type: 'text'; readonly rule: ValueRule<string> }
  | { readonly type: 'number'; readonly rule: WholeNumberRule }
  | { readonly type: 'flag' }
  | { readonly type: 'list'; readonly of: PropField; readonly isFilled: boolean }
  | { readonly type: 'map'; readonly key: ValueRule<string>; readonly of: PropField }
  | { readonly type: 'group'; readonly fields: PropFields }
  | KubernetesField;

/** A value of a type of the Kubernetes API. The Kubernetes schema defines its allowed values. */
export interface KubernetesField {
  readonly type: 'kubernetes';
  /** The name of the type in the Kubernetes schema, such as `Affinity`. The name of a list ends in `[]`. */
  readonly of: string;
  /** The path of the value in a Pod, for messages. */
  readonly at: readonly string[];
}

/** The field of a prop, and whether the prop is required. */
export interface PropFieldEntry {
  readonly field: PropField;
  readonly isRequired: boolean;
}

export type PropFields = Readonly<Record<string, PropFieldEntry>>;

/**
 * A field for each prop. The compiler checks that each prop has a field, and that required props have
 * required fields.
 */
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

/** A string with any value. */
export const anyTextField: PropField = { type: 'text', rule: anyText };

export function listField(of: PropField): PropField {
  return { type: 'list', of, isFilled: false };
}

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
