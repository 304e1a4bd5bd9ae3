package dev.mneme.memory;

import java.util.HashMap;
import java.util.Map;

/** Compares factors with the places they should fill. */
final class LayoutCheck {
  private LayoutCheck() {}

  static void require(AdapterLayout layout, Map<String, LoraFactors> factors) {
    Map<String, AdapterSite> expected = new HashMap<>();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (AdapterSite site : layout.sites()) {
        expected.put(layout.key(layer, site), site);
      }
    }
    for (AdapterSite site : layout.optional()) {
      expected.put(layout.key(site), site);
    }
    for (String key : factors.keySet()) {
      if (!expected.containsKey(key)) {
        throw new AdapterMismatchException(
            "Unknown adapter key %s: expected keys of the layout %s, found %d keys. Recall the adapter from a memory made for this layout."
                .formatted(key, layout.describe(), factors.size()));
      }
    }
    for (String key : layout.keys()) {
      requireFit(key, expected.get(key), factors.get(key));
    }
    for (AdapterSite site : layout.optional()) {
      LoraFactors found = factors.get(layout.key(site));
      if (found != null) {
        requireFit(layout.key(site), site, found);
      }
    }
  }

  private static void requireFit(String key, AdapterSite site, LoraFactors found) {
    String experts = site.experts() > 0 ? site.experts() + ", " : "";
    String expected =
        "lora_A [B, %sr, %d] and lora_B [B, %s%d, r]"
            .formatted(experts, site.in(), experts, site.out());
    if (found == null) {
      throw new AdapterMismatchException(
          "Site %s has no weights: expected %s, found none. Give factors for every site of the layout."
              .formatted(key, expected));
    }
    if (found.in() != site.in() || found.out() != site.out() || found.experts() != site.experts()) {
      throw new AdapterMismatchException(
          "Adapter does not fit at %s: expected %s, found %s. Recall it from a memory made for this layout."
              .formatted(key, expected, found.describe()));
    }
  }
}
