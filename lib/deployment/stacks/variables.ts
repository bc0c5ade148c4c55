import { TerraformVariable, type TerraformVariableConfig, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Path } from '../../input/source';
import { formatPath } from '../../input/source';
import { isUnresolved, type Resolvable } from '../config/schema/unresolved';
import { terraformVariableName } from '../model/asked';
import { expression, literal, quoted } from './literal';

/** What a value of a variable must be. */
export interface VariableKind {
  readonly type: 'string' | 'list(string)';
  /** An expression of Terraform's language that is true of a good value; `self` stands for the variable. */
  readonly condition: string;
  /** A whole sentence, as Terraform wants it. */
  readonly message: string;
}

/** Matches the whole of a string. */
export function matching(pattern: RegExp, message: string): VariableKind {
  return { type: 'string', condition: `can(regex(${quoted(pattern.source)}, self))`, message };
}

/** The variables of a stack: secrets, and what the configuration leaves open. None has a default. */
export class Variables extends Construct {
  private readonly known = new Set<string>();

  /** A value that no file and no plan shows. */
  secret(name: string, description: string, kind: VariableKind): string {
    return expression(this.variable(name, description, kind, { sensitive: true }));
  }

  /** What the configuration states, or a variable that asks for it. */
  text(place: Path, value: Resolvable<string>, kind: VariableKind): string {
    return isUnresolved(value) ? expression(this.asked(place, value.unresolved, kind)) : literal(value);
  }

  /** The same for a list. */
  list(place: Path, value: Resolvable<readonly string[]>, kind: VariableKind): string[] {
    if (!isUnresolved(value)) return value.map(literal);
    return Token.asList(expression(this.asked(place, value.unresolved, kind)));
  }

  /** How expressions refer to the variable that asks for a value that the configuration leaves open. */
  asked(place: Path, find: string, kind: VariableKind): string {
    const description = `${formatPath(place)} of the configuration. To find it out: ${find}`;
    return this.variable(terraformVariableName(place), description, kind);
  }

  private variable(
    name: string,
    description: string,
    { type, condition, message }: VariableKind,
    more: TerraformVariableConfig = {},
  ): string {
    const reference = `var.${name}`;
    if (this.known.has(name)) return reference;
    this.known.add(name);
    new TerraformVariable(this, reference, {
      type,
      description: literal(description),
      nullable: false,
      ...more,
      validation: [{ condition: expression(condition.replaceAll('self', reference)), errorMessage: message }],
    });
    return reference;
  }
}
