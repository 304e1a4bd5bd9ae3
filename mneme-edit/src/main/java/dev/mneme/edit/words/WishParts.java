package dev.mneme.edit.words;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Wishes that stand beside each other in a sentence: "make it warmer and clear the haze". */
public final class WishParts {
  private static final Pattern JOINT =
      Pattern.compile(
          ",? +(?:and +)?then +|,? +and +(?:also +)?|, +|; +|，(?:并且|然后|同时)?|；|。|然后|并且",
          Pattern.CASE_INSENSITIVE);

  private WishParts() {}

  /** What stands between commas, semicolons, "and" and "then"; empty where that is all of it. */
  public static List<String> of(String sentence) {
    List<String> parts =
        Arrays.stream(JOINT.split(sentence.strip())).filter(part -> !part.isBlank()).toList();
    return parts.size() > 1 ? parts : List.of();
  }
}
