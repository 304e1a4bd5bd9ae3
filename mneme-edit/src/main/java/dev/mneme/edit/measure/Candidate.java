package dev.mneme.edit.measure;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.learn.EditExample;
import dev.mneme.memory.Memory;
import java.util.function.ToDoubleFunction;

/**
 * One way to edit, to be compared with others.
 *
 * @param name as it stands in tables
 * @param base edits
 * @param memory writes the base's adapters
 * @param sees which condition the memory is given
 * @param need how much of what the memory writes an example gets, in [0, 1]
 */
public record Candidate(
    String name, EditorBase base, Memory memory, Sees sees, ToDoubleFunction<EditExample> need) {
  /** One that gives every sentence all that the memory writes. */
  public Candidate(String name, EditorBase base, Memory memory, Sees sees) {
    this(name, base, memory, sees, example -> 1);
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
