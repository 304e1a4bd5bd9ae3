/**
 * Reads out of a sentence how strongly and where it asks for a change, before any encoder reads it:
 * the encoder was taught neither. {@link dev.mneme.edit.words.Asked#of} does both. The rules are in
 * the resources {@code intensity.txt} and {@code places.txt}; what no rule fits stays in the
 * sentence.
 */
package dev.mneme.edit.words;
