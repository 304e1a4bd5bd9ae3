package dev.mneme.edit.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wishes that stand beside each other in a sentence: "make it warmer and clear the haze". */
public final class WishParts {
  /** A comma between two comparatives of one noun: "brighter, bolder colours". */
  private static final String ONE_NOUN =
      "(?<!\\b\\w{2,12}er(?=, +\\w{2,12}er (?!and\\b|but\\b|then\\b|too\\b|please\\b)\\w))";

  private static final Pattern JOINT =
      Pattern.compile(
          ",? +(?:and +)?then +|,? +(?<!black )and (?!white)(?: *also +)? *|,? +plus +|"
              + ONE_NOUN
              + ", +(?:also +)?|; +(?:also +)?|\\. +(?:also +)?|，(?:并且|然后|同时)?|；|。|然后|并且|[以之]后，?",
          Pattern.CASE_INSENSITIVE);

  private WishParts() {}

  /**
   * A sentence in two.
   *
   * @param left before the joint
   * @param right behind it
   */
  public record Halves(String left, String right) {}

  /**
   * Every way to part a sentence in two; how strongly all of it is meant is no half. One of more
   * than 1,000 letters is not parted.
   */
  public static List<Halves> halves(String sentence) {
    if (Limit.exceededBy(sentence)) {
      return List.of();
    }
    String whole = sentence.strip();
    Intensity ofAll = Intensity.of(whole);
    List<Halves> halves = new ArrayList<>();
    Matcher joint = JOINT.matcher(whole);
    while (joint.find()) {
      String left = whole.substring(0, joint.start()).strip();
      String right = whole.substring(joint.end()).strip();
      boolean strength = ofAll.factor() != 1 && ofAll.wish().equals(left);
      if (!left.isEmpty() && !right.isEmpty() && !strength) {
        halves.add(new Halves(left, right));
      }
    }
    return halves;
  }

  /** What stands between commas, semicolons, "and" and "then"; empty where that is all of it. */
  public static List<String> of(String sentence) {
    if (Limit.exceededBy(sentence)) {
      return List.of();
    }
    List<String> parts =
        Arrays.stream(JOINT.split(sentence.strip())).filter(part -> !part.isBlank()).toList();
    return parts.size() > 1 ? parts : List.of();
  }
}
