package dev.mneme.edit.base;

import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sentences of a batch, padded to one length. The first token of each row is the mean of its
 * sentence's states: a sentence's sense as a whole is what carries over to wordings never seen.
 *
 * @param states for each encoder that speaks in this batch [B, L, encoder width]; rows of other
 *     encoders are zero
 * @param mask [B, L], 1 where a token is, 0 where it is padding
 */
public record TextBatch(Map<Encoder, Tensor> states, Tensor mask) {

  private static final int STEP = 24;

  /** The same where few tokens count more: every tile of a picture reads them all. */
  private static final int SMALL_STEP = 8;

  /** Pads sentences into one batch; tensors belong to the current scope. */
  public static TextBatch of(List<TextStates> sentences) {
    int longest = 1 + sentences.stream().mapToInt(TextStates::length).max().orElseThrow();
    int length =
        (longest + STEP - 1) / STEP * STEP; // few lengths: the kernels are compiled for each
    int batch = sentences.size();
    Map<Encoder, float[]> values = new EnumMap<>(Encoder.class);
    float[] mask = new float[batch * length];
    for (int row = 0; row < batch; row++) {
      TextStates sentence = sentences.get(row);
      int width = sentence.encoder().width();
      float[] out =
          values.computeIfAbsent(sentence.encoder(), e -> new float[batch * length * e.width()]);
      float[] states = sentence.states();
      int base = row * length * width;
      for (int i = 0; i < states.length; i++) {
        out[base + i % width] += states[i] / sentence.length();
      }
      System.arraycopy(states, 0, out, base + width, states.length);
      java.util.Arrays.fill(mask, row * length, row * length + 1 + sentence.length(), 1);
    }
    Map<Encoder, Tensor> tensors = new EnumMap<>(Encoder.class);
    values.forEach((e, v) -> tensors.put(e, torch.tensor(v).view(batch, length, e.width())));
    return new TextBatch(tensors, torch.tensor(mask).view(batch, length));
  }

  /** Number of sentences. */
  public long batch() {
    return mask.size(0);
  }

  /** Number of tokens of the longest sentence, the mean token included. */
  public long length() {
    return mask.size(1);
  }

  /** The same sentences with no more padding than they need. */
  public TextBatch trimmed() {
    Tensor counts = mask.sum(new long[] {1}, false, new ScalarTypeOptional());
    long longest = Math.round(counts.max().item_float());
    long length = Math.min(length(), (longest + SMALL_STEP - 1) / SMALL_STEP * SMALL_STEP);
    Map<Encoder, Tensor> tensors = new EnumMap<>(Encoder.class);
    states.forEach((e, t) -> tensors.put(e, t.narrow(1, 0, length)));
    return new TextBatch(tensors, mask.narrow(1, 0, length));
  }

  /** The same sentence for every tile of a picture. */
  public TextBatch expandedTo(long batch) {
    Map<Encoder, Tensor> tensors = new EnumMap<>(Encoder.class);
    states.forEach((e, t) -> tensors.put(e, t.expand(batch, -1, -1)));
    return new TextBatch(tensors, mask.expand(batch, -1));
  }
}
