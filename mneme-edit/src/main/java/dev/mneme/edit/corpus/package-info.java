/**
 * Photographs to learn from and to measure with.
 *
 * <p>Call order: {@link dev.mneme.edit.corpus.Corpus#load} a folder, add others with {@code plus},
 * then cut windows out of {@code train()} with {@link dev.mneme.edit.corpus.Photo#crop}. Nothing is
 * decoded before its first crop.
 */
package dev.mneme.edit.corpus;
