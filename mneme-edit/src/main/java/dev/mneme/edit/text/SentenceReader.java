package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Reads sentences of one encoder as a whole: each is a direction. Either the encoder's own, the
 * mean of its token states; or what an adapter makes of it that was taught to tell tasks apart.
 *
 * <p>Safe for any number of threads. The base that an adapter is for is loaded when the first
 * sentence comes.
 */
public final class SentenceReader {
  private static final int BATCH = 128;

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

  /** A unit vector as wide as the encoder's states. */
  float[] read(TextStates sentence) {
    return read(List.of(sentence)).get(0);
  }

  /** One for each sentence; those of like length are read together. */
  List<float[]> read(List<TextStates> sentences) {
    if (adapters.isEmpty()) {
      return sentences.stream().map(SentenceFeatures::of).toList();
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
      int width = all.length / some.size();
      for (int k = 0; k < some.size(); k++) {
        float[] own = new float[width];
        System.arraycopy(all, k * width, own, 0, width);
        read[some.get(k)] = own;
      }
    }
    return new ArrayList<>(List.of(read));
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
