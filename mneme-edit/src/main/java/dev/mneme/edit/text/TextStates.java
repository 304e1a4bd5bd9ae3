package dev.mneme.edit.text;

/**
 * What a frozen text encoder says about one sentence.
 *
 * @param encoder which encoder spoke; each has its own width and its own learned projection in the
 *     base
 * @param length number of tokens, at least 1
 * @param text what was read, as the encoder got it; empty where it is not known
 * @param states token states, row-major [length, encoder.width()]; not written to after
 *     construction
 */
public record TextStates(Encoder encoder, int length, String text, float[] states) {
  /** Of a text that is not known. */
  public TextStates(Encoder encoder, int length, float[] states) {
    this(encoder, length, "", states);
  }

  public TextStates {
    if (length < 1 || states.length != length * encoder.width()) {
      throw new IllegalArgumentException(
          "%d tokens of %s need %d values, found %d"
              .formatted(length, encoder, length * encoder.width(), states.length));
    }
  }

  /** The frozen encoders and the width of their token states. */
  public enum Encoder {
    /** all-MiniLM-L6-v2, English. */
    MINILM(Bert.MINILM, Bert.BGE_EN),
    /** bge-small-zh-v1.5, Chinese. */
    BGE_ZH(Bert.BGE_ZH, Bert.BGE_ZH);

    private final Bert bert;
    private final Bert listener;

    Encoder(Bert bert, Bert listener) {
      this.bert = bert;
      this.listener = listener;
    }

    /** The model that token states are of. */
    Bert bert() {
      return bert;
    }

    /** The model that listens to the same sentences once it was taught to. */
    public Bert listener() {
      return listener;
    }

    /** Width of one token state. */
    public int width() {
      return bert.width();
    }
  }
}
