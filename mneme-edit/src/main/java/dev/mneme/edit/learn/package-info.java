/**
 * Teaching editing: examples from photographs, tasks and sentences, the loss, the base's own
 * learner, and editing as an {@link dev.mneme.learn.Objective} for any memory.
 *
 * <p>{@link dev.mneme.edit.learn.EditRuns} puts the parts together the way the shipped models were
 * made.
 */
package dev.mneme.edit.learn;
