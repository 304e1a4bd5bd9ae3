package dev.mneme.cli;

import java.math.BigDecimal;

/**
 * How much of an edit: 0 leaves a photo as it is, 1 is the edit as learned.
 *
 * @param value from 0 to 2
 */
record Strength(double value) {
  /**
   * @throws CommandException BAD_STRENGTH if the text is no number from 0 to 2
   */
  static Strength parse(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (value >= 0 && value <= 2) {
        return new Strength(value);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CommandException(
        ExitCode.BAD_STRENGTH,
        "--strength: expected a number from 0 (no change) to 2 (twice as strong), found '"
            + text
            + "'");
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
