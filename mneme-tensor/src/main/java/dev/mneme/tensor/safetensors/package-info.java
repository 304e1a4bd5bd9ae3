/**
 * The safetensors format: weights as named tensors behind a JSON header, mapped from disk without a
 * copy.
 *
 * <p>{@link dev.mneme.tensor.safetensors.ModelFiles#open} reads a file, or a directory with one
 * file or several shards; {@link dev.mneme.tensor.safetensors.Safetensors#write} writes one. Files
 * come from anywhere, so every claim of a header is checked before it is believed; what does not
 * hold is a {@link dev.mneme.tensor.safetensors.SafetensorsException}.
 */
package dev.mneme.tensor.safetensors;
