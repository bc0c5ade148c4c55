import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { textOf } from '../../documents/source-text';
import { describeObject } from '../objects/object-key';
import { valueAtSteps } from '../path';
import { namesSecret } from '../secrecy';
import type { Violation } from './violation';

type JsonObject = { readonly [key: string]: Json | undefined };

/** The value that the author of a wrongly typed value probably meant. */
export interface Meant {
  readonly value: Json;
  /** A sentence that says what to write instead. */
  readonly advice: string;
}

/** A value with a wrong type, and the value that replaces it. Undefined if the intended value is unknown. */
interface Mistyped {
  readonly path: readonly (string | number)[];
  readonly meant: Json | undefined;
}

/** Checks the value at the current path and reports its violations. */
export type Check = (value: Json, walk: Walk) => void;

/** The state of one object's validation: the current path, and the violations found so far. */
export class Walk {
  readonly violations: Violation[] = [];
  readonly mistyped: Mistyped[] = [];
  /** Paths of null values that the API server treats as absent fields. */
  readonly dropped: (string | number)[][] = [];
  readonly path: (string | number)[] = [];

  constructor(readonly object: KubernetesObject) {}

  /** Checks a child of the current value. `key` is a field, a key of a map, or an index of a list. */
  enter(key: string | number, value: Json, check: Check): void {
    this.path.push(key);
    check(value, this);
    this.path.pop();
  }

  /** Reports a violation at the current path, or at a field of the current value. */
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

  /** The value at the current path, as written in the file. */
  text(value: Json): string {
    const parent = valueAtSteps(this.object, this.path.slice(0, -1));
    const known =
      typeof parent === 'object' && parent !== null ? textOf(parent, this.path.at(-1) ?? '') : undefined;
    return known ?? JSON.stringify(value);
  }

  /** Reports a value with a wrong type. A value that may be a secret is not printed. */
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

  /** The value for a message. If YAML parses the written text as another value, the message shows both. */
  private described(value: Json): string {
    const [json, text] = [JSON.stringify(value), this.text(value)];
    return text === json ? json : `${text} (which YAML parses as ${json})`;
  }

  /**
   * Whether a value may be a secret: a string in a container's environment, arguments or command, or another value
   * there with a name such as `PASSWORD`.
   */
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
