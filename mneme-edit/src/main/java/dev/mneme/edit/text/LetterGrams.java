package dev.mneme.edit.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How alike texts are by their letters: the cosine of what short runs of letters they have, across
 * words, the rarer the weightier (term frequency by inverse document frequency). An encoder knows
 * that "mist" and "haze" are near; this knows that "blue filter" is not "red filter".
 */
final class LetterGrams {
  private static final String SIGNS = " '0123456789abcdefghijklmnopqrstuvwxyz";

  /** Which letters count, and how long their runs are. */
  enum Script {
    /** Runs of three to five English letters and digits, a blank between words. */
    ENGLISH(3, 5, SIGNS.length() + 1, "[^a-z0-9']+", " "),

    /** One or two letters and digits of any script: a Chinese word has about two. */
    CHINESE(1, 2, Character.MAX_VALUE + 1, "[^\\p{L}\\p{N}]+", "");

    private final int shortest;
    private final int longest;
    private final int base; // more than any sign; two of the largest still fit 32 bits
    private final Pattern others;
    private final String between;

    Script(int shortest, int longest, int base, String others, String between) {
      this.shortest = shortest;
      this.longest = longest;
      this.base = base;
      this.others = Pattern.compile(others);
      this.between = between;
    }

    /** A text as it is compared: small letters and digits alone. */
    String normal(String sentence) {
      return others.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(between).strip();
    }

    /** From 1 on, so that no run is another's. */
    private int sign(char letter) {
      return this == ENGLISH ? SIGN[letter] + 1 : letter;
    }
  }

  private static final int[] SIGN = new int[128];

  static {
    for (int i = 0; i < SIGNS.length(); i++) {
      SIGN[SIGNS.charAt(i)] = i;
    }
  }

  private final Script script;
  private final List<String> texts;
  private final int[] runs; // all that stand in two texts or more, sorted
  private final double[] rarity; // of each run
  private final int[] from; // of each run, where its texts begin in those below; one more
  private final int[] text; // numbers of texts
  private final float[] weight; // of the run in that text

  /**
   * Of texts that others are compared with.
   *
   * @param texts as {@link Script#normal} has them; may be empty, then nothing is like anything
   */
  LetterGrams(Script script, List<String> texts) {
    this.script = script;
    this.texts = List.copyOf(texts);
    long[] all = pairs(this.texts); // run << 32 | text, sorted, with repeats
    int[] kept = new int[all.length];
    int count = 0;
    for (int i = 0; i < all.length; ) {
      int end = endOfRun(all, i);
      kept[count] = (int) (all[i] >> 32);
      count += (int) all[i] != (int) all[end - 1] ? 1 : 0;
      i = end;
    }
    this.runs = Arrays.copyOf(kept, count);
    this.rarity = new double[count];
    this.from = new int[count + 1];
    int[] numbers = new int[all.length];
    float[] weights = new float[all.length];
    double[] squares = new double[this.texts.size()];
    int size = 0;
    int run = 0;
    for (int i = 0; i < all.length; ) {
      int end = endOfRun(all, i);
      if (run < count && runs[run] == (int) (all[i] >> 32)) {
        from[run] = size;
        for (int k = i; k < end; k++) { // one entry a text, weighing its repeats
          if (k > i && all[k] == all[k - 1]) {
            weights[size - 1]++;
          } else {
            numbers[size] = (int) all[k];
            weights[size++] = 1;
          }
        }
        rarity[run] = Math.log((1.0 + this.texts.size()) / (1 + size - from[run]));
        for (int k = from[run]; k < size; k++) {
          weights[k] = (float) (often(weights[k]) * rarity[run]);
          squares[numbers[k]] += weights[k] * weights[k];
        }
        run++;
      }
      i = end;
    }
    from[count] = size;
    for (int k = 0; k < size; k++) {
      double square = squares[numbers[k]]; // 0 where all of a text stands in every other
      weights[k] = square > 0 ? (float) (weights[k] / Math.sqrt(square)) : 0;
    }
    this.text = Arrays.copyOf(numbers, size);
    this.weight = Arrays.copyOf(weights, size);
  }

  private static double often(double times) {
    return 1 + Math.log(times);
  }

  /** The texts, in their order. */
  List<String> texts() {
    return texts;
  }

  /** What counts in them. */
  Script script() {
    return script;
  }

  /**
   * How like each text another one is, in [0, 1].
   *
   * @param other as {@link Script#normal} has it
   */
  float[] like(String other) {
    float[] like = new float[texts.size()];
    long[] own = pairs(List.of(other));
    int[] found = new int[own.length];
    double[] weights = new double[own.length];
    double square = 0;
    int count = 0;
    for (int i = 0; i < own.length; ) {
      int end = endOfRun(own, i);
      int run = Arrays.binarySearch(runs, (int) (own[i] >> 32));
      if (run >= 0) {
        found[count] = run;
        weights[count] = often(end - i) * rarity[run];
        square += weights[count] * weights[count];
        count++;
      }
      i = end;
    }
    for (int i = 0; i < count; i++) {
      float share = square > 0 ? (float) (weights[i] / Math.sqrt(square)) : 0;
      for (int k = from[found[i]]; k < from[found[i] + 1]; k++) {
        like[text[k]] += share * weight[k];
      }
    }
    return like;
  }

  private static int endOfRun(long[] all, int begin) {
    int end = begin + 1;
    while (end < all.length && all[end] >> 32 == all[begin] >> 32) {
      end++;
    }
    return end;
  }

  /** Every run of every text with the text's number, sorted. */
  private long[] pairs(List<String> texts) {
    long[] all = new long[16];
    int count = 0;
    for (int t = 0; t < texts.size(); t++) {
      String padded = " " + texts.get(t) + " ";
      int signs = padded.length();
      if (signs == 2) {
        continue;
      }
      for (int i = 0; i + script.shortest <= signs; i++) {
        int run = 0;
        for (int k = 0; k < script.longest && i + k < signs; k++) {
          run = run * script.base + script.sign(padded.charAt(i + k));
          if (k + 1 >= script.shortest) {
            all = count < all.length ? all : Arrays.copyOf(all, 2 * count);
            all[count++] = (long) run << 32 | t;
          }
        }
      }
    }
    long[] sorted = Arrays.copyOf(all, count);
    Arrays.parallelSort(sorted);
    return sorted;
  }
}
