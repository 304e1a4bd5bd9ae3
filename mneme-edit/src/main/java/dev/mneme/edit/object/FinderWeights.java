package dev.mneme.edit.object;

import dev.mneme.edit.text.TextStates.Encoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Names and shapes of a {@link FinderNet}'s weights. */
final class FinderWeights {
  /** Channels of a scale, as multiples of the width, and residual blocks there. */
  static final int[] CHANNELS = {1, 2, 4, 6};

  static final int[] BLOCKS = {0, 1, 3, 2};

  /** The scale at which cells are named; whether anything is there is said at the finest. */
  static final int NAMED = 1;

  static final String EMBEDDING = "out.embedding";
  static final String GROUND = "out.ground";

  /** Gain of a match, learned as logarithm. */
  static final String GAIN = "match.log_gain";

  private static final double FIRST_LOG_GAIN = Math.log(10);

  private FinderWeights() {}

  /** Shape of every weight, in a stable order. */
  static Map<String, long[]> shapes(FinderConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long before = 3;
    for (int scale = 0; scale < CHANNELS.length; scale++) {
      long here = channels(config, scale);
      conv(shapes, "down." + scale, before, here, 3);
      for (int block = 0; block < BLOCKS[scale]; block++) {
        block(shapes, "down.%d.%d".formatted(scale, block), here);
      }
      before = here;
    }
    for (int scale = CHANNELS.length - 2; scale >= 0; scale--) {
      long here = channels(config, scale);
      conv(shapes, "up.%d.from_below".formatted(scale), before, here, 1);
      block(shapes, "up.%d.0".formatted(scale), here);
      before = here;
    }
    head(shapes, EMBEDDING, channels(config, NAMED), config.embedding());
    head(shapes, GROUND, channels(config, 0), 1);
    for (Encoder encoder : Encoder.values()) {
      shapes.put(name(encoder) + ".weight", new long[] {config.embedding(), encoder.width()});
      shapes.put(name(encoder) + ".bias", new long[] {config.embedding()});
    }
    shapes.put(GAIN, new long[] {1});
    return shapes;
  }

  static String name(Encoder encoder) {
    return "name." + encoder.name().toLowerCase(Locale.ROOT);
  }

  static long channels(FinderConfig config, int scale) {
    return (long) config.width() * CHANNELS[scale];
  }

  private static void head(Map<String, long[]> shapes, String name, long in, long out) {
    norm(shapes, name + ".norm", in);
    conv(shapes, name, in, out, 1);
  }

  private static void block(Map<String, long[]> shapes, String name, long channels) {
    for (String half : new String[] {".first", ".second"}) {
      norm(shapes, name + half + ".norm", channels);
      conv(shapes, name + half, channels, channels, 3);
    }
  }

  private static void norm(Map<String, long[]> shapes, String name, long channels) {
    shapes.put(name + ".weight", new long[] {channels});
    shapes.put(name + ".bias", new long[] {channels});
  }

  private static void conv(Map<String, long[]> shapes, String name, long in, long out, int kernel) {
    shapes.put(name + ".weight", new long[] {out, in, kernel, kernel});
    shapes.put(name + ".bias", new long[] {out});
  }

  /** Weights to begin with, leaves that want a gradient; they outlive scopes. */
  static Map<String, Tensor> fresh(FinderConfig config, long seed) {
    torch.manual_seed(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    shapes(config)
        .forEach(
            (name, shape) -> {
              Tensor w = first(name, shape).set_requires_grad(true);
              w.retainReference();
              weights.put(name, w);
            });
    return weights;
  }

  private static Tensor first(String name, long[] shape) {
    if (name.equals(GAIN)) {
      return torch.full(shape, new Scalar(FIRST_LOG_GAIN));
    } else if (name.endsWith("norm.weight")) {
      return torch.ones(shape);
    } else if (shape.length == 1 || name.contains(".second.")) {
      return torch.zeros(shape); // a block begins as nothing
    }
    long in = 1;
    for (int i = 1; i < shape.length; i++) {
      in *= shape[i];
    }
    return torch.randn(shape).mul(new Scalar(Math.sqrt(1.5 / in))).detach();
  }
}
