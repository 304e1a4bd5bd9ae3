package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Reads sentences of one encoder as a whole: each is a direction. Either the encoder's own, the
 * mean of its token states; or that and, beside it, what an adapter makes of it that was taught to
 * tell tasks apart. Of writers from whom the adapter has learned nothing the two together are heard
 * better than either alone.
 *
 * <p>Safe for any number of threads. The base that an adapter is for is loaded when the first
 * sentence comes.
 */
public final class SentenceReader {
  private static final int BATCH = 128;

  /** Of the square of a direction's length, how much the adapter says. */
  private static final double TAUGHT = 0.3;

  private final Adapters adapters;
  private final Supplier<SentenceBase> base;

  private SentenceReader(Adapters adapters, Supplier<SentenceBase> base) {
    this.adapters = adapters;
    this.base = base;
  }

  /** The encoder as it is. */
  public static SentenceReader frozen() {
    return new SentenceReader(Adapters.none(), () -> null);
  }

  /**
   * An adapted one.
   *
   * @param adapters a batch of 1, kept by whoever made it
   */
  public static SentenceReader of(SentenceBase base, Adapters adapters) {
    base.check(adapters);
    return new SentenceReader(adapters, () -> base);
  }

  /** As {@link #of}, of a base that is loaded when it is needed. */
  static SentenceReader of(Encoder encoder, Adapters adapters) {
    SentenceBase.layoutOf(encoder).check(adapters);
    return new SentenceReader(adapters, new Once(encoder));
  }

  /** What the encoder is adapted by; {@link Adapters#none()} where it is not. */
  Adapters adapters() {
    return adapters;
  }

  /** How many numbers a direction has. */
  int width(Encoder encoder) {
    return adapters.isEmpty() ? encoder.width() : 2 * encoder.width();
  }

  /** A unit vector as wide as the encoder's states, and twice as wide where it is adapted. */
  float[] read(TextStates sentence) {
    return read(List.of(sentence)).get(0);
  }

  /** One for each sentence; those of like length are read together. */
  List<float[]> read(List<TextStates> sentences) {
    List<float[]> frozen = sentences.stream().map(SentenceFeatures::of).toList();
    if (adapters.isEmpty()) {
      return frozen;
    }
    List<Integer> order =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparing(i -> sentences.get(i).length()))
            .toList();
    float[][] read = new float[sentences.size()][];
    for (int from = 0; from < order.size(); from += BATCH) {
      List<Integer> some = order.subList(from, Math.min(order.size(), from + BATCH));
      float[] all = batch(some.stream().map(i -> sentences.get(i).text()).toList());
      for (int k = 0; k < some.size(); k++) {
        read[some.get(k)] = beside(frozen.get(some.get(k)), all, k);
      }
    }
    return List.of(read);
  }

  /** An encoder's own direction, and after it the one of a row of those that it was taught. */
  private static float[] beside(float[] frozen, float[] taught, int row) {
    int width = frozen.length;
    float[] both = new float[2 * width];
    for (int i = 0; i < width; i++) {
      both[i] = (float) Math.sqrt(1 - TAUGHT) * frozen[i];
      both[width + i] = (float) Math.sqrt(TAUGHT) * taught[row * width + i];
    }
    return both;
  }

  private float[] batch(List<String> texts) {
    float[][] all = new float[1][];
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            all[0] = Tensors.toFloats(base.get().directions(texts, adapters));
          }
        });
    return all[0];
  }

  /** Loads a base once. */
  private static final class Once implements Supplier<SentenceBase> {
    private final Encoder encoder;
    private SentenceBase loaded;

    Once(Encoder encoder) {
      this.encoder = encoder;
    }

    @Override
    public synchronized SentenceBase get() {
      if (loaded == null) {
        loaded = SentenceBase.load(encoder);
      }
      return loaded;
    }
  }
}
