package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads sentences of one encoder as a whole: each is a direction. Either the encoder's own, the
 * mean of its token states; or that and, beside it, what its {@link Encoder#listener} says as it is
 * (where that is another model) and with an adapter that was taught to tell tasks apart. Of writers
 * from whom the adapter has learned nothing all together are heard better than any alone.
 *
 * <p>Safe for any number of threads. The base that an adapter is for is loaded when the first
 * sentence comes.
 */
public final class SentenceReader {
  private static final int BATCH = 128;

  /**
   * What makes a direction, as shares of the square of its length.
   *
   * @param own of the encoder's
   * @param untaught of the listener as it is; 0 where it is the encoder itself
   * @param taught of the listener with its adapter
   */
  private record Shares(double own, double untaught, double taught) {
    private static final Shares OF_ONE = new Shares(0.7, 0, 0.3);
    private static final Shares OF_TWO = new Shares(0.4, 0.3, 0.3);

    static Shares of(Encoder encoder) {
      return encoder.bert() == encoder.listener() ? OF_ONE : OF_TWO;
    }
  }

  private final Adapters adapters;
  private final Supplier<Listener> listener;

  private SentenceReader(Adapters adapters, Supplier<Listener> listener) {
    this.adapters = adapters;
    this.listener = listener;
  }

  /** A listener as it is, and as it was taught. */
  private record Listener(SentenceBase untaught, SentenceBase taught) {
    static Listener of(SentenceBase base, Adapters adapters) {
      return new Listener(base, base.merged(adapters));
    }
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
    Listener listener = Listener.of(base, adapters);
    return new SentenceReader(adapters, () -> listener);
  }

  /** As {@link #of}, of a base that is loaded when it is needed. */
  static SentenceReader of(Encoder encoder, Adapters adapters) {
    SentenceBase.layoutOf(encoder.listener()).check(adapters);
    return new SentenceReader(adapters, new Once(encoder.listener(), adapters));
  }

  /** What the encoder is adapted by; {@link Adapters#none()} where it is not. */
  Adapters adapters() {
    return adapters;
  }

  /** How many numbers a direction has. */
  int width(Encoder encoder) {
    if (adapters.isEmpty()) {
      return encoder.width();
    }
    int parts = Shares.of(encoder).untaught() > 0 ? 2 : 1;
    return encoder.width() + parts * encoder.listener().width();
  }

  /** A unit vector of {@link #width}. */
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
      List<String> texts = some.stream().map(i -> sentences.get(i).text()).toList();
      Shares shares = Shares.of(sentences.get(some.get(0)).encoder());
      float[] heard = heard(texts, shares);
      int width = heard.length / some.size();
      for (int k = 0; k < some.size(); k++) {
        float[] own = frozen.get(some.get(k));
        float[] all = Arrays.copyOf(own, own.length + width);
        for (int i = 0; i < own.length; i++) {
          all[i] *= (float) Math.sqrt(shares.own());
        }
        System.arraycopy(heard, k * width, all, own.length, width);
        read[some.get(k)] = all;
      }
    }
    return List.of(read);
  }

  /** What the listener says, each part with its share: [B, D] or [B, 2 D]. */
  private float[] heard(List<String> texts, Shares shares) {
    float[][] all = new float[1][];
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            Listener both = listener.get();
            Tensor heard = weighed(both.taught(), texts, shares.taught());
            if (shares.untaught() > 0) {
              Tensor untaught = weighed(both.untaught(), texts, shares.untaught());
              heard = torch.cat(new TensorVector(untaught, heard), 1);
            }
            all[0] = Tensors.toFloats(heard);
          }
        });
    return all[0];
  }

  private static Tensor weighed(SentenceBase base, List<String> texts, double share) {
    return base.directions(texts, Adapters.none()).mul(new Scalar(Math.sqrt(share)));
  }

  /** Loads a listener once. */
  private static final class Once implements Supplier<Listener> {
    private final Bert bert;
    private final Adapters adapters;
    private Listener loaded;

    Once(Bert bert, Adapters adapters) {
      this.bert = bert;
      this.adapters = adapters;
    }

    @Override
    public synchronized Listener get() {
      if (loaded == null) {
        loaded = Listener.of(SentenceBase.load(bert), adapters);
      }
      return loaded;
    }
  }
}
