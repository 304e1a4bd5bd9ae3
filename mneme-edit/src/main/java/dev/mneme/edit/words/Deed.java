package dev.mneme.edit.words;

/**
 * What is done where a sentence says. Most wishes are the memory's, which writes weights for them;
 * to give a thing another colour, or to take it away, is said by its place alone.
 */
public sealed interface Deed {
  /** The memory's. */
  record Rewrite() implements Deed {}

  /**
   * The place gets another colour; light and shade stay.
   *
   * @param colour which
   */
  record Recolour(Colour colour) implements Deed {}

  /** What is there goes, and what is around it grows over. */
  record Remove() implements Deed {}

  /**
   * What a wish asks for, once its place was taken out of it ("make it red"); the memory's above
   * 1,000 letters.
   */
  static Deed of(String wish) {
    return Limit.exceededBy(wish) ? new Rewrite() : DeedRules.read(wish).orElseGet(Rewrite::new);
  }

  /** Whether no weights are written for it. */
  default boolean isRetouch() {
    return !(this instanceof Rewrite);
  }
}
