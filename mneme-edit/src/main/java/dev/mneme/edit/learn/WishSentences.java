package dev.mneme.edit.learn;

import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.PhrasingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sentences that ask for what the editor knows, and sentences that do not, to fit and to measure an
 * {@link dev.mneme.edit.text.Understanding} with.
 */
public final class WishSentences {
  private static final String PAIRS = "/dev/mneme/edit/pairs/wishes.txt";
  private static final String UNKNOWN = "/dev/mneme/edit/unknown/wishes.txt";
  private static final String MADE = "/dev/mneme/edit/unknown/made.txt";
  private static final long SEED = 33;

  /** Templates that each thing meets, and how far apart they are in the list. */
  private static final int MEETINGS = 4;

  private static final int STRIDE = 5;

  /** Pairs of wishes in one sentence, for each task and language: to learn, and to measure. */
  private static final int PAIRS_SEEN = 8;

  private static final int PAIRS_HELD_OUT = 2;

  private WishSentences() {}

  /**
   * A sentence and what it asks for.
   *
   * @param tasks names; none if it asks for nothing known
   */
  public record Wish(String sentence, Set<String> tasks) {}

  /** All of them: of one wish, of two, and of none that is known. */
  static List<Wish> all(List<EditTask> tasks, Wording wording) {
    return Stream.of(known(tasks, wording), knownPairs(tasks, wording), unknown(wording))
        .flatMap(List::stream)
        .toList();
  }

  /** Every sentence of these tasks. */
  public static List<Wish> known(List<EditTask> tasks, Wording wording) {
    return tasks.stream()
        .flatMap(
            task ->
                wording.sentences(task).stream()
                    .map(sentence -> new Wish(sentence, Set.of(task.name()))))
        .toList();
  }

  /**
   * Two wishes in one sentence, of different tasks; the same every time. Some are made of two
   * sentences of one wish, the others were written.
   */
  public static List<Wish> knownPairs(List<EditTask> tasks, Wording wording) {
    return Stream.concat(joined(tasks, wording).stream(), written(tasks, wording).stream())
        .toList();
  }

  /** Those that were written, a line "task, task: sentence" each, of tasks that are both there. */
  static List<Wish> written(List<EditTask> tasks, Wording wording) {
    Set<String> names = tasks.stream().map(EditTask::name).collect(Collectors.toSet());
    return wording.of(PhrasingsReader.parse(PAIRS, read(PAIRS))).stream()
        .map(WishSentences::pair)
        .filter(wish -> names.containsAll(wish.tasks()))
        .toList();
  }

  private static Wish pair(String line) {
    int colon = line.indexOf(": ");
    return new Wish(line.substring(colon + 2), Set.of(line.substring(0, colon).split(", ")));
  }

  /** Those that are made: {@link #PAIRS_SEEN} of each task that stands first, to learn from. */
  static List<Wish> joined(List<EditTask> tasks, Wording wording) {
    boolean chinese = wording == Wording.CHINESE_SEEN || wording == Wording.CHINESE_HELD_OUT;
    boolean seen = wording == Wording.CHINESE_SEEN || wording == Wording.ENGLISH_SEEN;
    int count = tasks.size() * (seen ? PAIRS_SEEN : PAIRS_HELD_OUT);
    String[] joints =
        chinese ? new String[] {"，", "，并且", "，然后"} : new String[] {" and ", ", ", ", then "};
    RandomGenerator random = new SplittableRandom(SEED);
    List<Wish> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = i % tasks.size();
      int second = (first + 1 + random.nextInt(tasks.size() - 1)) % tasks.size();
      String joint = joints[random.nextInt(joints.length)];
      String sentence =
          wording.sentence(tasks.get(first), random)
              + joint
              + wording.sentence(tasks.get(second), random);
      pairs.add(new Wish(sentence, Set.of(tasks.get(first).name(), tasks.get(second).name())));
    }
    return pairs;
  }

  /**
   * Sentences that ask for nothing the editor knows; among those to learn from also what is made of
   * a list of things and a list of what people want done with them.
   */
  public static List<Wish> unknown(Wording wording) {
    List<String> all = new ArrayList<>(wording.of(PhrasingsReader.parse(UNKNOWN, read(UNKNOWN))));
    if (wording == Wording.ENGLISH_SEEN) {
      all.addAll(made("[english templates]", "[english things]"));
    } else if (wording == Wording.CHINESE_SEEN) {
      all.addAll(made("[chinese templates]", "[chinese things]"));
    }
    return all.stream().map(sentence -> new Wish(sentence, Set.of())).toList();
  }

  /** Every thing in some of the templates. */
  private static List<String> made(String templatesHeading, String thingsHeading) {
    List<String> templates = section(templatesHeading);
    List<String> things = section(thingsHeading);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < things.size(); i++) {
      for (int k = 0; k < MEETINGS; k++) {
        String template = templates.get((i + STRIDE * k) % templates.size());
        made.add(template.replace("{}", things.get(i)));
      }
    }
    return made;
  }

  private static List<String> section(String heading) {
    return read(MADE)
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("["))
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static String read(String resource) {
    try (InputStream in = WishSentences.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource + " failed", e);
    }
  }
}
