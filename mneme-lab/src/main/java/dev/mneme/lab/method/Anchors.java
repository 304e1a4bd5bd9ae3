package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.learn.BatchSource;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * What a memory said once about a few conditions, to hold it to. No picture is kept: a condition is
 * the frozen base's hidden states. What was said first is what counts: said anew before each
 * lesson, it would drift a little with every one. Values are retained until {@link #release}d.
 *
 * @param conditions each a batch of 1
 * @param said the adapters it wrote for each, without gradient
 */
public record Anchors(List<Condition> conditions, List<Adapters> said) {

  /**
   * Keeps conditions of training examples.
   *
   * @param each how many of each label
   * @param labels of which every one comes up in the batches
   */
  public static List<Condition> conditions(
      BatchSource<EditBatch> batches, EditObjective objective, List<String> labels, int each) {
    List<Condition> kept = new ArrayList<>();
    Kept.of(batches, objective, labels, each, (label, c) -> kept.add(retained(c)));
    return kept;
  }

  /** What the memory says about these conditions now. */
  public static Anchors of(Memory memory, List<Condition> conditions) {
    List<Adapters> said = new ArrayList<>();
    for (Condition condition : conditions) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        said.add(memory.recall(condition).copied().retain());
      }
    }
    return new Anchors(conditions, said);
  }

  /** These and then the others. */
  public Anchors plus(Anchors others) {
    return new Anchors(both(conditions, others.conditions), both(said, others.said));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Gives back what was retained; they are not used any more. */
  public void release() {
    said.forEach(Adapters::release);
    for (Condition c : conditions) {
      c.states().releaseReference();
      if (c.mask() != null) {
        c.mask().releaseReference();
      }
    }
  }

  /** How many conditions there are. */
  public int count() {
    return conditions.size();
  }

  private static Condition retained(Condition c) {
    Condition copy = new Condition(c.states().clone(), c.mask() == null ? null : c.mask().clone());
    copy.states().retainReference();
    if (copy.mask() != null) {
      copy.mask().retainReference();
    }
    return copy;
  }
}
