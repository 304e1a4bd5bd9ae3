package dev.mneme.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every place of a base where low-rank weights are added: the same sites in each of its layers.
 *
 * <p>The rank is the one a memory should write. An adapter of another rank, such as the sum of two,
 * still fits.
 *
 * @param prefix what a key begins with, such as {@code model.layers.}
 * @param layers number of layers, at least 1
 * @param rank nominal rank of the adapters, at least 1
 * @param sites the sites of one layer, in the order a generator writes them; at least one
 * @param optional sites of the base as a whole, outside its layers, each once; an adapter may leave
 *     them out and then changes nothing there
 */
public record AdapterLayout(
    String prefix, int layers, int rank, List<AdapterSite> sites, List<AdapterSite> optional) {
  /** Checks the ranges above and that no module is named twice. */
  public AdapterLayout {
    sites = List.copyOf(sites);
    optional = List.copyOf(optional);
    if (prefix == null || layers < 1 || rank < 1 || sites.isEmpty()) {
      throw new IllegalArgumentException(
          "A layout needs a prefix, layers ≥ 1, rank ≥ 1 and a site, found prefix %s, layers %d, rank %d, %d sites"
              .formatted(prefix, layers, rank, sites.size()));
    }
    Set<String> seen = new HashSet<>();
    Stream.concat(sites.stream(), optional.stream())
        .map(AdapterSite::module)
        .filter(module -> !seen.add(module))
        .findFirst()
        .ifPresent(
            module -> {
              throw new IllegalArgumentException("Module " + module + " appears twice in a layout");
            });
  }

  /** Sites in every layer, and no others. */
  public AdapterLayout(String prefix, int layers, int rank, List<AdapterSite> sites) {
    this(prefix, layers, rank, sites, List.of());
  }

  /** The key of a site's factors in one layer: {@code {prefix}{layer}.{module}}. */
  public String key(int layer, AdapterSite site) {
    return key(layer, site.module());
  }

  /** The key of a module's factors in one layer: {@code {prefix}{layer}.{module}}. */
  public String key(int layer, String module) {
    return prefix + layer + "." + module;
  }

  /** The key of an optional site's factors: its module's name alone. */
  public String key(AdapterSite once) {
    return once.module();
  }

  /** All keys that an adapter must fill, layer by layer, sites in order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(layers * sites.size());
    for (int layer = 0; layer < layers; layer++) {
      for (AdapterSite site : sites) {
        keys.add(key(layer, site));
      }
    }
    return keys;
  }

  /** The same places at another nominal rank. */
  public AdapterLayout withRank(int newRank) {
    return new AdapterLayout(prefix, layers, newRank, sites, optional);
  }

  /** The same without optional places: what a memory writes for every request. */
  public AdapterLayout required() {
    return new AdapterLayout(prefix, layers, rank, sites);
  }

  /** The same places and those that only the other has outside the layers. */
  AdapterLayout withOptionalOf(AdapterLayout other) {
    Set<AdapterSite> all = new LinkedHashSet<>(optional);
    all.addAll(other.optional);
    return new AdapterLayout(prefix, layers, rank, sites, List.copyOf(all));
  }

  /** Values in one sample's adapters at the nominal rank, over all layers; none outside them. */
  public long valuesPerSample() {
    long values = 0;
    for (AdapterSite site : sites) {
      values += site.sizeOfA(rank) + site.sizeOfB(rank);
    }
    return values * layers;
  }

  /** Whether both name the same places in the layers; the nominal rank may differ. */
  public boolean samePlaces(AdapterLayout other) {
    return prefix.equals(other.prefix) && layers == other.layers && sites.equals(other.sites);
  }

  /**
   * Checks that adapters made for this or another layout can run here.
   *
   * @throws AdapterMismatchException if a key is unknown here, a site has no factors, or a shape
   *     differs; the message prints expected and found. {@link Adapters#none()} always fits.
   */
  public void check(Adapters adapters) {
    if (!adapters.isEmpty() && !covers(adapters.layout())) {
      LayoutCheck.require(this, adapters.factors());
    }
  }

  private boolean covers(AdapterLayout other) {
    return samePlaces(other) && optional.containsAll(other.optional);
  }

  /** One line for people: places, widths and the size of one sample's weights. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (AdapterSite site : sites) {
      text.append(text.isEmpty() ? "" : ", ")
          .append("%s %d→%d".formatted(site.module(), site.in(), site.out()));
      if (site.experts() > 0) {
        text.append(" ×").append(site.experts()).append(" experts");
      }
    }
    return "%s0–%d, rank %d, %,d values for each sample: %s"
        .formatted(prefix, layers - 1, rank, valuesPerSample(), text);
  }
}
