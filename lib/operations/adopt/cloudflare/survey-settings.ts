import { describeValues } from '../../../analysis/impact/changes';
import type { Json, JsonMap } from '../../../documents/kubernetes';
import type { TerraformConfiguration } from '../../../documents/terraform';
import type { CloudflareApi } from '../../cloudflare/api';
import type { LiveDifference } from '../source';
import type { SurveyPart } from '../survey';
import { changeOf } from './zone-texts';

/** The settings of the zone that the next apply changes. */
export function surveySettings(
  api: CloudflareApi,
  zone: string,
  { resource }: TerraformConfiguration,
): (() => Promise<SurveyPart>)[] {
  const settings = Object.values(resource['cloudflare_zone_setting'] ?? {});
  return [
    ...settings.map(({ setting_id: id, value }) => async (): Promise<SurveyPart> => {
      const live = await api.setting(zone, String(id));
      const writtenBy = changeOf(live.modified_on);
      return {
        differences: differencesOf(live.value as Json, value as Json).map((each) => ({
          ...{ ...each, name: `setting ${id}`, writtenBy },
        })),
      };
    }),
    async () => {
      const { fight_mode: live = false } = await api.botManagement(zone);
      const { fight_mode: stated } = resource['cloudflare_bot_management']?.['zone'] ?? {};
      if (stated === undefined || stated === live) return {};
      return {
        differences: [{ name: 'bot management', field: 'fight_mode', values: describeValues(live, stated) }],
      };
    },
  ];
}

/** The differences of the fields that the stack sets. An apply does not change other fields. */
function differencesOf(
  live: Json | undefined,
  stated: Json,
  field = 'value',
): Pick<LiveDifference, 'field' | 'values'>[] {
  if (typeof stated !== 'object' || stated === null || Array.isArray(stated))
    return live === stated ? [] : [{ field, values: describeValues(live, stated) }];
  const own: JsonMap =
    typeof live === 'object' && live !== null && !Array.isArray(live) ? (live as JsonMap) : {};
  return Object.entries(stated).flatMap(([key, value]) =>
    value === undefined ? [] : differencesOf(own[key], value, `${field}.${key}`),
  );
}
