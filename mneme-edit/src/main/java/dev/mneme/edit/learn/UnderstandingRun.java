package dev.mneme.edit.learn;

import dev.mneme.edit.learn.WishSentences.Wish;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.PhrasingsReader;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Fits an {@link Understanding} to all training sentences; the same every time. */
public final class UnderstandingRun {
  private UnderstandingRun() {}

  /**
   * Encodes every sentence once, and fits.
   *
   * @param tasks that the models were taught
   * @param progress told what is done
   */
  public static Understanding fit(
      TextEncoder encoder, List<EditTask> tasks, Consumer<String> progress) {
    Engine.start();
    List<Example> examples = new ArrayList<>();
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      progress.accept("encoding, " + wording);
      add(examples, encoder, WishSentences.known(tasks, wording));
      add(examples, encoder, WishSentences.knownPairs(tasks, wording));
      add(examples, encoder, WishSentences.unknown(wording));
    }
    progress.accept("fitting to " + examples.size() + " sentences");
    return Understanding.fit(examples, names(tasks));
  }

  /** Names of these tasks, by who learns them, and how each is asked for most plainly. */
  public static Tasks names(List<EditTask> tasks) {
    return new Tasks(
        tasks.stream().map(EditTask::name).sorted().toList(),
        of(tasks, EditTask.Learner.BASE),
        of(tasks, EditTask.Learner.LATER),
        Map.of(Encoder.MINILM, plain(tasks, false), Encoder.BGE_ZH, plain(tasks, true)));
  }

  private static Map<String, String> plain(List<EditTask> tasks, boolean inChinese) {
    return tasks.stream()
        .collect(Collectors.toMap(EditTask::name, t -> PhrasingsReader.of(t).plain(inChinese)));
  }

  private static Set<String> of(List<EditTask> tasks, EditTask.Learner learner) {
    return tasks.stream()
        .filter(task -> task.learner() == learner)
        .map(EditTask::name)
        .collect(Collectors.toSet());
  }

  private static void add(List<Example> to, TextEncoder encoder, List<Wish> wishes) {
    wishes.forEach(w -> to.add(new Example(encoder.encode(w.sentence()), w.tasks())));
  }
}
