package dev.mneme.edit;

import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import java.util.Random;

/**
 * Encodes sentences without a model: one token a word (a character in Chinese), its state drawn by
 * the word alone.
 */
public final class WordEncoder implements TextEncoder {
  @Override
  public TextStates encode(String sentence) {
    boolean chinese = sentence.codePoints().anyMatch(c -> c >= 0x4e00 && c <= 0x9fff);
    Encoder encoder = chinese ? Encoder.BGE_ZH : Encoder.MINILM;
    String[] words = sentence.strip().split(chinese ? "" : "\\s+");
    float[] states = new float[words.length * encoder.width()];
    for (int w = 0; w < words.length; w++) {
      Random random = new Random(words[w].hashCode() * 0x9E3779B97F4A7C15L);
      for (int i = 0; i < encoder.width(); i++) {
        states[w * encoder.width() + i] = (float) random.nextGaussian();
      }
    }
    return new TextStates(encoder, words.length, sentence, states);
  }

  @Override
  public void close() {}
}
