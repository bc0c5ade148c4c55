import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../objects/object-key';
import { valueAtSteps } from '../path';
import { namesSecret } from '../secrecy';
import type { Violation } from './violation';

type JsonObject = { readonly [key: string]: Json | undefined };

/** Looks at the value at the walk's current place and reports there what is wrong with it. */
export type Check = (value: Json, walk: Walk) => void;

/** Where the check is in the object, and what it has found: one for each object. */
export class Walk {
  readonly violations: Violation[] = [];
  /** The places of values that have a wrong type. */
  readonly mistyped: (string | number)[][] = [];
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
  report(message: string, field?: string, rule = 'kubernetes-schema'): void {
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

  /** Reports a value of the wrong type; `wayOut` is what to write instead. What may be secret isn't quoted. */
  reportValue(value: Json, problem: string, wayOut?: string): void {
    this.mistyped.push([...this.path]);
    if (value === null) {
      this.report(`null ${problem}. Give it a value, or leave it out.`);
    } else if (this.object.kind === 'Secret' && ['data', 'stringData'].includes(String(this.path[0]))) {
      this.report(`the value (hidden, because it is a Secret's) ${problem}`);
    } else if (this.mayBeSecret(value)) {
      this.report(`the value (hidden, because it may be a secret) ${problem}`);
    } else {
      this.report([`${abbreviate(JSON.stringify(value))} ${problem}`, wayOut].filter(Boolean).join('. '));
    }
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
