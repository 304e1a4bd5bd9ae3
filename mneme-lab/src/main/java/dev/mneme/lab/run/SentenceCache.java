package dev.mneme.lab.run;

import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Encodes every sentence once: an experiment draws from a few hundred, thousands of times. */
public final class SentenceCache implements TextEncoder {
  private final TextEncoder encoder;
  private final Map<String, TextStates> known = new ConcurrentHashMap<>();

  /**
   * @param encoder closed with this
   */
  public SentenceCache(TextEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public TextStates encode(String sentence) {
    return known.computeIfAbsent(sentence, encoder::encode);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
