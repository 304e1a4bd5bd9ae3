package dev.mneme.edit.learn;

import dev.mneme.edit.learn.WishSentences.Wish;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.PhrasingsReader;
import dev.mneme.edit.text.SentenceBase;
import dev.mneme.edit.text.SentenceReader;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.learn.Progress;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Fits an {@link Understanding} to all training sentences; the same every time. */
public final class UnderstandingRun {
  /**
   * One training sentence in so many is kept from the encoders' lessons, to draw borders by. It is
   * by its letters, so that it is kept whatever stands beside it.
   */
  private static final int FRESH = 10;

  private UnderstandingRun() {}

  /**
   * How encoders are taught first.
   *
   * @param directory of both lessons, each in a folder named by what it learns from: one that was
   *     stopped goes on, and one that is finished is read back
   * @param epochs 0 leaves the encoders as they are
   * @param taught whose listeners are taken instead of teaching any; borders are then drawn by what
   *     it was not fitted to
   * @param progress told of the steps
   */
  public record Lessons(
      Path directory, int epochs, Optional<Understanding> taught, Progress progress) {
    /** Whether encoders are taken otherwise than as they are. */
    private boolean any() {
      return epochs > 0 || taught.isPresent();
    }
  }

  /**
   * Encodes every sentence once, teaches the encoders to tell tasks apart, and fits.
   *
   * @param tasks that the models were taught
   * @param say told what is done
   * @throws IOException if a lesson's folder cannot be written or read
   */
  public static Understanding fit(
      TextEncoder encoder, List<EditTask> tasks, Lessons lessons, Consumer<String> say)
      throws IOException {
    Engine.start();
    List<Example> examples = new ArrayList<>();
    Predicate<TextStates> met = lessons.taught().map(Understanding::met).orElse(states -> false);
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      say.accept("encoding, " + wording);
      for (Wish wish : WishSentences.all(tasks, wording)) {
        TextStates states = encoder.encode(wish.sentence());
        boolean fresh = !lessons.any() || kept(wish) && !met.test(states);
        examples.add(new Example(states, wish.tasks(), fresh));
      }
    }
    Tasks names = names(tasks);
    Map<Encoder, SentenceReader> readers = new EnumMap<>(Encoder.class);
    if (lessons.taught().isPresent()) {
      readers.putAll(lessons.taught().get().readers());
    } else if (lessons.epochs() > 0) {
      for (Encoder one : Encoder.values()) {
        say.accept("teaching " + one.listener());
        readers.put(one, taught(one, examples, names.names(), lessons));
      }
    }
    say.accept("fitting to " + examples.size() + " sentences");
    return Understanding.fit(examples, names, readers);
  }

  private static SentenceReader taught(
      Encoder encoder, List<Example> examples, List<String> tasks, Lessons lessons)
      throws IOException {
    List<Example> taught =
        examples.stream().filter(e -> e.states().encoder() == encoder && !e.fresh()).toList();
    int content =
        taught.stream().map(e -> e.states().text() + new TreeSet<>(e.tasks())).toList().hashCode();
    String name = "%s-%d-%08x".formatted(encoder.listener(), lessons.epochs(), content);
    SentenceBase base = SentenceBase.load(encoder.listener());
    Path place = lessons.directory().resolve(name.toLowerCase(Locale.ROOT));
    return SentenceReader.of(
        base,
        SentenceLesson.learn(place, base, taught, tasks, lessons.epochs(), lessons.progress()));
  }

  /** Names of these tasks, by who learns them, and how each is asked for most plainly. */
  public static Tasks names(List<EditTask> tasks) {
    return new Tasks(
        tasks.stream().map(EditTask::name).sorted().toList(),
        of(tasks, EditTask.Learner.BASE),
        of(tasks, EditTask.Learner.LATER),
        Map.of(Encoder.MINILM, plain(tasks, false), Encoder.BGE_ZH, plain(tasks, true)));
  }

  /**
   * In Chinese, what arrived later is read in English: the memory for it was taught two English
   * sentences for each Chinese one, and writes better for them.
   */
  private static Map<String, String> plain(List<EditTask> tasks, boolean inChinese) {
    return tasks.stream()
        .collect(
            Collectors.toMap(
                EditTask::name,
                t ->
                    PhrasingsReader.of(t)
                        .plain(inChinese && t.learner() != EditTask.Learner.LATER)));
  }

  private static Set<String> of(List<EditTask> tasks, EditTask.Learner learner) {
    return tasks.stream()
        .filter(task -> task.learner() == learner)
        .map(EditTask::name)
        .collect(Collectors.toSet());
  }

  private static boolean kept(Wish wish) {
    return Math.floorMod(wish.sentence().hashCode(), FRESH) == 0;
  }
}
