package dev.mneme.edit.base;

import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdaptedLinear;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A small text-conditioned image transformer that edits square tiles.
 *
 * <p>Every block mixes neighbouring tokens, attends to the sentence, the picture's context and the
 * tile's own pooled tokens, passes a gated feed-forward, and paints: it adds to the coefficients
 * that mix the {@link Lens}' pixel features. The result is a residual on the source, so a base that
 * has learned nothing changes nothing.
 *
 * <p>Instances are immutable and safe for concurrent use; adapters come with the call.
 */
public final class EditorBase implements AdaptableBase {
  /** How much an adapter's mix counts: about as much a step as what adapters paint otherwise. */
  static final double MIX_GAIN = 0.25;

  private final EditorConfig config;
  private final AdapterLayout layout;
  private final Trunk trunk;
  private final Map<String, Tensor> weights; // of the trunk
  private final Lens lens;
  private final SecondLook second;
  private final Optional<Tensor> again; // [1, 3, F], a second mix that is part of the weights

  /**
   * @param config shape
   * @param rank rank of the adapters that {@link #layout()} asks for
   * @param weights tensors named as {@link EditorWeights} names them
   * @param training whether gradients will be asked for, which decides how attention is computed
   */
  public EditorBase(EditorConfig config, int rank, Map<String, Tensor> weights, boolean training) {
    this(
        config.layout(rank),
        new Trunk(config, checked(config, weights), training),
        new Lens(config),
        Optional.empty());
  }

  private EditorBase(AdapterLayout layout, Trunk trunk, Lens lens, Optional<Tensor> again) {
    this.config = trunk.config();
    this.layout = layout;
    this.trunk = trunk;
    this.weights = trunk.weights();
    this.lens = lens;
    this.second = new SecondLook(config, lens);
    this.again = again;
  }

  private static Map<String, Tensor> checked(EditorConfig config, Map<String, Tensor> weights) {
    EditorWeights.check(config, weights);
    return Map.copyOf(weights);
  }

  public EditorConfig config() {
    return config;
  }

  @Override
  public AdapterLayout layout() {
    return layout;
  }

  /**
   * A base whose weights already hold one sample's adapter, for editing many tiles with it. New
   * tensors belong to the current scope.
   *
   * @param adapters a batch of one
   */
  public EditorBase with(Adapters adapters) {
    if (adapters.isEmpty()) {
      return this;
    }
    check(adapters);
    Map<String, Tensor> merged = new HashMap<>(weights);
    double scale = adapters.scale();
    for (String block : blocks()) {
      for (AdapterSite site : layout.sites()) {
        String key = block + site.module();
        LoraFactors factors = adapters.at(key);
        switch (site.module()) {
          case EditorConfig.MIX ->
              merged.merge(
                  block + EditorConfig.PAINT + ".bias",
                  mix(factors, scale).flatten().repeat(cellsOfPatch()),
                  (bias, mix) -> bias.add(mix.to(bias.scalar_type())));
          case EditorConfig.PAINT ->
              merged.computeIfPresent(
                  key + ".weight",
                  (name, w) -> AdaptedLinear.merged(w, inEveryCell(factors), scale));
          default ->
              merged.computeIfPresent(
                  key + ".weight", (name, w) -> AdaptedLinear.merged(w, factors, scale));
        }
      }
    }
    return new EditorBase(layout, trunk.with(merged), lens, again(adapters));
  }

  /**
   * The same base with its matrices kept in a precision, for many forwards: an autocast region
   * would make copies of them in each. New tensors belong to the current scope.
   */
  public EditorBase in(Precision precision) {
    Map<String, Tensor> kept = new HashMap<>(weights);
    if (precision == Precision.BF16) {
      kept.replaceAll(
          (name, w) ->
              w.dim() == 1 || name.equals(EditorWeights.WHITENING)
                  ? w
                  : w.to(precision.scalarType()));
    }
    return new EditorBase(layout, trunk.with(kept), lens, again);
  }

  /**
   * Edits a batch of tiles, each row with its own adapter; see {@link EditorInput} for shapes.
   *
   * @return [B, 3, tile, tile], not clamped
   * @throws dev.mneme.memory.AdapterMismatchException if the adapters are for other places or
   *     another batch
   */
  public Tensor forward(EditorInput in, Adapters adapters) {
    check(adapters);
    Trunk.Tokens tokens = trunk.begin(in);
    TensorVector seen = new TensorVector(); // [B, N, d] of every block
    Tensor alike = null; // [B, N, 3 K], what adapters paint in all cells of a patch
    for (String block : blocks()) {
      tokens = trunk.block(tokens, block, adapters);
      Tensor h = trunk.norm(tokens.image(), block + "norm_paint");
      seen.push_back(h);
      if (!adapters.isEmpty()) {
        alike = sum(alike, painted(h, block, adapters));
      }
    }
    Tensor paint = inEveryCell(Scopes.call(() -> painted(seen)), alike); // [B, N, paintWidth]
    return Scopes.call(() -> edited(in.tiles(), paint, again(adapters)));
  }

  private Tensor edited(Tensor tiles, Tensor paint, Optional<Tensor> more) {
    LensSight seen = lens.see(tiles, weights);
    Tensor edited = tiles.add(seen.painted(paint));
    return more.map(mix -> edited.add(second.over(seen, tiles, edited, mix, weights)))
        .orElse(edited);
  }

  /** The second mix of these weights and of adapters, if there is one: [B, 3, F]. */
  private Optional<Tensor> again(Adapters adapters) {
    Optional<Tensor> more =
        adapters.atOptional(EditorConfig.SECOND).map(f -> exact(f, adapters.scale()));
    return more.map(m -> again.map(m::add).orElse(m)).or(() -> again);
  }

  /**
   * In full precision also where products are made in less: a mix is of large, nearly equal parts.
   */
  private static Tensor exact(LoraFactors factors, double scale) {
    try (Autocast region = Autocast.on(Precision.FP32)) {
      Tensor a = factors.a().to(torch.ScalarType.Float);
      Tensor b = factors.b().to(torch.ScalarType.Float);
      return b.matmul(a).mul(new Scalar(scale));
    }
  }

  /** What the first block's paint sees of a batch of tiles, without adapters: [B, N, d]. */
  Tensor painting(EditorInput in) {
    String first = blocks().get(0);
    Trunk.Tokens tokens = trunk.block(trunk.begin(in), first, Adapters.none());
    return trunk.norm(tokens.image(), first + "norm_paint");
  }

  /** What the base sees in a batch of tiles, without adapters and without painting. */
  public EditorStates look(EditorInput in) {
    Trunk.Tokens tokens = trunk.begin(in);
    Tensor sentence = tokens.sentence();
    Tensor image = tokens.image();
    for (String block : blocks()) {
      tokens = trunk.block(tokens, block, Adapters.none());
    }
    return new EditorStates(
        tokens.sentence(),
        sentence,
        TokenGrid.pooled(tokens.image(), config.side()),
        TokenGrid.pooled(image, config.side()));
  }

  /** Features of the lens, which coefficients mix: tiles [B, 3, T, T] to [B, K, T, T]. */
  public Tensor features(Tensor tiles) {
    return lens.maps(tiles, weights);
  }

  /**
   * Features that a second mix mixes.
   *
   * @param tiles as they were, [B, 3, T, T]
   * @param edited what a first edit made of them
   * @return [B, F, T, T], where F is the width of {@link EditorConfig#SECOND}
   */
  public Tensor secondFeatures(Tensor tiles, Tensor edited) {
    return second.features(tiles, edited, weights);
  }

  /** The mix of features that adapters write for all pixels alike: [B, 3, K]. */
  public Tensor mixed(Adapters adapters) {
    check(adapters);
    Tensor sum = null;
    for (String block : blocks()) {
      sum = sum(sum, mix(adapters.at(block + EditorConfig.MIX), adapters.scale() * Lens.GAIN));
    }
    return sum.view(-1, 3, config.lens());
  }

  /**
   * What modulates the blocks: the sentence as a whole, [B, 1, d].
   *
   * @param weights those named {@code text.*}
   */
  public static Tensor sense(TextBatch text, Map<String, Tensor> weights) {
    return Trunk.sense(text, weights);
  }

  private List<String> blocks() {
    return IntStream.range(0, config.layers()).mapToObj(i -> "blocks." + i + ".").toList();
  }

  /**
   * The coefficients an adapter adds in one block: h [B, N, d] to [B, N, 3 K]. They are the same
   * for all cells of a patch. Whatever it said of each apart would repeat in every patch of the
   * picture, and be seen as a grid.
   */
  private Tensor painted(Tensor h, String block, Adapters adapters) {
    Tensor read =
        AdaptedLinear.change(h, adapters.at(block + EditorConfig.PAINT), adapters.scale());
    Tensor mix = mix(adapters.at(block + EditorConfig.MIX), adapters.scale());
    return read.add(mix.to(read.scalar_type()));
  }

  /** What all blocks paint together: one product over what each of them sees. */
  private Tensor painted(TensorVector seen) {
    TensorVector matrices = new TensorVector();
    Tensor bias = null;
    for (String block : blocks()) {
      matrices.push_back(weights.get(block + EditorConfig.PAINT + ".weight"));
      bias = sum(bias, weights.get(block + EditorConfig.PAINT + ".bias"));
    }
    return torch.linear(torch.cat(seen, 2), torch.cat(matrices, 1), new TensorOptional(bias));
  }

  private static Tensor sum(Tensor total, Tensor more) {
    return total == null ? more : total.add(more);
  }

  /**
   * A linear of the lens' K features to 3 colours, the same for all pixels, is a coefficient for
   * each of them in every cell: [B, 1, 3 K], in the units in which blocks paint.
   */
  private static Tensor mix(LoraFactors factors, double scale) {
    return factors
        .product()
        .flatten(1, 2)
        .unsqueeze(1)
        .mul(new Scalar(scale * MIX_GAIN / Lens.GAIN));
  }

  /** Coefficients [B, N, paintWidth] and what is alike in all cells of a patch, [B, N, 3 K]. */
  private Tensor inEveryCell(Tensor paint, Tensor alike) {
    if (alike == null) {
      return paint;
    }
    long[] byCell = {paint.size(0), paint.size(1), cellsOfPatch(), config.cellWidth()};
    return paint.view(byCell).add(alike.unsqueeze(2)).flatten(2, 3);
  }

  private LoraFactors inEveryCell(LoraFactors factors) {
    return new LoraFactors(factors.a(), factors.b().repeat(1, cellsOfPatch(), 1));
  }

  private long cellsOfPatch() {
    return (long) config.cells() * config.cells();
  }
}
