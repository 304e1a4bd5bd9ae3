/**
 * Training anything that has named parameters through its own loss.
 *
 * <p>A {@link dev.mneme.learn.BatchSource} makes the batch of a step from the step's number alone,
 * a {@link dev.mneme.learn.Learner} turns a batch into a loss for each sample, and a {@link
 * dev.mneme.learn.Trainer} does the rest: gradients, schedule, checkpoints, progress. {@link
 * dev.mneme.learn.MemoryLearner} is the learner that teaches a memory to write weights for a frozen
 * base.
 *
 * <p>{@link dev.mneme.learn.Refinements} add averages, patience and the like; {@link
 * dev.mneme.learn.RateFinder} tries learning rates out. {@link dev.mneme.learn.RunRecord} says in a
 * run's directory what it was begun with, {@link dev.mneme.learn.RunCurves} compares what came out.
 */
package dev.mneme.learn;
