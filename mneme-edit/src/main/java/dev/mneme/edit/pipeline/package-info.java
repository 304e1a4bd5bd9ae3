/**
 * From a photograph and a sentence to an edited photograph.
 *
 * <p>{@link dev.mneme.edit.pipeline.Editor} opens the shipped models once; {@code recall} looks at
 * a picture and writes an {@link dev.mneme.edit.pipeline.Operator}; {@code apply} runs the operator
 * over any picture, tile by tile, as much and where an {@link dev.mneme.edit.pipeline.Amount} says.
 * Operators can be saved, loaded and blended.
 */
package dev.mneme.edit.pipeline;
