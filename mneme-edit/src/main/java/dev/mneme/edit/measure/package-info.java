/**
 * Measuring editors on photographs and wordings that were never trained on.
 *
 * <p>{@link dev.mneme.edit.measure.EvaluationSet} fixes the questions, {@link
 * dev.mneme.edit.measure.Evaluator} asks a {@link dev.mneme.edit.measure.Candidate} all of them,
 * {@link dev.mneme.edit.measure.Evaluation} is the whole comparison, and {@link
 * dev.mneme.edit.measure.EvaluationPage} shows it. {@link dev.mneme.edit.measure.Gallery} is a page
 * of edits to look at, {@link dev.mneme.edit.measure.UnderstandingScores} how well unknown wishes
 * are told from known ones.
 */
package dev.mneme.edit.measure;
