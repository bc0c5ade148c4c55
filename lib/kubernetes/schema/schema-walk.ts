import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { textOf } from '../../documents/source-text';
import { describeObject } from '../objects/object-key';
import { valueAtSteps } from '../path';
import { namesSecret } from '../secrecy';
import type { Violation } from './violation';

type JsonObject = { readonly [key: string]: Json | undefined };

/** The intended value of a value with a wrong type. */
export interface Meant {
  readonly value: Json;
  /** A sentence that says what to write. */
  readonly advice: string;
}

/** A value with a wrong type, and its replacement. The replacement is undefined if the intended value is unknown. */
interface Mistyped {
  readonly path: readonly (string | number)[];
  readonly meant: Json | undefined;
}

/** Checks the value at the current path and reports its violations. */
export type Check = (value: Json, walk: Walk) => void;

/** The current path and the violations found. There is one walk for each object. */
export class Walk {
  readonly violations: Violation[] = [];
  readonly mistyped: Mistyped[] = [];
  /** Paths of nulls that mean an absent field. */
  readonly dropped: (string | number)[][] = [];
  readonly path: (string | number)[] = [];

  constructor(readonly object: KubernetesObject) {}

  /** Checks a value one step deeper. `key` is a field, a key of a map, or an index. */
  enter(key: string | number, value: Json, check: Check): void {
    this.path.push(key);
    check(value, this);
    this.path.pop();
  }

  /** Reports a violation at the current path, or at a field below it. */
  report(message: string, field?: string, rule = 'schema-validation'): void {
    const [first = '', ...rest] = field === undefined ? this.path : [...this.path, field];
    const path = rest.reduce<string>((head, key) => {
      return typeof key === 'string' && /^[\w-]+$/.test(key)
        ? `${head}.${key}`
        : `${head}[${JSON.stringify(key)}]`;
    }, String(first));
    this.violations.push({ rule, object: describeObject(this.object), path, message });
  }

  /** Reports a null that the API server treats as an absent field. */
  drop(field: string): void {
    this.dropped.push([...this.path, field]);
    const message = 'null means that the field is absent. Set a value, or remove the field.';
    this.report(message, field, 'dropped-fields');
  }

  /** The value at the current path as the file writes it. */
  text(value: Json): string {
    const parent = valueAtSteps(this.object, this.path.slice(0, -1));
    const known =
      typeof parent === 'object' && parent !== null ? textOf(parent, this.path.at(-1) ?? '') : undefined;
    return known ?? JSON.stringify(value);
  }

  /** Reports a value with a wrong type. Possible secrets are not printed. */
  reportValue(value: Json, problem: string, meant?: Meant): void {
    this.mistyped.push({ path: [...this.path], meant: meant?.value });
    if (value === null) {
      this.report(`null ${problem}. Set a value, or remove the field.`);
    } else if (this.object.kind === 'Secret' && ['data', 'stringData'].includes(String(this.path[0]))) {
      this.report(`the value (hidden, because it is in a Secret) ${problem}`);
    } else if (this.mayBeSecret(value)) {
      this.report(`the value (hidden, because it may be a secret) ${problem}`);
    } else {
      this.report(
        [`${abbreviate(this.described(value))} ${problem}`, meant?.advice].filter(Boolean).join('. '),
      );
    }
  }

  /** The value, with the text of the file if YAML parses it as another value. */
  private described(value: Json): string {
    const [json, text] = [JSON.stringify(value), this.text(value)];
    return text === json ? json : `${text} (YAML reads ${json})`;
  }

  /** Whether a value may be secret: texts that a container receives, and other values with the name of a secret. */
  private mayBeSecret(value: Json): boolean {
    const holder = this.path.findLastIndex((step) => ['env', 'args', 'command'].includes(String(step)));
    const name = valueAtSteps(this.object, [...this.path.slice(0, holder + 2), 'name']);
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    return holder !== -1 && !(isPlain && !namesSecret(String(name)));
  }
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | KubernetesObject): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function abbreviate(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
