package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.ExampleMaker;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Questions to an editor: every task on the same number of pictures. The same photographs and
 * wording give the same questions every time.
 *
 * @param tasks asked for
 * @param rounds pictures a task
 * @param examples task after task, {@code rounds} each
 */
public record EvaluationSet(List<EditTask> tasks, int rounds, List<EditExample> examples) {
  private static final long SEED = 20_230;

  /** Makes the questions; round p of every task uses photograph p. */
  public static EvaluationSet of(
      List<Photo> photos,
      List<EditTask> tasks,
      Wording wording,
      TextEncoder encoder,
      int tile,
      int rounds) {
    ExampleMaker maker = new ExampleMaker(wording, encoder, tile, 0);
    List<EditExample> examples = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      examples.addAll(questions(maker, photos, tasks.get(t), t, rounds, false));
    }
    return new EvaluationSet(tasks, rounds, List.copyOf(examples));
  }

  /**
   * As {@link #of}, but every sentence asks for two things that were never asked for together in
   * training, of which {@code tasks} has the first, of pictures that fit one tile. Tasks of which
   * there is no such pair are left out.
   */
  public static EvaluationSet ofPairs(
      List<Photo> photos,
      List<EditTask> tasks,
      Wording wording,
      TextEncoder encoder,
      int tile,
      int rounds) {
    ExampleMaker maker = new ExampleMaker(wording, encoder, tile, 1);
    List<EditTask> firsts = new ArrayList<>();
    List<EditExample> examples = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      List<EditExample> some = questions(maker, photos, tasks.get(t), t, rounds, true);
      if (some.get(0).task().equals(ExampleMaker.COMPOSED)) {
        firsts.add(tasks.get(t));
        examples.addAll(some);
      }
    }
    return new EvaluationSet(List.copyOf(firsts), rounds, List.copyOf(examples));
  }

  private static List<EditExample> questions(
      ExampleMaker maker, List<Photo> photos, EditTask task, int index, int rounds, boolean whole) {
    List<EditExample> questions = new ArrayList<>();
    for (int p = 0; p < rounds; p++) {
      SplittableRandom random = new SplittableRandom(SEED + 1_000L * index + p);
      questions.add(maker.make(task, List.of(photos.get(p % photos.size())), random, whole));
    }
    return questions;
  }

  /** Index of a task's question in round {@code p}, both counted round and round. */
  public int index(int task, int p) {
    return Math.floorMod(task, tasks.size()) * rounds + Math.floorMod(p, rounds);
  }

  /**
   * The questions of one task alone.
   *
   * @throws IllegalArgumentException if the task is not asked for
   */
  public EvaluationSet only(String task) {
    for (int t = 0; t < tasks.size(); t++) {
      if (tasks.get(t).name().equals(task)) {
        return new EvaluationSet(
            List.of(tasks.get(t)), rounds, examples.subList(t * rounds, (t + 1) * rounds));
      }
    }
    throw new IllegalArgumentException(
        "Expected one of the tasks %s, found %s"
            .formatted(tasks.stream().map(EditTask::name).toList(), task));
  }
}
