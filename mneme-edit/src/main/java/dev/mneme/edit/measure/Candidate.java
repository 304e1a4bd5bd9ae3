package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.text.Understanding;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
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
 * @param keptOut whether hearing also says how much of what is written a sentence needs, and parts
 *     it; otherwise every sentence gets all, as a whole
 */
public record Candidate(
    String name,
    EditorBase base,
    Memories memories,
    Sees sees,
    Optional<Hearing> hearing,
    boolean keptOut) {
  /** One that gives every sentence all that the memory writes. */
  public Candidate(String name, EditorBase base, Memory memory, Sees sees) {
    this(name, base, Memories.of(memory), sees, Optional.empty(), false);
  }

  /** The first memory, and the only one where tasks are not told apart. */
  public Memory memory() {
    return memories.first();
  }

  /** How much of what a memory writes a question gets, in [0, 1]. */
  double need(EditExample example) {
    return hearing.filter(h -> keptOut).map(h -> heard(h, example).need()).orElse(1.0);
  }

  private static Understanding.Verdict heard(Hearing hearing, EditExample example) {
    return hearing.of(example.sentence(), example.text());
  }

  /** What is written for a batch of questions, for each by the memory that is for it. */
  Adapters recall(List<EditExample> examples, Condition condition) {
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
        .filter(h -> keptOut)
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
