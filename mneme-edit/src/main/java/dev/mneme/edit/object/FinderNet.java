package dev.mneme.edit.object;

import dev.mneme.edit.text.TextStates;
import dev.mneme.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Says of every cell of a picture how well each of some names fits what it shows. Convolutions over
 * four scales and back up (a feature pyramid, Lin et al., 2017) give each cell a vector; a linear
 * layer gives each name one; what fits points the same way, as in models of pictures and words
 * (Radford et al., 2021). A name that no one has learned has a vector too, near those of words that
 * mean something alike.
 *
 * @param config its shape
 * @param weights as {@link FinderWeights#shapes} lists them; not written to by this
 */
record FinderNet(FinderConfig config, Map<String, Tensor> weights) {
  private static final int GROUPS = 8;

  /**
   * How well names fit.
   *
   * @param pictures [B, 3, side, side] in [0, 1]
   * @param names [N, E] from {@link #names}
   * @return [B, cells * cells, 1 + N] logits; the first is that of none of all names
   */
  Tensor forward(Tensor pictures, Tensor names) {
    int scales = FinderWeights.CHANNELS.length;
    Tensor[] seen = new Tensor[scales];
    Tensor x = pictures.mul(new Scalar(2)).sub(new Scalar(1));
    for (int scale = 0; scale < scales; scale++) {
      x = conv(x, "down." + scale, 2); // [B, C, side / 2^(scale + 1), ...]
      for (int block = 0; block < FinderWeights.BLOCKS[scale]; block++) {
        x = block(x, "down.%d.%d".formatted(scale, block));
      }
      seen[scale] = x;
    }
    Tensor named = null;
    for (int scale = scales - 2; scale >= 0; scale--) {
      Tensor below = twice(conv(x, "up.%d.from_below".formatted(scale), 1));
      x = block(below.add(seen[scale]), "up.%d.0".formatted(scale));
      named = scale == FinderWeights.NAMED ? x : named;
    }
    Tensor ground = head(x, FinderWeights.GROUND); // [B, 1, cells, cells]
    Tensor cells = head(named, FinderWeights.EMBEDDING).permute(0, 2, 3, 1); // [B, c, c, E]
    Tensor gain = weights.get(FinderWeights.GAIN).exp();
    Tensor fits = unit(cells).matmul(names.t()).mul(gain).permute(0, 3, 1, 2); // [B, N, c, c]
    return torch.cat(new TensorVector(ground, twice(fits)), 1).flatten(2, 3).permute(0, 2, 1);
  }

  /**
   * What stands for names.
   *
   * @param sentences states of each name, in any mix of languages
   * @return [N, E], each of length 1
   */
  Tensor names(List<TextStates> sentences) {
    Tensor[] each = new Tensor[sentences.size()];
    for (int i = 0; i < each.length; i++) {
      TextStates text = sentences.get(i);
      Tensor mean =
          Tensors.fromFloats(text.states(), text.length(), text.encoder().width())
              .mean(new long[] {0}, false, new ScalarTypeOptional());
      String name = FinderWeights.name(text.encoder());
      each[i] = weights.get(name + ".weight").matmul(unit(mean)).add(weights.get(name + ".bias"));
    }
    return unit(torch.stack(new TensorVector(each), 0));
  }

  private Tensor head(Tensor x, String name) {
    return conv(torch.silu(norm(x, name + ".norm")), name, 1);
  }

  private static Tensor unit(Tensor x) {
    Tensor square = x.mul(x).sum(new long[] {-1}, true, new ScalarTypeOptional());
    return x.mul(square.add(new Scalar(1e-8)).rsqrt());
  }

  private Tensor block(Tensor x, String name) {
    Tensor inner = conv(torch.silu(norm(x, name + ".first.norm")), name + ".first", 1);
    return x.add(conv(torch.silu(norm(inner, name + ".second.norm")), name + ".second", 1));
  }

  private Tensor norm(Tensor x, String name) {
    return torch.group_norm(
        x,
        GROUPS,
        new TensorOptional(weights.get(name + ".weight")),
        new TensorOptional(weights.get(name + ".bias")),
        1e-5,
        true);
  }

  private Tensor conv(Tensor x, String name, long stride) {
    Tensor weight = weights.get(name + ".weight");
    long margin = weight.size(2) / 2;
    return torch.conv2d(
        x,
        weight,
        new TensorOptional(weights.get(name + ".bias")),
        new long[] {stride, stride},
        new long[] {margin, margin},
        new long[] {1, 1},
        1);
  }

  private static Tensor twice(Tensor x) {
    return torch.upsample_bilinear2d(
        x,
        new long[] {2 * x.size(2), 2 * x.size(3)},
        false,
        new DoubleOptional(),
        new DoubleOptional());
  }
}
