package dev.mneme.edit.text;

/**
 * What is thought of a sentence.
 *
 * @param confidence that it asks for something known, in [0, 1]
 * @param ahead by how much the likest task that the base does alone scores above the likest of
 *     those that it needs a memory for
 * @param likest name of the task it is most like
 * @param written name of the task it is most like among those that need a memory, empty if none
 *     does
 * @param plain how that one wish is said most plainly; empty where it is more than one, or not
 *     known how
 * @param amiss of the flaw that the likest task takes away how much the picture shows, in [0, 1]; 1
 *     also where it takes none away or no picture was seen
 */
public record Verdict(
    double confidence, double ahead, String likest, String written, String plain, double amiss) {
  /** Least confidence of a sentence that counts as known. */
  public static final double LEAST = 0.5;

  /**
   * How far the likest task of the base must be ahead of the likest of the memory before the memory
   * is kept out altogether; where it is not ahead at all the memory has its full say.
   */
  private static final double AHEAD = 0.2;

  /**
   * How far the base must be ahead in the whole for no part to be asked any more. Of two wishes,
   * one for each, neither is: the whole stays below this in 97 of 100, made of training sentences.
   */
  private static final double BEYOND_DOUBT = 0.6;

  /** Of no picture. */
  public Verdict(double confidence, double ahead, String likest, String written, String plain) {
    this(confidence, ahead, likest, written, plain, 1);
  }

  /** The same of a picture that shows as much of the flaw. */
  public Verdict showing(double amiss) {
    return new Verdict(confidence, ahead, likest, written, plain, amiss);
  }

  /** The same, no less sure than this. */
  public Verdict atLeast(double confidence) {
    return new Verdict(Math.max(confidence, this.confidence), ahead, likest, written, plain, amiss);
  }

  /** Of what stays as it was said. */
  public Verdict(double confidence, double ahead, String likest, String written) {
    this(confidence, ahead, likest, written, "");
  }

  /**
   * How much of what a memory writes the wish needs, in [0, 1]; 0: the base does it alone. What is
   * said plainly is one or the other's.
   */
  public double need() {
    double share = Math.max(0, Math.min(1, 1 - ahead / AHEAD));
    return plain.isEmpty() ? share : share < 1 ? 0 : 1;
  }

  /** In plain words where there are some, else as it was said. */
  public String said(String sentence) {
    return plain.isEmpty() ? sentence : plain;
  }

  /** Whether it counts as known. */
  public boolean known() {
    return confidence >= LEAST;
  }

  /** Whether nothing but what the base does alone can be meant. */
  public boolean beyondDoubt() {
    return ahead >= BEYOND_DOUBT;
  }
}
