package dev.mneme.edit.base;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.AdaptedLinear;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Attention;
import dev.mneme.tensor.Scopes;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What an {@link EditorBase} thinks with: tokens of the sentence, of the whole picture and of a
 * tile, on their way through equal blocks.
 *
 * @param weights tensors named as {@link EditorWeights} names them
 * @param training whether gradients will be asked for, which decides how attention is computed
 */
record Trunk(EditorConfig config, Map<String, Tensor> weights, boolean training) {
  private static final double EPS = 1e-6;
  private static final float ABSENT = -30_000; // additive mask, within bf16's range

  /**
   * The tokens on their way through the blocks.
   *
   * @param x [B, S, d], S = L (+ 16) + N: sentence, context, image
   * @param length L
   * @param before L (+ 16)
   * @param sense [B, 1, d], what modulates the blocks
   * @param mask [B, 1, 1, before + N / 4], added to attention
   */
  record Tokens(Tensor x, long length, long before, Tensor sense, Tensor mask) {
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

  /** The same with other weights. */
  Trunk with(Map<String, Tensor> other) {
    return new Trunk(config, Map.copyOf(other), training);
  }

  /** Sentence, context and pixels as tokens. */
  Tokens begin(EditorInput in) {
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

  /**
   * Mixing, attention and feed-forward of one block.
   *
   * <p>Each part gives back what it made on its way, so that the next finds that memory warm.
   */
  Tokens block(Tokens tokens, String block, Adapters adapters) {
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

  /**
   * Queries of every token; keys and values of sentence and context, and of the image pooled 2 x 2:
   * the mean of four projections is the projection of their mean.
   */
  private Tensor attention(Tensor h, long before, Tensor mask, String block, Adapters adapters) {
    long batch = h.size(0);
    long length = h.size(1);
    long d = config.width();
    Tensor q = heads(part(h, block + EditorConfig.QKV, 0, d, adapters)); // [B, H, S, hd]
    Tensor pooled = TokenGrid.halved(h.narrow(1, before, length - before), config.side());
    Tensor seen = torch.cat(new TensorVector(h.narrow(1, 0, before), pooled), 1);
    Tensor kv = // [B, before + N/4, 2d]
        part(seen, block + EditorConfig.QKV, d, 2 * d, adapters);
    Tensor k = heads(kv.narrow(2, 0, d));
    Tensor v = heads(kv.narrow(2, d, d));
    Tensor out = Attention.apply(q, k, v, mask, training); // [B, H, S, hd]
    out = out.transpose(1, 2).reshape(batch, length, d);
    return adapted(out, block + EditorConfig.O, adapters);
  }

  /** Some outputs of an adapted linear. */
  private Tensor part(Tensor x, String name, long from, long count, Adapters adapters) {
    LoraFactors factors = adapters.at(name);
    return AdaptedLinear.forward(
        x,
        weights.get(name + ".weight").narrow(0, from, count),
        weights.get(name + ".bias").narrow(0, from, count),
        factors == null ? null : factors.outputs(from, count),
        adapters.scale());
  }

  /**
   * What modulates the blocks: the sentence as a whole, [B, 1, d].
   *
   * @param weights those named {@code text.*}
   */
  static Tensor sense(TextBatch text, Map<String, Tensor> weights) {
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

  private Tensor adapted(Tensor x, String name, Adapters adapters) {
    return adapted(x, name, adapters.at(name), adapters.scale());
  }

  private Tensor adapted(Tensor x, String name, LoraFactors factors, double scale) {
    return AdaptedLinear.forward(
        x, weights.get(name + ".weight"), weights.get(name + ".bias"), factors, scale);
  }

  private Tensor linear(Tensor x, String name) {
    return torch.linear(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
  }

  Tensor norm(Tensor x, String name) {
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
