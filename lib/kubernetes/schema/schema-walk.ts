import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { textOf } from '../../documents/source-text';
import { describeObject } from '../objects/object-key';
import { valueAtSteps } from '../path';
import { namesSecret } from '../secrecy';
import type { Violation } from './violation';

type JsonObject = { readonly [key: string]: Json | undefined };

/** What was probably meant by a value of a wrong type. */
export interface Meant {
  readonly value: Json;
  /** A sentence that says what to write. */
  readonly advice: string;
}

/** A value of a wrong type, and what rules read instead; undefined where nothing is known to be meant. */
interface Mistyped {
  readonly path: readonly (string | number)[];
  readonly meant: Json | undefined;
}

/** Looks at the value at the walk's current place and reports there what is wrong with it. */
export type Check = (value: Json, walk: Walk) => void;

/** Where the check is in the object, and what it has found: one for each object. */
export class Walk {
  readonly violations: Violation[] = [];
  readonly mistyped: Mistyped[] = [];
  /** The places of nulls that stand for an absent field. */
  readonly dropped: (string | number)[][] = [];
  readonly path: (string | number)[] = [];

  constructor(readonly object: KubernetesObject) {}

  /** Checks a value one step further in; `key` is a field, a key of a map, or an index. */
  enter(key: string | number, value: Json, check: Check): void {
    this.path.push(key);
    check(value, this);
    this.path.pop();
  }

  /** Reports a violation at the current place, or at a field of it. */
  report(message: string, field?: string, rule = 'schema-validation'): void {
    const [first = '', ...rest] = field === undefined ? this.path : [...this.path, field];
    const path = rest.reduce<string>((head, key) => {
      return typeof key === 'string' && /^[\w-]+$/.test(key)
        ? `${head}.${key}`
        : `${head}[${JSON.stringify(key)}]`;
    }, String(first));
    this.violations.push({ rule, object: describeObject(this.object), path, message });
  }

  /** Reports a null that the API server reads as if the field were not there. */
  drop(field: string): void {
    this.dropped.push([...this.path, field]);
    const message = 'null is as if the field were not there. Give it a value, or leave it out.';
    this.report(message, field, 'dropped-fields');
  }

  /** How the file writes the value at the current place. */
  text(value: Json): string {
    const parent = valueAtSteps(this.object, this.path.slice(0, -1));
    const known =
      typeof parent === 'object' && parent !== null ? textOf(parent, this.path.at(-1) ?? '') : undefined;
    return known ?? JSON.stringify(value);
  }

  /** Reports a value of the wrong type. What may be secret isn't quoted. */
  reportValue(value: Json, problem: string, meant?: Meant): void {
    this.mistyped.push({ path: [...this.path], meant: meant?.value });
    if (value === null) {
      this.report(`null ${problem}. Give it a value, or leave it out.`);
    } else if (this.object.kind === 'Secret' && ['data', 'stringData'].includes(String(this.path[0]))) {
      this.report(`the value (hidden, because it is a Secret's) ${problem}`);
    } else if (this.mayBeSecret(value)) {
      this.report(`the value (hidden, because it may be a secret) ${problem}`);
    } else {
      this.report(
        [`${abbreviate(this.described(value))} ${problem}`, meant?.advice].filter(Boolean).join('. '),
      );
    }
  }

  /** The value, and its text where YAML reads the text as another value. */
  private described(value: Json): string {
    const [json, text] = [JSON.stringify(value), this.text(value)];
    return text === json ? json : `${text} (YAML reads ${json})`;
  }

  /** What a container is given; of numbers and switches, those that are called like a secret. */
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
