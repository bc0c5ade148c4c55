import { describeValues } from '../../../analysis/impact/changes';
import type { Deployment } from '../../../deployment/config/schema/schema';
import { rulesetPhases } from '../../../deployment/model/ruleset-phases';
import type { TerraformConfiguration } from '../../../documents/terraform';
import type { CloudflareApi } from '../../cloudflare/api';
import type { CloudflareRule, CloudflareRuleset } from '../../cloudflare/resources';
import type { LiveDifference, UndescribedThing } from '../source';
import { plainText, type SurveyPart } from '../survey';
import { changeOf, deletionOf } from './zone-texts';

type RulesetKey = keyof typeof rulesetPhases;

/** A rule of the Terraform stack. A Terraform expression begins with `${`. */
interface StackRule {
  readonly ref: string;
  readonly expression: string;
  readonly action: string;
  readonly enabled: boolean;
}

/** Rules that the next apply removes, and rulesets of phases that are not in the configuration. */
export async function surveyRulesets(
  api: CloudflareApi,
  zone: string,
  deployment: Deployment,
  { resource }: TerraformConfiguration,
): Promise<SurveyPart> {
  const own = (await api.rulesets(zone)).filter(({ kind }) => kind === 'zone');
  const parts = await Promise.all(
    own.map(async (ruleset): Promise<SurveyPart> => {
      const key = (Object.keys(rulesetPhases) as RulesetKey[]).find(
        (each) => rulesetPhases[each] === ruleset.phase,
      );
      const stated = resource['cloudflare_ruleset']?.[ruleset.phase]?.['rules'] as
        | readonly StackRule[]
        | undefined;
      if (key === undefined || stated === undefined) return { undescribed: [otherRuleset(zone, ruleset)] };
      const { rules = [] } = await api.ruleset(zone, ruleset.id);
      const place = { zone, ruleset, key };
      return {
        undescribed: [
          ...(deployment.adopt?.rulesets?.[key] === undefined ? [notAdopted(place)] : []),
          ...rules
            .filter(({ ref }) => stated.every((each) => each.ref !== ref))
            .map((rule, index) => otherRule(place, rule, index)),
        ],
        differences: rules.flatMap((rule) => settingsOf(ruleset, rule, stated)),
      };
    }),
  );
  return {
    undescribed: parts.flatMap(({ undescribed = [] }) => undescribed),
    differences: parts.flatMap(({ differences = [] }) => differences),
  };
}

interface RulesetPlace {
  readonly zone: string;
  readonly ruleset: CloudflareRuleset;
  readonly key: RulesetKey;
}

function otherRuleset(
  zone: string,
  { id, name, phase, last_updated: updated }: CloudflareRuleset,
): UndescribedThing {
  return {
    name: `ruleset ${plainText(name)} of the phase ${phase}`,
    writtenBy: changeOf(updated),
    command: deletionOf(zone, `rulesets/${id}`),
  };
}

function notAdopted({ ruleset: { id, phase, last_updated: updated }, key }: RulesetPlace): UndescribedThing {
  return {
    name: `ruleset of the phase ${phase}, which Terraform would create a second time`,
    writtenBy: changeOf(updated),
    entry: `adopt.rulesets.${key}: ${id}`,
  };
}

function otherRule(
  { zone, ruleset, key }: RulesetPlace,
  rule: CloudflareRule,
  index: number,
): UndescribedThing {
  const { id, description = '', action = '', last_updated: updated } = rule;
  return {
    name: `rule ${plainText(description) || id} (${action}) in phase ${ruleset.phase}: the next apply removes this rule`,
    writtenBy: changeOf(updated ?? ruleset.last_updated),
    entry: entryOf(key, rule, index),
    command: deletionOf(zone, `rulesets/${ruleset.id}/rules/${id}`),
  };
}

/** The actions that `customRules` supports. */
const customActions = ['block', 'managed_challenge', 'js_challenge'];

function entryOf(key: RulesetKey, rule: CloudflareRule, index: number): string | undefined {
  const { description = '', expression = '', action = '' } = rule;
  const name = description
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '');
  const text = [
    `name: ${name || `rule_${index + 1}`}`,
    `description: ${JSON.stringify(description || `rule ${index + 1}`)}`,
    `expression: ${JSON.stringify(expression)}`,
  ];
  if (key === 'customRules' && customActions.includes(action))
    return `edge.cloudflare.customRules: [{ ${[...text, `action: ${action}`].join(', ')} }]`;
  if (key === 'cacheRules' && action === 'set_cache_settings')
    return `edge.cloudflare.cacheRules: [{ ${text.join(', ')} }], whose times the apply sets`;
  return undefined;
}

function settingsOf(
  { phase, last_updated: updated }: CloudflareRuleset,
  rule: CloudflareRule,
  stated: readonly StackRule[],
): LiveDifference[] {
  const description = stated.find(({ ref }) => ref === rule.ref);
  if (description === undefined) return [];
  const settings = [
    ['expression', rule.expression, description.expression],
    ['action', rule.action, description.action],
    ['enabled', rule.enabled ?? true, description.enabled],
  ] as const;
  return settings
    .filter(([, live, wanted]) => live !== wanted && !String(wanted).includes('${'))
    .map(([field, live, wanted]) => ({
      ...{ name: `rule ${rule.ref} of the phase ${phase}`, field, values: describeValues(live, wanted) },
      writtenBy: changeOf(rule.last_updated ?? updated),
    }));
}
