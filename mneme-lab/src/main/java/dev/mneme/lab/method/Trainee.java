package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import java.util.function.Function;

/**
 * A method before and while it learns.
 *
 * @param learner what learns; null if nothing does
 * @param finish makes what is asked questions; may look at training batches once more
 * @param first what it learns before anything else
 */
public record Trainee(
    Learner<EditBatch> learner,
    Function<BatchSource<EditBatch>, Entrant> finish,
    EditStudent.Lesson first) {
  /** A trainee without a first lesson. */
  Trainee(Learner<EditBatch> learner, Function<BatchSource<EditBatch>, Entrant> finish) {
    this(learner, finish, EditStudent.NONE);
  }

  /** A trainee that is ready as soon as it has learned. */
  static Trainee of(Learner<EditBatch> learner, Entrant ready) {
    return new Trainee(learner, batches -> ready);
  }

  /** What is asked questions, after learning. */
  public Entrant entrant(BatchSource<EditBatch> batches) {
    return finish.apply(batches);
  }

  /** Number of values that learn. */
  public long parameters() {
    return learner == null
        ? 0
        : learner.parameters().values().stream()
            .mapToLong(org.bytedeco.pytorch.Tensor::numel)
            .sum();
  }
}
