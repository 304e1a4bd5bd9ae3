package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.TrainingConfig;
import java.util.List;

/**
 * What a run of editing learns from.
 *
 * @param training steps, rates, directory
 * @param photos training photographs; none are needed where all is triples
 * @param tasks shares of tasks, see {@link EditBatches}; as photographs
 * @param batch examples a step
 * @param composed share of examples that ask for two things at once
 * @param shown share of examples that pairs of pictures say, not words
 * @param seed of weights and examples
 * @param triples how much of it is triples
 * @param heldOut what it measures itself with, where {@code training} asks for that
 */
public record RunConfig(
    TrainingConfig training,
    List<Photo> photos,
    List<EditTask> tasks,
    int batch,
    double composed,
    double shown,
    long seed,
    TripleShare triples,
    HeldOutData heldOut) {

  /** In words alone, without triples and measurements. */
  public RunConfig(
      TrainingConfig training,
      List<Photo> photos,
      List<EditTask> tasks,
      int batch,
      double composed,
      long seed) {
    this(training, photos, tasks, batch, composed, 0, seed, TripleShare.NONE, HeldOutData.NONE);
  }
}
