package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.tensor.Tensors;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextBatchTest {
  private final TextStates english = new WordEncoder().encode("make it warmer");
  private final TextStates chinese = new WordEncoder().encode("变暖");

  @BeforeAll
  static void start() {
    dev.mneme.tensor.Engine.start();
  }

  @Test
  void beginsEveryRowWithTheMeanOfItsSentence() {
    TextBatch batch = TextBatch.of(List.of(english, chinese));
    assertEquals(2, batch.batch());
    assertEquals(24, batch.length());
    assertEquals(Set.of(Encoder.MINILM, Encoder.BGE_ZH), batch.states().keySet());
    requireRow(english, batch.states().get(Encoder.MINILM), 0);
    requireRow(chinese, batch.states().get(Encoder.BGE_ZH), 1);
    float[] other = Tensors.toFloats(batch.states().get(Encoder.MINILM).select(0, 1));
    assertArrayEquals(new float[24 * 384], other, "rows of another encoder are zero");
    float[] mask = Tensors.toFloats(batch.mask());
    for (int i = 0; i < 24; i++) {
      assertEquals(i < 1 + 3 ? 1 : 0, mask[i]);
      assertEquals(i < 1 + 2 ? 1 : 0, mask[24 + i]);
    }
  }

  private static void requireRow(TextStates sentence, Tensor all, int row) {
    int width = sentence.encoder().width();
    float[] found = Tensors.toFloats(all.select(0, row));
    float[] expected = new float[24 * width];
    for (int t = 0; t < sentence.length(); t++) {
      for (int i = 0; i < width; i++) {
        expected[i] += sentence.states()[t * width + i] / sentence.length();
        expected[(1 + t) * width + i] = sentence.states()[t * width + i];
      }
    }
    assertEquals(0, TinyEditor.difference(expected, found), 1e-6);
  }

  @Test
  void lengthsComeInSteps() {
    for (int[] words : new int[][] {{1, 24}, {23, 24}, {24, 48}, {47, 48}, {48, 72}}) {
      TextStates sentence = new WordEncoder().encode("so ".repeat(words[0]));
      assertEquals(words[0], sentence.length());
      assertEquals(words[1], TextBatch.of(List.of(sentence, english)).length());
    }
  }

  @Test
  void paddingCanBeTrimmed() {
    for (int[] words : new int[][] {{1, 8}, {7, 8}, {8, 16}, {23, 24}, {24, 32}, {47, 48}}) {
      TextStates sentence = new WordEncoder().encode("so ".repeat(words[0]));
      TextBatch all = TextBatch.of(List.of(english, sentence));
      TextBatch trimmed = all.trimmed();
      assertEquals(Math.max(8, words[1]), trimmed.length());
      float[] mask = Tensors.toFloats(trimmed.mask().select(0, 1));
      for (int i = 0; i < mask.length; i++) {
        assertEquals(i < 1 + words[0] ? 1 : 0, mask[i]);
      }
      Tensor kept = all.states().get(Encoder.MINILM).narrow(1, 0, trimmed.length());
      assertArrayEquals(
          Tensors.toFloats(kept), Tensors.toFloats(trimmed.states().get(Encoder.MINILM)));
    }
  }

  @Test
  void oneSentenceServesManyTiles() {
    TextBatch wide = TextBatch.of(List.of(english)).expandedTo(5);
    assertEquals(5, wide.batch());
    requireRow(english, wide.states().get(Encoder.MINILM), 4);
    assertArrayEquals(new long[] {5, 24}, wide.mask().shape());
  }
}
