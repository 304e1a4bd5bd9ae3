package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.TrainingConfig;
import java.util.List;

/**
 * What a run of editing learns from.
 *
 * @param training steps, rates, directory
 * @param photos training photographs
 * @param tasks shares of tasks, see {@link EditBatches}
 * @param batch examples a step
 * @param composed share of examples that ask for two things at once
 * @param seed of weights and examples
 */
public record RunConfig(
    TrainingConfig training,
    List<Photo> photos,
    List<EditTask> tasks,
    int batch,
    double composed,
    long seed) {}
