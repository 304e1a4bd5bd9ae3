package dev.mneme.memory.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.memory.AdapterSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code pg_mapping} of a configuration: which modules get weights, in which order. */
final class PgMapping {
  private PgMapping() {}

  /** The sites of one layer; a grouped entry becomes one site for each of its sub-weights. */
  static List<AdapterSite> sites(JsonNode mapping) {
    List<AdapterSite> sites = new ArrayList<>();
    for (Map.Entry<String, JsonNode> module : mapping.properties()) {
      JsonNode entry = module.getValue();
      String type = entry.path("type").asText("");
      if (type.equals("grouped")) {
        int experts = number(entry, "num_experts", module.getKey());
        for (Map.Entry<String, JsonNode> sub : entry.path("sub_weights").properties()) {
          sites.add(site(module.getKey() + "." + sub.getKey(), sub.getValue(), experts));
        }
      } else {
        sites.add(site(module.getKey(), entry, 0));
      }
    }
    return sites;
  }

  /** The mapping that names these sites; expert sites of one module, side by side, are grouped. */
  static ObjectNode of(List<AdapterSite> sites) {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    for (AdapterSite site : sites) {
      ObjectNode widths;
      if (site.experts() == 0) {
        widths = mapping.putObject(site.module());
      } else {
        int dot = site.module().lastIndexOf('.');
        String module = site.module().substring(0, Math.max(0, dot));
        ObjectNode group = (ObjectNode) mapping.get(module);
        if (group == null) {
          group = mapping.putObject(module).put("type", "grouped");
          group.put("num_experts", site.experts()).putObject("sub_weights");
        }
        widths =
            ((ObjectNode) group.get("sub_weights")).putObject(site.module().substring(dot + 1));
      }
      widths.put("lora_A_dim", site.in()).put("lora_B_dim", site.out());
    }
    if (!sites(mapping).equals(sites)) {
      throw new IllegalArgumentException(
          "Expert sites must be named NAME.sub and stand side by side with equal expert counts, found "
              + sites);
    }
    return mapping;
  }

  private static AdapterSite site(String module, JsonNode widths, int experts) {
    int in = number(widths, "lora_A_dim", module);
    int out = number(widths, "lora_B_dim", module);
    return new AdapterSite(module, in, out, experts);
  }

  private static int number(JsonNode node, String field, String module) {
    if (!node.path(field).canConvertToInt()) {
      throw new IllegalArgumentException(
          "pg_mapping of %s needs an integer %s, found %s".formatted(module, field, node));
    }
    return node.get(field).asInt();
  }
}
