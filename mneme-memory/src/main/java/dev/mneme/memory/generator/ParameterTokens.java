package dev.mneme.memory.generator;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.LoraFactors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rank-anchored parameter tokens: a token is a rank × tokenDim tile, and a layer's tokens are cut
 * into its factors, every lora_A in site order, then every lora_B.
 *
 * @param layout where the factors go; its rank is the tile's height
 * @param tokenDim width of a tile
 */
record ParameterTokens(AdapterLayout layout, int tokenDim) {
  static ParameterTokens of(GeneratorConfig config) {
    return new ParameterTokens(config.layout(), config.tokenDim());
  }

  /** Tokens of all lora_A in one layer. */
  int ofA() {
    return layout.sites().stream().mapToInt(s -> tokens(s.sizeOfA(layout.rank()))).sum();
  }

  /** Tokens of all lora_B in one layer. */
  int ofB() {
    return layout.sites().stream().mapToInt(s -> tokens(s.sizeOfB(layout.rank()))).sum();
  }

  /** Tokens of one layer. */
  int total() {
    return ofA() + ofB();
  }

  /**
   * Cuts tokens into factors.
   *
   * @param tokens [B, N, T, rank, tokenDim]
   * @return factors by key, sharing the tokens' memory where no tile is padded
   */
  Map<String, LoraFactors> split(Tensor tokens) {
    List<AdapterSite> sites = layout.sites();
    long[] counts = new long[2 * sites.size()];
    for (int s = 0; s < sites.size(); s++) {
      counts[s] = tokens(sites.get(s).sizeOfA(layout.rank()));
      counts[sites.size() + s] = tokens(sites.get(s).sizeOfB(layout.rank()));
    }
    Map<String, LoraFactors> factors = new LinkedHashMap<>();
    // Unbind and split have one cheap backward for all parts; a narrow for each part would make a
    // gradient as large as all tokens together every time.
    TensorVector layers = torch.unbind(tokens, 1); // N × [B, T, rank, tokenDim]
    for (int n = 0; n < layout.layers(); n++) {
      TensorVector parts = torch.split_with_sizes(layers.get(n), counts, 1);
      for (int s = 0; s < sites.size(); s++) {
        AdapterSite site = sites.get(s);
        Tensor a = cut(parts.get(s), site, layout.rank(), site.in());
        Tensor b = cut(parts.get(sites.size() + s), site, site.out(), layout.rank());
        factors.put(layout.key(n, site), new LoraFactors(a, b));
      }
    }
    return factors;
  }

  /** [B, t, rank, tokenDim] to [B, rows, columns] or [B, E, rows, columns]. */
  private static Tensor cut(Tensor tile, AdapterSite site, int rows, int columns) {
    long batch = tile.size(0);
    Tensor flat = tile.reshape(batch, -1);
    long size = (long) Math.max(1, site.experts()) * rows * columns;
    if (size < flat.size(1)) {
      flat = flat.narrow(1, 0, size);
    }
    return site.experts() == 0
        ? flat.reshape(batch, rows, columns)
        : flat.reshape(batch, site.experts(), rows, columns);
  }

  private int tokens(long size) {
    long area = (long) layout.rank() * tokenDim;
    return Math.toIntExact((size + area - 1) / area);
  }
}
