package dev.mneme.memory.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.memory.AdapterLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shape of a parameter generator, with the names of the published {@code config.json}.
 *
 * @param tokenDim width of a parameter token; a token is a rank × tokenDim tile
 * @param rank rank of the factors
 * @param alpha scale times rank
 * @param inputDim width of a condition token
 * @param dimAccumulation neighbouring rank rows folded into one vector; divides rank and dModel
 * @param dModel width of the transformer
 * @param headDim width of an attention head; divides dModel, a multiple of 4
 * @param numBaseModelLayers layers of the base
 * @param outputDim width of the output heads; equals tokenDim
 * @param numPgLayers blocks of the transformer, at least 1
 * @param prefix what the keys of the factors begin with
 * @param pgMapping which modules get weights, as in {@code config.json}; treat as read-only
 * @param extras fields of {@code config.json} unknown here, kept for saving
 */
public record GeneratorConfig(
    int tokenDim,
    int rank,
    double alpha,
    int inputDim,
    int dimAccumulation,
    int dModel,
    int headDim,
    int numBaseModelLayers,
    int outputDim,
    int numPgLayers,
    String prefix,
    JsonNode pgMapping,
    Map<String, JsonNode> extras) {
  /** Checks the ranges above; the message names the field. */
  public GeneratorConfig {
    extras = new LinkedHashMap<>(extras);
    require(tokenDim >= 1, "token_dim ≥ 1", tokenDim);
    require(rank >= 1, "rank ≥ 1", rank);
    require(alpha > 0, "alpha > 0", alpha);
    require(inputDim >= 1, "input_dim ≥ 1", inputDim);
    require(
        dimAccumulation >= 1 && rank % dimAccumulation == 0 && dModel % dimAccumulation == 0,
        "dim_accumulation that divides rank %d and d_model %d".formatted(rank, dModel),
        dimAccumulation);
    require(
        headDim >= 4 && headDim % 4 == 0 && dModel >= headDim && dModel % headDim == 0,
        "head_dim, a multiple of 4 that divides d_model %d".formatted(dModel),
        headDim);
    require(
        outputDim == tokenDim, "output_dim equal to token_dim %d".formatted(tokenDim), outputDim);
    require(numPgLayers >= 1, "num_pg_layers ≥ 1", numPgLayers);
    new AdapterLayout(prefix, numBaseModelLayers, rank, PgMapping.sites(pgMapping));
  }

  /** The places the generator writes weights for. */
  public AdapterLayout layout() {
    return new AdapterLayout(prefix, numBaseModelLayers, rank, PgMapping.sites(pgMapping));
  }

  /** Parameter tokens of all lora_A in one layer. */
  public int tokensOfA() {
    return ParameterTokens.of(this).ofA();
  }

  /** Parameter tokens of all lora_B in one layer. */
  public int tokensOfB() {
    return ParameterTokens.of(this).ofB();
  }

  /** alpha / rank, what B A is multiplied by. */
  public double scale() {
    return alpha / rank;
  }

  /** Number of attention heads. */
  public int heads() {
    return dModel / headDim;
  }

  /** A builder for a layout, with small defaults for everything else. */
  public static Builder builder(AdapterLayout layout, int inputDim) {
    return new Builder(layout, inputDim);
  }

  private static void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "A generator needs %s, found %s".formatted(expected, found));
    }
  }

  /** Collects the shape of a new generator. */
  public static final class Builder {
    private final AdapterLayout layout;
    private final int inputDim;
    private int tokenDim = 128;
    private double alpha;
    private int dimAccumulation = 4;
    private int dModel = 192;
    private int headDim = 32;
    private int blocks = 2;

    private Builder(AdapterLayout layout, int inputDim) {
      this.layout = layout;
      this.inputDim = inputDim;
      this.alpha = 2.0 * layout.rank();
    }

    /** Width of a parameter token, 128 unless told. */
    public Builder tokenDim(int value) {
      tokenDim = value;
      return this;
    }

    /** Scale times rank, twice the rank unless told. */
    public Builder alpha(double value) {
      alpha = value;
      return this;
    }

    /**
     * Rank rows folded into one vector, 4 unless told (it must divide the rank). Twice as many
     * halve the vectors the transformer works on, and nearly its time.
     */
    public Builder dimAccumulation(int value) {
      dimAccumulation = value;
      return this;
    }

    /** Width of the transformer, 192 unless told. */
    public Builder dModel(int value) {
      dModel = value;
      return this;
    }

    /** Width of an attention head, 32 unless told. */
    public Builder headDim(int value) {
      headDim = value;
      return this;
    }

    /** Blocks of the transformer, 2 unless told. */
    public Builder blocks(int value) {
      blocks = value;
      return this;
    }

    /** The configuration, checked. */
    public GeneratorConfig build() {
      return new GeneratorConfig(
          tokenDim,
          layout.rank(),
          alpha,
          inputDim,
          dimAccumulation,
          dModel,
          headDim,
          layout.layers(),
          tokenDim,
          blocks,
          layout.prefix(),
          PgMapping.of(layout.sites()),
          Map.of());
    }
  }
}
