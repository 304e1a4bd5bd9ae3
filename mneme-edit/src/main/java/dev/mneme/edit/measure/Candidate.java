package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.memory.Memory;
import java.util.List;
import java.util.Optional;

/**
 * One way to edit, to be compared with others.
 *
 * @param name as it stands in tables
 * @param base edits
 * @param memory writes the base's adapters
 * @param sees which condition the memory is given
 * @param hearing says how much of what the memory writes a sentence needs, and parts it; without it
 *     all sentences need all, and are done as a whole
 */
public record Candidate(
    String name, EditorBase base, Memory memory, Sees sees, Optional<Hearing> hearing) {
  /** One that gives every sentence all that the memory writes. */
  public Candidate(String name, EditorBase base, Memory memory, Sees sees) {
    this(name, base, memory, sees, Optional.empty());
  }

  /** How much of what the memory writes a question gets, in [0, 1]. */
  double need(EditExample example) {
    return hearing.map(h -> h.of(example.sentence(), example.text()).need()).orElse(1.0);
  }

  /** What a question asks for, to be done in turn. */
  List<String> wishes(EditExample example) {
    return hearing.map(h -> h.wishes(example.sentence())).orElse(List.of(example.sentence()));
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
