import { contains } from '../../documents/cidr';
import { matchesPattern } from '../../documents/pattern';
import { allOf, anyOf, notOf, type Truth } from '../../documents/truth';
import { describeRequest, isClientIn, type WebRequest } from '../../documents/web-request';
import type { RuleTree, RuleValue } from './expression';

/**
 * Whether an expression is true for a request. Undefined if the answer depends on facts that a WebRequest does not
 * have: headers, cookies, the visitor's country, a score, a list.
 */
export function evaluate(tree: RuleTree, request: WebRequest): Truth {
  switch (tree.kind) {
    case 'not':
      return notOf(evaluate(tree.of, request));
    case 'all':
      return allOf(tree.of.map((each) => evaluate(each, request)));
    case 'any':
      return anyOf(tree.of.map((each) => evaluate(each, request)));
    case 'one':
      return tree.of.map((each) => evaluate(each, request)).reduce(different);
    case 'value':
      return truthOf(tree.value, request);
    case 'comparison':
      return compare(tree.left, tree.operator, tree.right, request);
  }
}

function different(a: Truth, b: Truth): Truth {
  return a === undefined || b === undefined ? undefined : a !== b;
}

function truthOf(value: RuleValue, request: WebRequest): Truth {
  if (value.kind === 'word') return { true: true, false: false }[value.value];
  if (value.kind === 'field' && value.name === 'ssl') return request.scheme === 'https';
  if (value.kind !== 'call') return undefined;
  const [text, part] = value.values.map((each) => textOf(each, request));
  if (text === undefined || part === undefined) return undefined;
  if (value.name === 'starts_with') return text.startsWith(part);
  return value.name === 'ends_with' ? text.endsWith(part) : undefined;
}

/** The string value of an operand. Undefined if the value is unknown or is not a string. */
function textOf(value: RuleValue, request: WebRequest): string | undefined {
  if (value.kind === 'text' || value.kind === 'word') return value.value;
  if (value.kind === 'field') return fieldOf(value.name, request);
  if (value.kind !== 'call') return undefined;
  const texts = value.values.map((each) => textOf(each, request));
  const [first] = texts;
  if (first === undefined) return undefined;
  switch (value.name) {
    case 'lower':
      return first.toLowerCase();
    case 'upper':
      return first.toUpperCase();
    case 'len':
      return String(first.length);
    case 'concat':
      return texts.includes(undefined) ? undefined : texts.join('');
    default:
      return undefined;
  }
}

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/ */
function fieldOf(name: string, request: WebRequest): string | undefined {
  const { host, path, query, method, scheme } = request;
  switch (name) {
    case 'http.host':
      return host;
    case 'http.request.uri.path':
    case 'raw.http.request.uri.path':
      return path;
    case 'http.request.uri.path.extension':
      return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
    case 'http.request.uri.query':
    case 'raw.http.request.uri.query':
      return query;
    case 'http.request.uri':
    case 'raw.http.request.uri':
      return `${path}${query === '' ? '' : `?${query}`}`;
    case 'http.request.full_uri':
    case 'raw.http.request.full_uri':
      return describeRequest(request);
    case 'http.request.method':
      return method;
    case 'http.request.scheme':
      return scheme;
    default:
      return undefined;
  }
}

function compare(left: RuleValue, operator: string, right: RuleValue, request: WebRequest): Truth {
  if (left.kind === 'field' && left.name === 'ip.src') return compareClient(operator, right, request);
  if (left.kind === 'field' && left.name === 'ssl') {
    const meant = truthOf(right, request);
    return meant === undefined ? undefined : (request.scheme === 'https') === (meant === (operator !== 'ne'));
  }
  const text = textOf(left, request);
  if (text === undefined) return undefined;
  if (right.kind === 'list') return operator === 'in' ? isListed(text, right.values) : undefined;
  const other = textOf(right, request);
  return other === undefined || other.startsWith('$') ? undefined : compareTexts(text, operator, other);
}

/** A list may contain number ranges such as `1..5`. They are not supported: the answer is then unknown. */
function isListed(text: string, values: readonly string[]): Truth {
  if (values.includes(text)) return true;
  return values.some((each) => /^\d+\.\.\d+$/.test(each)) ? undefined : false;
}

function compareClient(operator: string, right: RuleValue, request: WebRequest): Truth {
  if (right.kind === 'list') return operator === 'in' ? isClientIn(request, right.values) : undefined;
  // The entries of a named list, such as $office, are not in the configuration.
  if (right.kind !== 'word' || right.value.startsWith('$')) return undefined;
  const isEqual = request.client !== undefined && contains(right.value, request.client);
  return operator === 'eq' ? isEqual : operator === 'ne' ? !isEqual : undefined;
}

function compareTexts(text: string, operator: string, other: string): Truth {
  switch (operator) {
    case 'eq':
      return text === other;
    case 'ne':
      return text !== other;
    case 'contains':
      return text.includes(other);
    case 'matches':
      return matchesPattern(other, text);
    case 'wildcard':
      return matchesPattern(wildcardPattern(other), text, 'i');
    case 'strict wildcard':
      return matchesPattern(wildcardPattern(other), text);
    case 'lt':
      return Number(text) < Number(other);
    case 'le':
      return Number(text) <= Number(other);
    case 'gt':
      return Number(text) > Number(other);
    case 'ge':
      return Number(text) >= Number(other);
    default:
      return undefined;
  }
}

function wildcardPattern(text: string): string {
  return `^${text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`;
}
