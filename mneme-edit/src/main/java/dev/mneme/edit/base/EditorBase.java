package dev.mneme.edit.base;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdaptedLinear;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Attention;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final double EPS = 1e-6;
  private static final float ABSENT = -30_000; // additive mask, within bf16's range

  /** How much an adapter's mix counts: about as much a step as what adapters paint otherwise. */
  static final double MIX_GAIN = 0.25;

  private final EditorConfig config;
  private final AdapterLayout layout;
  private final Map<String, Tensor> weights;
  private final Lens lens;
  private final boolean training;

  /**
   * @param config shape
   * @param rank rank of the adapters that {@link #layout()} asks for
   * @param weights tensors named as {@link EditorWeights} names them
   * @param training whether gradients will be asked for, which decides how attention is computed
   */
  public EditorBase(EditorConfig config, int rank, Map<String, Tensor> weights, boolean training) {
    EditorWeights.check(config, weights);
    this.config = config;
    this.layout = config.layout(rank);
    this.weights = Map.copyOf(weights);
    this.lens = new Lens(config);
    this.training = training;
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
    return new EditorBase(config, layout, merged, lens, training);
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
    return new EditorBase(config, layout, kept, lens, training);
  }

  private EditorBase(
      EditorConfig config,
      AdapterLayout layout,
      Map<String, Tensor> weights,
      Lens lens,
      boolean training) {
    this.config = config;
    this.layout = layout;
    this.weights = weights;
    this.lens = lens;
    this.training = training;
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
    Tokens tokens = begin(in);
    TensorVector seen = new TensorVector(); // [B, N, d] of every block
    Tensor alike = null; // [B, N, 3 K], what adapters paint in all cells of a patch
    for (String block : blocks()) {
      tokens = block(tokens, block, adapters);
      Tensor h = norm(tokens.image(), block + "norm_paint");
      seen.push_back(h);
      if (!adapters.isEmpty()) {
        alike = sum(alike, painted(h, block, adapters));
      }
    }
    Tensor paint = Scopes.call(() -> painted(seen)); // [B, N, paintWidth]
    if (alike != null) {
      long[] byCell = {paint.size(0), paint.size(1), cellsOfPatch(), config.cellWidth()};
      paint = paint.view(byCell).add(alike.unsqueeze(2)).flatten(2, 3);
    }
    Tensor coefficients = paint;
    return Scopes.call(
        () -> in.tiles().add(lens.paint(coefficients, lens.features(in.tiles(), weights))));
  }

  /** What the first block's paint sees of a batch of tiles, without adapters: [B, N, d]. */
  Tensor painting(EditorInput in) {
    String first = blocks().get(0);
    return norm(block(begin(in), first, Adapters.none()).image(), first + "norm_paint");
  }

  /** What the base sees in a batch of tiles, without adapters and without painting. */
  public EditorStates look(EditorInput in) {
    Tokens tokens = begin(in);
    Tensor sentence = tokens.sentence();
    Tensor image = tokens.image();
    for (String block : blocks()) {
      tokens = block(tokens, block, Adapters.none());
    }
    return new EditorStates(
        tokens.sentence(),
        sentence,
        TokenGrid.pooled(tokens.image(), config.side()),
        TokenGrid.pooled(image, config.side()));
  }

  /**
   * The tokens on their way through the blocks.
   *
   * @param x [B, S, d], S = L (+ 16) + N: sentence, context, image
   * @param length L
   * @param before L (+ 16)
   * @param sense [B, 1, d], what modulates the blocks
   * @param mask [B, 1, 1, before + N / 4], added to attention
   */
  private record Tokens(Tensor x, long length, long before, Tensor sense, Tensor mask) {
    Tensor image() {
      return x.narrow(1, before, x.size(1) - before);
    }

    Tensor sentence() {
      return x.narrow(1, 0, length);
    }

    Tokens with(Tensor next) {
      return new Tokens(next, length, before, sense, mask);
    }
  }

  private Tokens begin(EditorInput in) {
    Tensor sentence = sentence(in.text(), weights); // [B, L, d]
    Tensor image = embed(in.tiles(), in.place()); // [B, N, d]
    TensorVector all = new TensorVector(sentence);
    if (in.context() != null) {
      Tensor context = in.context().to(image.scalar_type());
      all.push_back(context.add(weights.get("context.type").to(image.scalar_type())));
    }
    all.push_back(image);
    Tensor x = torch.cat(all, 1);
    long length = sentence.size(1);
    long before = x.size(1) - image.size(1);
    Tensor sense = torch.silu(sentence.narrow(1, 0, 1)); // the mean token
    return new Tokens(x, length, before, sense, keyMask(in.text().mask(), before - length));
  }

  /** Each part gives back what it made on its way, so that the next finds that memory warm. */
  private Tokens block(Tokens tokens, String block, Adapters adapters) {
    TensorVector mod = // 4 x [B, 1, d]
        torch.chunk(linear(tokens.sense(), block + "modulation"), 4, -1);
    Tokens mixed = tokens.with(Scopes.call(() -> mixed(tokens, mod, block, adapters)));
    Tokens attended = tokens.with(Scopes.call(() -> attended(mixed, block, adapters)));
    return tokens.with(Scopes.call(() -> fed(attended.x(), mod, block, adapters)));
  }

  /** Neighbours of the image exchange what they know. */
  private Tensor mixed(Tokens tokens, TensorVector mod, String block, Adapters adapters) {
    Tensor image = tokens.image();
    Tensor h = modulate(norm(image, block + "norm_mix"), mod.get(0), mod.get(1));
    h = adapted(h, block + EditorConfig.MIX_DOWN, adapters); // [B, N, m]
    h = TokenGrid.neighbours(h, image.size(0), config.side()); // [B, N, 9 m]
    h = adapted(h, block + EditorConfig.MIX_UP, adapters); // [B, N, d]
    Tensor before = tokens.x().narrow(1, 0, tokens.before());
    return torch.cat(new TensorVector(before, image.add(h)), 1);
  }

  private Tensor attended(Tokens tokens, String block, Adapters adapters) {
    Tensor x = tokens.x();
    Tensor h = norm(x, block + "norm_attn");
    return x.add(attention(h, tokens.before(), tokens.mask(), block, adapters));
  }

  private Tensor fed(Tensor x, TensorVector mod, String block, Adapters adapters) {
    Tensor h = modulate(norm(x, block + "norm_mlp"), mod.get(2), mod.get(3));
    TensorVector gateUp = torch.chunk(adapted(h, block + EditorConfig.GATE_UP, adapters), 2, -1);
    h = torch.silu(gateUp.get(0)).mul(gateUp.get(1)); // [B, S, f]
    return x.add(adapted(h, block + EditorConfig.DOWN, adapters));
  }

  /** Queries of every token; keys of sentence and context, and of the image pooled 2 x 2. */
  private Tensor attention(Tensor h, long before, Tensor mask, String block, Adapters adapters) {
    long batch = h.size(0);
    long length = h.size(1);
    Tensor qkv = adapted(h, block + EditorConfig.QKV, adapters); // [B, S, 3d]
    Tensor q = heads(qkv.narrow(2, 0, config.width())); // [B, H, S, hd]
    Tensor kv = qkv.narrow(2, config.width(), 2L * config.width()); // [B, S, 2d]
    Tensor own =
        TokenGrid.halved(kv.narrow(1, before, length - before), config.side()); // [B, N/4, 2d]
    kv = torch.cat(new TensorVector(kv.narrow(1, 0, before), own), 1); // [B, before + N/4, 2d]
    Tensor k = heads(kv.narrow(2, 0, config.width()));
    Tensor v = heads(kv.narrow(2, config.width(), config.width()));
    Tensor out = Attention.apply(q, k, v, mask, training); // [B, H, S, hd]
    out = out.transpose(1, 2).reshape(batch, length, config.width());
    return adapted(out, block + EditorConfig.O, adapters);
  }

  /** Features of the lens, which coefficients mix: tiles [B, 3, T, T] to [B, K, T, T]. */
  public Tensor features(Tensor tiles) {
    return lens.maps(tiles, weights);
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
    return torch.silu(sentence(text, weights).narrow(1, 0, 1));
  }

  private static Tensor sentence(TextBatch text, Map<String, Tensor> weights) {
    Tensor sum = null; // a row speaks through one encoder only; the others' states are zero
    for (Map.Entry<Encoder, Tensor> e : text.states().entrySet()) {
      String name = "text." + e.getKey().name().toLowerCase(java.util.Locale.ROOT) + ".weight";
      Tensor part = torch.linear(e.getValue(), weights.get(name));
      sum = sum == null ? part : sum.add(part);
    }
    return norm(sum, weights.get("text.norm.weight")); // [B, L, d]
  }

  /** Pixels to tokens, with where each token lies in its tile and in the whole picture. */
  private Tensor embed(Tensor tiles, Tensor place) {
    long batch = tiles.size(0);
    int side = config.side();
    int patch = config.patch();
    Tensor patches =
        tiles
            .sub(new Scalar(0.5f))
            .reshape(batch, 3, side, patch, side, patch)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(batch, (long) side * side, 3L * patch * patch); // [B, N, 3 p p]
    Tensor x = linear(patches, "patch");
    Tensor where =
        linear(Places.features(place, side), "place").add(weights.get("position")); // [B, N, d]
    return x.add(where.to(x.scalar_type()));
  }

  private Tensor keyMask(Tensor text, long context) {
    long keys = text.size(1) + context + (long) config.side() * config.side() / 4;
    Tensor all = torch.constant_pad_nd(text, new long[] {0, keys - text.size(1)}, new Scalar(1.0));
    return all.sub(new Scalar(1.0)).mul(new Scalar(-ABSENT)).view(-1, 1, 1, keys);
  }

  private Tensor heads(Tensor t) {
    return t.reshape(t.size(0), t.size(1), config.heads(), config.headDim()).transpose(1, 2);
  }

  private List<String> blocks() {
    return IntStream.range(0, config.layers()).mapToObj(i -> "blocks." + i + ".").toList();
  }

  private Tensor adapted(Tensor x, String name, Adapters adapters) {
    return adapted(x, name, adapters.at(name), adapters.scale());
  }

  private Tensor adapted(Tensor x, String name, LoraFactors factors, double scale) {
    return AdaptedLinear.forward(
        x, weights.get(name + ".weight"), weights.get(name + ".bias"), factors, scale);
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

  private LoraFactors inEveryCell(LoraFactors factors) {
    return new LoraFactors(factors.a(), factors.b().repeat(1, cellsOfPatch(), 1));
  }

  private long cellsOfPatch() {
    return (long) config.cells() * config.cells();
  }

  private Tensor linear(Tensor x, String name) {
    return torch.linear(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
  }

  private Tensor norm(Tensor x, String name) {
    return norm(x, weights.get(name + ".weight"));
  }

  private static Tensor norm(Tensor x, Tensor weight) {
    return torch.layer_norm(
        x,
        new long[] {weight.size(0)},
        new TensorOptional(weight),
        new TensorOptional(),
        EPS,
        false);
  }

  private static Tensor modulate(Tensor x, Tensor shift, Tensor scale) {
    return torch.addcmul(x.add(shift), x, scale);
  }
}
