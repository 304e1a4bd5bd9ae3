package dev.mneme.edit.measure;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.learn.ExampleMaker;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Draws questions to an editor: every task on the same number of pictures. The same draw gives the
 * same questions every time.
 *
 * @param photos round p of every task uses photograph p
 * @param tasks asked for, each once
 * @param encoder reads sentences
 * @param tile side of a question's picture
 * @param rounds pictures a task
 * @param seed another seed, other sentences, windows and damages
 */
public record QuestionDraw(
    List<Photo> photos,
    List<EditTask> tasks,
    TextEncoder encoder,
    int tile,
    int rounds,
    long seed) {
  /** The usual seed. */
  public static final long SEED = 20_230;

  public QuestionDraw {
    photos = List.copyOf(photos);
    tasks = List.copyOf(tasks);
  }

  /** The usual questions. */
  public QuestionDraw(
      List<Photo> photos, List<EditTask> tasks, TextEncoder encoder, int tile, int rounds) {
    this(photos, tasks, encoder, tile, rounds, SEED);
  }

  /**
   * Questions in these words, each of one thing. A task's sentences are dealt like cards: none is
   * asked again before all others were. Drawn by chance, one of a dozen that is misheard would come
   * three times or never, and weigh a quarter of the task or nothing.
   *
   * @throws IllegalArgumentException of a wording for training, which has sentences of two
   *     languages
   */
  public EvaluationSet questions(Wording wording) {
    ExampleMaker maker = new ExampleMaker(wording, encoder, tile, 0);
    List<EditExample> examples = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      List<String> sentences = dealt(wording, t);
      List<EditExample> some = questions(maker, t, false);
      for (int p = 0; p < rounds; p++) {
        String sentence = sentences.get(p % sentences.size());
        examples.add(some.get(p).saying(sentence, encoder.encode(sentence)));
      }
    }
    return new EvaluationSet(tasks, rounds, List.copyOf(examples));
  }

  /**
   * As {@link #questions(Wording)}, but every sentence asks for two things that were never asked
   * for together in training, of which {@code tasks} has the first, of pictures that fit one tile.
   * Tasks of which there is no such pair are left out.
   */
  public EvaluationSet pairs(Wording wording) {
    ExampleMaker maker = new ExampleMaker(wording, encoder, tile, 1);
    List<EditTask> firsts = new ArrayList<>();
    List<EditExample> examples = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      List<EditExample> some = questions(maker, t, true);
      if (some.get(0).task().equals(ExampleMaker.COMPOSED)) {
        firsts.add(tasks.get(t));
        examples.addAll(some);
      }
    }
    return new EvaluationSet(List.copyOf(firsts), rounds, List.copyOf(examples));
  }

  private List<String> dealt(Wording wording, int task) {
    List<String> sentences = new ArrayList<>(wording.sentences(tasks.get(task)));
    Collections.shuffle(sentences, new Random(seed + task));
    return sentences;
  }

  private List<EditExample> questions(ExampleMaker maker, int task, boolean whole) {
    List<EditExample> questions = new ArrayList<>();
    for (int p = 0; p < rounds; p++) {
      SplittableRandom random = new SplittableRandom(seed + 1_000L * task + p);
      List<Photo> photo = List.of(photos.get(p % photos.size()));
      questions.add(maker.make(tasks.get(task), photo, random, whole));
    }
    return questions;
  }
}
