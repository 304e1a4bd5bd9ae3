package dev.mneme.lab.method;

import dev.mneme.edit.learn.UnderstandingRun;
import dev.mneme.edit.learn.WishSentences;
import dev.mneme.edit.learn.WishSentences.Wish;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Tasks;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Hears for methods, as an editor's ear does for its memories: it knows the training sentences of
 * some tasks, and says which of these a sentence asks for and how that is said most plainly.
 *
 * @param hearing what it hears with
 * @param seconds that fitting took, encoding sentences included
 */
public record Ear(Hearing hearing, double seconds) {
  private static final List<Wording> LANGUAGES =
      List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN);

  /** Written last into the folder of an ear. */
  private static final String SECONDS = "seconds.txt";

  /** Sentences that ask for nothing, of each language: an understanding cannot do without. */
  private static final int UNKNOWN = 40;

  /**
   * One that knows all tasks of a setting.
   *
   * @throws IOException if it cannot be written, or what is there is something else
   */
  public static Ear of(LabSetting setting) throws IOException {
    return afterEach(setting, List.of(setting.scale().editTasks())).get(0);
  }

  /**
   * One after each group of tasks, which knows it and those before. They are fitted once for a run
   * and kept in its folder.
   *
   * @throws IOException if one cannot be written, or what is there is something else
   */
  public static List<Ear> afterEach(LabSetting setting, List<List<EditTask>> groups)
      throws IOException {
    List<Ear> ears = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    List<EditTask> tasks = new ArrayList<>();
    int encoded = 0; // of the tasks, those among the examples
    for (List<EditTask> group : groups) {
      tasks.addAll(group);
      Path folder = folder(setting, tasks);
      if (!Files.exists(folder.resolve(SECONDS))) {
        setting.progress().begin("fitting an ear for %d tasks".formatted(tasks.size()));
        long start = System.nanoTime();
        add(setting, examples, encoded == 0 ? unknown() : List.of());
        add(setting, examples, known(tasks.subList(encoded, tasks.size())));
        encoded = tasks.size();
        Understanding.fit(examples, who(tasks)).save(folder);
        String seconds = Double.toString((System.nanoTime() - start) / 1e9);
        AtomicFiles.writeString(folder.resolve(SECONDS), seconds + "\n");
      }
      ears.add(
          new Ear(
              new Hearing(Understanding.load(folder), setting.encoder()),
              Double.parseDouble(Files.readString(folder.resolve(SECONDS)).strip())));
    }
    return ears;
  }

  /** By the names of the tasks, so that experiments of a run share them. */
  private static Path folder(LabSetting setting, List<EditTask> tasks) {
    List<String> names = tasks.stream().map(EditTask::name).sorted().toList();
    return setting
        .out()
        .resolve(LabSetting.EARS)
        .resolve("%d-tasks-%08x".formatted(names.size(), names.hashCode()));
  }

  private static void add(LabSetting setting, List<Example> to, List<Wish> wishes) {
    wishes.forEach(w -> to.add(new Example(setting.encoder().encode(w.sentence()), w.tasks())));
  }

  private static List<Wish> known(List<EditTask> tasks) {
    return LANGUAGES.stream().flatMap(w -> WishSentences.known(tasks, w).stream()).toList();
  }

  private static List<Wish> unknown() {
    return LANGUAGES.stream()
        .flatMap(w -> WishSentences.unknown(w).subList(0, UNKNOWN).stream())
        .toList();
  }

  /** None does a task alone and none came later: what is heard is for whoever is asked. */
  private static Tasks who(List<EditTask> tasks) {
    Tasks named = UnderstandingRun.names(tasks);
    return new Tasks(named.names(), Set.of(), Set.of(), named.plain());
  }
}
