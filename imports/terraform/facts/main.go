// Prints what the provider's own schemas say of each resource: which arguments force its replacement, and which
// keep the value that they have when they are left out.
// It runs inside a copy of the provider's module: see ../hcloud.ts.
package main

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/hetznercloud/terraform-provider-hcloud/hcloud"
)

type describer interface {
	Description(context.Context) string
}

type facts struct {
	ReplacedBy      []string `json:"replacedBy"`
	KeptWhenLeftOut []string `json:"keptWhenLeftOut"`
}

func main() {
	ctx := context.Background()
	all := map[string]facts{}
	for name, each := range hcloud.Provider().ResourcesMap {
		found := facts{[]string{}, []string{}}
		for argument, schema := range each.Schema {
			if schema.ForceNew {
				found.ReplacedBy = append(found.ReplacedBy, argument)
			}
			if schema.Optional && schema.Computed && schema.Default == nil && schema.Deprecated == "" {
				found.KeptWhenLeftOut = append(found.KeptWhenLeftOut, argument)
			}
		}
		all[name] = sorted(found)
	}
	for _, create := range hcloud.NewPluginProvider().Resources(ctx) {
		each := create()
		var metadata resource.MetadataResponse
		each.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "hcloud"}, &metadata)
		var response resource.SchemaResponse
		each.Schema(ctx, resource.SchemaRequest{}, &response)
		found := facts{[]string{}, []string{}}
		for argument, attribute := range response.Schema.Attributes {
			if replaces(ctx, attribute) {
				found.ReplacedBy = append(found.ReplacedBy, argument)
			}
			if attribute.IsOptional() && attribute.IsComputed() && !hasDefault(attribute) && attribute.GetDeprecationMessage() == "" {
				found.KeptWhenLeftOut = append(found.KeptWhenLeftOut, argument)
			}
		}
		all[metadata.TypeName] = sorted(found)
	}
	encoder := json.NewEncoder(os.Stdout)
	if err := encoder.Encode(all); err != nil {
		panic(err)
	}
}

func sorted(found facts) facts {
	sort.Strings(found.ReplacedBy)
	sort.Strings(found.KeptWhenLeftOut)
	return found
}

// Every kind of attribute has a method of its own, such as StringDefaultValue().
func hasDefault(attribute schema.Attribute) bool {
	value := reflect.ValueOf(attribute)
	for index := 0; index < value.NumMethod(); index++ {
		if strings.HasSuffix(value.Type().Method(index).Name, "DefaultValue") && !value.Method(index).Call(nil)[0].IsNil() {
			return true
		}
	}
	return false
}

// Every kind of attribute has its own list of plan modifiers, such as StringPlanModifiers().
func replaces(ctx context.Context, attribute schema.Attribute) bool {
	value := reflect.ValueOf(attribute)
	for index := 0; index < value.NumMethod(); index++ {
		if !strings.HasSuffix(value.Type().Method(index).Name, "PlanModifiers") {
			continue
		}
		modifiers := value.Method(index).Call(nil)[0]
		for position := 0; position < modifiers.Len(); position++ {
			modifier, ok := modifiers.Index(position).Interface().(describer)
			// The framework describes each of its RequiresReplace modifiers by these words.
			if ok && strings.Contains(modifier.Description(ctx), "destroy and recreate") {
				return true
			}
		}
	}
	return false
}
