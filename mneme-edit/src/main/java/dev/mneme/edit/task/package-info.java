/**
 * What an editor can be asked for: each task turns a clean picture into what a user has (source)
 * and wants (target).
 *
 * <p>Take a task from {@link dev.mneme.edit.task.EditTasks}, its sentences from {@link
 * dev.mneme.edit.task.PhrasingsReader}, and call {@link dev.mneme.edit.task.EditTask#apply} with a
 * seeded generator.
 */
package dev.mneme.edit.task;
