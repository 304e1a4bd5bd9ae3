package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads English with all-MiniLM-L6-v2 and Chinese with bge-small-zh-v1.5. An encoder is loaded when
 * the first sentence in its script comes; the latest sentences are remembered with their states.
 */
public final class RoutedTextEncoder implements TextEncoder {
  private static final int DEFAULT_REMEMBERED = 1024;

  private final Map<Encoder, OnnxTokenStates> encoders = new EnumMap<>(Encoder.class);
  private final Recent<RoutedSentence, TextStates> remembered;
  private boolean closed;

  /** Remembers 1,024 sentences: at most 64 MB, a few MB for sentences of usual length. */
  public RoutedTextEncoder() {
    this(DEFAULT_REMEMBERED);
  }

  /**
   * Nothing is loaded yet.
   *
   * @param sentences how many sentences to remember, 0 for none
   */
  public RoutedTextEncoder(int sentences) {
    if (sentences < 0) {
      throw new IllegalArgumentException(
          "Expected 0 or more sentences to remember, found %d; use 0 for none"
              .formatted(sentences));
    }
    remembered = new Recent<>(sentences);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this encoder is closed
   */
  @Override
  public TextStates encode(String sentence) {
    RoutedSentence routed = RoutedSentence.of(sentence);
    OnnxTokenStates encoder;
    synchronized (this) {
      requireOpen();
      TextStates known = remembered.get(routed);
      if (known != null) {
        return known;
      }
      encoder = opened(routed.encoder());
    }
    // Outside the lock: two callers with one new sentence do the same work, and none waits for
    // another's.
    TextStates states = encoder.encode(routed.text());
    synchronized (this) {
      if (!closed) {
        remembered.put(routed, states);
      }
    }
    return states;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this encoder is closed
   */
  @Override
  public boolean knows(String word) {
    OnnxTokenStates encoder;
    synchronized (this) {
      requireOpen();
      encoder = opened(Encoder.MINILM);
    }
    return encoder.knows(word);
  }

  private OnnxTokenStates opened(Encoder encoder) {
    return encoders.computeIfAbsent(encoder, OnnxTokenStates::load);
  }

  /** How many sentences are remembered now. */
  synchronized int remembered() {
    return remembered.size();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Expected an open text encoder, found it closed; make a new one");
    }
  }

  /** Waits for the calls under way, then frees the encoders; a second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    encoders.values().forEach(OnnxTokenStates::close);
    encoders.clear();
    remembered.clear();
  }
}
