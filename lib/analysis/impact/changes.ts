import type { Json, JsonMap } from '../../documents/kubernetes';
import { keyStep } from '../../kubernetes/path';
import { parseQuantity } from '../../kubernetes/quantity';

/** A value that differs between two documents. */
export interface Change {
  /** A named list item is identified by its name: `spec.template.spec.containers[api].image`. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Keys that identify list items, if the items are maps. */
const itemKeys = ['name', 'mountPath', 'topologyKey', 'host', 'setting_id', 'ref'];

/** Paths of quantities, which are compared by value: `1000m` equals `1`. */
const quantities = /(^|\.)(requests|limits|hard|default|defaultRequest|capacity)\.|\.sizeLimit$/;

/** All differing values, at the deepest path. The order of keys is ignored, the order of items is not. */
export function changes(before: Json | undefined, after: Json | undefined, path = ''): Change[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return changedItems(before, after, path);
  if (isFields(before) && isFields(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changes(before[key], after[key], below(path, key)));
  }
  return isSameQuantity(before, after, path) ? [] : [{ path, before, after }];
}

/** `spec.replicas`, `metadata.labels["app.kubernetes.io/name"]` */
function below(path: string, key: string): string {
  const step = keyStep(key);
  return path === '' && step.startsWith('.') ? key : path + step;
}

function changedItems(before: readonly Json[], after: readonly Json[], path: string): Change[] {
  const key = itemKeyOf(before, after);
  if (key === undefined) {
    if (before.length !== after.length || ![...before, ...after].every(isFields)) {
      const isEqual =
        before.length === after.length &&
        before.every((item, index) => changes(item, after[index]).length === 0);
      return isEqual ? [] : [{ path, before, after }];
    }
    return before.flatMap((item, index) => changes(item, after[index], `${path}[${index}]`));
  }
  const [old, now] = [byKey(before, key), byKey(after, key)];
  const found = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    changes(old.get(name), now.get(name), `${path}[${name}]`),
  );
  const kept = (names: Iterable<string>, others: ReadonlyMap<string, Json>) =>
    [...names].filter((name) => others.has(name));
  const [order, newOrder] = [kept(old.keys(), now), kept(now.keys(), old)];
  return order.join() === newOrder.join() ? found : [...found, { path, before: order, after: newOrder }];
}

/** The key that identifies the items of the lists. Undefined if items are identified by their index. */
export function itemKeyOf(...lists: readonly (readonly Json[])[]): string | undefined {
  return itemKeys.find((each) => lists.every((items) => isKey(items, each)));
}

/** Whether all items of a list are maps with a unique value of this key. */
function isKey(items: readonly Json[], key: string): boolean {
  const names = items.map((item) => (isFields(item) ? item[key] : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === items.length;
}

function byKey(items: readonly Json[], key: string): Map<string, Json> {
  return new Map(items.map((item) => [String((item as JsonMap)[key]), item]));
}

function isFields(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSameQuantity(before: Json | undefined, after: Json | undefined, path: string): boolean {
  if (!quantities.test(path)) return false;
  const [old, now] = [before, after].map((value) => parseQuantity(String(value)));
  return old !== undefined && old === now;
}

/** Such as `image a:1 -> a:2`, or `image is added: a:2`. */
export function describeChange({ path, before, after }: Change): string {
  return `${path} ${describeValues(before, after)}`;
}

/** Such as `3 -> 4`, `is added: "x"`, or `is removed (it was "x")`. */
export function describeValues(before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return `is added: ${short(after)}`;
  if (after === undefined) return `is removed (it was ${short(before)})`;
  if (Array.isArray(before) && Array.isArray(after)) return describeLists(before, after);
  const [from, to] = [short(before), short(after)];
  return from === to ? 'changes' : `${from} -> ${to}`;
}

function describeLists(before: readonly Json[], after: readonly Json[]): string {
  const texts = (items: readonly Json[]) => items.map((item) => JSON.stringify(item));
  const [old, now] = [texts(before), texts(after)];
  const added = surplus(now, old).map((text) => `+ ${cut(text)}`);
  const removed = surplus(old, now).map((text) => `- ${cut(text)}`);
  const all = [...added, ...removed];
  if (all.length === 0) return 'are reordered';
  return all.length <= 3 ? all.join(', ') : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;
}

/** The items that `texts` contains more often than `others`. */
function surplus(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const index = left.indexOf(text);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

function short(value: Json | undefined): string {
  return cut(typeof value === 'string' && /^\S+$/.test(value) ? value : (JSON.stringify(value) ?? 'nothing'));
}

function cut(text: string): string {
  return text.length <= 90 ? text : `${text.slice(0, 60)}...${text.slice(-20)}`;
}
