package dev.mneme.lab.method;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.memory.Memory;
import java.util.function.Function;

/**
 * A method that has learned, ready for questions.
 *
 * @param told whether it is told the task of each question, which no user could
 * @param candidate by name of the task; the same for all tasks unless told
 */
public record Entrant(boolean told, Function<String, Candidate> candidate) {
  /** One that reads the question alone. */
  public static Entrant of(String name, EditorBase base, Memory memory) {
    Candidate one = new Candidate(name, base, memory, Candidate.Sees.OWN);
    return new Entrant(false, task -> one);
  }
}
