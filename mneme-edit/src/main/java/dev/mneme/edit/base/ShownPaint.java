package dev.mneme.edit.base;

import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes an adapter for what example pairs show, in closed form: like {@link ShownMix}, but the mix
 * of the {@link Lens}' features may differ from place to place. Each of its coefficients is a
 * constant and a sum over a few {@linkplain #SIGHTS sights} of a token, such as how far from the
 * middle it lies and how light its patch is, that are read from what the first block's paint sees.
 * Two ridge regressions, one for reading the sights and one for the coefficients; nothing is
 * iterated.
 */
public final class ShownPaint {
  /** What a coefficient may depend on: place (3), colour (3), squared light and contrast. */
  private static final int SIGHTS = 8;

  /** Beside second moments of tokens, which are of order one. */
  private static final double RIDGE_SIGHTS = 1e-3;

  /** Beside second moments of features that are whitened to about one. */
  private static final double RIDGE = 5e-4;

  /** The same for features times sights, of which there are many more. */
  private static final double RIDGE_LOCAL = 1e-3;

  /** Every how many pixels along both sides one is looked at. */
  private static final int STEP = 2;

  private ShownPaint() {}

  /**
   * @param text what the base reads where examples speak: {@link Shown#SENTENCE}
   * @param pairs at least one, each as large as a tile
   * @return a batch of one; the tensors belong to the current scope
   */
  public static Adapters write(EditorBase base, TextBatch text, List<Shown> pairs) {
    return Scopes.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard();
              Autocast exact = Autocast.on(Precision.FP32)) {
            return solve(base, text, pairs);
          }
        },
        Adapters::tensors);
  }

  private static Adapters solve(EditorBase base, TextBatch text, List<Shown> pairs) {
    TensorVector seen = new TensorVector(); // [N, d] of every pair
    TensorVector sights = new TensorVector(); // [N, SIGHTS]
    for (Shown pair : pairs) {
      seen.push_back(Scopes.call(() -> tokens(base, text, pair)));
      sights.push_back(Scopes.call(() -> sights(base.config(), pair)));
    }
    Reading reading = Reading.of(torch.cat(seen, 0), torch.cat(sights, 0));
    int k = base.config().lens();
    Tensor moments = torch.zeros(3, k * (1 + SIGHTS));
    Tensor second = torch.zeros(k * (1 + SIGHTS), k * (1 + SIGHTS));
    for (int i = 0; i < pairs.size(); i++) {
      Shown pair = pairs.get(i);
      Tensor read = reading.of(seen.get(i));
      Scopes.run(
          () -> {
            Tensor g = features(base, pair, read); // [K (1 + SIGHTS), P]
            Tensor change = Shown.tensor(pair.after()).sub(Shown.tensor(pair.before()));
            Scalar share = new Scalar(1.0 / g.size(1) / pairs.size());
            moments.add_(torch.matmul(sparse(change).view(3, -1), g.t()).mul(share));
            second.add_(torch.matmul(g, g.t()).mul(share));
          });
    }
    Tensor slack =
        torch.cat(
            new TensorVector(
                torch.full(new long[] {k}, new Scalar(RIDGE)),
                torch.full(new long[] {(long) SIGHTS * k}, new Scalar(RIDGE_LOCAL))),
            0);
    Tensor all = torch.linalg_solve(second.add(slack.diag()), moments.t(), true).t();
    Tensor local = all.narrow(1, k, (long) SIGHTS * k).reshape(3, SIGHTS, k);
    // What is read from the tokens' mean belongs to all places alike.
    Tensor alike = local.mul(reading.offset().view(1, SIGHTS, 1));
    Tensor mix =
        all.narrow(1, 0, k).sub(alike.sum(new long[] {1}, false, new ScalarTypeOptional()));
    Tensor paints = local.permute(0, 2, 1).reshape(3L * k, SIGHTS).mul(new Scalar(1 / Lens.GAIN));
    return adapters(base, mix, reading.weights(), paints);
  }

  /**
   * How sights are read from tokens.
   *
   * @param weights [SIGHTS, d]
   * @param middle [1, d] the mean token, at which each reads zero
   */
  private record Reading(Tensor weights, Tensor middle) {
    /** Of tokens [n, d] that ought to read as sights [n, SIGHTS], brought to mean 0 and size 1. */
    static Reading of(Tensor tokens, Tensor sights) {
      long[] rows = {0};
      Tensor middle = tokens.mean(rows, true, new ScalarTypeOptional());
      Tensor x = tokens.sub(middle);
      Tensor y = sights.sub(sights.mean(rows, true, new ScalarTypeOptional()));
      y = y.div(y.std(rows, true, true).add(new Scalar(1e-3)));
      Scalar share = new Scalar(1.0 / x.size(0));
      Tensor second = torch.matmul(x.t(), x).mul(share);
      Tensor slack = torch.eye(x.size(1)).mul(new Scalar(RIDGE_SIGHTS));
      Tensor product = torch.matmul(x.t(), y).mul(share);
      return new Reading(torch.linalg_solve(second.add(slack), product, true).t(), middle);
    }

    /** [N, d] to [N, SIGHTS]. */
    Tensor of(Tensor tokens) {
      return torch.matmul(tokens.sub(middle), weights.t());
    }

    /** What the mean token reads as where nothing is taken off it: [SIGHTS, 1]. */
    Tensor offset() {
      return torch.matmul(weights, middle.t());
    }
  }

  /** Features alone and times each sight, at some of a pair's pixels: [K (1 + SIGHTS), P]. */
  private static Tensor features(EditorBase base, Shown pair, Tensor read) {
    int k = base.config().lens();
    Tensor f = base.features(Shown.tensor(pair.before())).to(torch.ScalarType.Float);
    f = sparse(f).view(k, -1); // [K, P]
    Tensor s = sparse(everywhere(base.config(), read)).view(SIGHTS, -1); // [SIGHTS, P]
    Tensor products = f.unsqueeze(0).mul(s.unsqueeze(1)).view((long) SIGHTS * k, -1);
    return torch.cat(new TensorVector(f, products), 0);
  }

  private static Tensor tokens(EditorBase base, TextBatch text, Shown pair) {
    Tensor before = Shown.tensor(pair.before());
    Tensor context = Glance.take(base, before, text).context();
    Tensor place = torch.tensor(pair.place()).view(1, 4);
    return base.painting(new EditorInput(before, text, context, place)).squeeze(0).contiguous();
  }

  /** What is to be read from every token: [N, SIGHTS]. */
  private static Tensor sights(EditorConfig config, Shown pair) {
    int side = config.side();
    float[] place = pair.place();
    float[] where = new float[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      float u = place[0] + (place[2] - place[0]) * (i % side + 0.5f) / side - 0.5f;
      float v = place[1] + (place[3] - place[1]) * (i / side + 0.5f) / side - 0.5f;
      where[i] = u * u + v * v;
      where[side * side + i] = u;
      where[2 * side * side + i] = v;
    }
    Tensor picture = Shown.tensor(pair.before());
    Tensor colour = torch.avg_pool2d(picture, config.patch()).view(3, -1); // [3, N]
    Tensor grey = picture.mean(new long[] {1}, true, new ScalarTypeOptional());
    Tensor light = torch.avg_pool2d(grey, config.patch()).view(1, -1);
    Tensor square = torch.avg_pool2d(grey.square(), config.patch()).view(1, -1);
    Tensor contrast = square.sub(light.square()).clamp_min(new Scalar(0.0)).sqrt();
    TensorVector all = new TensorVector(torch.tensor(where).view(3, -1), colour);
    all.push_back(light.square());
    all.push_back(contrast);
    return torch.cat(all, 0).t().contiguous();
  }

  /** Sights of tokens at every pixel, interpolated as in {@link Lens}: [N, S] to [S, T, T]. */
  private static Tensor everywhere(EditorConfig config, Tensor sights) {
    long side = config.side();
    Tensor grid = sights.t().contiguous().view(1, SIGHTS, side, side);
    Tensor cells =
        grid.repeat_interleave(config.cells(), new LongOptional(2), new LongOptional())
            .repeat_interleave(config.cells(), new LongOptional(3), new LongOptional());
    return torch
        .upsample_bilinear2d(
            cells,
            new long[] {config.tile(), config.tile()},
            false,
            new DoubleOptional(),
            new DoubleOptional())
        .squeeze(0);
  }

  /** Every second pixel of both axes. */
  private static Tensor sparse(Tensor planes) {
    long h = planes.size(-2);
    long w = planes.size(-1);
    return planes
        .reshape(-1, h / STEP, STEP, w / STEP, STEP)
        .select(4, 0)
        .select(2, STEP / 2)
        .contiguous();
  }

  /**
   * The first block mixes and paints; all other sites add nothing.
   *
   * @param mix [3, K]
   * @param reads [S, d]
   * @param paints [3 K, S]
   */
  private static Adapters adapters(EditorBase base, Tensor mix, Tensor reads, Tensor paints) {
    Map<String, LoraFactors> factors = new HashMap<>();
    for (int layer = 0; layer < base.layout().layers(); layer++) {
      for (AdapterSite site : base.layout().sites()) {
        LoraFactors written =
            switch (layer == 0 ? site.module() : "") {
              case EditorConfig.MIX ->
                  new LoraFactors(
                      mix.mul(new Scalar(1 / EditorBase.MIX_GAIN)).unsqueeze(0).contiguous(),
                      torch.eye(3).unsqueeze(0));
              case EditorConfig.PAINT ->
                  new LoraFactors(
                      reads.unsqueeze(0).contiguous(), paints.unsqueeze(0).contiguous());
              default ->
                  new LoraFactors(torch.zeros(1, 1, site.in()), torch.zeros(1, site.out(), 1));
            };
        factors.put(base.layout().key(layer, site.module()), written);
      }
    }
    return Adapters.of(base.layout(), factors, 1);
  }
}
