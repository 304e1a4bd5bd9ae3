package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Verdict;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.memory.NoMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One way to edit, to be compared with others.
 *
 * @param name as it stands in tables
 * @param base edits
 * @param memories write the base's adapters
 * @param sees which condition a memory is given
 * @param hearing says which memory a sentence is for; without it the first writes for all
 * @param asHeard whether hearing also parts sentences, puts them in plain words and says how much
 *     of what is written each needs, as in an edit; otherwise each is taken whole, to the letter
 */
public record Candidate(
    String name,
    EditorBase base,
    Memories memories,
    Sees sees,
    Optional<Hearing> hearing,
    boolean asHeard) {
  /** One that takes every sentence whole, to the letter. */
  public Candidate(String name, EditorBase base, Memory memory, Sees sees) {
    this(name, base, Memories.of(memory), sees, Optional.empty(), false);
  }

  /**
   * The editor in a folder of models, as it is used; the base alone where there is no memory.
   *
   * @param encoder reads what it hears
   * @throws IOException if a model is missing files or is something else
   */
  public static Candidate load(String name, Path models, TextEncoder encoder) throws IOException {
    Path editor = models.resolve(Memories.EDITOR);
    Optional<Hearing> hearing = Hearing.load(models, encoder);
    if (!Files.isDirectory(models.resolve(Memories.FIRST))) {
      EditorBase base = EditorModel.load(editor, 1);
      Memories none = Memories.of(new NoMemory(base.layout()));
      return new Candidate(name, base, none, Sees.OWN, hearing, hearing.isPresent());
    }
    Memories memories = Memories.load(models, EditorModel.config(editor));
    EditorBase base = EditorModel.load(editor, memories.first().layout().rank());
    return new Candidate(name, base, memories, Sees.OWN, hearing, hearing.isPresent());
  }

  /** The same with another condition. */
  public Candidate seeing(String other, Sees condition) {
    return new Candidate(other, base, memories, condition, hearing, asHeard);
  }

  /** The same with other weights, written by other means. */
  public Candidate with(String other, EditorBase edits, Memory memory) {
    return new Candidate(other, edits, Memories.of(memory), sees, hearing, asHeard);
  }

  /** The same that takes every sentence whole, to the letter. */
  public Candidate literal(String other) {
    return new Candidate(other, base, memories, sees, hearing, false);
  }

  /** The same without what is added for single tasks. */
  public Candidate withoutOwn(String other) {
    return new Candidate(other, base, memories.alone(), sees, hearing, asHeard);
  }

  /** The first memory, and the only one where tasks are not told apart. */
  public Memory memory() {
    return memories.first();
  }

  /** A question in the words that are read. */
  EditExample read(EditExample example) {
    if (!asHeard || hearing.isEmpty()) {
      return example;
    }
    String said = heard(hearing.get(), example).said(example.sentence());
    return said.equals(example.sentence())
        ? example
        : example.saying(said, hearing.get().encoder().encode(said));
  }

  /** How much of what a memory writes a question gets, in [0, 1]. */
  private double need(EditExample example) {
    return hearing.filter(h -> asHeard).map(h -> heard(h, example).need()).orElse(1.0);
  }

  private Adapters own(EditExample example) {
    return hearing
        .filter(h -> asHeard)
        .map(h -> memories.own(heard(h, example)))
        .orElse(Adapters.none());
  }

  private static Verdict heard(Hearing hearing, EditExample example) {
    return hearing.of(
        example.sentence(), () -> Flaws.of(example.glance(), example.tile().source()));
  }

  /**
   * The weights for a batch of questions: for each what the memory for it writes, as much of that
   * as it needs, and what is its task's own.
   */
  Adapters recall(List<EditExample> examples, Condition condition) {
    double[] needs = examples.stream().mapToDouble(this::need).toArray();
    Adapters written = written(examples, condition).scaledEach(needs);
    List<Adapters> own = examples.stream().map(this::own).toList();
    return own.stream().allMatch(Adapters::isEmpty) ? written : written.plus(Adapters.stack(own));
  }

  private Adapters written(List<EditExample> examples, Condition condition) {
    if (memories.others().isEmpty()) {
      return memories.first().recall(condition);
    }
    List<Memory> writers =
        examples.stream()
            .map(e -> hearing.map(h -> memories.of(heard(h, e))).orElse(memories.first()))
            .toList();
    if (writers.stream().distinct().count() == 1) {
      return writers.get(0).recall(condition);
    }
    return Adapters.stack(
        IntStream.range(0, writers.size())
            .mapToObj(i -> writers.get(i).recall(condition.select(i)))
            .toList());
  }

  /** What a question asks for, to be done in turn. */
  List<String> wishes(EditExample example) {
    return hearing
        .filter(h -> asHeard)
        .map(h -> h.wishes(example.sentence()))
        .orElse(List.of(example.sentence()));
  }

  /** Which condition a memory is given for a question. */
  public enum Sees {
    /** The question's own. */
    OWN,
    /** The same task on another photograph. */
    ANOTHER_PHOTO,
    /** Another task, learned by the same learner, on the same photograph. */
    ANOTHER_TASK,
    /** The mean over all tasks on the same photograph. */
    MEAN
  }
}
